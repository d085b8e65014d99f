"""Say why a mentee has nobody, and what the best way in would cost. For the committee only.

Who is full depends on everybody's wishes, bans and past; participants read `explain_reach`.
"""

from collections import Counter
from dataclasses import dataclass, replace

from .explain import ReachExplained, Reader, explain_pair, explain_reach, mentors_closed_to
from .faults import ProblemError
from .objectives import solve
from .problem import Pair, Person, Problem
from .regret import Forced, Study, best_alternatives
from .result import Result


@dataclass(frozen=True)
class NobodyExplained:
    """Why a mentee has no mentor.

    `places`: how many partners the mentee may have; 0 alone says why. `reach`: which mentors the rules leave open.
    `full` and `free`: the open mentors, by id, whose places are all taken, and those with a place left (an objective
    that is not about totals, or a draw, may leave one). `way_in`: the pair that would cost everyone least; None when no
    mentor is open, or when the result was not studied (`way_in_by_locking` finds one for it).
    """

    mentee: str
    places: int
    reach: ReachExplained
    full: tuple[str, ...]
    free: tuple[str, ...]
    way_in: Forced | None


def explain_nobody(problem: Problem, result: Result, mentee: str, *, asked: Study | None = None) -> NobodyExplained:
    """Explain why a mentee has nobody in a result; `asked`, the study of that result, adds the best way in."""
    held = Counter(pair.mentor for pair in result.pairs)
    reachable = _open_to(problem, mentee)
    ways = best_alternatives(asked, mentee, most=1) if asked else ()
    return NobodyExplained(
        mentee=mentee,
        places=problem.mentees[problem.row_of[mentee]].most,
        reach=explain_reach(problem, mentee, reader=Reader.COMMITTEE),
        full=tuple(person.id for person in reachable if held[person.id] >= person.most),
        free=tuple(person.id for person in reachable if held[person.id] < person.most),
        way_in=ways[0] if ways else None,
    )


def way_in_by_locking(problem: Problem, result: Result, mentee: str, *, tries: int = 10) -> Forced | None:
    """Find the best way in for a mentee without a mentor under any objective, by locking pairs and pairing everybody again.

    At most `tries` open mentors are tried, those with most points first; the best leaves fewest mentees without anybody,
    then gives most points. None when no lock holds.
    """
    explained = [explain_pair(problem, mentee, person.id, reader=Reader.COMMITTEE) for person in _open_to(problem, mentee)]
    ways = []
    for pair in sorted(explained, key=lambda pair: -pair.points)[:tries]:
        try:
            after = solve(replace(problem, locks=(*problem.locks, Pair(pair.mentee, pair.mentor))))
        except ProblemError:  # every place is locked, or somebody's least would break
            continue
        before, now = ({Pair(one.mentee, one.mentor) for one in whole.pairs} for whole in (result, after))
        forced = Forced(
            mentee=mentee,
            mentor=pair.mentor,
            points=pair.points,
            shown=pair.shown,
            cost_points=result.points - after.points,
            cost_pairs=len(before) - len(now),
            forbidden_by=(),
            added=tuple(sorted(now - before)),
            removed=tuple(sorted(before - now)),
        )
        ways.append((len(after.unpaired), forced.cost_points, forced.mentor, forced))
    return min(ways)[-1] if ways else None


def _open_to(problem: Problem, mentee: str) -> list[Person]:
    """List the mentors who give places and whom no rule closes to a mentee."""
    closed = mentors_closed_to(problem, mentee)
    return [person for person in problem.mentors if person.most and person.id not in closed]
