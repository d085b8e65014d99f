"""Pair two spreadsheets under a policy: no cohort, no account, no database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from releve.enrolment.importing.cleaning import fold
from releve.enrolment.table_files import Cell
from releve.matching.engine import (
    EngineError,
    Objective,
    Pair,
    Problem,
    Reader,
    Result,
    assign,
    certify,
    compare,
    explain_pairs,
    read_result,
    result_json,
    solve,
)
from releve.matching.engine.canonical import canonical_text, plain_form
from releve.matching.engine.changes import PRICED
from releve.matching.files import FilesError, FilesRead, read_two_files
from releve.matching.wording.comparison import comparison_sentences
from releve.matching.wording.faults import fault_sentence
from releve.matching.wording.names import Names, slot_names
from releve.matching.wording.proof import proof_sentences

from .explained import explain_person, explain_whole
from .outputs import lines_of, replace_file, table_for

EVERY_SECONDS: Final = 3
WRITTEN: Final = (".csv", ".xlsx", ".json")


@dataclass(frozen=True)
class Asked:
    """What the command line asks of two files. `explain` is "" for the whole; `certify` is "" for the result just found."""

    mentees: Path
    mentors: Path
    policy: Path
    objective: Objective | None = None
    seed: int | None = None
    explain: str | None = None
    compare: bool = False
    certify: str | None = None
    as_json: bool = False
    out: Path | None = None


@dataclass(frozen=True)
class Paired:
    """A problem, its result, and what things are called."""

    problem: Problem
    result: Result
    names: Names


def pair_two_files(asked: Asked, *, tell: Callable[[str], None]) -> str:
    """Pair, and give what the screen shows; `tell` takes each step as it is done.

    Raises: CommandError with a sentence for everything wrong in what was given.
    """
    if asked.out and asked.out.suffix.casefold() not in WRITTEN:
        raise CommandError(_("“%(file)s” must end in .csv, .xlsx or .json.") % {"file": asked.out})
    read = _read(asked, tell)
    problem = _as_asked(read.problem, asked)
    names = Names(people=read.names, options=slot_names(problem))
    tell(
        _("Read: mentees %(mentees)d, mentors %(mentors)d, places with mentors %(places)d.")
        % {"mentees": len(problem.mentees), "mentors": len(problem.mentors), "places": sum(one.most for one in problem.mentors)}
    )
    try:
        if asked.certify:
            return _check_kept(problem, Path(asked.certify), names)
        found = Paired(problem, _solved(problem, tell), names)
        tell(_summary(found))
        return _given(found, asked, tell)
    except EngineError as error:
        raise CommandError("\n".join(fault_sentence(fault, problem, names) for fault in error.faults)) from error


def _read(asked: Asked, tell: Callable[[str], None]) -> FilesRead:
    try:
        read = read_two_files(asked.mentees, asked.mentors, asked.policy)
    except FilesError as error:
        raise CommandError(
            "\n".join(_("%(place)s: %(mend)s") % {"place": fault.path, "mend": fault.mend} for fault in error.faults)
        ) from error
    for fault in read.left_out:
        tell(_("Left out. %(place)s: %(mend)s") % {"place": fault.path, "mend": fault.mend})
    return read


def _as_asked(problem: Problem, asked: Asked) -> Problem:
    """Let the command line have the last word on objective and seed."""
    if asked.objective is not None:
        problem = replace(problem, policy=replace(problem.policy, objective=asked.objective))
    return problem if asked.seed is None else replace(problem, seed=asked.seed)


def _solved(problem: Problem, tell: Callable[[str], None]) -> Result:
    """Pair by the policy's objective; a long run says how far it is every few seconds."""
    return assign(problem, progress=Steps(tell)) if problem.policy.objective in PRICED else solve(problem)


