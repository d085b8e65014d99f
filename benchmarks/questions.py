"""Time what a committee asks of the engine about one run: `python -m benchmarks.questions`.

Units: milliseconds, the median of several rounds in this process, on an invented cohort (`cohorts.py`). See benchmarks/README.md.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

from benchmarks import machine
from benchmarks.cohorts import cohort
from benchmarks.pages import short, table, write_part
from releve.matching.engine import Pair, Problem, Reader, Result, assign, best_alternatives, certify, explain_nobody, explain_pairs, study

ROUNDS, ENOUGH = 15, 3.0  # so many at most, until so many seconds are spent
SOME = 20  # mentees about whom the slower questions are asked, one by one


@dataclass(frozen=True)
class Asked:
    """One question and what answering it took."""

    question: str
    milliseconds: float
    processor_ms: float
    rounds: int


def main() -> int:
    """Ask everything once, say what it took, and write it into docs/ if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", default="220x80", help="mentees x mentors (default: 220x80, three hundred people)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print figures for a machine to read")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    arguments = parser.parse_args()
    mentees, mentors = map(int, arguments.size.split("x"))
    described = machine.describe()
    asked = list(_ask(mentees, mentors, arguments.seed))
    told = f"{mentees:,} mentees and {mentors:,} mentors, seed {arguments.seed}. {machine.in_words(described)}"
    rows = [[one.question, short(one.milliseconds), short(one.processor_ms), str(one.rounds)] for one in asked]
    text = f"{told}\n\n{table(['question', 'ms', 'processor ms', 'rounds'], rows)}"
    figures = {"machine": described, "mentees": mentees, "mentors": mentors, "seed": arguments.seed}
    print(json.dumps(figures | {"asked": [asdict(one) for one in asked]}, indent=2, ensure_ascii=False) if arguments.json else text)
    if arguments.write:
        write_part("benchmarks.md", f"benchmarks.questions, {arguments.size}", text)
    return 0


def _ask(mentees: int, mentors: int, seed: int) -> Iterator[Asked]:
    def afresh() -> Problem:
        return cohort(mentees, mentors, seed=seed)

    problem = afresh()
    result = assign(problem)
    yield _time("pair everyone", assign, afresh)
    yield _time("check the proof", lambda fresh: certify(fresh, result), afresh)
    yield _time("pair everyone and explain every pair", _pair_and_explain, afresh)
    yield _time("prepare for questions about other pairs", lambda fresh: study(fresh, result), afresh)
    prepared = study(problem, result)
    some = [person.id for person in problem.mentees[:: max(1, mentees // SOME)]][:SOME]
    for mentee in some:  # what the first question prepares for all
        best_alternatives(prepared, mentee)
    each = iter(some * ROUNDS)
    yield _time(
        "one person’s three best alternatives, who would move and what all would lose",
        lambda one: best_alternatives(prepared, one),
        lambda: next(each),
    )
    if result.unpaired:
        first = result.unpaired[0]
        yield _time("why somebody has nobody", lambda one: explain_nobody(problem, result, one, asked=prepared), lambda: first)


def _pair_and_explain(problem: Problem) -> Result:
    result = assign(problem)
    explain_pairs(problem, [Pair(pair.mentee, pair.mentor) for pair in result.pairs], reader=Reader.COMMITTEE)
    return result


def _time(question: str, answer: Callable[[Any], object], make: Callable[[], Any]) -> Asked:
    """Time a question; what it is about is made before each round and not timed."""
    walls: list[float] = []
    worked: list[float] = []
    answer(make())
    while not walls or (sum(walls) < ENOUGH and len(walls) < ROUNDS):
        subject = make()
        started, working = perf_counter(), process_time()
        answer(subject)
        worked.append(process_time() - working)
        walls.append(perf_counter() - started)
    return Asked(question, 1000 * statistics.median(walls), 1000 * statistics.median(worked), len(walls))


if __name__ == "__main__":
    sys.exit(main())
