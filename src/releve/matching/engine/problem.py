"""A pairing problem as plain data: people and their places, a policy, locks, bans and what happened before.

Units: weights are integers from 0; places count people; an answer is one choice or text (`str`), a whole number
(`int`), several choices (`frozenset`) or a ranking, best first (`tuple`). A question without an answer is left out.
Order: none of these lists has a meaningful order except a policy's rules (the first that forbids a pair is the one
recorded) and criteria (the order in which they are shown).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

Answer = str | int | frozenset[str] | tuple[str, ...]


class Side(StrEnum):
    """The two sides of a pairing."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class CriterionKind(StrEnum):
    """What earns points; the amounts each kind counts are in `measure.py`."""

    OVERLAP = "overlap"  # how many of the mentee's choices the mentor offers
    ALIKE = "alike"  # how much two sets of choices are one, such as values or style
    SAME = "same"  # one answer in common
    NEAR = "near"  # close in an order of options, or in numbers
    DISTANCE = "distance"  # close on a map or in a table of distances
    HOURS = "hours"  # slots both have, in a week or over repeating shifts
    WISHES = "wishes"  # ranked wishes of one side
    LANGUAGE = "language"  # one language in common


class RuleKind(StrEnum):
    """What forbids a pair; each kind is decided in `rules.py`."""

    NOT_SELF = "not_self"
    NOT_LINE_MANAGER = "not_line_manager"
    NOT_EVALUATOR = "not_evaluator"
    DECLARED_CONFLICT = "declared_conflict"
    NOT_SAME_ANSWER = "not_same_answer"
    SAME_ANSWER = "same_answer"
    INCLUDES = "includes"
    LANGUAGE_IN_COMMON = "language_in_common"
    SENIORITY = "seniority"
    ALREADY_PAIRED = "already_paired"
    DECLINED_BEFORE = "declined_before"
    NOT_AGAIN = "not_again"
    BANNED = "banned"


# Decided by facts and bans of the problem and not by answers: in force in every problem, listed in the policy or not.
ALWAYS_IN_FORCE: Final = (
    RuleKind.NOT_SELF,
    RuleKind.ALREADY_PAIRED,
    RuleKind.DECLINED_BEFORE,
    RuleKind.NOT_AGAIN,
    RuleKind.BANNED,
)
# May never be told to a participant, whatever a policy says.
CONFIDENTIAL_RULES: Final = frozenset({RuleKind.DECLARED_CONFLICT, RuleKind.DECLINED_BEFORE, RuleKind.NOT_AGAIN, RuleKind.BANNED})
# One of the two names the other: an address, or an id where no question says who somebody is.
NAMING_RULES: Final = frozenset({RuleKind.NOT_LINE_MANAGER, RuleKind.NOT_EVALUATOR, RuleKind.DECLARED_CONFLICT})
FACT_KINDS: Final = frozenset({RuleKind.ALREADY_PAIRED, RuleKind.DECLINED_BEFORE, RuleKind.NOT_AGAIN})


class Objective(StrEnum):
    """What the best assignment is best at."""

    BEST_TOTAL = "best_total"  # most points; among those, most pairs
    MOST_PEOPLE = "most_people"  # most pairs; among those, most points
    MAXIMIN = "maximin"  # fewest mentees without a mentor, then the best worst fit, then most points
    LEXIMIN = "leximin"  # the same, and then fewest in the worst fit, in the next, and so on; then most points
    STABLE = "stable"  # no two people who would both rather have each other
    DRAW = "draw"  # chance alone, within the rules


@dataclass(frozen=True)
class Person:
    """One person on one side.

    Units: `least` and `most` count places: partners this run must give, and may give at most.
    The same `id` on both sides is one human being in two roles.
    """

    id: str
    side: Side
    least: int = 0
    most: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))


class Located(NamedTuple):
    """Where a named place is. Units: whole ones of the policy's choice, such as kilometres east and north of anywhere."""

    name: str
    x: int
    y: int


class Apart(NamedTuple):
    """How far two named places are from each other, whichever comes first."""

    one: str
    other: str
    distance: int


