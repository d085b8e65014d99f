"""What the committee decides, and why."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from releve.enrolment.listing import searchable
from releve.enrolment.models import Participant, ParticipantQuerySet

LONGEST_REASON = 1000
MOST_OFFERED = 100
LONGEST_NAME = 100


class ReasonForm(forms.Form):
    """Why two people are brought together, in the committee's words."""

    reason = forms.CharField(
        label=_("Why these two?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence is enough. The committee will be able to read it years later; the two people will not."),
        error_messages={"required": _("Write in a sentence why you bring these two together.")},
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
