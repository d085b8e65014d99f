"""What each letter of a program may say: when it leaves, and the places that are filled in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from releve.core.bilingual import LANGUAGES

from .definition import Definition
from .soundness.letters import places

EVERYWHERE = ("name", "program", "cohort", "contact")


@dataclass(frozen=True)
class Use:
    """When a letter leaves, and what it can say beyond the places of every letter."""

    when: Promise
    places: tuple[str, ...] = ()


USES: dict[str, Use] = {
    "invitation": Use(_("When you invite someone whose registration was imported"), ("role",)),
    "invitation_reminder": Use(_("When someone you invited has not confirmed yet"), ("role", "date")),
    "registration_received": Use(_("As soon as someone registers")),
    "waiting": Use(_("When the first pairs are made and someone is still waiting")),
    "proposal": Use(_("When you introduce two people to each other"), ("partner", "date")),
    "contact_reminder": Use(_("When answers are due soon, or when you give a pair more time"), ("partner", "date")),
    "accepted": Use(_("When everyone said that the pair suits"), ("partner",)),
    "unsuited": Use(_("When a pair does not suit, without saying who answered what")),
    "no_outcome": Use(_("When the time to answer is over without everyone’s answer"), ("partner",)),
    "sign_reminder": Use(_("When a signature is still missing"), ("partner",)),
    "confirmed": Use(_("When everyone has signed"), ("partner",)),
    "meeting_confirm": Use(_("When someone notes a meeting that the other has to confirm"), ("partner", "date")),
    "silence_check": Use(_("When no meeting has been noted for a while"), ("partner", "days")),
    "paused": Use(_("When a pair takes a break"), ("partner",)),
    "resumed": Use(_("When a pair starts again"), ("partner",)),
    "closing": Use(_("When closing reflections begin"), ("partner", "date")),
    "evaluation_invitation": Use(_("When the evaluation opens"), ("date",)),
    "evaluation_reminder": Use(_("Before the evaluation closes, to those who have not answered"), ("date",)),
    "ended_goals_met": Use(_("When a pair ends early because its goals are met"), ("partner",)),
    "ended": Use(_("When a pair ends early"), ("partner",)),
    "new_partner_sought": Use(_("When a pair ends early and a new partner is sought")),
    "completed": Use(_("When a pair concludes the program’s part"), ("partner",)),
    "help_answered": Use(_("When you answer a request for help")),
    "thanks": Use(_("When the cohort ends")),
}

MEANINGS: dict[str, Promise] = {
    "name": _("what the reader likes to be called"),
    "program": _("the name of the program"),
    "cohort": _("the name of the cohort"),
    "contact": _("the address of the first contact"),
    "role": _("the role in the program"),
    "partner": _("the name of the other member"),
    "date": _("the date that matters in this letter"),
    "days": _("the number of days"),
}


def places_of(letter_id: str) -> tuple[str, ...]:
    """List the places that are filled in a letter; one that this software does not know may use them all."""
    use = USES.get(letter_id)
    return (*EVERYWHERE, *use.places) if use else tuple(MEANINGS)


def unknown_places(definition: Definition) -> Iterator[tuple[str, str]]:
    """Find the places that nothing fills: the id of the letter and the place."""
    for letter in definition.letters:
        written = {place for text in (letter.subject, letter.body) for code in LANGUAGES for place in places(text.in_language(code))}
        for place in sorted(written - set(places_of(letter.id))):
            yield letter.id, place
