"""What people and staff fill in: a registration, agreements, filters, one person by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releve.people.models import Person
from releve.programs.definition import Definition
from releve.programs.definition.people import Consent
from releve.programs.models import Cohort
from releve.questionnaires.definition import Question
from releve.questionnaires.forms import AnswersForm, build

from .eligibility import CONSENT_NEEDED
from .filters import add_filters
from .intake import known_answers
from .listing import facet_questions
from .models import Participant
from .queries import directory_filters


def registration_form(
    cohort: Cohort, person: Person, role: str, *, answers: Mapping[str, Any], data: Any = None, ignore_required: bool = False
) -> AnswersForm:
    """Build the registration form of one person; what is known stands in it without being asked."""
    definition = cohort.definition.intake_form
    known = known_answers(definition, person, role)
    if data is not None:
        data = data.copy()
        data.update(dict.fromkeys(known, ""))
        for name, value in known.items():
            data[name] = value
    form = build(
        definition, role=role, data=data, answers={**answers, **known}, ignore_required=ignore_required, dates=cohort.calendar.dates
    )
    for name in known:
        form.fields[name].widget = forms.HiddenInput()
    return form


class ConsentsForm(forms.Form):
    """One box per purpose. Each starts unticked."""

    prefix = "consent"
    use_required_attribute = False

    def __init__(self, consents: Sequence[Consent], data: Any = None) -> None:
        super().__init__(data)
        self.consents = list(consents)
        for item in self.consents:
            self.fields[item.id] = forms.BooleanField(
                label=str(item.title), required=item.required, error_messages={"required": CONSENT_NEEDED}
            )

    def agreed(self) -> set[str]:
        """Name the purposes agreed to."""
        return {name for name, ticked in self.cleaned_data.items() if ticked}

    def boxes(self) -> list[tuple[Consent, forms.BoundField]]:
        """Give each purpose with its box, which is described by the whole text and by what is to mend."""
        for item in self.consents:
            box = self[item.id]
            described = f"{self.prefix}_{item.id}_text" + (f" {box.auto_id}_error" if box.errors else "")
            box.field.widget.attrs["aria-describedby"] = described
        return [(item, self[item.id]) for item in self.consents]


class ShownForm(forms.Form):
    """Which answers the directory may show."""

    shown = forms.MultipleChoiceField(label=_("Also show in the directory"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Any = None, *, questions: Iterable[Question], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["shown"].choices = [(question.id, str(question.label)) for question in questions]


class DirectoryFilters(forms.Form):
    """What narrows the sheets of a directory; each filter looks only at what is shown."""

    search = forms.CharField(label=pgettext_lazy("filter", "Search"), required=False, max_length=100)

    def __init__(self, data: Any, *, definition: Definition, role: str) -> None:
        super().__init__(data)
        add_filters(self, directory_filters(definition, role))


class PeopleFilters(forms.Form):
    """What narrows the people of a cohort."""

    search = forms.CharField(label=pgettext_lazy("filter", "Search"), required=False, max_length=100)
    role = forms.ChoiceField(label=pgettext_lazy("filter", "Role"), required=False)
    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)  # chosen among the tabs

    def __init__(self, data: Any, *, definition: Definition) -> None:
        super().__init__(data)
        roles = [(item.id, str(item.plural)) for item in definition.roles if item.enrols]
        self.fields["role"].choices = [("", pgettext_lazy("filter", "All")), *roles]
        self.fields["state"].choices = [("", ""), *Participant.State.choices]
        add_filters(self, [question for question in facet_questions(definition.intake_form) if question.type == "choice"])


class AddPersonForm(forms.Form):
    """One person whom staff bring in by hand."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the person’s name.")})
    email = forms.EmailField(
        label=_("Email"),
        error_messages={
            "required": _("Write the person’s email address."),
            "invalid": _("Write one complete email address, for example name@example.org."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.LANGUAGES, widget=forms.RadioSelect(attrs={"class": "segments"})
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")})

    def __init__(self, data: Any = None, *, definition: Definition) -> None:
        super().__init__(data, initial={"language": definition.languages[0]})
        self.fields["role"].choices = [(item.id, str(item.name)) for item in definition.roles if item.enrols]


class WithdrawPersonForm(forms.Form):
    """Why staff close somebody's place."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The committee reads this, and so can the person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why in a few words.")},
    )
