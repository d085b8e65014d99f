"""The confirmation of an erasure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from releve.people.models import Person, normalize_email


class EraseForm(forms.Form):
    """Type one's own address, so that nothing is erased by a slip of the finger."""

    email = forms.CharField(
        label=_("Type your e-mail address to confirm"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the address of your account.")},
    )

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        typed = normalize_email(self.cleaned_data["email"])
        if typed != self.person.email:
            raise forms.ValidationError(_("This is not the address of your account. Nothing was erased."))
        return typed
