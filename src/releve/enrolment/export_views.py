"""The page by which a list of participants leaves the house."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from releve.core.visibility import Visibility
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort

from . import exporting
from .importing.mapping import questions_of
from .models import Participant

FORMATS = [("xlsx", _("XLSX, for a spreadsheet")), ("csv", _("CSV, for anything else"))]


class ExportForm(forms.Form):
    """Choose whom and what to take out."""

    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)
    states = forms.MultipleChoiceField(
        label=_("States"), required=False, choices=Participant.State.choices, widget=forms.CheckboxSelectMultiple
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one column.")}
    )
    pairing = forms.MultipleChoiceField(
        label=_("For pairing alone"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only those who pair may read these answers. Take them out only to pair, and destroy the file afterwards."),
    )
    fmt = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial="xlsx", widget=forms.RadioSelect)

    def __init__(self, data: object, *, cohort: Cohort, viewer: Person) -> None:
        definition = cohort.definition
        form, own = definition.intake_form, exporting.own_columns()
        allowed = exporting.columns_for(cohort, viewer)
        questions = {question.id: question for question in questions_of(definition)}
        apart = [name for name in allowed if name in questions and form.visibility_of(questions[name]) == Visibility.MATCHING]
        labels = {name: own.get(name) or str(questions[name].text) for name in allowed}
        super().__init__(
            data,
            initial={
                "roles": [role.id for role in definition.roles if role.enrols],
                "states": [Participant.State.INVITED, Participant.State.REGISTERED, Participant.State.WAITING],
                "columns": [name for name, usual in allowed.items() if usual],
            },
        )
        self.fields["roles"].choices = [(role.id, str(role.plural)) for role in definition.roles if role.enrols]
        self.fields["columns"].choices = [(name, label) for name, label in labels.items() if name not in apart]
        self.fields["pairing"].choices = [(name, labels[name]) for name in apart]
        if not apart:
            del self.fields["pairing"]


@never_cache
def export_people(request: HttpRequest, cohort: UUID) -> HttpResponse:
    mine = Cohort.objects.where_may(request.user, Permission.EXPORT_LISTS)
    found = get_object_or_404(mine.select_related("program", "version"), pk=cohort)
    form = ExportForm(request.POST if request.method == "POST" else None, cohort=found, viewer=request.user)
    if not form.is_valid():
        return render(request, "enrolment/export_people.html", {"cohort": found, "form": form})
    chosen = form.cleaned_data
    content = exporting.export_people(
        found,
        by=request.user,
        fmt=chosen["fmt"],
        columns=[*chosen["columns"], *chosen.get("pairing", [])],
        roles=chosen["roles"],
        states=chosen["states"],
    )
    name = f"{found.program.slug}-{found.slug}-{timezone.localdate().isoformat()}"
    return exporting.as_file(content, chosen["fmt"], name=name)
