"""Filters that say dates, lengths of time and people's own text. `{% load say %}`."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from releve.core import dates
from releve.core import markdown as rich

register = template.Library()


def _stamp(value: dt.date | dt.datetime) -> str:
    return (timezone.localtime(value) if isinstance(value, dt.datetime) else value).isoformat()


def _time(value: dt.date | dt.datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', _stamp(value), words)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """« jeudi 23 octobre », "Thursday, October 23"."""
    return _time(value, dates.day(value)) if value else ""


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """« 23 octobre », "October 23"."""
    return _time(value, dates.day(value, weekday=False)) if value else ""


@register.filter
def until(first: dt.date, last: dt.date) -> SafeString:
    """Say from day to day: {{ cohort.starts_on|until:cohort.ends_on }}: « 1er avril – 29 août 2027 »."""
    words = dates.days(first, last)
    return format_html("{} – {}", _time(first, words[0]), _time(last, words[1]))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """« jeudi 23 octobre, 12 h », "Thursday, October 23, 12 p.m."."""
    return _time(value, dates.moment(value)) if value else ""


@register.filter
def hour(value: dt.time | dt.datetime | None) -> str:
    """« 13 h 30 », "1:30 p.m."."""
    return "" if value is None else dates.hour(value)


@register.simple_tag
def span(start: dt.datetime, end: dt.datetime) -> str:
    """« jeudi 23 octobre, 12 h – 13 h 30 »: {% span meeting.starts_at meeting.ends_at %}."""
    return _time(start, dates.span(start, end))


@register.filter
def ago(value: dt.date | dt.datetime | None) -> str:
    """How far away, with the exact words on hover and for screen readers: "3 days ago"."""
    if not value:
        return ""
    exact = dates.moment(value) if isinstance(value, dt.datetime) else dates.day(value)
    return format_html(
        '<time datetime="{}" title="{}">{}<span class="heard"> ({})</span></time>',
        _stamp(value),
        exact,
        dates.relative(value),
        exact,
    )


@register.filter
def due(value: dt.date | dt.datetime | None) -> str:
    """A deadline: "by October 3", "due today", "was due by October 3"."""
    return _time(value, dates.due(value)) if value else ""


@register.filter
def address(value: str) -> SafeString:
    """Let an email address break where it reads best: « kevin@ exemple.test »."""
    return format_html_join(mark_safe("@<wbr>"), "{}", ((part,) for part in str(value).split("@")))


@register.filter
def duration(minutes: int | None) -> str:
    """« 3 h 30 », "3 h 30 min"."""
    return "" if minutes is None else dates.duration(minutes)


@register.filter
def markdown(text: str | None, top: int = 2) -> SafeString | str:
    """Render people's formatted text, headings from level `top`: {{ document.body|markdown:3 }}."""
    return rich.render(str(text), top=int(top)) if text else ""
