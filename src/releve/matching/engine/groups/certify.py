"""Check an answer against its problem, trusting nothing of what made it: neither groups, nor prices, nor sums.

A flow's bound is proved by its prices (`proof.py`); a search's bound is its word, is only held against the value, and is
taken only where no flow could prove one; a draw has none but can be drawn again, and is.
"""

from collections import Counter
from collections.abc import Iterator

from ..complaint import Complaint
from ..problem import Objective
from .board import board_of
from .bonds import Bonds, stakes_of
from .canonical import group_problem_hash
from .checks import ensure_formable
from .draw import deal
from .keeping import is_formed, too_little, too_much, unbalanced
from .laminar import obstacles_to_flow
from .problem import GroupProblem, must_be_placed
from .proof import price_complaints
from .result import GroupResult, Method


def certify_groups(problem: GroupProblem, result: GroupResult) -> tuple[Complaint, ...]:
    """List what is wrong with an answer; empty means every rule kept, every sum right, and the bound as good as said.

    Raises: PolicyError or ProblemError when the problem itself is unsound.
    """
    bonds = ensure_formable(problem)
    if result.problem != group_problem_hash(problem):
        return (Complaint("other_problem"),)
    if [group.id for group in result.groups] != [group.id for group in problem.ordered]:
        return (Complaint("other_groups"),)
    if strangers := sorted({name for group in result.groups for name in group.members} - problem.people.keys()):
        return tuple(Complaint("unknown_person", name) for name in strangers)
    return (
        *_group_complaints(bonds, result),
        *_people_complaints(problem, result),
        *_sum_complaints(bonds, result),
        *_proof_complaints(bonds, result),
    )


def _group_complaints(bonds: Bonds, result: GroupResult) -> Iterator[Complaint]:
    problem = bonds.problem
    formed = {}
    for group, answer in zip(problem.ordered, result.groups, strict=True):
        if list(answer.members) != sorted(answer.members):
            yield Complaint("members_not_in_order", group.id)
        if not set(answer.members) >= set(problem.fixed[group.id]):
            yield Complaint("fixed_member_lost", group.id)
        if answer.formed != is_formed(problem, group, answer.members):
            yield Complaint("wrongly_formed", group.id)
        if answer.formed:
            formed[group.id] = answer.members
        for broken in (*too_much(bonds, group, answer.members), *(too_little(problem, group, answer.members) if answer.formed else ())):
            yield Complaint("rule_broken", f"{group.id}: {broken.rule}")
    for broken in unbalanced(problem, formed):
        yield Complaint("rule_broken", broken.rule)


def _people_complaints(problem: GroupProblem, result: GroupResult) -> Iterator[Complaint]:
    places = Counter(name for group in result.groups for name in group.members)
    held = {name for members in problem.fixed.values() for name in members}
    free = {person.id: person for person in problem.free}
    for name in sorted(places):
        if places[name] > 1:
            yield Complaint("placed_twice", name)
        if name not in held and name not in free:
            yield Complaint("takes_no_part", name)
    if result.unplaced != tuple(name for name in free if not places[name]):
        yield Complaint("wrong_unplaced")
    for person in free.values():
        if not places[person.id] and must_be_placed(problem, person):
            yield Complaint("must_be_placed", person.id)
    for company in problem.together:
        if not any(set(company) <= set(group.members) for group in result.groups):
            yield Complaint("lock_lost", ", ".join(company))


def _sum_complaints(bonds: Bonds, result: GroupResult) -> Iterator[Complaint]:
    for group in result.groups:
        if group.points != bonds.points_of(group.members):
            yield Complaint("wrong_points", group.id)
    if result.points != sum(group.points for group in result.groups):
        yield Complaint("wrong_total")
    if result.value != stakes_of(bonds).value(result.points, len(bonds.problem.free) - len(result.unplaced)):
        yield Complaint("wrong_value")


def _may_answer(bonds: Bonds, method: Method) -> bool:
    """Say whether a method is enough: a search's word is not where a flow could prove, nor is any choice where a draw is asked."""
    if method == Method.DRAW:
        return True
    if bonds.problem.pairing.policy.objective == Objective.DRAW:
        return False
    return method == Method.FLOW or bool(obstacles_to_flow(board_of(bonds)))


def _proof_complaints(bonds: Bonds, result: GroupResult) -> Iterator[Complaint]:
    asked = {Method.FLOW: (True, True, False), Method.CP_SAT: (True, False, False), Method.DRAW: (False, False, True)}
    given = result.bound is not None, result.certificate is not None, result.round > 0
    if asked[result.method] != given or not _may_answer(bonds, result.method):
        yield Complaint("other_method")
        return
    if result.bound is not None and result.bound < result.value:
        yield Complaint("bound_below_value")
    if result.certificate is not None:
        if result.gap != 0:
            yield Complaint("bound_above_value")
        yield from price_complaints(bonds, result.certificate, result.value)
    if result.method == Method.DRAW:
        dealt = deal(bonds)
        groups = {group.id: sorted(group.members) for group in result.groups}
        if (result.round, groups) != (dealt.round, {name: sorted(members) for name, members in dealt.members.items()}):
            yield Complaint("not_as_drawn")
