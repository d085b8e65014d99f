"""Say why somebody is in a group, or in none, as data: codes and numbers, no sentences.

Why somebody is in none depends on who else is in the groups, and on people kept apart: it is for the committee alone.
What somebody fits their group by is for any reader, who sees the criteria and rules that may be told to their side.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..explain import PairExplained, Reader, explain_pair
from ..faults import Fault, ProblemError
from ..problem import Side
from .bonds import bonds_of
from .keeping import counts_by_option, in_common, too_little, too_much, unbalanced
from .problem import Group, GroupProblem, GroupRule
from .result import FormedGroup, GroupResult


@dataclass(frozen=True)
class Closing:
    """How many groups one rule closes to somebody; a group closed by two rules counts in both.

    `rule`: its id ("mentees" and "mentors" for full groups, "apart" for people kept apart). `by_fixed`: how many of these
    it closes by their fixed members alone, whoever else is placed.
    """

    rule: str
    groups: int
    by_fixed: int


@dataclass(frozen=True)
class UnplacedExplained:
    """Which groups somebody could join as the answer stands. Order: by id; `closed_by` from the most groups closed.

    `groups`: all in the problem. `open`: those that would break nothing. `lacking`: those no rule closes, but that
    would still miss a least, or be out of balance, with this person.
    """

    person: str
    groups: int
    closed_by: tuple[Closing, ...]
    open: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class RuleKept:
    """How a group keeps one rule: what all its members share, sorted, or how many there are of each option, by option."""

    rule: GroupRule
    shared: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class MembershipExplained:
    """What somebody fits their group by. Order: by the other person's id.

    `pairs`: with each member of the other side. `cohesion`: with each other mentee, as it counts for this person; the
    committee reads as well how it counts for the others. `rules`: those this reader may see.
    `other_limits`: the program has limits it keeps to its committee.
    """

    person: str
    group: str
    pairs: tuple[PairExplained, ...]
    cohesion: tuple[PairExplained, ...]
    rules: tuple[RuleKept, ...]
    other_limits: bool


def explain_unplaced(problem: GroupProblem, result: GroupResult, name: str) -> UnplacedExplained:
    """Explain to the committee why somebody is in no group."""
    bonds = bonds_of(problem)
    groups: Counter[str] = Counter()
    by_fixed: Counter[str] = Counter()
    ready: list[str] = []
    lacking: list[str] = []
    for group, formed in zip(problem.ordered, result.groups, strict=True):
        closing = {broken.rule for broken in too_much(bonds, group, [*formed.members, name])}
        groups.update(closing)
        by_fixed.update({broken.rule for broken in too_much(bonds, group, [*problem.fixed[group.id], name])})
        if not closing:
            (lacking if _would_lack(problem, result, group, name) else ready).append(group.id)
    order = sorted(groups, key=lambda rule: (-groups[rule], rule))
    closed_by = tuple(Closing(rule, groups[rule], by_fixed[rule]) for rule in order)
    return UnplacedExplained(name, len(problem.ordered), closed_by, tuple(ready), tuple(lacking))


def explain_membership(problem: GroupProblem, result: GroupResult, name: str, *, reader: Reader) -> MembershipExplained:
    """Explain to one reader what somebody fits their group by.

    Raises: ProblemError when they are in none.
    """
    group = next((group for group in result.groups if name in group.members), None)
    if group is None:
        raise ProblemError([Fault(f"unplaced[{name}]", "in_no_group", "Explain why they are unplaced instead.")])
    rules = sorted(
        (rule for rule in problem.rules if reader == Reader.COMMITTEE or Side(reader) in rule.explain_to), key=lambda rule: rule.id
    )
    return MembershipExplained(
        person=name,
        group=group.id,
        pairs=tuple(_pairs(problem, group, name, reader)),
        cohesion=tuple(_cohesion(problem, group, name, reader)),
        rules=tuple(_kept(problem, rule, group) for rule in rules),
        other_limits=reader != Reader.COMMITTEE,
    )


def _would_lack(problem: GroupProblem, result: GroupResult, group: Group, name: str) -> bool:
    joined = {formed.id: formed.members for formed in result.groups if formed.formed}
    joined[group.id] = (*next(formed.members for formed in result.groups if formed.id == group.id), name)
    return bool(too_little(problem, group, joined[group.id]) or unbalanced(problem, joined))


def _pairs(problem: GroupProblem, group: FormedGroup, name: str, reader: Reader) -> Iterator[PairExplained]:
    side = problem.people[name].side
    for other in group.members:
        if problem.people[other].side != side:
            mentee, mentor = (name, other) if side == Side.MENTEE else (other, name)
            yield explain_pair(problem.pairing, mentee, mentor, reader=reader)


def _cohesion(problem: GroupProblem, group: FormedGroup, name: str, reader: Reader) -> Iterator[PairExplained]:
    if not problem.cohesion or problem.people[name].side == Side.MENTOR:
        return
    for other in group.members:
        if other != name and problem.people[other].side == Side.MENTEE:
            yield explain_pair(problem.among_mentees, name, other, reader=reader)
            if reader == Reader.COMMITTEE:
                yield explain_pair(problem.among_mentees, other, name, reader=reader)


def _kept(problem: GroupProblem, rule: GroupRule, group: FormedGroup) -> RuleKept:
    if rule.shared_least:
        return RuleKept(rule, shared=tuple(sorted(in_common(problem, rule, group.members) or ())))
    return RuleKept(rule, counts=tuple(sorted(counts_by_option(problem, rule, group.members).items())))
