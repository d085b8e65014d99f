"""The letters of a program: whole texts of the definition with named places filled."""

from typing import Any

from .models import Cohort


class LetterIncomplete(Exception):
    """A letter asks for a value that its sender did not give."""


def compose(cohort: Cohort, letter_id: str, values: dict[str, Any]) -> tuple[str, str]:
    """Fill one letter in the active language; return its subject and its Markdown body.

    Every letter can use {program}, {cohort} and {contact} besides the values given.
    Raises: LetterIncomplete naming the missing place.
    """
    letter = cohort.definition.letter(letter_id)
    filled = {
        "program": cohort.program.name,
        "cohort": cohort.name,
        "contact": contact_address(cohort),
        **values,
    }
    try:
        return str(letter.subject).format_map(filled), str(letter.body).format_map(filled)
    except KeyError as error:
        raise LetterIncomplete(f"{letter_id}: {error.args[0]}") from error


def contact_address(cohort: Cohort) -> str:
    """Return the e-mail address of the program's first contact."""
    first = cohort.definition.contacts[0]
    return str(cohort.definition.value(first.email, cohort.settings))
