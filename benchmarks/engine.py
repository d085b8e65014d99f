"""Pair the same people by our engine and by what else could be taken, side by side: `python benchmarks/engine.py`.

Each contestant pairs each cohort in a process of its own, one after the other, from people's answers to pairs; what is stopped is
said. The time is the median where a run is quick; memory is the most that the process held while it paired. See benchmarks/README.md.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __package__ in {None, ""}:  # started as a file: this folder stands where the checkout has to
    sys.path[0] = str(ROOT)

from benchmarks import machine  # noqa: E402
from benchmarks.growth import draw_growth  # noqa: E402
from benchmarks.pages import DOCS, short, table, write_part  # noqa: E402

LABELS = {
    "ours": "Relève",
    "scipy_dense": "SciPy, dense",
    "scipy_sparse": "SciPy, sparse",
    "ortools": "OR-Tools, flow over all pairs",
    "munkres": "munkres",
    "munkres_proved": "munkres with its proof",
    "stable": "matching, stable",
    "greedy": "greedy",
}
LIBRARIES = ("numpy", "scipy", "ortools", "munkres", "matching")
LOOK_EVERY = 0.05  # seconds between two looks at a running contestant's memory
GIGA = 1e9


@dataclass(frozen=True)
class Size:
    """How many mentees and mentors. Written 5000x2000."""

    mentees: int
    mentors: int

    def __str__(self) -> str:
        return f"{self.mentees:,} × {self.mentors:,}"


@dataclass(frozen=True)
class Line:
    """One contestant at one size: what it took (`race.Ran`), or in `note` why there is nothing to say."""

    contestant: str
    mentees: int
    mentors: int
    note: str = ""
    ran: dict[str, Any] | None = None


def main() -> int:
    """Run, print, and write into docs/ if asked to."""
    arguments = _arguments()
    described = machine.describe() | {name: _version(name) for name in LIBRARIES}
    _say(machine.in_words(described))
    lines = list(_race(arguments))
    whole = {
        "machine": described,
        "seed": arguments.seed,
        "planted": arguments.planted,
        "seconds": arguments.seconds,
        "memory_gb": arguments.memory,
        "lines": [asdict(line) | {"optimum": _optimum(line, lines)} for line in lines],
    }
    print(json.dumps(whole, indent=2, ensure_ascii=False) if arguments.json else _in_markdown(whole, lines))
    if arguments.write:
        write_part("benchmarks.md", f"benchmarks.engine, {'planted' if arguments.planted else 'open'}", _in_markdown(whole, lines))
        if not arguments.planted:
            (DOCS / "growth.svg").write_text(draw_growth(_points(lines)), encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python benchmarks/engine.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=_sizes, default=_sizes("500x200,5000x2000"), help="mentees x mentors (default: 500x200,5000x2000)")
    parser.add_argument("--only", type=_contestants, default=list(LABELS), help=f"some of: {','.join(LABELS)}")
    parser.add_argument("--seed", type=int, default=1, help="of the cohorts (default: %(default)s)")
    parser.add_argument("--planted", action="store_true", help="cohorts whose best total is known by construction")
    parser.add_argument("--seconds", type=float, default=120, help="after which a contestant is stopped (default: %(default)s)")
    parser.add_argument("--memory", type=float, default=4, help="gigabytes above which it is stopped, on Linux (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print figures for a machine to read")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md, and draw docs/growth.svg")
    return parser.parse_args()


def _sizes(text: str) -> list[Size]:
    return [Size(*map(int, size.split("x"))) for size in text.split(",")]


def _contestants(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(LABELS):
        raise argparse.ArgumentTypeError(f"nobody is called {', '.join(sorted(unknown))}")
    return names


# --- the race


def _race(arguments: argparse.Namespace) -> Iterator[Line]:
    """Let everybody pair every size; who was stopped at one size is not started at a larger one."""
    stopped: dict[str, Size] = {}
    for size in sorted(arguments.sizes, key=lambda size: size.mentees * size.mentors):
        for name in arguments.only:
            if name in stopped:
                line = Line(name, size.mentees, size.mentors, f"not started: stopped at {stopped[name]}")
            else:
                line = _run(name, size, arguments)
            if line.note.startswith("stopped"):
                stopped[name] = size
            _say(f"{size}  {LABELS[name]}: {_in_short(line)}")
            yield line


def _run(name: str, size: Size, arguments: argparse.Namespace) -> Line:
    command = [sys.executable, "-m", "benchmarks.race", name, str(size.mentees), str(size.mentors), "--seed", str(arguments.seed)]
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen([*command, *["--planted"] * arguments.planted], cwd=ROOT, stdout=told)  # noqa: S603  our own module
        note = _watch(child, arguments.seconds, arguments.memory)
        told.seek(0)
        answer = told.read()
    if note:
        return Line(name, size.mentees, size.mentors, note)
    if child.returncode:
        return Line(name, size.mentees, size.mentors, f"failed with exit code {child.returncode}")
    found = json.loads(answer)
    if "missing" in found:
        return Line(name, size.mentees, size.mentors, f"not installed: {found['missing']}")
    if "refused" in found:
        return Line(name, size.mentees, size.mentors, f"refused: {found['refused']}")
    return Line(name, size.mentees, size.mentors, ran=found)


def _watch(child: subprocess.Popen[bytes], seconds: float, gigabytes: float) -> str:
    """Wait for a contestant to end; stop it when it takes too long or too much, and say so."""
    started = time.monotonic()
    status = Path(f"/proc/{child.pid}/status")
    while True:
        try:
            child.wait(timeout=LOOK_EVERY)
        except subprocess.TimeoutExpired:
            held = _held(status)
        else:
            return ""
        if held > gigabytes * GIGA:
            note = f"stopped at {gigabytes:g} GB after {time.monotonic() - started:.0f} s"
        elif time.monotonic() - started > seconds:
            note = f"stopped after {seconds:g} s"
        else:
            continue
        child.kill()
        child.wait()
        return note


def _held(status: Path) -> int:
    try:
        return 1024 * int(status.read_text().partition("VmRSS:")[2].split()[0])
    except (OSError, IndexError):  # ended since, or a system without it
        return 0


# --- what is said


def _optimum(line: Line, lines: list[Line]) -> bool | None:
    """Say whether an answer is the best one: as good as the planted one, or as one with a proof that was checked; None if unknown."""
    if line.ran is None:
        return None
    same = [other.ran for other in lines if other.ran and (other.mentees, other.mentors) == (line.mentees, line.mentors)]
    best = {ran["points_planted"] for ran in same} - {None} or {ran["points"] for ran in same if ran["proved"]}
    return line.ran["points"] in best and line.ran["faults"] == 0 if best else None


def _in_short(line: Line) -> str:
    return f"{line.ran['seconds']:.3f} s, {line.ran['points']:,} points" if line.ran else line.note


def _in_markdown(whole: dict[str, Any], lines: list[Line]) -> str:
    told = (
        f"{machine.in_words(whole['machine'])} Seed {whole['seed']}; limits: {whole['seconds']:g} s and {whole['memory_gb']:g} GB for each."
    )
    parts = [told]
    for size in dict.fromkeys(Size(line.mentees, line.mentors) for line in lines):
        rows = [_row(line, lines) for line in lines if Size(line.mentees, line.mentors) == size]
        head = ["", "seconds", "processor s", "memory GB", "sweeps", "pairs", "points", "optimum", "proof", "checked in s"]
        parts.append(f"**{size}** (mentees × mentors)\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def _row(line: Line, lines: list[Line]) -> list[str]:
    if line.ran is None:
        return [LABELS[line.contestant], line.note, *[""] * 8]
    ran = line.ran
    optimum = {True: "yes", False: "no", None: "unknown"}[_optimum(line, lines)]
    broken = f" ({ran['faults']} rules broken)" if ran["faults"] else ""
    return [
        LABELS[line.contestant],
        short(ran["seconds"]),
        short(ran["processor"]),
        f"{ran['peak'] / GIGA:.2f}" if ran["peak"] >= 0 else "unknown",
        f"{ran['sweeps']:.3g}",
        f"{ran['pairs']:,}",
        f"{ran['points']:,}{broken}",
        optimum,
        "yes" if ran["proved"] else "no",
        "" if ran["checking"] is None else short(ran["checking"]),
    ]


def _points(lines: list[Line]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for line in lines:
        if line.ran:
            found.setdefault(LABELS[line.contestant], []).append((line.mentees, line.ran["seconds"]))
    return found


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
