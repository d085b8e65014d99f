"""Say what is wrong with a file, a column, a cell or a row: one whole sentence for each code."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .refusals import CellProblem, MappingProblem, Note, UnreadableFile

FILES = {
    "empty": _("This file is empty. Choose the file that holds the list of people."),
    "no_rows": _("This file has a header and nobody under it. Choose the file that holds the list of people."),
    "too_big": _(
        "This file weighs %(size)s, and at most %(most)s can be read. Save the sheet alone, without pictures, or cut the list in two."
    ),
    "too_many_rows": _("This file has %(found)s rows, and at most %(most)s can be read at once. Cut the list in several files."),
    "too_many_columns": _("This file has %(found)s columns, and at most %(most)s can be read. Keep only those of the list of people."),
    "zip_bomb": _("Unpacked, this file would be enormous, and it was not opened. Save the sheet again from your spreadsheet."),
    "needs_too_much_room": _(
        "Reading this file would take too much memory or time. "
        "Often a cell far from the list is filled by mistake: copy the list into a new sheet."
    ),
    "password": _("This file is protected by a password. Save it again without one, then choose it."),
    "html": _("This file is a web page under the name of a spreadsheet. Open it in your spreadsheet, then save it as XLSX or CSV."),
    "xml": _("This file is XML under the name of a spreadsheet. Open it in your spreadsheet, then save it as XLSX or CSV."),
    "not_a_table": _("This file is not a spreadsheet. Choose an XLSX, XLS, ODS or CSV file."),
    "damaged": _("This file is damaged and cannot be opened. Save it again from your spreadsheet, then choose it."),
    "no_such_sheet": _("This file has no sheet called “%(wanted)s”. Its sheets: %(names)s."),
    "no_header": _("The columns have no names: row %(row)s already holds a person. Add a first row that names each column."),
    "unclosed_quote": _(
        "A quotation mark opened near line %(line)s is never closed, and swallows the rows after it. Close it, or take it out."
    ),
}
COLUMNS = {
    "column_twice": _("Another column is read as this already. Choose one of the two."),
    "no_email_column": _("No column holds the email address. Without it nobody can be invited: choose the column that does."),
    "no_name_column": _("No column holds the name. Choose the one or two columns that do."),
    "no_role_column": _("No column says who is a mentor and who is a mentee. Choose the column that does, or one role for the whole file."),
}
CELLS = {
    "malformed_email": _("“%(cell)s” is not an email address. Write one complete address, for example name@example.org."),
    "no_email": _("There is no email address, so this person cannot be invited. Write one."),
    "no_name": _("There is no name. Write a first name, a last name, or both."),
    "no_role": _("The role is missing. Choose one."),
    "unknown_role": _("“%(cell)s” is no role of this program. Choose one."),
    "not_a_number": _("“%(cell)s” is not a number. Write it in digits, for example 12, or leave this blank."),
    "not_a_date": _("“%(cell)s” cannot be read as a date. %(mend)s"),
    "not_yes_or_no": _("“%(cell)s” is neither yes nor no. Choose one, or leave this blank."),
    "unknown_choice": _("“%(cell)s” is not among the choices. Choose one of them, or leave this blank."),
    "unknown_choice_near": _("“%(cell)s” is not among the choices. Is it “%(nearest)s”?"),
    "unknown_moment": _("“%(cell)s” is not a moment of the week. Write for example “Monday noon”, or leave this blank."),
    "kept_as_another": _("“%(cell)s” is not among the choices. It is kept as another answer, in these words."),
    "formula": _("This looks like a formula. It is kept as plain text, and nothing will run it."),
    "lost_character": _("A character was lost when the file was saved: look at the “?”."),
    "broken_formula": _("“%(cell)s” is a formula that failed in the spreadsheet. Write the answer itself, or leave this blank."),
    "not_asked": _("%(role)s are not asked this question: the answer is not kept."),
    "empty": _("This required answer is empty. The person is invited all the same, and completes it when confirming."),
}
ROWS = {
    "left_out": _("You left this row out."),
    "unfinished": _("The registration was never sent: its status is “%(status)s”. It is left out unless you include it."),
    "two_names": ngettext_lazy(
        "Row %(rows)s has the same address with another name. Give one of them another address, or the same name if it is one person.",
        "Rows %(rows)s have the same address with another name. Give each person their own address, or the same name if it is one person.",
        "count",
    ),
    "account_name": _(
        "This address belongs to %(name)s, who has an account. "
        "Give another address or, if it is the same person, write the name in the same way."
    ),
    "merged": _("This row says the same as row %(rows)s, of the same person in the same role: only one of them comes in."),
    "superseded": _("You chose row %(rows)s for this person in this role."),
    "choose": ngettext_lazy(
        "Row %(rows)s is the same person in the same role, with other answers. Choose the row to use.",
        "Rows %(rows)s are the same person in the same role, with other answers. Choose the row to use.",
        "count",
    ),
    "entry_twice": ngettext_lazy(
        "Row %(rows)s has the same entry number, %(entry)s, for somebody else. Write another number or leave it blank.",
        "Rows %(rows)s have the same entry number, %(entry)s, for somebody else. Write another number or leave it blank.",
        "count",
    ),
    "roles_apart": _("This person takes part in another role already, and the program keeps the two roles apart. Leave one of them out."),
    "second_role": _("The same person takes part in another role too: two places, one account."),
    "other_address": _("This entry came in with another address, which stays: people change their own address in their account."),
    "other_role": _("This entry came in with another role, which stays."),
    "withdrawn": _("This person withdrew from the cohort and is not invited again."),
    "refused": _("This person was found not eligible and is not invited again."),
    "confirmed": _("This person confirmed their answers by themselves since. They stay as they are, whatever the file says."),
    "in_hand": _("This person is filling in their registration by themselves. What they write stays theirs, whatever the file says."),
    "changes": _("This entry is known, with other answers. They are taken only if you accept them."),
}


def file_sentence(error: UnreadableFile) -> str:
    """Say why a file cannot be read."""
    facts = {name: _shown(name, value) for name, value in error.facts.items()}
    return str(FILES[error.code]) % facts


def column_sentence(problem: MappingProblem) -> str:
    """Say why the columns cannot be read so."""
    return str(COLUMNS[problem.code])


def cell_sentence(problem: CellProblem) -> str:
    """Say what is wrong, or odd, with one cell."""
    if problem.code == "not_accepted":  # the form's own sentence
        return str(problem.facts["sentence"])
    code = "unknown_choice_near" if problem.facts.get("nearest") else problem.code
    return str(CELLS[code]) % {name: str(value) for name, value in problem.facts.items()}


def row_sentence(note: Note) -> str:
    """Say what other rows and known people mean for one row."""
    rows = ", ".join(str(number) for number in note.rows)
    return str(ROWS[note.code] % {**note.facts, "rows": rows, "count": len(note.rows)})


def reason_sentence(code: str) -> str:
    """Say in a few words, without anybody's, why a row stayed behind."""
    return str(REASONS.get(code, REASONS["other"]))


def _shown(name: str, value: Any) -> str:
    if name in {"size"} or (name == "most" and isinstance(value, int) and value > 1_000_000):
        return filesizeformat(value)
    if isinstance(value, int):
        return number_format(value, force_grouping=name in {"found", "most"})
    return ", ".join(f"“{part}”" for part in value) if isinstance(value, list) else str(value)


REASONS: Mapping[str, Any] = {
    "malformed_email": _("the address cannot be used"),
    "no_email": _("no address"),
    "no_name": _("no name"),
    "no_role": _("no role"),
    "unknown_role": _("unknown role"),
    "two_names": _("one address, two names"),
    "account_name": _("the address belongs to somebody else"),
    "entry_twice": _("one entry number twice"),
    "roles_apart": _("two roles that do not go together"),
    "choose": _("several rows for one person"),
    "other": _("an answer to mend"),
}


def sentences_of(problems: Sequence[CellProblem], notes: Sequence[Note]) -> list[str]:
    """Say everything about a row, for the command line."""
    return [cell_sentence(problem) for problem in problems] + [row_sentence(note) for note in notes]
