"""Who takes part, who runs the program, where, and whom to turn to."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from releve.questionnaires.conditions import RelativeDate, Rule, Scalar
from releve.questionnaires.parts import (
    BilingualText,
    Identifier,
    Many,
    NumberOrSetting,
    Part,
    Positive,
    QuestionRef,
    ReadBy,
)

from .ids import DateId, EmailOrSetting, EventId, FormId, RoleId

RoleKind = Literal["mentor", "mentee", "supervisor", "adviser", "staff"]
Duty = Literal["coordinator", "committee", "reader", "supervisor", "adviser", "officer"]
Before = Literal["acceptance", "pairing", "confirmation"]


class Eligibility(Rule):
    """The condition for taking a role, and the sentence that explains it."""

    because: BilingualText | None = None


class Capacity(Part):
    """How many relationships one person takes at once: an answer, within limits."""

    question: QuestionRef | None = None
    default: Positive = 1
    most: NumberOrSetting = 1


class Gate(Part):
    """Something done before a person may go on: a training, an orientation, a proof."""

    id: Identifier
    kind: Literal["training", "orientation", "proof"]
    before: Before
    title: BilingualText
    event: EventId | None = None
    proof: Identifier | None = None


class Proof(Part):
    """What shows that a person may take a role, and when it is looked at again."""

    id: Identifier
    title: BilingualText
    help: BilingualText | None = None
    kind: Literal["none", "self_declared", "document", "list"]
    required: bool = True
    expires: bool = False
    recheck_days: Positive | None = None
    on_lapse: Literal["tell", "suspend"] = "tell"


class RoleClass(Part):
    """People of one role with their own dates or rules, such as students and residents."""

    id: Identifier
    name: BilingualText
    eligibility: Eligibility | None = None
    calendar: dict[DateId, RelativeDate] = Field(default_factory=dict)


class Role(Part):
    """A role of this program. Roles that do not enrol are held by appointment."""

    id: Identifier
    kind: RoleKind
    name: BilingualText
    plural: BilingualText
    enrols: bool = True
    capacity: Capacity | None = None
    eligibility: Eligibility | None = None
    gates: Many[Gate] = ()
    proof: Many[Proof] = ()
    may_also_be: Many[RoleId] = ()
    classes: Many[RoleClass] = ()
    label_hidden_outside_site: bool = False
    may_have_delegate: bool = False
    returns_next_cohort: bool = False


class Staff(Part):
    """A duty of the people who run the program, and what that duty reads."""

    duty: Duty
    name: BilingualText
    sees: Many[ReadBy] = ()
    per: Literal["program", "site", "discipline"] = "program"
    discipline: QuestionRef | None = None


class Site(Part):
    """A place with its own dates and its own wording of consent."""

    id: Identifier
    name: BilingualText
    mode: Literal["in_person", "virtual", "either"] = "either"
    calendar: dict[DateId, RelativeDate] = Field(default_factory=dict)
    consent_version: str | None = None


class Contact(Part):
    """Whom a participant turns to. A confidential contact stands outside those who pair."""

    id: Identifier
    name: BilingualText
    help: BilingualText | None = None
    email: EmailOrSetting
    confidential: bool = False
    duty: Duty | None = None


class Conflict(Part):
    """The way out of a difficulty, in order."""

    route: Many[Literal["partner", "contact", "second_contact"]]
    advice: BilingualText


class Intake(Part):
    """How people come in."""

    mode: Literal["window", "rolling", "automatic", "invitation", "open"]
    form: FormId
    waiting_list: bool = False
    list_question: QuestionRef | None = None
    accepts: Literal["automatic", "staff"] = "staff"


class NamedDate(Part):
    """A date of the program, counted from another until a cohort sets it."""

    id: Identifier
    label: BilingualText
    default: RelativeDate


class Period(Part):
    """A stretch of the cohort, such as a university term."""

    id: Identifier
    name: BilingualText
    starts: RelativeDate
    ends: RelativeDate


class Consent(Part):
    """One purpose, one box that starts unticked."""

    id: Identifier
    required: bool = False
    roles: Many[RoleId] = ()
    title: BilingualText
    text: BilingualText
    purpose: Literal["registration", "profiling", "directory", "sensitive", "publication", "research", "transfer_abroad"]
    per_site: bool = False
    on_withdrawal: Literal["keep", "erase", "ask"] = "erase"


class SettingOption(Part):
    """One choice of a setting."""

    value: Identifier
    text: BilingualText


class Setting(Part):
    """Something the program's own people decide, with a default."""

    id: Identifier
    label: BilingualText
    help: BilingualText | None = None
    type: Literal["integer", "text", "boolean", "choice", "date", "email"]
    default: Scalar | None = None
    least: int | None = None
    most: int | None = None
    options: Many[SettingOption] = ()


class Privacy(Part):
    """How long things are kept and how small a shown group may be."""

    retention_months: dict[Literal["registration", "evaluation", "relationship", "proof"], NumberOrSetting]
    small_cell_limit: Annotated[int, Field(ge=3, le=50)] = 5
    notice: BilingualText


SettingValue = int | str | bool | date | None
