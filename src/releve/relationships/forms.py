"""What members and staff answer about a relationship."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releve.programs.definition import Definition

LONGEST_TEXT = 4000


class ContactAnswerForm(forms.Form):
    """Whether the pairing suits the member."""

    suits = forms.ChoiceField(
        label=_("After talking together: does this pairing suit you?"),
        choices=[
            ("yes", pgettext_lazy("answer about a pairing", "Yes, it suits me")),
            ("no", pgettext_lazy("answer about a pairing", "No, I would rather meet someone else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers.")},
    )


class HelpForm(forms.Form):
    """A request to one of the program's contacts."""

    contact = forms.ChoiceField(label=_("Who should read this?"), widget=forms.RadioSelect)
    spoke_first = forms.BooleanField(
        label=_("I have talked about it with my partner"),
        required=False,
        help_text=_("You do not have to. It only helps us to know where to begin."),
    )
    text = forms.CharField(
        label=_("What is happening?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words, so that we know how to help.")},
    )

    def __init__(self, *args, definition: Definition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [(item.id, str(item.name)) for item in definition.contacts]
        if len(definition.contacts) == 1:
            self.fields["contact"].widget = forms.HiddenInput()
            self.fields["contact"].initial = definition.contacts[0].id


class HelpAnswerForm(forms.Form):
    """The committee's answer to a request for help."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Only the person who wrote to you reads it."),
        error_messages={"required": _("Write an answer before sending it.")},
    )


class EndEarlyForm(forms.Form):
    """Why a relationship ends before its term, in the program's own words."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that comes closest.")},
    )

    def __init__(self, *args, definition: Definition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(item.id, str(item.title)) for item in definition.relationship.early_end]


class CompleteForm(forms.Form):
    """How a relationship goes on, or not, once the program's part is over."""

    continues = forms.ChoiceField(
        label=_("And after this?"),
        choices=[
            ("yes", pgettext_lazy("after the program", "We go on meeting on our own")),
            ("no", pgettext_lazy("after the program", "We stop here")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. Nobody holds you to it.")},
    )
