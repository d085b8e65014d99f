"""Who may open each address and who may send to it, written by hand from the requirement.

One line per address and object: whose object it is, who opens it, and who sends to it where that differs.
Everyone who is not named is refused: a signed-in person gets "not found", a visitor the sign-in page.
Source: docs/architecture.md, "Who reads what"; src/releve/people/roles.py.
"""

from typing import NamedTuple

VISITOR = "visitor"

# The people of the table: `cast.py` tells their story.
DAILY = [VISITOR, *["chloe", "benoit", "denise", "flore", "gaston", "amina", "helene", "ivan", "jeanne", "karim", "paule", "lise", "max"]]
RARER = ["emile", "ines", "marc", "nadia", "quentin", "rose", "tessa", "uma", "wanda", "xavier", "zoe"]
PEOPLE = [*DAILY, *RARER]

SIGNED_IN = " ".join(person for person in PEOPLE if person != VISITOR)
EVERYONE = " ".join(PEOPLE)
NOBODY = ""

COORDINATION = "amina paule"
COMMITTEE = "amina helene karim paule"  # may read registrations, pair, follow pairs, read evaluations
TOTALS = "amina helene ivan karim paule"
REGISTERED = "chloe benoit denise lise karim paule emile ines marc nadia quentin uma wanda"
SAME = "as above"


class Row(NamedTuple):
    """`at` names the arguments in the world; `either` are people for whom the requirement says nothing."""

    at: str
    opens: str
    sends: str = SAME
    either: str = ""
    only_sent: bool = False  # there is no page to open

    def may_open(self, person: str) -> bool:
        return person in self.opens.split()

    def may_send(self, person: str) -> bool:
        return person in (self.opens if self.sends == SAME else self.sends).split()

    @property
    def takes_something(self) -> bool:
        return self.sends != NOBODY or self.only_sent

    def is_open_question(self, person: str) -> bool:
        return person in self.either.split()


def reads(at: str, who: str, **more) -> Row:
    """Describe a page that takes nothing in."""
    return Row(at, who, sends=NOBODY, **more)


def sends(at: str, who: str, **more) -> Row:
    """Describe an address that is only sent to."""
    return Row(at, NOBODY, sends=who, only_sent=True, **more)


PLACES = {
    "enrolment:register": [
        Row("cohort:year mentee", SIGNED_IN),
        Row("cohort:far mentor", SIGNED_IN),
        Row("cohort:draft mentee", NOBODY, either=COMMITTEE),
        Row("cohort:year director", NOBODY),
    ],
    "enrolment:save_registration": [
        sends("cohort:year mentee", SIGNED_IN),
        sends("cohort:draft mentee", NOBODY, either=COMMITTEE),
    ],
    "enrolment:show_received": [reads("cohort:year mentee", "chloe lise emile ines nadia quentin uma wanda", either=SIGNED_IN)],
    "enrolment:assess_readiness": [Row("cohort:year mentee", SIGNED_IN), Row("cohort:draft mentee", NOBODY, either=COMMITTEE)],
    "enrolment:save_assessment": [sends("cohort:year mentee", SIGNED_IN), sends("cohort:draft mentee", NOBODY, either=COMMITTEE)],
    "enrolment:read_assessment": [
        reads("cohort:year mentee", "chloe lise", either=SIGNED_IN),
        reads("cohort:year mentor", "benoit karim", either=SIGNED_IN),
    ],
    "enrolment:show_place": [
        reads("place:chloe", "chloe"),
        reads("place:karim", "karim"),
        reads("place:lise", "lise"),
        reads("place:flore", "flore"),
        reads("place:rose", NOBODY, either="rose"),
        reads("place:xavier", NOBODY, either="xavier"),
        reads("place:gaston", "gaston"),
    ],
    "enrolment:choose_sheet": [Row("place:chloe", "chloe"), Row("place:denise", "denise"), Row("place:gaston", "gaston")],
    "enrolment:give_consent": [
        sends("place:chloe directory", "chloe"),
        sends("place:denise suggestions", "denise"),
        sends("place:gaston directory", "gaston"),
    ],
    "enrolment:withdraw_consent": [
        sends("place:chloe suggestions", "chloe"),
        sends("place:denise directory", "denise"),
        sends("place:gaston suggestions", "gaston"),
    ],
    "enrolment:leave_cohort": [Row("place:chloe", "chloe"), Row("place:nadia", "nadia"), Row("place:gaston", "gaston")],
    "enrolment:change_wishes": [sends("place:nadia", "nadia"), sends("place:gaston", NOBODY, either="gaston")],
    "enrolment:browse_sheets": [
        reads("cohort:year", REGISTERED, either=f"flore {COMMITTEE}"),  # who was invited is led to their own place first
        reads("cohort:far", "gaston tessa", either="jeanne"),
        reads("cohort:draft", NOBODY, either=COMMITTEE),
    ],
    "enrolment:show_sheet": [
        reads("place:denise", "chloe lise nadia", either=f"{REGISTERED} {COMMITTEE}"),  # in the directory, for mentees to browse
        reads("place:benoit", NOBODY, either=f"benoit chloe {COMMITTEE}"),  # not in it: at most for his partner
        reads("place:chloe", NOBODY, either=f"chloe benoit marc {COMMITTEE}"),
        reads("place:nadia", NOBODY, either=f"nadia {COMMITTEE}"),
        reads("place:uma", NOBODY, either=f"uma {COMMITTEE}"),  # prepared for Benoît, who does not know
        reads("place:flore", NOBODY, either=f"flore {COMMITTEE}"),
        reads("place:rose", NOBODY, either="rose"),
        reads("place:gaston", NOBODY, either="tessa gaston jeanne"),
    ],
}

