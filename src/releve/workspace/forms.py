"""What members write under a document: their name, and what they add to it."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_NAME, LONGEST_ADDITIONS = 200, 4_000


class SignForm(forms.Form):
    """A name, typed in place of a signature."""

    name = forms.CharField(
        label=_("Your name, as you sign it"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Type your name to sign.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: object, others: Iterable[str] = (), own: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.others = {_bare(name) for name in others} - {_bare(own)}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not any(sign.isalpha() for sign in name):
            raise ValidationError(_("Type your name in letters."))
        if _bare(name) in self.others:
            raise ValidationError(_("This is the name of the other person. Type your own."))
        return name


class AdditionsForm(forms.Form):
    """What members agree on beside the program's text."""

    additions = forms.CharField(
        label=_("What you add to this text"),
        required=False,
        max_length=LONGEST_ADDITIONS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example how long you keep your notes. It becomes part of what you all sign."),
    )


def _bare(name: str) -> str:
    return " ".join(name.casefold().split())
