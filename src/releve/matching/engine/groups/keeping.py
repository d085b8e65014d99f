"""Decide, one rule at a time and in plain steps, whether a group may be as it is.

What is *too much* stays so whoever else joins: too many members, two who are alike or apart, nothing that all share.
What is *too little* may be mended by whoever joins: too few members, nobody of a kind. Balance compares groups.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..problem import Side, options_of
from .bonds import Bonds
from .problem import Group, GroupProblem, GroupRule, GroupRuleKind, may_be_left

SIZE_IDS = {Side.MENTEE: "mentees", Side.MENTOR: "mentors"}


@dataclass(frozen=True)
class Broken:
    """One rule that a group breaks: the rule's id ("mentees" or "mentors" for the sizes, "apart" for two people kept
    apart), the option it is about, and the people, if it is about some in particular."""

    rule: str
    option: str = ""
    people: tuple[str, ...] = ()


def too_much(bonds: Bonds, group: Group, members: Sequence[str]) -> list[Broken]:
    """List what is wrong with a group and would be with any larger one."""
    problem = bonds.problem
    over = [Broken(SIZE_IDS[side]) for side in Side if count_of(problem, members, side) > group.size(side).most]
    barred = [Broken(rule, people=(one, other)) for rule, one, other in bonds.barred_pairs(members)]
    alike = [broken for rule in problem.rules if rule.kind == GroupRuleKind.ALL_DIFFERENT for broken in _alike(problem, rule, members)]
    shared = [(rule, in_common(problem, rule, members)) for rule in problem.rules if rule.shared_least]
    unlike = [Broken(rule.id) for rule, options in shared if options is not None and len(options) < rule.shared_least]
    return [*over, *barred, *alike, *unlike]


def too_little(problem: GroupProblem, group: Group, members: Sequence[str]) -> list[Broken]:
    """List what a group still lacks."""
    under = [Broken(SIZE_IDS[side]) for side in Side if count_of(problem, members, side) < group.size(side).least]
    each = [rule for rule in problem.rules if rule.kind == GroupRuleKind.AT_LEAST_ONE_OF_EACH]
    lacking = [
        Broken(rule.id, option)
        for rule in each
        for option in sorted(set(rule.options))
        if counts_by_option(problem, rule, members).get(option, 0) < rule.least
    ]
    return [*under, *lacking]


def unbalanced(problem: GroupProblem, groups: Mapping[str, Sequence[str]]) -> list[Broken]:
    """List the options of which two groups have numbers too far from each other; `groups` gives the members of each."""
    found = []
    for rule in problem.rules:
        if rule.kind == GroupRuleKind.BALANCE:
            counted = [counts_by_option(problem, rule, members) for members in groups.values()]
            for option in balanced_options(problem, rule):
                counts = [count.get(option, 0) for count in counted]
                if max(counts, default=0) - min(counts, default=0) > rule.within:
                    found.append(Broken(rule.id, option))
    return found


def is_formed(problem: GroupProblem, group: Group, members: Sequence[str]) -> bool:
    """Say whether a group has to keep its least sizes and balance: always, unless it may be left with its fixed members."""
    return not may_be_left(problem, group) or len(members) > len(problem.fixed[group.id])


def balanced_options(problem: GroupProblem, rule: GroupRule) -> list[str]:
    """List the options of which groups should have about as many; one without a name when members are counted."""
    if not rule.question:
        return [""]
    return sorted({option for person in problem.people.values() for option in options_of(person, rule.question)})


def counts_by_option(problem: GroupProblem, rule: GroupRule, members: Iterable[str]) -> dict[str, int]:
    """Count a rule's members by option, or all of them under no name when it asks no question."""
    counts: dict[str, int] = {}
    for name in members:
        person = problem.people[name]
        if person.side in rule.among:
            for option in options_of(person, rule.question) if rule.question else ("",):
                counts[option] = counts.get(option, 0) + 1
    return counts


def in_common(problem: GroupProblem, rule: GroupRule, members: Iterable[str]) -> frozenset[str] | None:
    """Say which options all of a rule's members share; None when it has no member."""
    answers = [options_of(person, rule.question) for person in map(problem.people.__getitem__, members) if person.side in rule.among]
    return frozenset.intersection(*answers) if answers else None


def count_of(problem: GroupProblem, members: Iterable[str], side: Side) -> int:
    """Count the members of one side."""
    return sum(problem.people[name].side == side for name in members)


def _alike(problem: GroupProblem, rule: GroupRule, members: Sequence[str]) -> list[Broken]:
    counts = counts_by_option(problem, rule, members)
    holders = {
        option: tuple(name for name in members if option in options_of(problem.people[name], rule.question))
        for option, count in sorted(counts.items())
        if count > 1
    }
    return [Broken(rule.id, option, names) for option, names in holders.items()]
