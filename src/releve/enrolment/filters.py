"""What narrows a list of people: one list of options per question that staff or participants may look for."""

from collections.abc import Collection

from django import forms
from django.utils.translation import pgettext_lazy

from releve.questionnaires.definition import Question


def add_filters(form: forms.Form, questions: Collection[Question]) -> None:
    """Add one list of options per question, named `q_<id>`."""
    for question in questions:
        choices = [(option.value, str(option.text)) for option in question.options]
        form.fields[f"q_{question.id}"] = forms.ChoiceField(
            label=str(question.label), required=False, choices=[("", pgettext_lazy("filter", "All")), *choices]
        )


def chosen_facets(form: forms.Form) -> dict[str, str]:
    """Give what the filters ask for by question, wrong values left out."""
    form.is_valid()
    return {name[2:]: value for name, value in form.cleaned_data.items() if name.startswith("q_") and value}
