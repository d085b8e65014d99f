"""Check a result against its problem, trusting nothing of the solver: neither its pairs, nor its proof, nor its sums.

Pairs and places are checked here; what the objective promises beside this, in `certify_total.py`, `certify_bands.py` and
`certify_play.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import numpy as np

from .blocks import Scoring
from .canonical import problem_hash
from .certify_bands import complaints_about_bands
from .certify_play import complaints_about_draw, complaints_about_stability
from .certify_total import complaints_about_total
from .checks import ensure_sound
from .complaint import Complaint
from .problem import Objective, Pair, Problem
from .result import Result
from .score import ScoreTable, score_pairs


def certify(problem: Problem, result: Result) -> tuple[Complaint, ...]:
    """List what is wrong with a result; empty means every rule kept, every sum right, and nothing better possible.

    Raises: PolicyError or ProblemError when the problem itself is unsound.
    """
    ensure_sound(problem)
    fingerprint = problem_hash(problem)
    if not fingerprint == result.problem == result.certificate.problem:
        return (Complaint("other_problem"),)
    pairs = [Pair(pair.mentee, pair.mentor) for pair in result.pairs]
    if strangers := [pair for pair in pairs if pair.mentee not in problem.row_of or pair.mentor not in problem.column_of]:
        return tuple(Complaint("unknown_person", _named(pair)) for pair in strangers)
    if pairs != sorted(set(pairs)):
        return (Complaint("pairs_not_in_order"),)
    scoring = Scoring(problem)
    proof_complaints = CHECKERS[problem.policy.objective]
    return (*_pair_complaints(problem, scoring, result), *_place_complaints(problem, result), *proof_complaints(problem, scoring, result))


def _named(pair: Pair) -> str:
    return f"{pair.mentee}, {pair.mentor}"


def _pair_complaints(problem: Problem, scoring: Scoring, result: Result) -> Iterator[Complaint]:
    rows = np.array([problem.row_of[pair.mentee] for pair in result.pairs], dtype=np.int64)
    columns = np.array([problem.column_of[pair.mentor] for pair in result.pairs], dtype=np.int64)
    admissible, points = scoring.admissible_at(rows, columns).tolist(), scoring.points_at(rows, columns).tolist()
    locks = set(problem.locks)
    for paired, allowed, earned in zip(result.pairs, admissible, points, strict=True):
        pair = Pair(paired.mentee, paired.mentor)
        if not allowed:
            yield Complaint("rule_broken", _named(pair))
        if paired.points != earned:
            yield Complaint("wrong_points", _named(pair))
        if paired.locked != (pair in locks):
            yield Complaint("wrong_lock", _named(pair))
    if result.points != sum(paired.points for paired in result.pairs):
        yield Complaint("wrong_total")


def _place_complaints(problem: Problem, result: Result) -> Iterator[Complaint]:
    pairs = [Pair(pair.mentee, pair.mentor) for pair in result.pairs]
    for lost in sorted(set(problem.locks) - set(pairs)):
        yield Complaint("lock_lost", _named(lost))
    mentees, mentors = (Counter(pair.mentee for pair in pairs), Counter(pair.mentor for pair in pairs))
    for people, held in ((problem.mentees, mentees), (problem.mentors, mentors)):
        for person in people:
            if not person.least <= held[person.id] <= person.most:
                yield Complaint("places_not_kept", f"{person.side} {person.id}")
    if result.unpaired != tuple(sorted(problem.row_of.keys() - mentees.keys())):
        yield Complaint("wrong_unpaired")


def _of_all_pairs(
    check: Callable[[Problem, ScoreTable, Result], Iterator[Complaint]], problem: Problem, _scoring: Scoring, result: Result
) -> Iterator[Complaint]:
    return check(problem, score_pairs(problem), result)


CHECKERS: Final[Mapping[Objective, Callable[[Problem, Scoring, Result], Iterator[Complaint]]]] = {
    Objective.BEST_TOTAL: complaints_about_total,
    Objective.MOST_PEOPLE: complaints_about_total,
    Objective.MAXIMIN: partial(_of_all_pairs, complaints_about_bands),
    Objective.LEXIMIN: partial(_of_all_pairs, complaints_about_bands),
    Objective.STABLE: partial(_of_all_pairs, complaints_about_stability),
    Objective.DRAW: partial(_of_all_pairs, complaints_about_draw),
}
