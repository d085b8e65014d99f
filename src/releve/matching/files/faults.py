"""What is wrong with files, at which row and column or path of the policy, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from releve.matching.engine import EngineError, Fault


class FilesError(EngineError):
    """Refuse files, with every fault found in the three of them."""


def in_cell(file: str, row: int, column: str) -> str:
    """Write the place of one cell as a spreadsheet shows it."""
    return _("%(file)s, row %(row)d, column “%(column)s”") % {"file": file, "row": row, "column": column}


def in_row(file: str, row: int) -> str:
    """Write the place of one row as a spreadsheet shows it."""
    return _("%(file)s, row %(row)d") % {"file": file, "row": row}


def in_policy(file: str, where: str, line: int | None) -> str:
    """Write the place of one key of the policy, with its line."""
    if line is None:
        return f"{file}, {where}" if where else file
    return _("%(place)s, line %(line)d") % {"place": f"{file}, {where}" if where else file, "line": line}


def said_of_form(code: str) -> str:
    """Say what an answer must be for the rule or criterion that compares it."""
    return {
        "not_in_order": _("This answer stands nowhere in the order of the policy, or is not a whole number where one is compared."),
        "not_on_map": _("This answer is not a place of the policy’s map. Write one of them."),
        "not_a_slot": _("This answer holds something that is not a moment of a week or of a cycle of shifts."),
    }[code]


def once_each(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Keep the first of equal faults: one file may be read for both sides."""
    return tuple(dict.fromkeys(faults))
