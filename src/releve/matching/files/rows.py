"""Which rows are people of a side, who each is, and how many places they have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from releve.enrolment.importing.choices import spelled
from releve.enrolment.importing.cleaning import fold, tidy
from releve.enrolment.importing.reading import TableRow
from releve.matching.engine import Fault, Side
from releve.matching.engine.checks import is_whole

from .cells import Wrong, known_as, read_number_cell
from .faults import in_cell, in_row
from .policy import Places, PolicyFile, WrittenSide
from .tables import Sheet


@dataclass
class PersonRow:
    """One row that is a person of one side; what is in `faults` keeps it out."""

    side: Side
    sheet: Sheet
    row: TableRow
    id: str
    name: str
    most: int
    faults: list[Fault] = field(default_factory=list)

    def at(self, column: str = "") -> str:
        """Write where this row, or one of its cells, stands."""
        number = self.row.number
        return in_cell(self.sheet.file, number, column) if column else in_row(self.sheet.file, number)


def column_faults(policy: PolicyFile, side: Side, sheet: Sheet) -> Iterator[Fault]:
    """List the columns that the policy names and this side's spreadsheet lacks."""
    key, written = f"{side}s", policy.written.side(side)
    named: list[tuple[tuple[str | int, ...], str]] = [((key, "id"), written.id)]
    named += [((key, "name"), title) for title in written.name]
    named += [((key, "only", title), title) for title in written.only]
    named += [((key, "places", "column"), title) for title in [written.places.column] if title]
    for name, question in policy.written.questions.items():
        named += [(("questions", name), title) for title in question.columns_of(side)]
    for path, title in named:
        if wrong := sheet.problem_with(title):
            yield policy.fault(path, *wrong)


def rows_of(written: WrittenSide, side: Side, sheet: Sheet) -> tuple[list[PersonRow], list[Fault]]:
    """Find the people of one side, and the rows that do not say whether they are."""
    people, unsaid = [], []
    kept = {title: {spelled(value) for value in values} for title, values in written.only.items()}
    for row in sheet.table.rows:
        said = {title: row.cells[sheet.place_of(title)] for title in kept}
        empty = [title for title, text in said.items() if not tidy(text)]
        if all(spelled(text) in kept[title] for title, text in said.items()):
            people.append(_person(written, side, sheet, row))
        elif empty:
            mend = _("This cell is empty, so nothing says whose side the row is on. Fill it in, or take the row out.")
            unsaid += [Fault(in_cell(sheet.file, row.number, title), "empty_cell", mend) for title in empty]
    return people, unsaid


def mark_repeated(rows: Iterable[PersonRow]) -> None:
    """Keep out each further row of one person, and every row of an id that has two names."""
    by_id: dict[str, list[PersonRow]] = {}
    for person in rows:
        if person.id:
            by_id.setdefault(person.id, []).append(person)
    for same in by_id.values():
        if len({fold(person.name) for person in same}) > 1:
            _keep_out(same, same, "two_names", _("“%(id)s” is also in row %(rows)s, under another name. Give each person their own id."))
            continue
        for side in Side:
            twice = [person for person in same if person.side == side]
            _keep_out(twice[1:], twice, "repeated_id", _("“%(id)s” is also in row %(rows)s. Keep one row for each person."))


def _keep_out(out: list[PersonRow], same: list[PersonRow], code: str, mend: str) -> None:
    for person in out:
        others = ", ".join(str(other.row.number) for other in same if other is not person)
        person.faults.append(Fault(person.at(), code, mend % {"id": person.id, "rows": others}))


def _person(written: WrittenSide, side: Side, sheet: Sheet, row: TableRow) -> PersonRow:
    own = known_as(row.cells[sheet.place_of(written.id)])
    name = tidy(" ".join(text for _title, text in sheet.cells(row, written.name)))
    person = PersonRow(side, sheet, row, own, name or own, 0)
    if not own:
        person.faults.append(Fault(person.at(written.id), "missing_id", _("There is no id. Give each person one of their own.")))
    person.most, wrong = _places(written.places, sheet, row)
    person.faults += [Fault(person.at(written.places.column), *one) for one in wrong]
    return person


def _places(places: Places, sheet: Sheet, row: TableRow) -> tuple[int, list[Wrong]]:
    if not places.column:
        return max(places.each, places.least), []
    text = row.cells[sheet.place_of(places.column)]
    if not text:
        mend = _("There is no number of places. Write one, or say in the policy what an empty cell means: if_empty.")
        return (0, [Wrong("missing_places", mend)]) if places.if_empty is None else (places.if_empty, [])
    number, wrong = read_number_cell(text)
    if isinstance(number, int) and not is_whole(number, places.least, places.most):
        limits = {"number": number, "least": places.least, "most": places.most}
        return 0, [Wrong("places_out_of_range", _("%(number)d places: write a whole number from %(least)d to %(most)d.") % limits)]
    return (number, []) if isinstance(number, int) else (0, list(wrong))
