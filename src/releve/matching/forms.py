"""What the committee decides, and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from releve.enrolment.filters import add_filters
from releve.enrolment.listing import facet_questions, searchable
from releve.enrolment.models import Participant, ParticipantQuerySet
from releve.programs.definition import Definition

from .aims import IN_WORDS
from .engine import Policy as EnginePolicy
from .models import Policy

LONGEST_REASON = 1000
MOST_OFFERED = 100
LONGEST_NAME = 100
HEAVIEST = 100
# Rules about people and not about safety: the others hold whatever a committee would like.
MAY_BE_OFF = frozenset({"same_answer", "not_same_answer", "language_in_common", "seniority", "same_site"})


class ReasonForm(forms.Form):
    """Why two people are brought together, in the committee's words."""

    reason = forms.CharField(
        label=_("Why these two?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence is enough. The committee will be able to read it years later; the two people will not."),
        error_messages={"required": _("Write in a sentence why you bring these two together.")},
    )

    def __init__(self, data: Any, *, pairs: int = 1) -> None:
        super().__init__(data)
        if pairs > 1:
            reason = self.fields["reason"]
            reason.label = _("Why these pairs?")
            reason.help_text = _(
                "One reason for all of them. The committee will be able to read it years later; the people themselves will not."
            )
            reason.error_messages["required"] = _("Write in a sentence why you bring these people together.")


class BoardFilters(forms.Form):
    """What narrows the board: answers that staff may read, and the rows that still ask for a decision."""

    shown = forms.ChoiceField(
        label=_("Rows"),
        required=False,
        choices=[("", _("All of them")), ("unpaired", _("Nobody found yet")), ("locked", _("Kept together by the committee"))],
    )

    def __init__(self, data: Any, *, definition: Definition) -> None:
        super().__init__(data)
        add_filters(self, [question for question in facet_questions(definition.intake_form) if question.type == "choice"])


class PolicyForm(forms.Form):
    """How a cohort pairs: what counts how much, which rules hold, and what the whole should be best at."""

    objective = forms.ChoiceField(label=_("What should the whole be best at?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, definition: Definition, policy: EnginePolicy) -> None:
        weights = {f"weight_{criterion.id}": criterion.weight for criterion in policy.criteria}
        held = {f"rule_{rule.id}": True for rule in policy.rules}
        super().__init__(data, initial={"objective": policy.objective.value, **weights, **held})
        self.fields["objective"].choices = [
            (objective.value, f"{title}\N{NO-BREAK SPACE}– {sentence}") for objective, (title, sentence) in IN_WORDS.items()
        ]
        for criterion in definition.pairing.criteria:
            self.fields[f"weight_{criterion.id}"] = forms.IntegerField(
                label=str(criterion.title),
                min_value=0,
                max_value=HEAVIEST,
                help_text=_("The program gives it %(weight)d.") % {"weight": criterion.weight},
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Write a whole number from 0 to 100.")),
            )
        for rule in definition.pairing.rules:
            if rule.kind in MAY_BE_OFF:
                self.fields[f"rule_{rule.id}"] = forms.BooleanField(label=str(rule.title), required=False)

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("weight_")]

    @property
    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("rule_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        weights = [cleaned.get(name) for name in self.fields if name.startswith("weight_")]
        if weights and all(weight == 0 for weight in weights):
            self.add_error(
                None, _("With every weight at 0, all pairs would be as good as each other. Give at least one of them some weight.")
            )
        return cleaned

    def as_policy(self) -> Policy:
        """Write what was chosen as a new version."""
        cleaned = self.cleaned_data
        return Policy(
            objective=cleaned["objective"],
            weights={name.removeprefix("weight_"): cleaned[name] for name in self.fields if name.startswith("weight_")},
            rules_off=[name.removeprefix("rule_") for name in self.fields if name.startswith("rule_") and not cleaned[name]],
        )


class ParticipantField(forms.ModelChoiceField):
    """A choice among people, by name."""

    def label_from_instance(self, obj: Participant) -> str:
        return obj.person.name

    def to_python(self, value: str | None) -> Participant | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:  # no identity at all: said as for somebody who is not there
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class HandForm(forms.Form):
    """Two people chosen by hand. Where there are many, a search by name offers others than the first."""

    search_mentee = forms.CharField(label=_("Search mentees by name"), required=False, max_length=LONGEST_NAME)
    mentee = ParticipantField(label=_("Mentee"), queryset=Participant.objects.none(), empty_label=_("Choose a person"))
    search_mentor = forms.CharField(label=_("Search mentors by name"), required=False, max_length=LONGEST_NAME)
    mentor = ParticipantField(label=_("Mentor"), queryset=Participant.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args, people: Mapping[str, ParticipantQuerySet], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind, free in people.items():
            field = self.fields[kind]
            field.queryset = free.select_related("person")
            field.error_messages["required"] = _("Choose a person.")
            field.error_messages["invalid_choice"] = _("This person has no place left, or has just been paired. Choose another.")
            self._offer(kind, field)

    def _offer(self, kind: str, field: ParticipantField) -> None:
        """List those whose name holds the words searched for, and whoever is chosen already."""
        words = searchable(self.initial.get(f"search_{kind}", "")[:LONGEST_NAME]).split()
        found = field.queryset
        for word in words:
            found = found.filter(sort_name__contains=word)
        offered = list(found[: MOST_OFFERED + 1])
        if len(offered) > MOST_OFFERED:
            field.help_text = _("There are more than these %(count)d people. Search for a part of the name to find the others.") % {
                "count": MOST_OFFERED
            }
        elif not words:
            del self.fields[f"search_{kind}"]
        listed = self._already_chosen(kind, field) | {person.pk: person for person in offered[:MOST_OFFERED]}
        field.choices = [("", field.empty_label), *((pk, field.label_from_instance(person)) for pk, person in listed.items())]

    def _already_chosen(self, kind: str, field: ParticipantField) -> dict:
        try:
            chosen = field.to_python(self.initial.get(kind))
        except forms.ValidationError:
            return {}
        return {chosen.pk: chosen} if chosen else {}
