"""The forms of an account, allauth's own in the words of this house."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from releve.questionnaires.reading import clean_text

from . import time_zones
from .models import Person, normalize_email

EMAIL = _("Email address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
SAME_AGAIN = _("The same password again")
CODE = _("Code")
PASSWORD_HELP = _("At least 12 characters. A short sentence is easy to remember and hard to guess.")
NAME_HELP = _("As you write it yourself: others read it as you wrote it.")


def _in_our_words(form: forms.Form, **labels: Any) -> None:
    """Name the fields, and take away the words inside their boxes, which vanish when somebody writes."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)
            form.fields[name].help_text = PASSWORD_HELP if name == "password1" else ""


class SignInForm(allauth_forms.LoginForm):
    """Come in with a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, login=EMAIL, password=PASSWORD)


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):
    """Come in with a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=EMAIL)


class _CodeField(forms.CharField):
    """A code as people type it."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short", "spellcheck": "false"}
        super().__init__(label=CODE, max_length=40, widget=forms.TextInput(attrs))


class SignInCodeForm(allauth_forms.ConfirmLoginCodeForm):
    code = _CodeField()


class AddressCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    code = _CodeField()


class PasswordCodeForm(allauth_forms.ConfirmPasswordResetCodeForm):
    code = _CodeField()


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=EMAIL)


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password1=NEW_PASSWORD, password2=SAME_AGAIN)


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password1=PASSWORD, password2=SAME_AGAIN)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, oldpassword=_("Present password"), password1=NEW_PASSWORD, password2=SAME_AGAIN)


class ConfirmPasswordForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password=PASSWORD)


class NewAddressForm(allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("New email address"))


class PersonName(forms.CharField):
    """A name in one line, whatever its alphabet, accents or number of words."""

    def to_python(self, value: Any) -> str:
        return " ".join(clean_text(super().to_python(value)).split())


class OpenAccountForm(forms.Form):
    """Open an account on the way to a program."""

    email = forms.EmailField(label=EMAIL, max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    name = PersonName(label=_("Your name"), help_text=NAME_HELP, max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    agrees = forms.BooleanField(label="", error_messages={"required": _("An account needs this agreement.")})

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = consent

    def clean_email(self) -> str:
        return normalize_email(self.cleaned_data["email"])


class OpeningCodeForm(forms.Form):
    """Prove the address of an account that is being opened."""

    code = _CodeField()


class AccountForm(forms.ModelForm):
    """What a person says of themselves."""

    name = PersonName(label=_("Your name"), help_text=NAME_HELP, max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    called = PersonName(
        label=_("What you like to be called"),
        help_text=_("Used in letters and at the top of pages. Left empty, it is your first name."),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )

    language = forms.ChoiceField(
        label=_("Language of pages and letters"),
        choices=[("fr", "Français"), ("en", "English")],
        widget=forms.RadioSelect({"class": "segments"}),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Hours of meetings are given in this one."), choices=time_zones.choices)

    class Meta:
        model = Person
        fields = ("name", "called", "language", "time_zone")
