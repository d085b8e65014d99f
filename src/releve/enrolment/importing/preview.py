"""Say what becomes of each row: alone, among the others of its file, and beside the people already known.

Identity is the entry's own number where the file has one, else the address with the role. A known
entry with other answers is a change that somebody must accept, and what a person confirmed stays.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from releve.enrolment.intake import ROLE_QUESTION
from releve.enrolment.models import Import, ImportRow, Participant
from releve.people.models import Person
from releve.programs.models import Cohort

from .cleaning import clean, fold, tidy
from .mapping import ROLE, Columns
from .people import PersonRow, RowReader
from .refusals import Note

Verdict = ImportRow.Verdict
Decision = ImportRow.Decision
BATCH = 500


@dataclass
class Case:
    """One row under judgement."""

    row: PersonRow
    decision: str = Decision.NONE
    verdict: str = Verdict.UNREAD
    notes: list[Note] = field(default_factory=list)
    participant: Participant | None = None
    by_entry: bool = False

    @property
    def blocked(self) -> bool:
        """Say whether something must be mended first; what a known person's row says wrongly is simply not taken."""
        own = [] if self.participant else self.row.problems
        return any(problem.blocks for problem in own) or any(note.blocks for note in self.notes)

    @property
    def remarked(self) -> bool:
        return bool(self.row.problems) or any(note.code not in {"changes", "confirmed", "in_hand"} for note in self.notes)


class KnownPeople:
    """The participants of a cohort and the accounts that some rows speak of, looked up once."""

    def __init__(self, cohort: Cohort, rows: Sequence[PersonRow]) -> None:
        emails = sorted({row.email for row in rows if row.email})
        self.by_entry: dict[str, Participant] = {}
        self.by_place: dict[tuple[str, str], Participant] = {}
        self.roles: dict[str, set[str]] = defaultdict(set)
        concerned = cohort.participants.select_related("person", "registration")
        if len(rows) <= BATCH:
            entries = {row.entry for row in rows if row.entry}
            concerned = concerned.filter(Q(source_id__in=entries) | Q(person__email__in=emails))
        for participant in concerned:
            if participant.source_id:
                self.by_entry[participant.source_id] = participant
            self.by_place[participant.person.email, participant.role] = participant
            if participant.state != Participant.State.WITHDRAWN:
                self.roles[participant.person.email].add(participant.role)
        self.names: dict[str, str] = {}
        for start in range(0, len(emails), BATCH):
            found = Person.objects.filter(email__in=emails[start : start + BATCH]).values_list("email", "name")
            self.names |= dict(found)

    def of(self, row: PersonRow) -> tuple[Participant | None, bool]:
        """Find the participant a row speaks of, and say whether by the entry's own number."""
        by_entry = self.by_entry.get(row.entry) if row.entry else None
        return by_entry or self.by_place.get((row.email, row.role)), by_entry is not None


def judge(cases: list[Case], reader: RowReader, cohort: Cohort) -> None:
    """Give every row its verdict."""
    known = KnownPeople(cohort, [case.row for case in cases])
    for case in cases:
        if case.decision == Decision.LEAVE:
            _close(case, Verdict.EXCLUDED, Note("left_out"))
        elif case.row.unfinished and case.decision != Decision.INCLUDE:
            _close(case, Verdict.EXCLUDED, Note("unfinished", facts={"status": case.row.unfinished}))
    live = [case for case in cases if case.verdict == Verdict.UNREAD]
    for case in live:
        case.participant, case.by_entry = known.of(case.row)
    _tell_names_apart(live, reader, known)
    _merge_the_same(live)
    live = [case for case in live if case.verdict == Verdict.UNREAD]
    _tell_entries_apart(live)
    _look_at_roles(live, reader, known)
    for case in live:
        _conclude(case, reader)


def _close(case: Case, verdict: str, *notes: Note) -> None:
    case.verdict = verdict
    case.notes += notes


def _groups(cases: Iterable[Case], key: Any) -> list[list[Case]]:
    groups: dict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    return list(groups.values())


def _numbers(cases: Iterable[Case]) -> tuple[int, ...]:
    return tuple(case.row.number for case in cases)


def _tell_names_apart(live: list[Case], reader: RowReader, known: KnownPeople) -> None:
    """Hold rows that give one address two names, whether both are in the file or one has an account already."""
    named = [case for case in live if case.row.email and case.row.name and not case.by_entry]
    target = reader.id_of("email")
    for group in _groups(named, lambda case: case.row.email):
        if len({fold(case.row.name) for case in group}) > 1:
            for case in group:
                others = _numbers(other for other in group if fold(other.row.name) != fold(case.row.name))
                case.notes.append(Note("two_names", others, target=target, blocks=True))
            continue
        account = known.names.get(group[0].row.email, "")
        for case in group:
            registered = reader.name_in(case.participant.answers) if case.participant else ""
            if account and fold(case.row.name) not in {fold(account), fold(registered)}:
                case.notes.append(Note("account_name", facts={"name": account}, target=target, blocks=True))