RELATIONSHIPS = {
    "relationships:answer_contact": [
        Row("pair:introduced", "denise ines"),
        Row("pair:proposed", NOBODY),
        Row("pair:own", NOBODY, either="chloe benoit"),
        Row("pair:far", NOBODY, either="gaston tessa"),
    ],
    "relationships:ask_for_help": [
        Row("pair:own", "chloe benoit"),
        Row("pair:staff", "karim lise"),
        Row("pair:proposed", NOBODY),
        Row("pair:far", "gaston tessa"),
    ],
    "relationships:pause": [sends("pair:own", "chloe benoit"), sends("pair:staff", "karim lise"), sends("pair:far", "gaston tessa")],
    "relationships:resume": [sends("pair:paused", "paule"), sends("pair:own", NOBODY, either="chloe benoit")],
    "relationships:end_early": [
        Row("pair:own", "chloe benoit"),
        Row("pair:staff", "karim lise"),
        Row("pair:coordinator", "paule quentin"),
        Row("pair:far", "gaston tessa"),
    ],
    "relationships:complete": [
        Row("pair:own", "chloe benoit"),
        Row("pair:staff", "karim lise"),
        Row("pair:proposed", NOBODY),
        Row("pair:far", "gaston tessa"),
    ],
    "home:show_relationship": [
        reads("pair:own", "chloe benoit"),
        reads("pair:other", "denise emile"),
        reads("pair:staff", "karim lise"),
        reads("pair:coordinator", "paule quentin"),
        reads("pair:introduced", "denise ines"),
        reads("pair:former", "marc chloe"),
        reads("pair:proposed", NOBODY),
        reads("pair:dropped", NOBODY),
        reads("pair:dissolved", NOBODY, either="marc"),
        reads("pair:far", "gaston tessa"),
    ],
    "meetings:list_meetings": [
        reads("pair:own", "chloe benoit"),
        reads("pair:staff", "karim lise"),
        reads("pair:former", "marc chloe"),
        reads("pair:proposed", NOBODY),
        reads("pair:far", "gaston tessa"),
    ],
    "meetings:plan_meeting": [
        Row("pair:own", "chloe benoit"),
        Row("pair:staff", "karim lise"),
        Row("pair:introduced", "denise ines"),
        Row("pair:proposed", NOBODY),
    ],
    "meetings:log_meeting": [Row("pair:own", "chloe benoit"), Row("pair:staff", "karim lise"), Row("pair:proposed", NOBODY)],
    "meetings:change_meeting": [Row("thing:planned.own", "chloe benoit"), Row("thing:planned.staff", "karim lise")],
    "meetings:cancel_meeting": [Row("thing:planned.own", "chloe benoit"), Row("thing:planned.staff", "karim lise")],
    "meetings:report_meeting": [
        Row("thing:due.own", "chloe benoit"),
        Row("thing:planned.staff", NOBODY, either="karim lise"),  # it has not begun
    ],
    "meetings:write_notes": [
        Row("thing:held.own", "chloe benoit"),
        Row("thing:held.staff", "karim lise"),
        Row("thing:held.former", NOBODY, either="chloe marc"),
        Row("thing:held.far", "gaston tessa"),
    ],
    "meetings:download_event": [
        reads("thing:planned.own", "chloe benoit"),
        reads("thing:planned.staff", "karim lise"),
        reads("thing:planned.far", "gaston tessa"),
    ],
    "meetings:confirm_minutes": [
        Row("thing:word.own", "benoit"),  # Chloé noted the meeting; Benoît speaks for himself
        Row("thing:word.staff", "karim"),
        Row("thing:word.far", "tessa"),
    ],
    "workspace:sign_document": [
        Row("pair:own commitment", "chloe benoit"),
        Row("pair:staff commitment", "karim lise"),
        Row("pair:coordinator commitment", "paule quentin"),
        Row("pair:accepted commitment", "denise"),
        Row("pair:former commitment", "marc chloe"),
        Row("pair:proposed commitment", NOBODY),
        Row("pair:far commitment", "gaston tessa"),
    ],
    "workspace:list_goals": [
        reads("pair:own", "chloe benoit"),
        reads("pair:staff", "karim lise"),
        reads("pair:former", "marc chloe"),
        reads("pair:proposed", NOBODY),
        reads("pair:far", "gaston tessa"),
    ],
    "workspace:add_goal": [Row("pair:own", "chloe benoit"), Row("pair:staff", "karim lise"), Row("pair:proposed", NOBODY)],
    "workspace:change_goal": [
        Row("thing:goal.own", "chloe benoit"),
        Row("thing:goal.staff", "karim lise"),
        Row("thing:goal.far", "gaston tessa"),
    ],
    "workspace:fill_together": [
        Row("pair:own expectations", "chloe benoit"),
        Row("pair:own reflection", "chloe benoit"),
        Row("pair:staff expectations", "karim lise"),
        Row("pair:former reflection", "marc chloe"),
        Row("pair:proposed expectations", NOBODY),
        Row("pair:far reflection", "gaston tessa"),
    ],
    "surveys:save_answers": [
        sends("thing:evaluation.draft", "emile"),
        sends("thing:evaluation.own.mentee", NOBODY, either="chloe"),
        sends("thing:evaluation.far.mentee", NOBODY, either="gaston"),
    ],
    "surveys:answer_survey": [
        Row("thing:evaluation.draft", "emile"),
        Row("thing:evaluation.own.mentee", NOBODY, either="chloe"),  # answered already
        Row("thing:evaluation.staff.mentee", NOBODY, either="lise"),
        Row("thing:evaluation.far.mentee", NOBODY, either="gaston"),
    ],
}
