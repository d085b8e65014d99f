"""Dates, hours and lengths of time as people say them, in both languages.

A moment is an aware datetime and is said in the time zone in use. Spaces inside a group that
must not break ("12 h 30", "1 p.m.") are non-breaking.
"""

import datetime as dt

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _as_date(value: dt.date | dt.datetime) -> dt.date:
    value = _local(value)
    return value.date() if isinstance(value, dt.datetime) else value


def _today(now: dt.datetime | None) -> dt.date:
    return timezone.localdate(now or timezone.now())


def day(value: dt.date | dt.datetime, *, now: dt.datetime | None = None, weekday: bool = True, year: bool = False) -> str:
    """Say a day: « jeudi 23 octobre », "Thursday, October 23"; with the year when it is another one, or when asked to."""
    date = _as_date(value)
    return _day(date, weekday=weekday, year=year or date.year != _today(now).year)


def days(first: dt.date, last: dt.date) -> tuple[str, str]:
    """Say the two ends of a long stretch: « 1er avril » and « 29 août 2027 »; both with their year when it changes."""
    return _day(first, weekday=False, year=first.year != last.year), _day(last, weekday=False, year=True)


def _day(date: dt.date, *, weekday: bool, year: bool) -> str:
    name, month, said_year = str(WEEKDAYS[date.weekday()]), str(MONTHS[date.month]), str(date.year) if year else ""
    if _french():
        number = "1er" if date.day == 1 else str(date.day)
        words = f"{number}{NBSP}{month} {said_year}".strip()
        return f"{name} {words}" if weekday else words
    words = f"{month}{NBSP}{date.day}"
    words = f"{words}, {said_year}" if said_year else words
    return f"{name}, {words}" if weekday else words


def hour(value: dt.time | dt.datetime) -> str:
    """Say a time of day: « 12 h », « 13 h 30 »; "12 p.m.", "1:30 p.m."."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).time()
    if _french():
        minutes = f"{NBSP}{value.minute:02}" if value.minute else ""
        return f"{value.hour}{NBSP}h{minutes}"
    minutes = f":{value.minute:02}" if value.minute else ""
    half = "a.m." if value.hour < 12 else "p.m."
    return f"{value.hour % 12 or 12}{minutes}{NBSP}{half}"


def moment(value: dt.datetime, *, now: dt.datetime | None = None) -> str:
    """Say a day and its hour: « jeudi 23 octobre, 12 h »."""
    return f"{day(value, now=now)}, {hour(value)}"


def span(start: dt.datetime, end: dt.datetime, *, now: dt.datetime | None = None) -> str:
    """Say from when to when: « jeudi 23 octobre, 12 h – 13 h 30 »."""
    if _as_date(start) == _as_date(end):
        return f"{moment(start, now=now)} –{NBSP}{hour(end)}"
    return f"{moment(start, now=now)} – {moment(end, now=now)}"


def duration(minutes: int) -> str:
    """Say a length of time: « 3 h 30 », "3 h 30 min"; "45 min" under an hour."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest}{NBSP}min"
    if not rest:
        return f"{hours}{NBSP}h"
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if _french() else f"{hours}{NBSP}h {rest}{NBSP}min"


def relative(value: dt.date | dt.datetime, *, now: dt.datetime | None = None) -> str:
    """Say how far away a moment or a day is: "tomorrow", "3 days ago", "in 2 hours"."""
    now = now or timezone.now()
    days = (_as_date(value) - _today(now)).days
    if isinstance(value, dt.datetime) and abs(value - now) < dt.timedelta(hours=12):
        return _relative_clock(round((value - now).total_seconds() / 60))
    if days == 0:
        return pgettext("relative date", "today")
    if days == 1:
        return pgettext("relative date", "tomorrow")
    if days == -1:
        return pgettext("relative date", "yesterday")
    return _relative_days(days)


def _relative_clock(minutes: int) -> str:
    size = abs(minutes)
    if size < 1:
        return pgettext("relative date", "just now")
    if size < 60:
        sentence = (
            ngettext("in %(n)d minute", "in %(n)d minutes", size)
            if minutes > 0
            else ngettext("%(n)d minute ago", "%(n)d minutes ago", size)
        )
        return sentence % {"n": size}
    size = round(size / 60)
    sentence = ngettext("in %(n)d hour", "in %(n)d hours", size) if minutes > 0 else ngettext("%(n)d hour ago", "%(n)d hours ago", size)
    return sentence % {"n": size}


def _relative_days(days: int) -> str:
    size = abs(days)
    if size < 14:
        sentence = ngettext("in %(n)d day", "in %(n)d days", size) if days > 0 else ngettext("%(n)d day ago", "%(n)d days ago", size)
    elif size < 60:
        size = round(size / 7)
        sentence = ngettext("in %(n)d week", "in %(n)d weeks", size) if days > 0 else ngettext("%(n)d week ago", "%(n)d weeks ago", size)
    elif size < 700:
        size = round(size / 30.44)
        sentence = (
            ngettext("in %(n)d month", "in %(n)d months", size) if days > 0 else ngettext("%(n)d month ago", "%(n)d months ago", size)
        )
    else:
        size = round(size / 365.25)
        sentence = ngettext("in %(n)d year", "in %(n)d years", size) if days > 0 else ngettext("%(n)d year ago", "%(n)d years ago", size)
    return sentence % {"n": size}


def due(value: dt.date | dt.datetime, *, now: dt.datetime | None = None) -> str:
    """Say a deadline: "by October 3", "today", "late since October 3"."""
    date = _as_date(value)
    words = day(value, now=now, weekday=False)
    today = _today(now)
    if date == today:
        return _("due today")
    if date < today:
        return _("was due by %(day)s") % {"day": words}
    return _("by %(day)s") % {"day": words}