def _merge_the_same(live: list[Case]) -> None:
    """Keep the first of several rows that say the same of one person in one role; ask when they differ."""
    placed = [case for case in live if case.participant or (case.row.email and case.row.role)]
    apart = [case for case in placed if not any(note.code == "two_names" for note in case.notes)]
    for group in _groups(apart, lambda case: case.participant.pk if case.participant else (case.row.email, case.row.role)):
        left = _unlike(group)
        chosen = [case for case in left if case.decision == Decision.USE]
        if len(left) > 1 and len(chosen) == 1:
            for case in left:
                if case is not chosen[0]:
                    _close(case, Verdict.MERGED, Note("superseded", _numbers(chosen)))
        elif len(left) > 1:
            for case in left:
                _close(case, Verdict.CHOICE, Note("choose", _numbers(other for other in left if other is not case)))


def _unlike(group: list[Case]) -> list[Case]:
    """Merge later rows into an earlier one that says the same; return those that remain."""
    left: list[Case] = []
    for case in group:
        same = next((first for first in left if first.row.identity == case.row.identity), None)
        if same is None:
            left.append(case)
        elif case.decision == Decision.USE and same.decision != Decision.USE:
            left[left.index(same)] = case
            _close(same, Verdict.MERGED, Note("merged", _numbers([case])))
        else:
            _close(case, Verdict.MERGED, Note("merged", _numbers([same])))
    return left


def _tell_entries_apart(live: list[Case]) -> None:
    for group in _groups((case for case in live if case.row.entry), lambda case: case.row.entry):
        for case in group if len(group) > 1 else ():
            others = _numbers(other for other in group if other is not case)
            case.notes.append(Note("entry_twice", others, facts={"entry": case.row.entry}, target="@entry", blocks=True))


def _look_at_roles(live: list[Case], reader: RowReader, known: KnownPeople) -> None:
    """Say that somebody comes in a second role, and refuse where the program keeps the two apart."""
    addressed = [case for case in live if case.row.email and case.row.role]
    for group in _groups(addressed, lambda case: case.row.email):
        for case in group:
            others = [other for other in group if other.row.role != case.row.role]
            roles = {other.row.role for other in others} | (known.roles[case.row.email] - {case.row.role})
            if case.participant or not roles or any(note.code == "two_names" for note in case.notes):
                continue
            apart = any(case.row.role not in reader.definition.role(role).may_also_be for role in roles)
            code = "roles_apart" if apart else "second_role"
            case.notes.append(Note(code, _numbers(others), target=ROLE, blocks=apart))


def _conclude(case: Case, reader: RowReader) -> None:
    participant = case.participant
    if case.blocked or participant is None:
        case.verdict = Verdict.ERROR if case.blocked else Verdict.NEW
        return
    if case.by_entry:
        _look_at_identity(case, participant)
    changes = differing(case.row, participant, reader)
    if participant.state in {Participant.State.WITHDRAWN, Participant.State.REFUSED}:
        _close(case, Verdict.KEPT, Note(participant.state))
    elif not changes:
        case.verdict = Verdict.KNOWN
    elif not participant.is_untouched:
        _close(case, Verdict.KEPT, Note("confirmed" if participant.confirmed_at else "in_hand", facts={"questions": sorted(changes)}))
    else:
        _close(case, Verdict.CHANGE, Note("changes", facts={"questions": sorted(changes)}))


def _look_at_identity(case: Case, participant: Participant) -> None:
    """Say where the row names another address or role than its entry came in with: neither follows by import."""
    if case.row.email and case.row.email != participant.person.email:
        case.notes.append(Note("other_address"))
    if case.row.role and case.row.role != participant.role:
        case.notes.append(Note("other_role", target=ROLE))


def differing(row: PersonRow, participant: Participant, reader: RowReader) -> dict[str, tuple[Any, Any]]:
    """Compare what a row answers with what is known: question → known, new. An empty cell takes nothing away."""
    known, apart = participant.given_answers, {ROLE_QUESTION, reader.id_of("email")}
    return {
        name: (known.get(name), answer)
        for name, answer in row.answers.items()
        if name not in apart and _comparable(known.get(name)) != _comparable(answer)
    }


def _comparable(answer: Any) -> Any:
    if isinstance(answer, str):
        return tidy(clean(answer))
    return sorted(map(str, answer)) if isinstance(answer, list) else answer


def cells_of(row: ImportRow) -> list[str]:
    """The cells of a row with the coordinator's corrections in place."""
    return [row.corrections.get(str(place), cell) for place, cell in enumerate(row.cells)]


def reader_of(sheet: Import) -> RowReader:
    return RowReader(sheet.cohort.definition, Columns.from_data(sheet.mapping))


def cases_of(sheet: Import, rows: Iterable[ImportRow]) -> list[Case]:
    """Judge all rows of an import as things stand."""
    reader = reader_of(sheet)
    cases = [Case(reader.read(row.number, cells_of(row)), row.decision) for row in rows]
    judge(cases, reader, sheet.cohort)
    return cases
