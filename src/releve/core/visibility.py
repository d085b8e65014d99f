"""Who reads what: the one list of classes, and the words that pages print for them.

Each form, document and note has one class. Querysets enforce it in the room that owns the rows;
this module only names the classes and says them.
"""

from collections.abc import Sequence

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy


class Visibility(models.TextChoices):
    """The nine classes of readers; the label names the readers from outside, for tables and policies."""

    SELF = "self", pgettext_lazy("readers", "The author alone")
    MEMBERS = "members", pgettext_lazy("readers", "The members of the relationship")
    SUPERVISOR = "supervisor", pgettext_lazy("readers", "The author and the author’s supervisor")
    SITE = "site", pgettext_lazy("readers", "Participants and staff of the site")
    COMMITTEE = "committee", pgettext_lazy("readers", "The program committee")
    MATCHING = "matching", pgettext_lazy("readers", "Only those who do the pairing")
    AGGREGATE = "aggregate", pgettext_lazy("readers", "Totals only")
    DIRECTORY = "directory", pgettext_lazy("readers", "Participants of the program")
    PUBLIC = "public", pgettext_lazy("readers", "Everyone")

    @property
    def explanation(self) -> Promise:
        """The whole sentence, for the page about confidentiality and beside a pill."""
        return EXPLANATIONS[self]


EXPLANATIONS: dict[Visibility, Promise] = {
    Visibility.SELF: gettext_lazy("Only you can read this. Nobody on the committee can open it."),
    Visibility.MEMBERS: gettext_lazy("Only you and the people in this relationship can read this. Nobody on the committee can open it."),
    Visibility.SUPERVISOR: gettext_lazy("Only you and the supervisor of your own discipline can read this."),
    Visibility.SITE: gettext_lazy("The participants and the staff of your site can read this."),
    Visibility.COMMITTEE: gettext_lazy("You and the program’s committee can read this."),
    Visibility.MATCHING: gettext_lazy("Only the people who do the pairing can read this, and only to pair."),
    Visibility.AGGREGATE: gettext_lazy("Nobody reads individual answers: only totals are shown, and small groups are left out."),
    Visibility.DIRECTORY: gettext_lazy("The people signed in to this program can read what you chose to show."),
    Visibility.PUBLIC: gettext_lazy("Anyone can read this, without signing in."),
}


def reads_words(visibility: Visibility | str, *, members: Sequence[str] | None = None) -> str:
    """Say to the reader, in a few words, who reads a thing of theirs ("You and Benoît").

    `members` are the first names of the *other* members; without them, a `members` thing names
    the relationship instead of the people.
    """
    visibility = Visibility(visibility)
    if visibility is Visibility.MEMBERS and members:
        return _members_words(list(members))
    words = {
        Visibility.SELF: pgettext("readers", "Only you"),
        Visibility.MEMBERS: pgettext("readers", "Only you and the other members"),
        Visibility.SUPERVISOR: pgettext("readers", "You and your supervisor"),
        Visibility.SITE: pgettext("readers", "Your site"),
    }
    return words.get(visibility) or str(visibility.label)


def _members_words(members: list[str]) -> str:
    if len(members) == 1:
        return _("You and %(name)s") % {"name": members[0]}
    return _("You, %(names)s and %(last)s") % {
        "names": ", ".join(members[:-1]),
        "last": members[-1],
    }
