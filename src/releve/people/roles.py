"""Who may do what: one table on one screen. `releve permissions` prints it for review.

A duty is what the organization appointed a person to in one program. What a person may see
of one relationship is decided by the visibility table, never by this one.
"""

from enum import StrEnum


class Duty(StrEnum):
    COORDINATOR = "coordinator"
    COMMITTEE = "committee"
    READER = "reader"  # reader of totals


class Permission(StrEnum):
    DESIGN_PROGRAM = "design_program"  # dates, contacts, texts, letters, settings, definition file
    APPOINT_STAFF = "appoint_staff"
    OPEN_COHORT = "open_cohort"
    IMPORT_PEOPLE = "import_people"
    INVITE_PEOPLE = "invite_people"
    READ_REGISTRATIONS = "read_registrations"
    EXPORT_LISTS = "export_lists"
    READ_PAIRING_FACTS = "read_pairing_facts"  # line managers and other `matching` answers
    PAIR_PEOPLE = "pair_people"
    FOLLOW_PAIRS = "follow_pairs"  # state, silence, requests for help; never what a pair writes
    READ_EVALUATIONS = "read_evaluations"
    READ_TOTALS = "read_totals"
    READ_LOG = "read_log"


_COMMITTEE = {
    Permission.READ_REGISTRATIONS,
    Permission.READ_PAIRING_FACTS,
    Permission.PAIR_PEOPLE,
    Permission.FOLLOW_PAIRS,
    Permission.READ_EVALUATIONS,
    Permission.READ_TOTALS,
}

ALLOWED: dict[Duty, frozenset[Permission]] = {
    Duty.COORDINATOR: frozenset(Permission),
    Duty.COMMITTEE: frozenset(_COMMITTEE),
    Duty.READER: frozenset({Permission.READ_TOTALS}),
}


def may(duties: set[Duty], permission: Permission) -> bool:
    return any(permission in ALLOWED[duty] for duty in duties)
