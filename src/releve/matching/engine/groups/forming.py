"""Form groups: by a flow where it is exact, by search elsewhere, or by lot."""

from collections.abc import Mapping, Sequence

from ..faults import OutOfReachError, ProblemError
from ..problem import Objective
from ..version import ENGINE_VERSION
from .board import Board, Counts, board_of
from .bonds import Bonds, stakes_of
from .canonical import group_problem_hash
from .checks import ensure_formable
from .draw import deal
from .flow import NOWHERE, fill_by_flow
from .keeping import is_formed
from .laminar import Obstacle, obstacles_to_flow
from .problem import GroupProblem
from .result import FormedGroup, GroupCertificate, GroupResult, Method
from .search import fill_by_search, shortages


def form_groups(problem: GroupProblem) -> GroupResult:
    """Form the groups that the policy's objective asks for: drawn if it is a draw; otherwise the best, proved by prices where
    the rules make a flow, as good as the search's effort allows elsewhere.

    Raises: PolicyError or ProblemError: faults in the input, a least out of reach, too much to search. EngineError when
    the search found nothing with this effort.
    """
    if problem.pairing.policy.objective == Objective.DRAW:
        return draw_groups(problem)
    board = board_of(ensure_formable(problem))
    try:
        return _by_search(board) if obstacles_to_flow(board) else _by_flow(board)
    except OutOfReachError:
        raise ProblemError(shortages(board)) from None


def why_not_flow(problem: GroupProblem) -> tuple[Obstacle, ...]:
    """List what makes a problem more than a flow, so that its groups are searched; empty when nothing does.

    Raises: PolicyError or ProblemError: faults in the input.
    """
    return obstacles_to_flow(board_of(ensure_formable(problem)))


def draw_groups(problem: GroupProblem) -> GroupResult:
    """Draw groups by lot, as evenly as the rules allow; the policy's points are counted but not sought.

    Raises: PolicyError or ProblemError: faults in the input, or rules that no round of the draw keeps.
    """
    bonds = ensure_formable(problem)
    dealt = deal(bonds)
    return _result(bonds, Method.DRAW, dealt.members, number=dealt.round)


def _by_flow(board: Board) -> GroupResult:
    chosen, bound, certificate = fill_by_flow(board)
    return _result(board.bonds, Method.FLOW, _members(board, chosen), bound=bound, certificate=certificate)


def _by_search(board: Board) -> GroupResult:
    chosen, bound = fill_by_search(board)
    return _result(board.bonds, Method.CP_SAT, _members(board, chosen), bound=bound)


def _members(board: Board, chosen: Counts) -> Mapping[str, Sequence[str]]:
    problem = board.problem
    members = {name: list(held) for name, held in problem.fixed.items()}
    for person, column in zip(problem.free, chosen.tolist(), strict=True):
        if column != NOWHERE:
            members[problem.ordered[column].id].append(person.id)
    return members


def _result(
    bonds: Bonds,
    method: Method,
    members: Mapping[str, Sequence[str]],
    *,
    bound: int | None = None,
    number: int = 0,
    certificate: GroupCertificate | None = None,
) -> GroupResult:
    problem = bonds.problem
    groups = tuple(
        FormedGroup(group.id, tuple(sorted(held)), bonds.points_of(held), is_formed(problem, group, held))
        for group, held in ((group, members[group.id]) for group in problem.ordered)
    )
    placed = {name for group in groups for name in group.members}
    unplaced = tuple(person.id for person in problem.free if person.id not in placed)
    points = sum(group.points for group in groups)
    return GroupResult(
        engine=ENGINE_VERSION,
        problem=group_problem_hash(problem),
        method=method,
        groups=groups,
        unplaced=unplaced,
        points=points,
        value=stakes_of(bonds).value(points, len(problem.free) - len(unplaced)),
        bound=bound,
        round=number,
        certificate=certificate,
    )
