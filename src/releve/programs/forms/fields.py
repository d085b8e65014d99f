"""Fields that the forms of a program share: days, texts in both languages, values that follow the definition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releve.core import dates
from releve.core.bilingual import BilingualFormField, Text
from releve.core.widgets import DateInput
from releve.questionnaires.reading import clean_text

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
NO_DATE = gettext_lazy("This day does not exist. Write it as 2026-09-01.")
OUT_OF_RANGE = gettext_lazy("Choose a day between 1990 and 2100.")
NO_EMAIL = gettext_lazy("Write one complete email address, for example name@example.org.")


class DayField(forms.DateField):
    """A day of the calendar that a program can use. Left empty, it is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateInput)
        super().__init__(
            validators=[MinValueValidator(EARLIEST, OUT_OF_RANGE), MaxValueValidator(LATEST, OUT_OF_RANGE)],
            error_messages={"invalid": NO_DATE, "required": gettext_lazy("Choose a day.")} | kwargs.pop("error_messages", {}),
            **kwargs,
        )


class _Followed:
    """Follow the definition when it is left empty: that is an answer, so the field does not call itself optional."""

    def validate(self, value: Any) -> None:
        """Accept nothing as well as something."""


class FollowedDay(_Followed, DayField):
    pass


class FollowedNumber(_Followed, forms.IntegerField):
    pass


class FollowedEmail(_Followed, forms.EmailField):
    pass


class Tick(_Followed, forms.BooleanField):
    pass


class FollowedLine(_Followed, forms.CharField):
    pass


def contest(form: forms.Form, present: Mapping[str, Any], **stamps: int) -> None:
    """Say beside each field what somebody else saved meanwhile; what was typed stays, and saves at the next try."""
    form.data = form.data.copy()
    for name, stamp in stamps.items():
        form.data[form.add_prefix(name)] = str(stamp)
    for name, value in present.items():
        if name in form.fields and form.cleaned_data.get(name) != value:
            shown = dates.day(value, weekday=False) if isinstance(value, date) else str(value)
            said = _("Somebody saved something else here meanwhile: “%(value)s”. Save again to put yours in its place.")
            form.add_error(name, said % {"value": Truncator(shown).chars(200)})


class BilingualName(BilingualFormField):
    """A line of text in both languages, without hidden characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 150} | kwargs)

    def compress(self, data_list: list[str]) -> Text:
        return Text(*(" ".join(clean_text(words).split()) for words in data_list)) if data_list else Text()
