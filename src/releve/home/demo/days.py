"""When things happen in the demonstration: counted from the day it is built, and from the first day of a cohort."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

MIDDLE_OF_MONTH_THREE = 75  # days: this year's cohort began two and a half to three and a half months ago
MONTHS = 10  # from the first of September to the end of June, when it is built in November
SATURDAY = 5

When = Mapping[str, int]  # {"ago": 3}, {"in": 5}, {"day": 12} after or {"before": 40} the first day of a cohort


@dataclass(frozen=True)
class Days:
    """The calendar of the demonstration as seen at the moment it is built."""

    now: datetime

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def this_year(self) -> date:
        """The first day of the cohort that is under way."""
        return (self.today - timedelta(days=MIDDLE_OF_MONTH_THREE)).replace(day=1)

    def year_from(self, years: int) -> date:
        """Return the first day of an earlier or a later cohort."""
        return self.this_year.replace(year=self.this_year.year + years)

    def moment(self, when: When, *, start: date, at: str = "10:00") -> datetime:
        """Find the moment that a story means: on a weekday, and in the past unless it says "in"."""
        moment = self.exactly(self._day(when, start), at)
        return moment if "in" in when else min(moment, self.now - timedelta(minutes=5))

    def exactly(self, day: date, at: str) -> datetime:
        """Find the moment of a machine's work, which knows no weekends."""
        return datetime.combine(day, time.fromisoformat(at), tzinfo=timezone.get_current_timezone())

    def _day(self, when: When, start: date) -> date:
        ((word, count),) = when.items()
        if word == "in":
            return _working_day(self.today + timedelta(days=count), forward=True)
        counted = {"ago": self.today - timedelta(days=count), "day": start + timedelta(days=count), "before": start - timedelta(days=count)}
        return _working_day(counted[word], forward=False)


def last_day(start: date) -> date:
    """Return the last day of a cohort of ten months."""
    months = start.month - 1 + MONTHS
    return date(start.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def months_before(start: date, months: int) -> date:
    """Return the first day of an earlier month."""
    months = start.year * 12 + start.month - 1 - months
    return date(months // 12, months % 12 + 1, 1)


def _working_day(day: date, *, forward: bool) -> date:
    weekend = day.weekday() - SATURDAY
    if weekend < 0:
        return day
    return day + timedelta(days=2 - weekend) if forward else day - timedelta(days=1 + weekend)
