"""Draw groups by lot, as evenly as the rules allow, in a way that anybody can check by hand.

The method, round by round from 1, with the *lot* of some words as `lots.py` draws it from the problem's seed:

1. People locked together are one unit; everybody else to place is a unit by themselves. Units are sorted into strata by
   their first member (by id): mentors, then mentees, and on each side by their answers to the questions of the rules on
   balance and on at least one of each, in the order of the rules' ids.
2. Units of several people come first, then stratum by stratum (answers in alphabetical order, none first); within a
   stratum, in the order of the lot of ("person", the round, the id of the first member).
3. Each in turn joins, of the groups in which no rule forbids it beside those already there, the one with the fewest
   members of its stratum; of several, the one with the fewest members of its side; of several, the one with the
   smallest lot of ("group", the round, the id of the first member, the id of the group). If there is none it stays out.
4. The round counts if every group keeps every rule and everybody who must be placed is. Of the rounds that count, the
   first that places everybody is kept; when none of ROUNDS rounds does, the first of those that place the most people.

Two people of one stratum who may join the same groups, and are bound by no rule of their own, have the same chances.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..faults import Fault, ProblemError
from ..problem import Side, options_of
from .bonds import Bonds
from .keeping import Broken, is_formed, too_little, too_much, unbalanced
from .lots import lot
from .problem import Group, GroupProblem, GroupRuleKind, must_be_placed

ROUNDS: Final = 50
STRATIFYING: Final = frozenset({GroupRuleKind.BALANCE, GroupRuleKind.AT_LEAST_ONE_OF_EACH})

Stratum = tuple[bool, tuple[tuple[str, ...], ...]]
Members = dict[str, list[str]]


@dataclass(frozen=True)
class Dealt:
    """One round's groups: the members of each by the group's id, fixed ones first. Units: rounds from 1."""

    round: int
    members: Members


def deal(bonds: Bonds) -> Dealt:
    """Draw the groups of a sound problem.

    Raises: ProblemError when no round keeps all the rules, with what the last one broke.
    """
    problem = bonds.problem
    best: Dealt | None = None
    broken: list[tuple[str, Broken]] = []
    most = 0
    for number in range(1, ROUNDS + 1):
        dealt = Dealt(number, _round(bonds, number))
        placed = sum(map(len, dealt.members.values())) - sum(map(len, problem.fixed.values()))
        if broken := list(_broken_after(problem, dealt.members)):
            continue
        if best is None or placed > most:
            best, most = dealt, placed
        if placed == len(problem.free):
            break
    if best is None:
        raise ProblemError([_fault_of(*what) for what in dict.fromkeys(broken)])
    return best


def stratum_of(problem: GroupProblem, name: str) -> Stratum:
    """Say which stratum somebody is dealt with: their side, mentors first, and their answers that groups should share out."""
    person = problem.people[name]
    rules = sorted((rule for rule in problem.rules if rule.kind in STRATIFYING and person.side in rule.among), key=lambda rule: rule.id)
    return person.side == Side.MENTEE, tuple(tuple(sorted(options_of(person, rule.question))) for rule in rules)


def _round(bonds: Bonds, number: int) -> Members:
    problem = bonds.problem
    members = {name: list(held) for name, held in problem.fixed.items()}
    strata = {name: stratum_of(problem, name) for name in problem.people}
    for unit in _units_in_turn(problem, strata, number):
        for group in _groups_in_turn(problem, members, strata, unit[0], number):
            if not too_much(bonds, group, [*members[group.id], *unit]):
                members[group.id].extend(unit)
                break
    return members


def _units_in_turn(problem: GroupProblem, strata: dict[str, Stratum], number: int) -> list[tuple[str, ...]]:
    companions = {name for company in problem.together for name in company}
    units = [*problem.together, *((person.id,) for person in problem.free if person.id not in companions)]

    def turn(unit: tuple[str, ...]) -> tuple[bool, Stratum, int]:
        return len(unit) == 1, strata[unit[0]], lot(problem.pairing.seed, "person", str(number), unit[0])

    return sorted(units, key=turn)


def _groups_in_turn(problem: GroupProblem, members: Members, strata: dict[str, Stratum], name: str, number: int) -> list[Group]:
    mine, side = strata[name], problem.people[name].side

    def turn(group: Group) -> tuple[int, int, int]:
        alike = sum(strata[member] == mine for member in members[group.id])
        beside = sum(problem.people[member].side == side for member in members[group.id])
        return alike, beside, lot(problem.pairing.seed, "group", str(number), name, group.id)

    return sorted(problem.ordered, key=turn)


def _broken_after(problem: GroupProblem, members: Members) -> Iterator[tuple[str, Broken]]:
    """List what a round that broke nothing on its way still lacks at its end, group by group."""
    formed = {group.id: members[group.id] for group in problem.ordered if is_formed(problem, group, members[group.id])}
    for group in problem.ordered:
        if group.id in formed:
            yield from ((group.id, broken) for broken in too_little(problem, group, formed[group.id]))
    yield from (("", broken) for broken in unbalanced(problem, formed))
    placed = {name for held in members.values() for name in held}
    for person in problem.free:
        if person.id not in placed and must_be_placed(problem, person):
            yield "", Broken("least", people=(person.id,))


def _fault_of(group: str, broken: Broken) -> Fault:
    if broken.people:
        return Fault(f"people[{broken.people[0]}].least", "not_drawn", "No draw places them: fix them in a group, or relax a rule.")
    path = f"groups[{group}].{broken.rule}" if group else f"rules[{broken.rule}]"
    return Fault(path, "not_drawn", f"No draw of {ROUNDS} keeps this: relax it, or form the groups instead of drawing them.")
