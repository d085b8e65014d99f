"""The settings that a definition declares."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from releve.programs.definition import Setting
from releve.programs.models import Cohort

from .fields import NO_EMAIL, FollowedDay, FollowedEmail, FollowedLine, FollowedNumber, Tick


class SettingsForm(forms.Form):
    """The settings that a definition declares, each as what it is."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        declared = cohort.definition.settings
        initial = {setting.id: cohort.setting(setting.id) for setting in declared}
        super().__init__(*args, initial=initial | {"revision": cohort.revision}, **kwargs)
        self.declared = declared
        for setting in declared:
            self.fields[setting.id] = _setting_field(setting, moved=setting.id in cohort.settings)
        self.order_fields([setting.id for setting in declared])

    @property
    def values(self) -> dict[str, Any]:
        """Give the values as they are kept; what was emptied goes back to its default."""
        cleaned = {setting.id: self.cleaned_data[setting.id] for setting in self.declared}
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in cleaned.items()}
        defaults = {setting.id: setting.default for setting in self.declared}
        return {name: defaults[name] if value in (None, "") else value for name, value in plain.items()}


def _setting_field(setting: Setting, *, moved: bool) -> forms.Field:
    text = {"label": str(setting.label), "help_text": _setting_help(setting, moved=moved)}
    if setting.type == "boolean":
        return Tick(**text)
    if setting.type == "choice":
        choices = [(option.value, str(option.text)) for option in setting.options]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}, **text)
    if setting.type == "date":
        return FollowedDay(**text)
    if setting.type == "email":
        return FollowedEmail(max_length=254, error_messages={"invalid": NO_EMAIL}, **text)
    if setting.type == "integer":
        wrong = {
            "invalid": _("Write a whole number, in digits."),
            "min_value": _("Write %(limit_value)s or more."),
            "max_value": _("Write %(limit_value)s or less."),
        }
        least = -999_999 if setting.least is None else setting.least
        most = 999_999 if setting.most is None else setting.most
        widget = forms.NumberInput({"inputmode": "numeric"})
        return FollowedNumber(min_value=least, max_value=most, error_messages=wrong, widget=widget, **text)
    return FollowedLine(max_length=500, **text)


def _setting_help(setting: Setting, *, moved: bool) -> str:
    words = [str(setting.help)] if setting.help else []
    if setting.type == "integer" and setting.least is not None and setting.most is not None:
        words.append(_("From %(least)s to %(most)s.") % {"least": setting.least, "most": setting.most})
    if moved and setting.type not in ("boolean", "choice") and setting.default is not None:
        words.append(_("You changed this. Empty it to go back to %(default)s.") % {"default": setting.default})
    return " ".join(words)
