"""Find everything wrong with a problem of groups before anything is computed: all of it, not the first thing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..checks import MOST_PLACES, faults_in_policy, faults_in_problem, is_whole
from ..faults import Fault, PolicyError, ProblemError
from ..problem import CriterionKind, Objective, Pair, Policy, Side, options_of
from .bonds import APART_ID, Bonds, bonds_of
from .keeping import SIZE_IDS, too_much
from .problem import GroupProblem, GroupRule, GroupRuleKind, may_be_left

# Every two people are looked at together: about 30 bytes each, 0.5 GB at this limit.
MOST_PEOPLE: Final = 4_000
MOST_EFFORT: Final = 3_600
OBJECTIVES: Final = (Objective.BEST_TOTAL, Objective.MOST_PEOPLE, Objective.DRAW)
# A pairing needs both sides; groups may be of one.
SIDES_MISSING: Final = frozenset(f"no_{side}" for side in Side)


def ensure_formable(problem: GroupProblem) -> Bonds:
    """Let a sound problem pass, and say what its people are to each other.

    Raises: PolicyError when its policy or rules cannot be used with its questions, else ProblemError when its data cannot.
    """
    if faults := [*_policy_faults(problem)]:
        raise PolicyError(faults)
    if faults := faults_in_groups(problem):
        raise ProblemError(faults)
    bonds = bonds_of(problem)
    if faults := [*_clashes(bonds)]:
        raise ProblemError(faults)
    return bonds


def faults_in_groups(problem: GroupProblem) -> list[Fault]:
    """List what is wrong with a problem's people, groups, fixed members, locks and people kept apart."""
    # Members and locks point at people and groups, which have to be in order first.
    return [*_people_faults(problem)] or [*_group_faults(problem)] or [*_membership_faults(problem)] or [*_supply_faults(problem)]


def _policy_faults(problem: GroupProblem) -> Iterator[Fault]:
    policy, questions = problem.pairing.policy, problem.pairing.questions
    yield from faults_in_policy(policy, questions)
    if policy.objective not in OBJECTIVES:
        yield Fault("policy.objective", "not_for_groups", f"Use one of: {', '.join(OBJECTIVES)}.")
    for fault in faults_in_policy(Policy(criteria=problem.cohesion), questions):
        yield replace(fault, path=fault.path.replace("policy.criteria", "cohesion").replace("policy", "cohesion"))
    for index, criterion in enumerate(problem.cohesion):
        if criterion.kind == CriterionKind.WISHES and criterion.wisher == Side.MENTOR:
            yield Fault(f"cohesion[{index}].wisher", "not_among_mentees", "Cohesion is between mentees: count a mentee's wishes.")
    ids = Counter([*(rule.id for rule in policy.rules_in_force), *(rule.id for rule in problem.rules), *SIZE_IDS.values(), APART_ID])
    for index, rule in enumerate(problem.rules):
        path = f"rules[{index}]"
        if not rule.id or ids[rule.id] > 1:
            yield Fault(f"{path}.id", "repeated_id" if rule.id else "missing_id", "Give each rule an id of its own.")
        yield from _rule_faults(rule, path, questions)


def _rule_faults(rule: GroupRule, path: str, questions: frozenset[str]) -> Iterator[Fault]:
    if rule.kind not in set(GroupRuleKind):
        yield Fault(f"{path}.kind", "unknown_kind", f"Use one of: {', '.join(GroupRuleKind)}.")
    if not rule.question and rule.kind != GroupRuleKind.BALANCE:
        yield Fault(f"{path}.question", "missing_question", "Name the question whose answers count.")
    if rule.question and rule.question not in questions:
        yield Fault(f"{path}.question", "unknown_question", f"No form asks {rule.question!r}: correct the name or add the question.")
    if rule.kind == GroupRuleKind.AT_LEAST_ONE_OF_EACH and not rule.options:
        yield Fault(f"{path}.options", "missing_options", "List the options of which each group needs somebody.")
    if not is_whole(rule.least, 1, MOST_PLACES):
        yield Fault(f"{path}.least", "out_of_range", "Give 1 or more.")
    if not is_whole(rule.within, 0, MOST_PLACES):
        yield Fault(f"{path}.within", "out_of_range", "Give 0 or more.")
    for name in ("among", "explain_to"):
        if getattr(rule, name) - set(Side):
            yield Fault(f"{path}.{name}", "unknown_side", f"Use only: {', '.join(Side)}.")


def _people_faults(problem: GroupProblem) -> Iterator[Fault]:
    pairing = problem.pairing
    if not pairing.people:
        yield Fault("people", "nobody", "Add the people to place.")
    if not problem.groups:
        yield Fault("groups", "no_group", "Add at least one group.")
    if len(pairing.people) > MOST_PEOPLE:
        yield Fault(
            "people", "too_many_people", f"{len(pairing.people)} people exceed {MOST_PEOPLE}: split the run, by site or by language."
        )
    # Locks mean something else here, and are looked at with the fixed members.
    faults = faults_in_problem(replace(pairing, locks=()))
    yield from (fault for fault in faults if fault.code not in SIDES_MISSING)
    if not is_whole(problem.effort, 1, MOST_EFFORT):
        yield Fault("effort", "out_of_range", f"Give a whole number from 1 to {MOST_EFFORT}.")
    sides = Counter(person.id for person in pairing.people)
    for name in sorted(name for name, times in sides.items() if times > 1):
        yield Fault(f"people[{name}]", "repeated_id", "In a group each person has one role: leave them on one side.")