class Steps:
    """How far a run is, told at most once every EVERY_SECONDS; `clock` gives seconds."""

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._tell, self._clock, self._last = tell, clock, clock()

    def __call__(self, stage: str, done: int, of: int) -> None:
        now = self._clock()
        if now - self._last < EVERY_SECONDS:
            return
        self._last = now
        words = {"score": _("Comparing pairs"), "choose": _("Choosing"), "ties": _("Settling ties")}
        self._tell(_("%(stage)s: %(percent)d %%") % {"stage": words.get(stage, stage), "percent": 100 * done // max(of, 1)})


def _summary(found: Paired) -> str:
    return _("Paired: pairs %(pairs)d, without a mentor %(unpaired)d, seed %(seed)d.") % {
        "pairs": len(found.result.pairs),
        "unpaired": len(found.result.unpaired),
        "seed": found.problem.seed,
    }


def _check_kept(problem: Problem, path: Path, names: Names) -> str:
    """Check a result kept in a file against these files, without pairing anybody."""
    try:
        result = read_result(path.read_text("ascii"))
    except (OSError, UnicodeDecodeError, EngineError) as error:
        raise CommandError(_("“%(file)s” holds no result. Give a file that --json or --out FILE.json wrote.") % {"file": path}) from error
    return _checked(Paired(problem, result, names))


def _checked(found: Paired) -> str:
    complaints = certify(found.problem, found.result)
    said = "\n".join(proof_sentences(complaints, found.problem.policy.objective, found.names))
    if complaints:
        raise CommandError(said)
    return said


def _given(found: Paired, asked: Asked, tell: Callable[[str], None]) -> str:
    """Give what was asked for: a table or JSON, then what explains it; a file takes the place of the table."""
    more: dict[str, Any] = {}
    said: list[str] = []
    if asked.certify is not None:
        tell(_checked(found))
    if asked.explain is not None:
        explained = explain_person(found.problem, found.result, _known(asked.explain, found), found.names) if asked.explain else None
        explained = explained or explain_whole(found.problem, found.result, found.names)
        said += explained.sentences
        more["explained"] = explained.data
    if asked.compare:
        more["compared"] = compared = compare(found.problem, found.result)
        for title, sentences in comparison_sentences(compared, found.problem, found.names):
            said += ["", title, f"- {' '.join(sentences)}"]
    if asked.out:
        content = (
            _whole_json(found.result, more).encode("ascii")
            if asked.out.suffix.casefold() == ".json"
            else table_for(asked.out, *_rows(found))
        )
        replace_file(asked.out, content)
        tell(_("%(file)s is written.") % {"file": asked.out})
    if asked.as_json:
        return _whole_json(found.result, more)
    return "\n".join([*([] if asked.out else lines_of(*_rows(found))), *said])


def _whole_json(result: Result, more: Mapping[str, Any]) -> str:
    """Write the result as the engine does, to the byte; what was asked beside it stands under keys of its own."""
    return (
        canonical_text({**json.loads(result_json(result)), **{key: plain_form(value) for key, value in more.items()}})
        if more
        else result_json(result)
    )


def _rows(found: Paired) -> tuple[list[str], list[list[Cell]]]:
    columns = [_("Mentee"), _("Mentee’s id"), _("Mentor"), _("Mentor’s id"), _("Fit")]
    person = found.names.person
    pairs = [Pair(pair.mentee, pair.mentor) for pair in found.result.pairs]
    explained = explain_pairs(found.problem, pairs, reader=Reader.COMMITTEE)
    rows: list[list[Cell]] = [[person(one.mentee), one.mentee, person(one.mentor), one.mentor, one.shown] for one in explained]
    rows += [[person(name), name, "", "", None] for name in found.result.unpaired]
    return columns, rows


def _known(text: str, found: Paired) -> str:
    """Find whom the command line names, by id or by name. Raises: CommandError."""
    ids = {person.id for person in found.problem.people}
    if text in ids:
        return text
    meant = sorted(name for name in ids if fold(found.names.person(name)) == fold(text) or fold(name) == fold(text))
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise CommandError(_("Several people are called “%(name)s”. Give an id: %(ids)s.") % {"name": text, "ids": ", ".join(meant)})
    raise CommandError(_("Nobody in these files is called “%(name)s”. Give a name or an id as the files write it.") % {"name": text})
