"""The relationship: who is in it, how it comes about, how it ends."""

from typing import Annotated, Literal

from pydantic import Field

from releve.questionnaires.conditions import RelativeDate, Rule
from releve.questionnaires.definition import OptionValue
from releve.questionnaires.parts import (
    BilingualText,
    Identifier,
    Many,
    NumberOrSetting,
    Part,
    Positive,
    QuestionRef,
)

from .ids import LetterId, Requirement, RoleId
from .people import Duty

Kilometres = Annotated[int, Field(ge=-20_000, le=20_000)]
ExplainTo = Literal["committee", "members"]


class Headcount(Part):
    """How many people of one role."""

    least: Positive
    most: Positive


class Mix(Part):
    """What a group must look like."""

    kind: Literal["all_different", "same", "at_least_one_of_each", "balance"]
    question: QuestionRef | None = None
    roles: Many[RoleId] = ()
    explain: BilingualText | None = None


class SubPairs(Part):
    """One-to-one relationships inside a group."""

    members: dict[RoleId, Headcount]
    optional: bool = True


class SideGroup(Part):
    """A group beside the relationship, such as a study group."""

    id: Identifier
    name: BilingualText
    joined_by: Literal["join", "staff"]
    roles: Many[RoleId]
    question: QuestionRef | None = None


class Agreement(Part):
    """Who must say yes before a relationship exists."""

    kind: Literal["contact_meeting", "accept", "placed", "join"]
    by: Many[RoleId] = ()
    answer_days: NumberOrSetting = 21


class EarlyEnd(Part):
    """A reason for ending before the end."""

    id: Identifier
    good: bool
    title: BilingualText
    evaluated: bool = True
    told_to: Many[Duty] = ()
    seeks_new: bool = False
    letter: LetterId | None = None


class Office(Part):
    """A duty inside the group that one of its members carries, such as convening it."""

    id: Identifier
    name: BilingualText
    held_by: Many[RoleId]
    who: Rule | None = None
    chosen_by: Literal["members", "staff"] = "members"


class Rematch(Part):
    """How a member asks for another partner or group."""

    asked_by: Literal["members", "staff"] = "members"
    told_to: Many[Duty]
    until: RelativeDate | None = None


class RelationshipShape(Part):
    """The relationship of this program."""

    shape: Literal["dyad", "group"]
    members: dict[RoleId, Headcount]
    per_site: bool = False
    mix: Many[Mix] = ()
    sub_pairs: SubPairs | None = None
    side_groups: Many[SideGroup] = ()
    offices: Many[Office] = ()
    agreement: Agreement
    confirmed_by: Many[Requirement] = ()
    lasts_months: NumberOrSetting | None = None
    ends: RelativeDate | None = None
    after_end: Literal["may_continue", "ends", "rolls_over", "redefines"]
    may_pause: bool = False
    more_than_one: dict[RoleId, bool] = Field(default_factory=dict)
    substitutes: Many[RoleId] = ()
    early_end: Many[EarlyEnd] = ()
    rematch: Rematch | None = None


class Wishes(Part):
    """Whom people may ask for."""

    by: Many[RoleId]
    most: Annotated[int, Field(ge=1, le=10)] = 3


class HardRule(Part):
    """A limit that no pairing may break."""

    id: Identifier
    kind: Literal[
        "not_line_manager",
        "same_answer",
        "not_same_answer",
        "includes",
        "language_in_common",
        "capacity",
        "seniority",
        "not_again",
        "already_paired",
        "not_self",
        "same_site",
        "not_evaluator",
        "conflict",
    ]
    question: QuestionRef | None = None
    with_question: QuestionRef | None = None
    title: BilingualText
    explain_to: Many[ExplainTo] = ("committee",)


class OnMap(Part):
    """Where one option of a question is, in kilometres east and north of anywhere."""

    value: OptionValue
    x: Kilometres
    y: Kilometres


class Criterion(Part):
    """Something that makes a pair better, with its weight.

    `near` follows the order of the question's options, or its numbers; `distance` the map `at`, up to `within` kilometres.
    """

    id: Identifier
    kind: Literal["overlap", "same", "near", "distance", "hours", "wishes", "language", "values"]
    mentor: QuestionRef | None = None
    mentee: QuestionRef | None = None
    weight: Annotated[int, Field(ge=0, le=100)]
    at: Many[OnMap] = ()
    within: Annotated[int, Field(ge=1, le=20_000)] | None = None
    title: BilingualText
    explain_to: Many[ExplainTo] = ("committee",)


class Pairing(Part):
    """How relationships are found."""

    modes: Many[Literal["committee", "office", "browse_and_ask", "ranked", "draw", "groups", "list_pick", "join"]]
    wishes: Wishes | None = None
    asked_by: Many[RoleId] = ()
    preview: Literal["named", "anonymous"] = "named"
    approvals: Annotated[int, Field(ge=0, le=5)] = 1
    reason_required: bool = True
    objective: Literal["best_total", "nobody_left_badly_off", "most_people", "stable"] = "best_total"
    rules: Many[HardRule] = ()
    criteria: Many[Criterion] = ()


class RollOver(Part):
    """What happens to lasting groups at the turn of the year."""

    graduate: Rule
    join: Literal["draw", "staff"]
