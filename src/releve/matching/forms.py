"""What the committee decides, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from releve.enrolment.models import Participant

LONGEST_REASON = 1000


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


class HandForm(forms.Form):
    """Two people chosen by hand."""

    mentee = ParticipantField(label=_("Mentee"), queryset=Participant.objects.none(), empty_label=_("Choose a person"))
    mentor = ParticipantField(label=_("Mentor"), queryset=Participant.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args, mentees: list[Participant], mentors: list[Participant], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("mentee", mentees), ("mentor", mentors)):
            field = self.fields[name]
            field.queryset = Participant.objects.filter(pk__in=[person.pk for person in people]).select_related("person")
            field.queryset = field.queryset.order_by("person__name")
            field.error_messages["required"] = _("Choose a person.")
            field.error_messages["invalid_choice"] = _("This person has no place left, or has just been paired. Choose another.")
