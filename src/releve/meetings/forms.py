"""What members enter about a meeting: when, how long, how, and what was said."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releve.core.widgets import DateInput
from releve.questionnaires.reading import UnreadableError, clean_text, read_date

from .lengths import UnreadableLength, read_minutes
from .models import Meeting

LONGEST_PLACE, LONGEST_AGENDA, LONGEST_NOTES = 500, 4_000, 20_000
FARTHEST, OLDEST = timedelta(days=731), timedelta(days=366)
JUST_NOW = timedelta(hours=1)  # a meeting that begins while it is being written down
HOUR = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])\s*(?:h|:)\s*(?P<minute>[0-5][0-9])?(?::[0-5][0-9])?", re.I)


class DayField(forms.Field):
    """A day; what cannot be one is answered with how to write it."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        text = clean_text(str(value or ""))
        if not text:
            return None
        try:
            return date.fromisoformat(read_date(text))
        except UnreadableError as error:
            raise ValidationError(str(error), code="unreadable") from error


class HourField(forms.Field):
    """A time of day."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def to_python(self, value: Any) -> time | None:
        text = clean_text(str(value or ""))
        if not text:
            return None
        found = HOUR.fullmatch(text)
        if not found:
            raise ValidationError(_("Write the time as hours and minutes, for example 13:30."), code="unreadable")
        return time(int(found["hour"]), int(found["minute"] or 0))


class LengthField(forms.Field):
    """How long a meeting lasts; its value is minutes."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = clean_text("" if value is None else str(value))
        if not text:
            return None
        try:
            return read_minutes(text)
        except UnreadableLength as error:
            raise ValidationError(str(error), code="unreadable") from error


def length_field(**more: Any) -> LengthField:
    needed = {"required": _("Say how long it lasts.")}
    return LengthField(
        **{"label": pgettext_lazy("of a meeting", "Length"), "help_text": _("In minutes, or as 1 h 30."), "error_messages": needed} | more
    )


class WhenForm(forms.Form):
    """A day and an hour in the person's own time zone."""

    day = DayField(label=pgettext_lazy("of a meeting", "Day"), error_messages={"required": _("Choose the day.")})
    hour = HourField(label=pgettext_lazy("of a meeting", "Hour"), error_messages={"required": _("Choose the hour.")})
    minutes = length_field()
    way = forms.ChoiceField(
        label=pgettext_lazy("of a meeting", "How"), widget=forms.RadioSelect, error_messages={"required": _("Choose how you meet.")}
    )

    def __init__(self, *args: Any, channels: Sequence[str], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["way"].choices = [(way.value, way.label) for way in Meeting.Way if way.value in channels]
        if len(channels) == 1:
            self.fields["way"].widget = forms.HiddenInput()
            self.fields["way"].initial = channels[0]

    @property
    def zone_words(self) -> str:
        """Say whose hour it is; a partner elsewhere reads their own."""
        return _("Hours are those of your time zone: %(place)s.") % {"place": zone_name()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day is None or hour is None:
            return cleaned
        starts_at = datetime.combine(day, hour, timezone.get_current_timezone())
        if starts_at.astimezone(UTC).astimezone(starts_at.tzinfo).time() != hour:
            self.add_error("hour", _("Clocks move forward that night, and this hour does not exist. Choose another one."))
        else:
            cleaned["starts_at"] = starts_at.astimezone(UTC)
            self.check_moment(cleaned)
        return cleaned

    def check_moment(self, cleaned: dict[str, Any]) -> None:
        """Refuse a moment that cannot be meant."""
        raise NotImplementedError


class PlanForm(WhenForm):
    """A meeting to come."""

    place = forms.CharField(label=_("Place, number or link"), required=False, max_length=LONGEST_PLACE)
    agenda = forms.CharField(
        label=_("What you would like to talk about"), required=False, max_length=LONGEST_AGENDA, widget=forms.Textarea(attrs={"rows": 3})
    )

    def check_moment(self, cleaned: dict[str, Any]) -> None:
        if cleaned["starts_at"] < self.now - JUST_NOW:
            self.add_error("day", _("This moment has passed. To note a meeting you have had, choose “Note a meeting held”."))
        if cleaned["starts_at"] > self.now + FARTHEST:
            self.add_error("day", _("This is more than two years away. Check the year."))


class LogForm(WhenForm):
    """A meeting that was held without having been planned here."""

    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by every member of the pair."),
    )

    def check_moment(self, cleaned: dict[str, Any]) -> None:
        if cleaned["starts_at"] > self.now:
            self.add_error("day", _("This moment is still to come. To agree on a date, choose “Plan a meeting”."))
        if cleaned["starts_at"] < self.now - OLDEST:
            self.add_error("day", _("This is more than a year ago. Check the year."))


class ReportForm(forms.Form):
    """How long a planned meeting lasted, and what there is to remember."""

    minutes = length_field(label=_("How long did it last?"))
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by every member of the pair."),
    )


class ConfirmForm(forms.Form):
    """One's own word about a meeting: the length another one noted, another length, or not there."""

    answer = forms.CharField(required=False, max_length=10)
    minutes = length_field(
        label=_("Another length"), error_messages={"required": _("Write how long it lasted, or choose one of the answers above.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = self.data.get("answer", "")
        self.fields["minutes"].required = answer != "absent" and not answer.startswith("same:")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answer = cleaned.get("answer", "")
        cleaned["said"] = 0 if answer == "absent" else cleaned.get("minutes")
        if answer.startswith("same:"):
            try:
                cleaned["said"] = read_minutes(answer.removeprefix("same:"))
            except UnreadableLength as error:
                raise ValidationError(str(error)) from error
        return cleaned


class NotesForm(forms.Form):
    """Notes that all members read."""

    notes = forms.CharField(label=_("Notes"), required=False, max_length=LONGEST_NOTES, widget=forms.Textarea(attrs={"rows": 10}))


def zone_name() -> str:
    """Name the time zone in use by its city: « Toronto », "Vancouver"."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ") or "UTC"
