"""The named dates of a cohort: counted from its start and end, moved by its coordinator, a site or a class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import pgettext_lazy

from releve.questionnaires.conditions import Answers, as_date

from .definition import Definition, NamedDate, RelativeDate
from .problems import Path, Problem, Value

COHORT_DATES = ("cohort_starts", "cohort_ends")
COHORT_LABELS = {
    "cohort_starts": pgettext_lazy("date of a cohort", "Start of the cohort"),
    "cohort_ends": pgettext_lazy("date of a cohort", "End of the cohort"),
}
RELATIONSHIP_LABELS = {
    "paired_on": pgettext_lazy("date of a relationship", "Day of pairing"),
    "confirmed_on": pgettext_lazy("date of a relationship", "Day the pairing was confirmed"),
}
STARTS, ENDS = pgettext_lazy("period", "Start"), pgettext_lazy("period", "End")
OPENS, CLOSES = pgettext_lazy("survey", "Opening"), pgettext_lazy("survey", "Closing")
RELATIONSHIP_DATES = ("paired_on", "confirmed_on")

# Pairs of dates of which the first may not come after the second, where a program has both.
IN_ORDER = (
    ("registration_opens", "registration_closes"),
    ("registration_closes", "cohort_ends"),
    ("pairing_by", "first_meeting_by"),
    ("first_meeting_by", "cohort_ends"),
    ("cohort_starts", "closing_opens"),
    ("cohort_starts", "evaluation_opens"),
    ("evaluation_opens", "evaluation_closes"),
)
IN_ORDER_FOR_WINDOW = (("registration_closes", "pairing_by"),)


class _Day(NamedTuple):
    """One dated thing: the id of a named date or nothing, how it is called, and the day."""

    id: str
    label: Value
    day: date


@dataclass(frozen=True)
class CohortCalendar:
    """Dates of one cohort, as seen from one site and one class of a role where these are given.

    `chosen` holds what the coordinator set: `{id: "YYYY-MM-DD"}`, or `{"id@site": …}` for one site or class.
    """

    definition: Definition
    starts_on: date
    ends_on: date | None
    chosen: Mapping[str, str] = field(default_factory=dict)
    site: str | None = None
    role: str | None = None
    role_class: str | None = None

    def get(self, date_id: str) -> date | None:
        """Find a named date, or nothing when it is unknown or counted from something unknown."""
        return self.dates.get(date_id)

    @cached_property
    def dates(self) -> dict[str, date]:
        """List every date that is known, cohort_starts and cohort_ends included."""
        found: dict[str, date] = {"cohort_starts": self.starts_on}
        if self.ends_on is not None:
            found["cohort_ends"] = self.ends_on
        for named in self.definition.calendar:
            self._find(named.id, found, frozenset())
        return found

    def resolve(self, relative: RelativeDate | None, *, answers: Answers | None = None, **anchors: date | None) -> date | None:
        """Find a day counted from this calendar, from the answers, or from paired_on or confirmed_on given here."""
        if relative is None:
            return None
        known = {name: day for name, day in anchors.items() if day is not None}
        return relative.resolve({**self.dates, **known}, answers)

    def problems(self) -> list[Problem]:
        """List the dates that cross; an empty list means that the cohort can open.

        `values["id"]` of each problem is the named date to move, where it is one.
        """
        return [Problem("dates_cross", path, _said(earlier, later)) for path, earlier, later in self._ordered() if earlier.day > later.day]

    def _find(self, date_id: str, found: dict[str, date], asked: frozenset[str]) -> date | None:
        if date_id in found or date_id in asked:
            return found.get(date_id)
        day = self._chosen(date_id)
        relative = None if day else self._relative(date_id)
        if relative is not None:
            self._find(relative.from_, found, asked | {date_id})
            day = relative.resolve(found)
        if day is not None:
            found[date_id] = day
        return day

    def _chosen(self, date_id: str) -> date | None:
        for place in (self.role_class, self.site):
            if place and f"{date_id}@{place}" in self.chosen:
                return as_date(self.chosen[f"{date_id}@{place}"])
        if self._override(date_id) is not None:
            return None
        return as_date(self.chosen.get(date_id))

    def _relative(self, date_id: str) -> RelativeDate | None:
        named = self._named(date_id)
        return self._override(date_id) or (named.default if named else None)

    def _override(self, date_id: str) -> RelativeDate | None:
        """Find the date as the class, else the site, counts it."""
        definition = self.definition
        if self.role and self.role_class:
            for role_class in definition.role(self.role).classes:
                if role_class.id == self.role_class and date_id in role_class.calendar:
                    return role_class.calendar[date_id]
        return definition.site(self.site).calendar.get(date_id) if self.site else None

    def _named(self, date_id: str) -> NamedDate | None:
        return next((named for named in self.definition.calendar if named.id == date_id), None)

    def _ordered(self) -> Iterator[tuple[Path, _Day, _Day]]:
        """Walk every pair of known dates that has an order, with the place where the second is written."""
        window = IN_ORDER_FOR_WINDOW if self.definition.intake.mode == "window" else ()
        places = {named.id: ("calendar", index) for index, named in enumerate(self.definition.calendar)}
        for first, second in (COHORT_DATES, *IN_ORDER, *window):
            if first in self.dates and second in self.dates:
                yield places.get(second, ("calendar",)), self._day(first), self._day(second)
        for index, survey in enumerate(self.definition.surveys):
            opens, closes = self.resolve(survey.opens), self.resolve(survey.closes)
            if opens and closes:
                yield ("surveys", index), _Day("", OPENS, opens), _Day("", CLOSES, closes)
        for index, period in enumerate(self.definition.periods):
            starts, ends = self.resolve(period.starts), self.resolve(period.ends)
            if starts and ends:
                yield ("periods", index), _Day("", STARTS, starts), _Day("", ENDS, ends)

    def _day(self, date_id: str) -> _Day:
        named = self._named(date_id)
        return _Day(date_id, named.label if named else COHORT_LABELS[date_id], self.dates[date_id])


def _said(earlier: _Day, later: _Day) -> dict[str, Value]:
    return {
        "id": later.id,
        "earlier": earlier.label,
        "earlier_day": earlier.day,
        "later": later.label,
        "later_day": later.day,
    }
