"""What the preview shows of a row: who it is, what becomes of it and why, and the cells to mend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releve.core.components import Tone
from releve.enrolment.models import Import, ImportRow
from releve.questionnaires.definition import Question
from releve.questionnaires.display import is_own_words, text_of

from .choices import choices_of
from .cleaning import tidy
from .mapping import ENTRY, ROLE
from .people import PersonRow, RowReader
from .preview import KnownPeople, cells_of, differing, reader_of
from .refusals import Note
from .sentences import cell_sentence, row_sentence

Verdict = ImportRow.Verdict
Decision = ImportRow.Decision
TONES: dict[str, Tone] = {
    Verdict.NEW: "pine",
    Verdict.CHANGE: "amber",
    Verdict.CHOICE: "rust",
    Verdict.ERROR: "rust",
}
MOST_INPUTS = 700  # a page sends at most a thousand fields; rows beyond this are mended one by one
NAMED_BY = {"two_names", "account_name"}


@dataclass(frozen=True)
class Choice:
    """One thing a field of the preview offers."""

    text: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One cell: its header, its text, what is wrong with it, and how to write it anew."""

    place: int
    label: str
    text: str
    sentences: Sequence[str] = ()
    blocks: bool = False
    kind: str = ""  # line, long, one, several; empty when it is only shown
    choices: Sequence[Choice] = ()
    corrected: bool = False

    @property
    def cost(self) -> int:
        return 6 if self.kind == "several" else 1


@dataclass(frozen=True)
class Change:
    """One answer that a known entry would take."""

    label: str
    known: str
    new: str
    own_words: bool


@dataclass
class Card:
    """One row of the preview."""

    row: ImportRow
    person: PersonRow
    role: str
    tone: Tone
    sentences: list[str] = field(default_factory=list)
    to_mend: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def decision(self) -> tuple[str, str] | None:
        """The box that this row carries: the decision it stands for, and its words."""
        verdict, decided = self.row.verdict, self.row.decision
        if decided == Decision.USE or verdict == Verdict.CHOICE:
            return Decision.USE, _("Use this row")
        if decided == Decision.INCLUDE or (self.person.unfinished and verdict == Verdict.EXCLUDED and not decided):
            return Decision.INCLUDE, _("Include it although it was never sent")
        if verdict == Verdict.CHANGE:
            return Decision.ACCEPT, _("Accept these answers")
        if verdict in {Verdict.NEW, Verdict.ERROR} or decided == Decision.LEAVE:
            return Decision.LEAVE, _("Leave this row out")
        return None


def cards_of(sheet: Import, rows: Iterable[ImportRow], *, edit: int | None = None) -> list[Card]:
    """Prepare the rows of one page; `edit` opens all the cells of one of them."""
    reader = reader_of(sheet)
    cards, room = [], MOST_INPUTS
    for row in rows:
        card = _card(sheet, reader, row, whole=row.number == edit, editable=room > 0)
        room -= sum(line.cost for line in card.to_mend if line.kind)
        cards.append(card)
    changed = [card for card in cards if card.row.verdict == Verdict.CHANGE]
    known = KnownPeople(sheet.cohort, [card.person for card in changed])
    for card in changed:
        card.changes = _changes(card.person, reader, known)
    return cards


def _card(sheet: Import, reader: RowReader, row: ImportRow, *, whole: bool, editable: bool) -> Card:
    cells = cells_of(row)
    person = reader.read(row.number, cells)
    notes = [Note.from_data(note) for note in row.notes]
    role = str(reader.definition.role(person.role).name) if person.role else ""
    card = Card(row, person, role, TONES.get(row.verdict, "plain"), [row_sentence(note) for note in notes])
    wanted = _places_to_mend(person, notes, reader) | {int(place) for place in row.corrections}
    for place, target in sorted(reader.columns.held.items()):
        found = [problem for problem in person.problems if problem.place == place]
        line = Line(
            place=place,
            label=sheet.columns[place] or pgettext("column without a name", "Column %(number)s") % {"number": place + 1},
            text=cells[place],
            sentences=[cell_sentence(problem) for problem in found],
            blocks=any(problem.blocks for problem in found),
            corrected=str(place) in row.corrections,
        )
        opened = (whole or place in wanted) and editable
        shown = card.to_mend if opened or found else card.others
        shown.append(_editable(line, target, reader) if opened else line)
    card.sentences += [cell_sentence(problem) for problem in person.problems if problem.place is None]
    return card


def _places_to_mend(person: PersonRow, notes: Iterable[Note], reader: RowReader) -> set[int]:
    targets = {problem.target for problem in person.problems if problem.blocks}
    for note in notes:
        if note.code in NAMED_BY:
            targets |= {reader.id_of("email"), *(question.id for question in reader.name_questions)}
        if note.code == "entry_twice":
            targets.add(ENTRY)
    return {place for place, target in reader.columns.held.items() if target in targets}


def _editable(line: Line, target: str, reader: RowReader) -> Line:
    """Give a line the field by which it is written anew."""
    question = reader.questions.get(target)
    if target == ROLE:
        names = [str(role.name) for role in reader.roles]
        return _with(line, "one", _one_of(line.text, names))
    if question is None:
        return _with(line, "line", ())
    if question.type in {"choice", "yes_no"}:
        return _with(line, "one", _one_of(line.text, _labels(question)))
    if question.type == "choices":
        return _with(line, "several", _several_of(line.text, question))
    return _with(line, "long" if question.type == "long_text" else "line", ())


def _with(line: Line, kind: str, choices: Sequence[Choice]) -> Line:
    return Line(line.place, line.label, line.text, line.sentences, line.blocks, kind, choices, line.corrected)


def _labels(question: Question) -> list[str]:
    if question.type == "yes_no":
        return [pgettext("answer", "Yes"), pgettext("answer", "No")]
    return [str(option.text) for option in question.options]


def _one_of(text: str, labels: Sequence[str]) -> list[Choice]:
    """Offer what the cell says now, nothing, and every choice."""
    now = [] if text in labels or not tidy(text) else [Choice(text, _("%(cell)s (as in the file)") % {"cell": tidy(text)}, True)]
    rest = [Choice(label, label, label == text) for label in labels]
    return [*now, Choice("", _("Nothing"), not tidy(text)), *rest]


def _several_of(text: str, question: Question) -> list[Choice]:
    """Offer every choice, those of the cell ticked, and what is no choice ticked as well until somebody takes it out."""
    values, unknown = choices_of(question).split(text)
    known = [Choice(str(option.text), str(option.text), option.value in values) for option in question.options]
    return [*known, *(Choice(piece, _("%(cell)s (as in the file)") % {"cell": tidy(piece)}, True) for piece in unknown)]


def _changes(person: PersonRow, reader: RowReader, known: KnownPeople) -> list[Change]:
    participant = known.of(person)[0]
    if participant is None:
        return []
    pairs = differing(person, participant, reader)
    asked = [question for question in reader.questions.values() if question.id in pairs]
    return [
        Change(
            str(question.text), text_of(question, pairs[question.id][0]), text_of(question, pairs[question.id][1]), _is_own(question, pairs)
        )
        for question in asked
    ]


def _is_own(question: Question, pairs: dict) -> bool:
    return any(is_own_words(question, answer) for answer in pairs[question.id])
