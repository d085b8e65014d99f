"""Two spreadsheets and a policy become one problem, or the list of everything that is wrong with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from releve.matching.engine import Answer, Fault, Person, Problem, Side
from releve.matching.engine.checks import forms_asked
from releve.matching.engine.distance import names_on_map

from .cells import Column, Known, choices_for, pieces_of, read_cell
from .demands import Named, policy_faults, problem_faults
from .faults import FilesError, once_each, said_of_form
from .policy import MOST_ROWS, OWN_ID, PolicyFile, WrittenQuestion, read_policy
from .rows import PersonRow, column_faults, mark_repeated, rows_of
from .tables import Sheet, read_sheet

Read = TypeVar("Read")


@dataclass(frozen=True)
class FilesRead:
    """A sound problem, the names behind its ids, and what was left out because it could not be read.

    `left_out` is empty unless the policy says `unreadable: leave_out`.
    """

    problem: Problem
    names: Mapping[str, str]
    left_out: tuple[Fault, ...]


def read_two_files(mentees: Path, mentors: Path, policy: Path) -> FilesRead:
    """Read a problem from a spreadsheet of mentees, one of mentors and a policy in YAML.

    Raises: FilesError with everything wrong in the three of them.
    """
    faults: list[Fault] = []
    known = _or_faults(partial(read_policy, policy), faults)
    most = known.written.most_rows if known else MOST_ROWS
    sheets = {
        side: _or_faults(partial(read_sheet, path, known.written.side(side).sheet if known else "", most), faults)
        for side, path in ((Side.MENTEE, mentees), (Side.MENTOR, mentors))
    }
    found = {side: sheet for side, sheet in sheets.items() if sheet}
    if known:
        faults += policy_faults(known)
        faults += (fault for side, sheet in found.items() for fault in column_faults(known, side, sheet))
    if faults or known is None:
        raise FilesError(once_each(faults))
    return _read(known, found)


def _or_faults(read: Callable[[], Read], faults: list[Fault]) -> Read | None:
    try:
        return read()
    except FilesError as error:
        faults += error.faults
        return None


def _read(policy: PolicyFile, sheets: Mapping[Side, Sheet]) -> FilesRead:
    rows: list[PersonRow] = []
    unreadable: list[Fault] = []
    for side, sheet in sheets.items():
        people, unsaid = rows_of(policy.written.side(side), side, sheet)
        rows += people
        unreadable += unsaid
    mark_repeated(rows)
    unreadable += (fault for person in rows for fault in person.faults)
    kept = {(person.side, person.id): person for person in rows if not person.faults}
    everybody = _everybody(rows)
    columns = _columns(policy, list(kept.values()), everybody)
    people_read = []
    for person in kept.values():
        answers, wrong = _answers(policy, columns, person)
        unreadable += wrong
        least = policy.written.side(person.side).places.least
        people_read.append(Person(person.id, person.side, least=least, most=person.most, answers=answers))
    named = Named(policy, everybody, kept)
    problem = Problem(
        people=tuple(people_read),
        policy=policy.written.policy,
        questions=frozenset({*policy.written.questions, OWN_ID}),
        locks=named.locks,
        bans=named.bans,
        facts=named.facts,
        seed=policy.written.seed,
    )
    faults = [*named.faults, *problem_faults(policy, problem, named)]
    if faults or (unreadable and policy.written.unreadable == "refuse"):
        raise FilesError(once_each([*unreadable, *faults]))
    return FilesRead(problem, {person.id: person.name for person in kept.values()}, once_each(unreadable))


def _everybody(rows: Iterable[PersonRow]) -> dict[Side, Known]:
    """Gather who may be named, those whose row cannot be used among them: naming them is no fault of the namer."""
    everybody = {side: Known() for side in Side}
    for person in rows:
        if person.id:
            everybody[person.side].add(person.id, person.name)
    return everybody


def _columns(policy: PolicyFile, people: Iterable[PersonRow], everybody: Mapping[Side, Known]) -> dict[tuple[str, Side], Column]:
    people = tuple(people)
    forms = {side: tuple(forms_asked(policy.written.policy, side)) for side in Side}
    columns = {}
    for name, question in policy.written.questions.items():
        choices = choices_for(question, _order_of(policy, name), _answered(question, people))
        for side, other in ((Side.MENTEE, Side.MENTOR), (Side.MENTOR, Side.MENTEE)):
            asked = tuple(form for form in forms[side] if form.question == name)
            columns[name, side] = Column(question, choices, everybody[other], tuple(everybody.values()), policy.written.first_day, asked)
    return columns


def _order_of(policy: PolicyFile, name: str) -> Iterator[str]:
    for criterion in policy.written.criteria:
        if name in (criterion.asked_of_mentee, criterion.asked_of_mentor):
            yield from (*criterion.order, *names_on_map(criterion))
    for rule in policy.written.rules:
        if name in (rule.question, rule.asked_of_mentor):
            yield from rule.order


def _answered(question: WrittenQuestion, people: Sequence[PersonRow]) -> Iterator[str]:
    for person in people:
        for _title, text in person.sheet.cells(person.row, question.columns_of(person.side)):
            yield from pieces_of(question, text) if question.type == "choices" else [text]


def _answers(policy: PolicyFile, columns: Mapping[tuple[str, Side], Column], person: PersonRow) -> tuple[dict[str, Answer], list[Fault]]:
    answers: dict[str, Answer] = {OWN_ID: person.id}
    faults = []
    for name, question in policy.written.questions.items():
        found, column = [], columns[name, person.side]
        titles = question.columns_of(person.side)
        for title, text in person.sheet.cells(person.row, titles):
            reading = read_cell(column, text)
            faults += [Fault(person.at(title), *wrong) for wrong in reading.wrong]
            found += [] if reading.answer is None else [reading.answer]
        if found:
            answer = found[0] if len(found) == 1 else _joined(found)
            unfit = [
                Fault(person.at(", ".join(titles)), form.code, said_of_form(form.code)) for form in column.forms if not form.fits(answer)
            ]
            faults += unfit
            answers |= {} if unfit else {name: answer}
    return answers, faults


def _joined(found: Sequence[Answer]) -> Answer:
    """Join what several columns say: rankings one after the other, everything else as one set."""
    if all(isinstance(answer, tuple) for answer in found):
        return tuple(dict.fromkeys(name for answer in found if isinstance(answer, tuple) for name in answer))
    return frozenset(option for answer in found for option in (answer if isinstance(answer, frozenset | tuple) else (str(answer),)))
