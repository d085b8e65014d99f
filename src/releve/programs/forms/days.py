"""The name and the days of a cohort."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from releve.core import dates
from releve.programs.calendar import CohortCalendar
from releve.programs.definition import Definition, NamedDate
from releve.programs.models import Cohort

from .fields import BilingualName, DayField, FollowedDay


class _CohortDays(forms.Form):
    """Name, first day and last day of a cohort."""

    use_required_attribute = False

    name = BilingualName(label=gettext_lazy("Name of the cohort"), help_text=gettext_lazy("Often its years, for example 2026–2027."))
    starts_on = DayField(label=pgettext_lazy("date of a cohort", "First day"))
    ends_on = DayField(label=pgettext_lazy("date of a cohort", "Last day"), required=False)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields["ends_on"].required = definition.intake.mode == "window"

    def clean_ends_on(self) -> date | None:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data["ends_on"]
        if starts_on and ends_on and ends_on <= starts_on:
            said = {"first": dates.day(starts_on, weekday=False, year=True), "last": dates.day(ends_on, weekday=False, year=True)}
            raise forms.ValidationError(_("The last day (%(last)s) must come after the first day (%(first)s).") % said)
        return ends_on

    def check_order(self, chosen: dict[str, str], field_of: dict[str, str], elsewhere: str | None = None) -> None:
        """Say beside its field which date crosses another, naming both; beside `elsewhere` when it has no field."""
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on is None or self.errors:
            return
        language = get_language() or "fr"
        calendar = CohortCalendar(self.definition, starts_on=starts_on, ends_on=ends_on, chosen=chosen)
        for problem in calendar.problems():
            field = field_of.get(str(problem.values.get("id", "")), elsewhere)
            self.add_error(field, f"{problem.message(language)} {problem.mend(language)}")


class NewCohortForm(_CohortDays):
    """A cohort to prepare."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_order({}, {}, elsewhere="ends_on")  # the other dates follow these two
        return cleaned


class DatesForm(_CohortDays):
    """The name of a cohort and every date of its calendar.

    A date that is not touched, or is emptied, follows the definition; `chosen` holds the others.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        own = {"name": cohort.name, "starts_on": cohort.starts_on, "ends_on": cohort.ends_on, "revision": cohort.revision}
        shown = {_day_field(named): cohort.calendar.get(named.id) for named in cohort.definition.calendar}
        super().__init__(*args, definition=cohort.definition, initial=own | shown, **kwargs)
        self.cohort = cohort
        self.chosen: dict[str, date] = {}
        for named in cohort.definition.calendar:
            self.fields[_day_field(named)] = FollowedDay(label=str(named.label), help_text=self._help(named))

    def _help(self, named: NamedDate) -> str:
        if named.id not in self.cohort.dates:
            return ""
        usual = self._usual(self.cohort.starts_on, self.cohort.ends_on, self.cohort.dates, named)
        if usual is None:
            return _("You moved this date. Empty it to let it follow the cohort again.")
        return _("You moved this date. Empty it to go back to %(day)s.") % {"day": dates.day(usual, weekday=False)}

    def _usual(self, starts_on: date, ends_on: date | None, chosen: dict[str, str], named: NamedDate) -> date | None:
        """Find the day that the definition gives to a date, the others as they are chosen."""
        others = {key: day for key, day in chosen.items() if key != named.id}
        return CohortCalendar(self.definition, starts_on=starts_on, ends_on=ends_on, chosen=others).get(named.id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = {named.id: cleaned[_day_field(named)] for named in self.definition.calendar}
        touched = {key: day for key, day in given.items() if day and (key in self.cohort.dates or day != self.cohort.calendar.get(key))}
        written = {key: day.isoformat() for key, day in touched.items()}
        for named in self.definition.calendar:
            if named.id in touched and touched[named.id] == self._usual(cleaned["starts_on"], cleaned["ends_on"], written, named):
                del written[named.id]
        self.chosen = {key: touched[key] for key in written}
        fields = {named.id: _day_field(named) for named in self.definition.calendar}
        self.check_order(written, fields | {"cohort_starts": "starts_on", "cohort_ends": "ends_on"})
        return cleaned

    @property
    def present(self) -> dict[str, Any]:
        """Give what the cohort holds now, by the name of each field."""
        days = {_day_field(named): self.cohort.calendar.get(named.id) for named in self.definition.calendar}
        return {"name": self.cohort.name, "starts_on": self.cohort.starts_on, "ends_on": self.cohort.ends_on} | days

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[_day_field(named)] for named in self.definition.calendar]


def _day_field(named: NamedDate) -> str:
    return f"day_{named.id}"