@dataclass(frozen=True)
class Criterion:
    """One reason for points.

    `mentor_question` is the mentee's question unless given. `order` lists options from one end to the other and
    `within` is the distance at which nothing remains (near: one of the two). On a map (distance) an answer is a place
    of `apart` or `at`, or `"x,y"` without either; straight lines are rounded down, and places that `apart` does not
    list are out of reach. `full_at` is how many slots earn full points: in a week, or within `horizon` days if given,
    see `shifts.py` (hours). `ranks` is how many wishes count, and `wisher` whose they are (wishes).
    `explain_to`: the sides that may be told; the committee always may.
    """

    id: str
    kind: CriterionKind
    weight: int
    mentee_question: str = ""
    mentor_question: str = ""
    order: tuple[str, ...] = ()
    within: int = 0
    at: tuple[Located, ...] = ()
    apart: tuple[Apart, ...] = ()
    full_at: int = 0
    horizon: int = 0
    ranks: int = 0
    wisher: Side = Side.MENTEE
    explain_to: frozenset[Side] = frozenset()

    @property
    def asked_of_mentor(self) -> str:
        """The question of which the mentor's answer counts."""
        return self.mentor_question or self.mentee_question

    @property
    def asked_of_mentee(self) -> str:
        """The question of which the mentee's answer counts."""
        return self.mentee_question or self.mentor_question


@dataclass(frozen=True)
class HardRule:
    """One reason why a pair is impossible.

    `with_question` is the mentor's question if it is another one; for a line manager, an evaluator or a conflict it is
    the one that says who somebody is (their address; their id if a conflict names none). For seniority the mentor stands
    at least `gap` above the mentee, in `order` (junior first) or in numbers. `chooser` is the side whose every choice is
    among the other's (includes). A required thing that one of the two did not answer counts as missing; a forbidden one
    as absent.
    """

    id: str
    kind: RuleKind
    question: str = ""
    with_question: str = ""
    order: tuple[str, ...] = ()
    gap: int = 1
    chooser: Side = Side.MENTEE
    explain_to: frozenset[Side] = frozenset()

    @property
    def asked_of_mentor(self) -> str:
        """The question of which the mentor's answer counts."""
        return self.with_question or self.question


@dataclass(frozen=True)
class Policy:
    """How a program pairs: what is impossible, what is better, and what the whole should be best at."""

    criteria: tuple[Criterion, ...] = ()
    rules: tuple[HardRule, ...] = ()
    objective: Objective = Objective.BEST_TOTAL

    @cached_property
    def rules_in_force(self) -> tuple[HardRule, ...]:
        """The policy's rules, then those that hold in every program and were not listed."""
        listed = {rule.kind for rule in self.rules}
        implied = (HardRule(id=kind.value, kind=kind) for kind in ALWAYS_IN_FORCE if kind not in listed)
        return (*self.rules, *implied)


class Pair(NamedTuple):
    """A mentee and a mentor, by id."""

    mentee: str
    mentor: str


@dataclass(frozen=True)
class Fact:
    """Something that happened between two people, whichever of them was the mentor then."""

    kind: RuleKind
    one: str
    other: str


@dataclass(frozen=True)
class Problem:
    """One run's whole input.

    `questions` names every question that may be answered, so that a rule about a missing one is an error and not
    silence. `locks` are pairs that must be in the answer, `bans` pairs that must not. `seed` orders equally good answers.
    """

    people: tuple[Person, ...]
    policy: Policy
    questions: frozenset[str] = frozenset()
    locks: tuple[Pair, ...] = ()
    bans: tuple[Pair, ...] = ()
    facts: tuple[Fact, ...] = ()
    seed: int = 0

    @cached_property
    def mentees(self) -> tuple[Person, ...]:
        """The mentees by id: the rows of every matrix."""
        return self._of(Side.MENTEE)

    @cached_property
    def mentors(self) -> tuple[Person, ...]:
        """The mentors by id: the columns of every matrix."""
        return self._of(Side.MENTOR)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each mentee's id."""
        return {person.id: row for row, person in enumerate(self.mentees)}

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """The column of each mentor's id."""
        return {person.id: column for column, person in enumerate(self.mentors)}

    def _of(self, side: Side) -> tuple[Person, ...]:
        return tuple(sorted((person for person in self.people if person.side == side), key=lambda person: person.id))


def options_of(person: Person, question: str) -> frozenset[str]:
    """What a person answered, as a set of options; empty when they did not answer."""
    answer = person.answers.get(question, "")
    if isinstance(answer, frozenset | tuple):
        return frozenset(answer)
    return frozenset({str(answer)} - {""})
