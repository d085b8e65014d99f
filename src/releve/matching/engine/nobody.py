"""Say why a mentee has nobody, and what the best way in would cost. For the committee only.

Who is full depends on everybody's wishes, bans and past; participants read `explain_reach`.
"""

from collections import Counter
from dataclasses import dataclass

from .explain import ReachExplained, Reader, explain_reach, mentors_closed_to
from .problem import Problem
from .regret import Forced, Study, best_alternatives
from .result import Result


@dataclass(frozen=True)
class NobodyExplained:
    """Why a mentee has no mentor.

    `places`: how many partners the mentee may have; 0 alone says why. `reach`: which mentors the rules leave open.
    `full` and `free`: the open mentors, by id, whose places are all taken, and those with a place left (an objective
    that is not about totals, or a draw, may leave one). `way_in`: the pair that would cost everyone least; None when no
    mentor is open, or when the result was not studied.
    """

    mentee: str
    places: int
    reach: ReachExplained
    full: tuple[str, ...]
    free: tuple[str, ...]
    way_in: Forced | None


def explain_nobody(problem: Problem, result: Result, mentee: str, *, asked: Study | None = None) -> NobodyExplained:
    """Explain why a mentee has nobody in a result; `asked`, the study of that result, adds the best way in."""
    closed = mentors_closed_to(problem, mentee)
    held = Counter(pair.mentor for pair in result.pairs)
    reachable = [person for person in problem.mentors if person.most and person.id not in closed]
    ways = best_alternatives(asked, mentee, most=1) if asked else ()
    return NobodyExplained(
        mentee=mentee,
        places=problem.mentees[problem.row_of[mentee]].most,
        reach=explain_reach(problem, mentee, reader=Reader.COMMITTEE),
        full=tuple(person.id for person in reachable if held[person.id] >= person.most),
        free=tuple(person.id for person in reachable if held[person.id] < person.most),
        way_in=ways[0] if ways else None,
    )
