"""Read one cell as one answer of the engine, by the type that the policy gives its column."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from releve.enrolment.importing.cells import BROKEN_FORMULA
from releve.enrolment.importing.choices import SEPARATORS, YES_OR_NO, Choices, spelled
from releve.enrolment.importing.cleaning import fold, tidy
from releve.enrolment.importing.refusals import CellProblem
from releve.enrolment.importing.sentences import cell_sentence
from releve.matching.engine import Answer
from releve.matching.engine.checks import LARGEST_NUMBER, Form, is_whole
from releve.questionnaires.reading import UnreadableError, read_number

from .moments import slots_of
from .policy import WrittenQuestion

LONGEST_SHOWN = 60
POSITION = re.compile(r"([+-]?[0-9]{1,8})\s*[,; ]\s*([+-]?[0-9]{1,8})")


class Wrong(NamedTuple):
    """One thing wrong with a cell: a stable code and the sentence that says how to mend it."""

    code: str
    mend: str


class Reading(NamedTuple):
    """What a cell says; the answer is None when nothing of it can be used."""

    answer: Answer | None
    wrong: Sequence[Wrong] = ()


@dataclass
class Known:
    """The people of one side, by id and by name, for cells that name somebody."""

    ids: set[str] = field(default_factory=set)
    by_name: dict[str, set[str]] = field(default_factory=dict)

    def add(self, person: str, name: str) -> None:
        self.ids.add(person)
        self.by_name.setdefault(fold(name), set()).add(person)

    def named(self, text: str) -> set[str]:
        """List who a text may mean: the person with that id, else everybody with that name."""
        own = known_as(text)
        return {own} if own in self.ids else self.by_name.get(fold(text), set())


@dataclass(frozen=True)
class Column:
    """One question of the policy, ready to read cells of one side."""

    question: WrittenQuestion
    choices: Choices
    others: Known
    everybody: Sequence[Known]
    first_day: date | None = None
    forms: Sequence[Form] = ()
    seen: dict[str, Reading] = field(default_factory=dict)  # people write the same few things


def known_as(text: str) -> str:
    """Write an id the one way in which ids are compared: an address has no capitals."""
    own = tidy(text)
    return own.casefold() if "@" in own else own


def read_number_cell(text: str) -> Reading:
    """Read a whole number. NaN, words and parts of numbers are no answer."""
    try:
        number = read_number(tidy(text))
    except UnreadableError:
        return Reading(None, [_said("not_a_number", text)])
    if not is_whole(number, -LARGEST_NUMBER, LARGEST_NUMBER):
        said = _("“%(cell)s” is not a whole number within %(most)d. Round it.") % {
            "cell": tidy(text)[:LONGEST_SHOWN],
            "most": LARGEST_NUMBER,
        }
        return Reading(None, [Wrong("not_a_whole_number", said)])
    return Reading(number)


def read_cell(column: Column, text: str) -> Reading:
    """Read a cell that is not empty."""
    if text not in column.seen:
        broken = BROKEN_FORMULA.fullmatch(text)
        column.seen[text] = Reading(None, [_said("broken_formula", text)]) if broken else READERS[column.question.type](column, text)
    return column.seen[text]


def pieces_of(question: WrittenQuestion, text: str) -> list[str]:
    """Cut a cell that lists several things."""
    parts = text.split(question.separator) if question.separator else SEPARATORS.split(text)
    return [piece for part in parts if (piece := tidy(part))]


def choices_for(question: WrittenQuestion, order: Iterable[str], answered: Iterable[str]) -> Choices:
    """Gather what may be chosen: the options written, else the order that a rule or criterion gives, else every answer.

    Answers spelled alike, capitals and spaces apart, are one: the first in the alphabet, whatever the order of the rows.
    """
    options: Iterable[str] = (*question.options, *order)
    if not options:
        first: dict[str, str] = {}
        for text in sorted({tidy(text) for text in answered}):
            first.setdefault(spelled(text), text)
        options = first.values()
    return Choices([(option, [option]) for option in dict.fromkeys((*options, *question.means))])


def _said(code: str, cell: str, **facts: Any) -> Wrong:
    return Wrong(code, cell_sentence(CellProblem(code, facts={"cell": tidy(cell)[:LONGEST_SHOWN], **facts})))


def _choice(column: Column, text: str) -> Reading:
    found = column.choices.find(tidy(text))
    if found is None:
        return Reading(None, [_unknown(column, text)])
    meant = column.question.means.get(found)
    if meant is None:
        return Reading(found)
    return Reading(meant[0] if len(meant) == 1 else frozenset(meant))


def _choices(column: Column, text: str) -> Reading:
    if column.question.separator:
        pieces = {piece: column.choices.find(piece) for piece in pieces_of(column.question, text)}
        found, unknown = [one for one in pieces.values() if one], [piece for piece, one in pieces.items() if one is None]
    else:
        found, unknown = column.choices.split(text)
    means: Mapping[str, tuple[str, ...]] = column.question.means
    meant = frozenset(option for one in found for option in means.get(one, (one,)))
    return Reading(meant or None, [_unknown(column, piece) for piece in unknown])


def _unknown(column: Column, piece: str) -> Wrong:
    return _said("unknown_choice", piece, nearest=column.choices.nearest(piece))


def _yes_no(_column: Column, text: str) -> Reading:
    found = YES_OR_NO.find(tidy(text))
    return Reading(found) if found else Reading(None, [_said("not_yes_or_no", text)])


def _hours(column: Column, text: str) -> Reading:
    slots, unknown = slots_of(text, column.first_day)
    return Reading(slots or None, [_said("unknown_moment", piece) for piece in unknown])


def _position(_column: Column, text: str) -> Reading:
    found = POSITION.fullmatch(tidy(text))
    if found is None:
        said = _("“%(cell)s” is not two whole numbers, east and north, such as 12,-5.")
        return Reading(None, [Wrong("not_a_position", said % {"cell": tidy(text)[:LONGEST_SHOWN]})])
    return Reading(f"{int(found[1])},{int(found[2])}")


def _ranking(column: Column, text: str) -> Reading:
    """Read wishes, best first, each an id or a name of the other side."""
    ranked: list[str] = []
    wrong: list[Wrong] = []
    for piece in pieces_of(column.question, text):
        meant = column.others.named(piece)
        if len(meant) == 1:
            ranked += meant
        else:
            wrong.append(_nobody(piece, len(meant)))
    return Reading(tuple(dict.fromkeys(ranked)) or None, wrong)


def _nobody(piece: str, meant: int) -> Wrong:
    cell = {"cell": piece[:LONGEST_SHOWN]}
    if meant:
        return Wrong("ambiguous_person", _("“%(cell)s” is the name of several people of the other side. Write the id.") % cell)
    return Wrong("unknown_person", _("“%(cell)s” is neither an id nor a name of the other side. Correct it, or leave this blank.") % cell)


def _person(column: Column, text: str) -> Reading:
    """Read whom a cell names; who is not in the two files stays as written, and concerns nobody."""
    named = set()
    for piece in pieces_of(column.question, text):
        meant = {person for known in column.everybody for person in known.named(piece)}
        named |= meant or {known_as(piece)}
    return Reading(frozenset(named) or None)


READERS: dict[str, Callable[[Column, str], Reading]] = {
    "choice": _choice,
    "choices": _choices,
    "number": lambda _column, text: read_number_cell(text),
    "yes_no": _yes_no,
    "hours": _hours,
    "position": _position,
    "ranking": _ranking,
    "person": _person,
}
