"""Break the first program on purpose and see its tests fail.

python -m tools.break_on_purpose                everything, one thing after the other
python -m tools.break_on_purpose S1.7 S1.12     what belongs to some requirements
python -m tools.break_on_purpose --broken-only  without first seeing that the tests pass on the tree as it is
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .breaks import ROOT, Break, all_breaks
from .trial import Outcome, copied, outcomes, tried

SHOWN = 140


def main(arguments: Sequence[str]) -> int:
    """Return 0 when every test passes on the product and fails on each break of what it shows."""
    asked = {word for word in arguments if not word.startswith("-")}
    breaks = [one for one in all_breaks() if not asked or one.requirement in asked]
    if not breaks or set(arguments) - asked - {"--broken-only"}:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory(prefix="releve-broken-") as folder:
        tree = copied(ROOT, Path(folder) / "tree")
        if "--broken-only" not in arguments and not _sound(tree, breaks):
            return 1
        unnoticed = [one for one in breaks if not _noticed(one, tree)]
    print(f"\n{len(breaks)} things broken, {len(unnoticed)} not noticed.")
    return 1 if unnoticed else 0


def _sound(tree: Path, breaks: Sequence[Break]) -> bool:
    """See that the tests pass before anything is broken: a test that always fails shows nothing either."""
    tests = list(dict.fromkeys(test for one in breaks for test in one.tests))
    bad = {test: found for test, found in outcomes(tree, tests).items() if not found.ran or found.failures or found.errors}
    for test, found in bad.items():
        print(f"FAILS ALREADY {test}\n  {_words(found)}")
    print(f"{len(tests) - len(bad)} of {len(tests)} tests pass on the tree as it is.", flush=True)
    return not bad


def _noticed(one: Break, tree: Path) -> bool:
    found = tried(one, tree)
    missed = [test for test in one.tests if not found[test].is_judgement]
    print(f"{'NOT NOTICED' if missed else 'noticed'} {one.requirement} {one.lost}", flush=True)
    for test in one.tests:
        print(f"  {'!! ' if test in missed else ''}{test.partition('::')[2]}: {_words(found[test])}", flush=True)
    return not missed


def _words(outcome: Outcome) -> str:
    said = outcome.failures or outcome.errors or (("passed",) if outcome.ran else ("did not run",))
    return ("" if outcome.failures or not outcome.errors else "error before the test: ") + said[0][:SHOWN]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