def _group_faults(problem: GroupProblem) -> Iterator[Fault]:
    ids = Counter(group.id for group in problem.groups)
    for group in problem.ordered:
        if not group.id or ids[group.id] > 1:
            yield Fault(f"groups[{group.id}]", "repeated_id" if group.id else "missing_id", "Give each group an id of its own.")
        for side in Side:
            size, path = group.size(side), f"groups[{group.id}].{SIZE_IDS[side]}"
            if not is_whole(size.most, 0, MOST_PLACES) or not is_whole(size.least, 0, size.most):
                yield Fault(path, "size_out_of_range", f"Give whole numbers from 0 to {MOST_PLACES}, the least no larger than the most.")
        for name in sorted(set(group.fixed) - problem.people.keys()):
            yield Fault(f"groups[{group.id}].fixed", "unknown_person", f"Name people of this problem: {name!r} is not.")


def _membership_faults(problem: GroupProblem) -> Iterator[Fault]:
    for path, two in (*_named("locks", problem.pairing.locks), *_named("apart", problem.apart)):
        if two[0] == two[1] or not problem.people.keys() >= set(two):
            yield Fault(path, "unknown_person", "Name two people of this problem.")
    if not all(_sides_of(problem, lock) == (Side.MENTEE, Side.MENTOR) for lock in problem.pairing.locks):
        yield Fault("locks", "unknown_person", "A lock names a mentee, then a mentor, of this problem.")
    groups_of: dict[str, list[str]] = {}
    for name, members in problem.fixed.items():
        for member in members:
            groups_of.setdefault(member, []).append(name)
    for member, names in sorted(groups_of.items()):
        if len(names) > 1:
            mend = f"It is fixed in, or locked into, {', '.join(names)}: keep one of them."
            yield Fault(f"people[{member}]", "contradictory_locks", mend)
    for person in problem.free:
        if person.most > 1:
            yield Fault(
                f"people[{person.side}={person.id}].most", "one_group_each", "A person to place joins one group: give 1 place, or 0."
            )
    absent = {name for company in problem.companies for name in company} - groups_of.keys() - {person.id for person in problem.free}
    for name in sorted(absent & problem.people.keys()):
        yield Fault(f"people[{name}].most", "locked_without_place", "Give them a place, or remove the lock.")


def _named(name: str, pairs: tuple[Pair, ...] | tuple[tuple[str, str], ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    return ((f"{name}[{two[0]}, {two[1]}]", (two[0], two[1])) for two in sorted(set(pairs)))


def _sides_of(problem: GroupProblem, two: Pair) -> tuple[Side, ...]:
    return tuple(problem.people[name].side for name in two if name in problem.people)


def _supply_faults(problem: GroupProblem) -> Iterator[Fault]:
    required = [group for group in problem.ordered if not may_be_left(problem, group)]
    taking_part = [problem.people[name] for members in problem.fixed.values() for name in members] + [*problem.free]
    for side in Side:
        asked, there = sum(group.size(side).least for group in required), sum(person.side == side for person in taking_part)
        if asked > there:
            mend = f"The groups ask for {asked} and there are {there}: lower their least, make some optional, or have fewer."
            yield Fault(f"groups.{SIZE_IDS[side]}", "too_few_people", mend)
    for rule in problem.rules:
        if rule.kind == GroupRuleKind.AT_LEAST_ONE_OF_EACH and required:
            there_are = {option for person in taking_part if person.side in rule.among for option in options_of(person, rule.question)}
            for option in sorted(set(rule.options) - there_are):
                yield Fault(
                    f"rules[{rule.id}].options[{option}]", "kind_missing", "Nobody who takes part has it: add somebody, or remove it."
                )


def _clashes(bonds: Bonds) -> Iterator[Fault]:
    """Name what no choice can mend: fixed members who may not be together, locks between people kept apart."""
    problem = bonds.problem
    for group in problem.ordered:
        for broken in too_much(bonds, group, problem.fixed[group.id]):
            whom = ", ".join(broken.people) or ", ".join(problem.fixed[group.id])
            mend = f"With its fixed and locked members ({whom}) it breaks the rule {broken.rule!r}: free one of them."
            yield Fault(f"groups[{group.id}].fixed", "fixed_break_rule", mend)
    for company in problem.together:
        for rule, one, other in bonds.barred_pairs(company):
            yield Fault(f"locks[{one}, {other}]", "lock_breaks_rule", f"The rule {rule!r} forbids it: unlock it.")
