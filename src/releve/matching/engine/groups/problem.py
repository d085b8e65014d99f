"""A problem of groups as plain data: a pairing problem's people and policy, the groups to fill, and what a group must look like.

Each person joins one group at most. Two of one side may meet in a group as two of both sides may: the policy's rules and
criteria hold between every mentee and every mentor of a group, the group's own rules between all its members.
Units: sizes, places and years count people; weights as in the pairing problem; `effort` counts the solver's own seconds
(work done, the same on every machine), not those of a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from ..problem import Criterion, Person, Policy, Problem, Side

BOTH_SIDES: Final = frozenset(Side)


class GroupRuleKind(StrEnum):
    """What a group must look like; each kind is decided in `keeping.py`."""

    ALL_DIFFERENT = "all_different"  # no two members share an option
    SAME = "same"  # all members share an option
    AT_LEAST_ONE_OF_EACH = "at_least_one_of_each"  # somebody with each of the listed options
    BALANCE = "balance"  # groups have about as many members of each option, or as many members, as each other
    COMMON_HOURS = "common_hours"  # all members share so many slots


@dataclass(frozen=True)
class Size:
    """How many people of one side a group takes, its fixed members included."""

    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class Group:
    """One group to fill.

    `fixed`: the ids of those who are in it whatever else happens: the mentor around whom it forms, members who stay from
    last year, people locked into it. `optional`: it may be left with its fixed members alone, whatever it lacks; a lock that brings
    somebody else takes that choice away.
    """

    id: str
    mentees: Size = Size()
    mentors: Size = Size()
    fixed: tuple[str, ...] = ()
    optional: bool = False

    def size(self, side: Side) -> Size:
        """How many people of one side it takes."""
        return self.mentees if side == Side.MENTEE else self.mentors


@dataclass(frozen=True)
class GroupRule:
    """One thing a group must be.

    `among`: the sides it is about. `options` and `least`: which options need how many members each (at least one of
    each), or how many slots all members share (common hours). `within`: the largest difference between two groups
    (balance; without a question, of their numbers of members). An answer that is missing is unlike every other: it
    breaks what must be shared and nothing that must differ. `explain_to`: the sides that may be told.
    """

    id: str
    kind: GroupRuleKind
    question: str = ""
    options: tuple[str, ...] = ()
    least: int = 1
    within: int = 1
    among: frozenset[Side] = BOTH_SIDES
    explain_to: frozenset[Side] = frozenset()

    @property
    def shared_least(self) -> int:
        """How many options all members must share; 0 for a rule that asks nothing of the kind."""
        return {GroupRuleKind.SAME: 1, GroupRuleKind.COMMON_HOURS: self.least}.get(self.kind, 0)


@dataclass(frozen=True)
class GroupProblem:
    """One run's whole input.

    `pairing` gives the people, what they answered, the policy, bans, past facts and the seed. Its locks keep a mentee
    with a mentor. Places of people who are fixed in a group are not looked at; for the others they count groups: at
    least 1 must be placed, at most 0 takes no part. `apart`: two people of any side who may not meet in a group.
    `cohesion`: what earns points between two mentees of a group, both ways round.
    """

    pairing: Problem
    groups: tuple[Group, ...]
    rules: tuple[GroupRule, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    cohesion: tuple[Criterion, ...] = ()
    effort: int = 20

    @cached_property
    def ordered(self) -> tuple[Group, ...]:
        """The groups by id: the columns of every matrix of groups."""
        return tuple(sorted(self.groups, key=lambda group: group.id))

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody by id, in order of the ids: the rows and columns of every matrix of people."""
        return {person.id: person for person in sorted(self.pairing.people, key=lambda person: person.id)}

    @cached_property
    def companies(self) -> tuple[frozenset[str], ...]:
        """People whom locks or a group's fixed members keep together, as far as that reaches."""
        joined: list[frozenset[str]] = []
        for tied in (*(group.fixed for group in self.ordered), *sorted(self.pairing.locks)):
            touched = [company for company in joined if company & set(tied)]
            joined = [company for company in joined if company not in touched]
            joined.append(frozenset(tied).union(*touched))
        return tuple(sorted((company for company in joined if company), key=min))

    @cached_property
    def fixed(self) -> Mapping[str, tuple[str, ...]]:
        """Each group's members that are not to choose, by id: its fixed ones and whoever is locked to them."""
        held = {group.id: set(group.fixed) for group in self.ordered}
        for members in held.values():
            for company in self.companies:
                if company & members:
                    members |= company
        return {name: tuple(sorted(members)) for name, members in held.items()}

    @cached_property
    def free(self) -> tuple[Person, ...]:
        """The people to place, by id."""
        held = {name for members in self.fixed.values() for name in members}
        return tuple(person for person in self.people.values() if person.id not in held and person.most > 0)

    @cached_property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """People to place who must come into the same group, by id."""
        names = {person.id for person in self.free}
        return tuple(tuple(sorted(company)) for company in self.companies if company <= names)

    @cached_property
    def among_mentees(self) -> Problem:
        """Every mentee beside every mentee, so that cohesion is scored and explained as any other pair."""
        mentees = self.pairing.mentees
        beside = tuple(Person(person.id, Side.MENTOR, answers=person.answers) for person in mentees)
        one_each = tuple(Person(person.id, Side.MENTEE, answers=person.answers) for person in mentees)
        return Problem((*one_each, *beside), Policy(criteria=self.cohesion), questions=self.pairing.questions)


def may_be_left(problem: GroupProblem, group: Group) -> bool:
    """Say whether a group may be left with its fixed members alone."""
    return group.optional and len(problem.fixed[group.id]) == len(set(group.fixed))


def must_be_placed(problem: GroupProblem, person: Person) -> bool:
    """Say whether an answer without a group for this person is no answer."""
    return person.least > 0 or any(person.id in company for company in problem.together)


def groups_of_mentors(pairing: Problem, mentees: Size, *, optional: bool = False) -> tuple[Group, ...]:
    """Open one group around each mentor who gives a place, named by the mentor."""
    leads = (person for person in pairing.mentors if person.most > 0)
    return tuple(Group(person.id, mentees, Size(1, 1), fixed=(person.id,), optional=optional) for person in leads)


def sub_pairs(problem: GroupProblem, members: Iterable[str], places: Mapping[str, tuple[int, int]]) -> Problem:
    """Open the pairing of the members of one group with each other, to be assigned as any other.

    Units: `places` gives, by id, the least and most partners of a person; nobody else than those named takes part.
    """
    inside = [problem.people[name] for name in sorted(set(members) & places.keys())]
    names = {person.id for person in inside}
    pairing = problem.pairing
    return Problem(
        people=tuple(Person(person.id, person.side, *places[person.id], answers=person.answers) for person in inside),
        policy=pairing.policy,
        questions=pairing.questions,
        locks=tuple(pair for pair in pairing.locks if names.issuperset(pair)),
        bans=tuple(pair for pair in pairing.bans if names.issuperset(pair)),
        facts=tuple(fact for fact in pairing.facts if {fact.one, fact.other} <= names),
        seed=pairing.seed,
    )
