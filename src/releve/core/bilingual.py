"""Text that exists in French and in English: a value, a model field and its form field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Text:
    """One text in both languages; printed, it speaks the language in use."""

    fr: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.in_language(get_language() or LANGUAGES[0])

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def in_language(self, code: str) -> str:
        """Give the text in one language, or in the other one while the first is still missing."""
        own, other = (self.fr, self.en) if code.startswith("fr") else (self.en, self.fr)
        return own or other

    def missing(self) -> list[str]:
        """List the languages in which the text is still to be written."""
        return [code for code in LANGUAGES if not getattr(self, code).strip()]

    def as_data(self) -> dict[str, str]:
        return {"fr": self.fr, "en": self.en}

    @classmethod
    def from_data(cls, data: "Text | Mapping[str, str] | None") -> "Text":
        """Read `{fr: …, en: …}`.

        Raises: ValueError for another shape, another language, or a value that is not text.
        """
        if isinstance(data, Text):
            return data
        if data is None:
            return cls()
        if not isinstance(data, Mapping) or not set(data) <= set(LANGUAGES):
            raise ValueError("expected {fr: …, en: …}")
        if not all(isinstance(value, str) for value in data.values()):
            raise ValueError("fr and en must be text")
        return cls(**data)


class BilingualWidget(forms.MultiWidget):
    """One input per language, each announcing its own language."""

    template_name = "components/widgets/bilingual.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, long: bool = False) -> None:
        kind = forms.Textarea if long else forms.TextInput
        super().__init__({code: kind({"lang": code}) for code in LANGUAGES}, attrs)

    def decompress(self, value: Any) -> list[str]:
        text = Text.from_data(value)
        return [text.fr, text.en]


class BilingualFormField(forms.MultiValueField):
    """Ask for a text in both languages; a required one must have both."""

    default_error_messages = {
        "incomplete": _("Write this text in both languages."),
        "required": _("Write this text in both languages."),
    }

    def __init__(self, *, long: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        required = kwargs.get("required", True)
        fields = [forms.CharField(max_length=max_length, required=required) for _code in LANGUAGES]
        kwargs.setdefault("widget", BilingualWidget(long=long))
        super().__init__(fields, require_all_fields=required, **kwargs)

    def compress(self, data_list: list[str]) -> Text:
        return Text(*data_list) if data_list else Text()


class BilingualField(models.JSONField):
    """Store a Text as {"fr": …, "en": …}; the attribute is always a Text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text:
        return Text.from_data(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Text:
        try:
            return Text.from_data(value)
        except ValueError as error:
            raise ValidationError(_("Write this text in both languages."), code="invalid") from error

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, (Text, Mapping)):
            value = Text.from_data(value).as_data()
        return super().get_db_prep_value(value, connection, prepared)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value.as_data(), model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).as_data()

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        return models.Field.formfield(self, **{"form_class": BilingualFormField, "required": not self.blank, **kwargs})
