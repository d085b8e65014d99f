"""Who helps to run a program."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from releve.people.models import normalize_email
from releve.people.roles import Duty
from releve.programs.definition import Definition
from releve.programs.duties import EXPLANATIONS, duty_name
from releve.questionnaires.reading import clean_text

from .fields import NO_EMAIL


class AppointForm(forms.Form):
    """Somebody who will help to run a program."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("Email address"), max_length=254, error_messages={"invalid": NO_EMAIL, "required": NO_EMAIL}
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As the person writes it. An account that exists already keeps its own."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the person’s name.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        choices=[("fr", "Français"), ("en", "English")],
        widget=forms.RadioSelect({"class": "segments"}),
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("Part in the program"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the person will do.")},
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.fields["duty"].choices = [(duty.value, f"{duty_name(duty, definition)} – {EXPLANATIONS[duty]}") for duty in Duty]

    def clean_email(self) -> str:
        return normalize_email(self.cleaned_data["email"])

    def clean_name(self) -> str:
        return " ".join(clean_text(self.cleaned_data["name"]).split())
