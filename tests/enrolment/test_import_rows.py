"""What becomes of every row of the two real files: decided by hand from the rules of identity, before any code ran.

The rules: an entry is known by its number; one address with two names is an error on both rows; the same
person in another role is a second participant; the same person sent twice in one role is one participant;
what cannot be read stands beside its cell and waits; a required answer without a column is only a warning.
"""

import pytest

from releve.enrolment.importing import preview
from tests.factories.imports import CSV, XLSX, chapter_cohort, previewed


def new(role, *remarks):
    """Comes in as an invited participant; `remarks` are read but hold nothing back."""
    return ("new", role, set(remarks), set())


def error(role, *faults):
    """Waits until every fault is mended."""
    return ("error", role, set(), set(faults))


MENTOR, MENTEE = new("mentor"), new("mentee")

SHEET = {
    1: MENTOR,
    2: MENTOR,
    3: MENTOR,  # named by entry 21 as their line manager: no fault here, a limit for pairing
    4: MENTEE,  # shares a name with entry 27, but not an address: two people
    5: MENTEE,  # capitals and spaces around the address are the same address
    6: MENTEE,
    7: MENTEE,
    8: MENTEE,
    9: MENTOR,
    10: MENTOR,  # line manager is entry 19
    11: error("mentor", ("email", "malformed_email")),  # “jade.roy at exemple.test”
    12: MENTOR,
    13: error("mentee", ("email", "two_names")),  # the address of entry 14 as well
    14: error("mentee", ("email", "two_names")),  # the address of entry 13 as well
    15: MENTEE,
    16: MENTEE,
    17: MENTEE,
    18: MENTOR,
    19: MENTOR,
    20: MENTOR,  # sent again as entry 83: the first one stands
    21: MENTOR,
    22: MENTEE,  # also entry 84, as a mentor
    23: error("", ("@role", "no_role")),  # the role was left empty
    24: MENTEE,  # line manager is entry 37
    25: MENTEE,
    26: MENTEE,  # accents written in two characters: composed
    27: MENTOR,
    28: MENTOR,
    29: error("mentor", ("region", "unknown_choice")),  # “Ontario” is no region of the list
    30: MENTOR,
    31: MENTEE,  # “12,5” years: a decimal comma
    32: error("mentee", ("years_experience", "not_a_number")),  # “plus de 20”
    33: MENTEE,
    34: MENTEE,
    35: new("mentee", ("family_name", "formula")),  # a formula as a name is a name, kept as text
    36: MENTOR,
    37: MENTOR,
    38: MENTOR,  # choices one under the other
    39: MENTOR,
    40: MENTEE,
    41: new("mentee", ("@submitted", "not_a_date")),  # 31/02: the day it was sent is no answer and holds nobody back
    42: MENTEE,
    43: MENTEE,
    44: error("mentee", ("motivations", "not_accepted")),  # 9,199 characters where 3,000 fit
    45: MENTOR,
    46: MENTOR,
    47: MENTOR,  # hyphens that do not break, and an extension, in a telephone number
    48: MENTOR,
    49: MENTEE,
    50: MENTEE,  # hard spaces in and around a first name
    51: MENTEE,
    52: MENTEE,
    53: ("excluded", "mentee", set(), set()),  # “Incomplete”: never submitted
    54: MENTOR,
    55: MENTOR,
    56: error("mentor", ("places", "not_accepted")),  # −1 mentees
    57: MENTOR,
    58: new("mentee", ("places", "not_asked")),  # 40 mentees, but only mentors are asked: the number is not kept
    59: MENTEE,
    60: MENTEE,
    61: MENTEE,
    62: error("mentee", ("areas", "unknown_choice")),  # “Apiculture” is no choice; “Leadership de soi” is
    63: MENTOR,
    64: MENTOR,  # an apostrophe in a name
    65: MENTOR,
    66: MENTOR,
    67: MENTEE,
    68: MENTEE,
    69: MENTEE,
    70: MENTEE,
    71: MENTEE,
    72: MENTOR,
    73: MENTOR,
    74: MENTOR,
    75: MENTOR,
    76: MENTEE,
    77: MENTEE,
    78: MENTEE,
    79: MENTEE,
    80: MENTEE,
    81: MENTOR,
    82: MENTOR,
    83: ("merged", "mentor", set(), set()),  # entry 20 word for word, in the same role
    84: MENTOR,  # the person of entry 22 in the other role: a second participant, one account
}
SECOND_ROLE = {22, 84}

TEXT = SHEET | {
    47: new("mentor", ("phone", "lost_character")),  # Windows-1252 has no such hyphen: “555?0142”
}


def verdicts(sheet):
    """Read a preview as the tables above are written."""
    rows = list(sheet.rows.all())
    found = {}
    for row, case in zip(rows, preview.cases_of(sheet, rows), strict=True):
        assert (row.verdict, row.remarked) == (case.verdict, case.remarked)
        seen = [(problem.target, problem.code, problem.blocks) for problem in case.row.problems]
        seen += [(note.target, note.code, note.blocks) for note in case.notes if note.code in {"two_names", "account_name"}]
        found[int(case.row.entry)] = (
            case.verdict,
            case.row.role,
            {(target, code) for target, code, blocks in seen if not blocks},
            {(target, code) for target, code, blocks in seen if blocks},
        )
    return found


@pytest.mark.parametrize(("file", "expected"), [(XLSX, SHEET), (CSV, TEXT)])
def test_every_row_of_the_real_files_meets_the_verdict_written_by_hand(file, expected):
    assert len(expected) == 84
    assert verdicts(previewed(chapter_cohort(), file)) == expected


@pytest.mark.parametrize("file", [XLSX, CSV])
def test_the_person_in_two_roles_is_announced_on_both_rows(file):
    sheet = previewed(chapter_cohort(), file)
    told = {row.cells[0] for row in sheet.rows.all() if any(note["code"] == "second_role" for note in row.notes)}
    assert told == {str(entry) for entry in SECOND_ROLE}


def test_rows_point_at_each_other_by_the_numbers_a_spreadsheet_shows():
    sheet = previewed(chapter_cohort(), XLSX)
    notes = {int(row.cells[0]): {note["code"]: note["rows"] for note in row.notes} for row in sheet.rows.all()}
    assert notes[13] == {"two_names": [17]}  # entry 14 stands on row 17
    assert notes[14] == {"two_names": [16]}
    assert notes[83] == {"merged": [24]}
    assert (notes[22], notes[84]) == ({"second_role": [89]}, {"second_role": [26]})
