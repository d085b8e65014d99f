from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from . import queries
from .kinds import Reader


class GroupsForm(forms.Form):
    """Which groups of letters a person wants."""

    groups = forms.MultipleChoiceField(label=_("Send me emails about"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_offer = queries.groups_on_offer()
        off = queries.switched_off(person)
        self.fields["groups"].choices = [
            (group.value, format_html('{}<br><span class="soft small">{}</span>', group.label, group.explanation)) for group in on_offer
        ]
        self.fields["groups"].initial = [group.value for group in on_offer if group.value not in off]
