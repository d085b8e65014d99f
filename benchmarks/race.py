"""Let one contestant pair one cohort in this process, and say what it took: what `engine.py` starts for each of them.

`python -m benchmarks.race ours 500 200 --seed 1` prints one line of JSON. Units: seconds, bytes, points.
"""

import argparse
import gc
import importlib.util
import json
import statistics
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.cohorts import cohort, planted
from benchmarks.contestants import CONTESTANTS, Answer
from benchmarks.referee import judge
from releve.matching.engine import EngineError, Problem

WARMING = (30, 12)  # a cohort so small that only what is loaded and compiled at the first call takes time
ROUNDS, ENOUGH = 9, 1.0  # a quick contestant begins again, so often at most, until so many seconds are spent


@dataclass(frozen=True)
class Ran:
    """What one contestant took for one cohort. `seconds` is the median of `rounds`, from people's answers to pairs.

    `processor` is what its threads worked together, which other work on the machine does not lengthen as it does `seconds`.
    `checking` is what checking the proof took afterwards. `points_planted` is the best total where it is known.
    `peak` is the most memory that the process held while pairing, people and libraries included; -1 where the system does not tell.
    """

    seconds: float
    processor: float
    rounds: int
    sweeps: float
    peak: int
    checking: float | None
    checking_peak: int
    proved: bool
    pairs: int
    points: int
    faults: int
    points_planted: int | None


def main() -> int:
    """Print what a contestant took, or why it did not run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.race", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("contestant", choices=CONTESTANTS)
    parser.add_argument("mentees", type=int)
    parser.add_argument("mentors", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--planted", action="store_true", help="a cohort whose best total is known")
    arguments = parser.parse_args()
    module = CONTESTANTS[arguments.contestant].module
    if importlib.util.find_spec(module) is None:
        print(json.dumps({"missing": module}))
        return 0
    try:
        ran = run(arguments.contestant, arguments.mentees, arguments.mentors, seed=arguments.seed, plant=arguments.planted)
    except EngineError as refusal:
        print(json.dumps({"refused": str(refusal)}))
        return 0
    print(json.dumps(asdict(ran)))
    return 0


def run(name: str, mentees: int, mentors: int, *, seed: int, plant: bool) -> Ran:
    """Time one contestant; judge its pairs afterwards, outside the time."""
    contestant = CONTESTANTS[name]
    contestant.solve(cohort(*WARMING, seed=seed))
    walls: list[float] = []
    worked: list[float] = []
    while not walls or (sum(walls) < ENOUGH and len(walls) < ROUNDS):
        problem, best = _cohort(mentees, mentors, seed, plant)
        gc.collect()
        _forget_peak()
        started, working = perf_counter(), process_time()
        answer = contestant.solve(problem)
        worked.append(process_time() - working)
        walls.append(perf_counter() - started)
        peak = _peak()
    proved, checking, checking_peak = _check(answer)
    judged = judge(problem, answer.pairs)
    return Ran(
        seconds=statistics.median(walls),
        processor=statistics.median(worked),
        rounds=len(walls),
        sweeps=answer.sweeps,
        peak=peak,
        checking=checking,
        checking_peak=checking_peak,
        proved=proved,
        pairs=judged.pairs,
        points=judged.points,
        faults=len(judged.faults),
        points_planted=best,
    )


def _cohort(mentees: int, mentors: int, seed: int, plant: bool) -> tuple[Problem, int | None]:
    if not plant:
        return cohort(mentees, mentors, seed=seed), None
    known = planted(mentees, mentors, seed=seed)
    return known.problem, known.points


def _check(answer: Answer) -> tuple[bool, float | None, int]:
    """Check a proof as somebody else would: say whether it holds, the seconds and the memory that it took."""
    if answer.check is None:
        return False, None, -1
    gc.collect()
    _forget_peak()
    started = perf_counter()
    proved = answer.check()
    return proved, perf_counter() - started, _peak()


def _forget_peak() -> None:
    """Let the peak begin again at what the process holds now, where the system can (Linux)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def _peak() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
    if sys.platform == "win32":
        return -1
    import resource  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


if __name__ == "__main__":
    sys.exit(main())
