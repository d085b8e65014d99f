"""Letters that can be filled in, the same way in both languages, and none missing."""

import re
from collections.abc import Callable, Iterator
from string import Formatter

from releve.core.bilingual import LANGUAGES
from releve.programs.definition import Definition
from releve.programs.problems import Problem

PLACE = re.compile(r"[a-z][a-z0-9_]{0,63}")

# Each letter the software sends, and the programs that send it.
NEEDED: dict[str, Callable[[Definition], bool]] = {
    "invitation": lambda whole: whole.intake.mode in ("window", "rolling", "invitation", "automatic"),
    "registration_received": lambda whole: whole.intake.mode != "automatic",
    "waiting": lambda whole: whole.intake.waiting_list,
    "proposal": lambda whole: True,
    "contact_reminder": lambda whole: whole.relationship.agreement.kind == "contact_meeting",
    "unsuited": lambda whole: whole.relationship.agreement.kind in ("contact_meeting", "accept"),
    "confirmed": lambda whole: True,
    "sign_reminder": lambda whole: any(task.kind == "sign" and task.gate == "hard" for task in whole.tasks),
    "meeting_confirm": lambda whole: any(task.kind == "report_hours" for task in whole.tasks),
    "silence_check": lambda whole: whole.value(whole.contact.silence_days) not in (None, 0),
    "closing": lambda whole: whole.relationship.after_end != "rolls_over",
    "evaluation_invitation": lambda whole: bool(whole.surveys),
    "evaluation_reminder": lambda whole: bool(whole.surveys),
    "ended_goals_met": lambda whole: any(reason.good for reason in whole.relationship.early_end),
    "new_partner_sought": lambda whole: any(reason.seeks_new for reason in whole.relationship.early_end),
}


def unsendable(definition: Definition) -> Iterator[Problem]:
    """Find letters that are missing, or whose places cannot be filled."""
    written = {letter.id for letter in definition.letters}
    for name, needed in NEEDED.items():
        if name not in written and needed(definition):
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
