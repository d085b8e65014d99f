"""Letters that can be filled in, the same way in both languages, and none missing."""

import re
from collections.abc import Callable, Iterator
from string import Formatter

from releve.core.bilingual import LANGUAGES
from releve.programs.definition import Definition
from releve.programs.problems import Problem

PLACE = re.compile(r"[a-z][a-z0-9_]{0,63}")

# Letters that anything at all in a program can cause.
ALWAYS = (
    "invitation",
    "registration_received",
    "proposal",
    "unsuited",
    "confirmed",
    "meeting_confirm",
    "ended",
    "completed",
    "help_answered",
)


def _members_answer(whole: Definition) -> bool:
    return whole.relationship.agreement.kind in ("contact_meeting", "accept")


# The others, and the programs that send them.
NEEDED: dict[str, Callable[[Definition], bool]] = {
    "waiting": lambda whole: whole.intake.waiting_list,
    "contact_reminder": _members_answer,
    "accepted": _members_answer,
    "no_outcome": _members_answer,
    "sign_reminder": lambda whole: any(task.kind == "sign" for task in whole.tasks),
    "paused": lambda whole: whole.relationship.may_pause,
    "resumed": lambda whole: whole.relationship.may_pause,
    "silence_check": lambda whole: whole.value(whole.contact.silence_days) not in (None, 0),
    "closing": lambda whole: any(named.id == "closing_opens" for named in whole.calendar),
    "evaluation_invitation": lambda whole: bool(whole.surveys),
    "evaluation_reminder": lambda whole: bool(whole.surveys),
    "ended_goals_met": lambda whole: any(reason.good for reason in whole.relationship.early_end),
    "new_partner_sought": lambda whole: any(reason.seeks_new for reason in whole.relationship.early_end),
}


def unsendable(definition: Definition) -> Iterator[Problem]:
    """Find letters that are missing, or whose places cannot be filled."""
    written = {letter.id for letter in definition.letters}
    for name in (*ALWAYS, *(name for name, needed in NEEDED.items() if needed(definition))):
        if name not in written:
            yield Problem("letter_missing", ("letters",), {"id": name})
    for index, letter in enumerate(definition.letters):
        for part in ("subject", "body"):
            yield from _places(getattr(letter, part), ("letters", index, part))


def _places(text, path) -> Iterator[Problem]:
    found = {}
    for language in LANGUAGES:
        try:
            found[language] = set(places(text.in_language(language)))
        except ValueError:
            yield Problem("letter_braces", (*path, language))
            return
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for place in sorted(found[other] - found[language]):
            yield Problem("letter_place_missing", (*path, language), {"place": f"{{{place}}}"})


def places(text: str) -> list[str]:
    """List the named places of a text. Raises: ValueError for anything but {name}."""
    names = []
    for _before, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not PLACE.fullmatch(name):
            raise ValueError(name)
        names.append(name)
    return names
