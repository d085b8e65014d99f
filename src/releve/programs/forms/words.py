"""The words of a definition: its texts, its contacts, the whole as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from releve.core.bilingual import LANGUAGES, BilingualFormField, Text
from releve.people.models import normalize_email
from releve.programs.definition import Contact
from releve.programs.models import Cohort
from releve.programs.places import places_of
from releve.programs.soundness.letters import places
from releve.programs.texts import LONGEST_LINE, EditablePart, Place
from releve.questionnaires.reading import clean_text

from .fields import NO_EMAIL

LANGUAGE_NAMES = {"fr": pgettext_lazy("language", "French"), "en": pgettext_lazy("language", "English")}
LARGEST_FILE = 4_000_000  # bytes; longer than any definition that can be read


class WordsField(BilingualFormField):
    """One text of the definition, tidied as the definition keeps it; it exists in both languages or not at all."""

    def __init__(self, *, needed: bool, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.required = needed

    def compress(self, data_list: list[str]) -> Text:
        return Text(*(clean_text(words) for words in data_list)) if data_list else Text()

    def clean(self, value: Any) -> Text:
        text = super().clean(value)
        if text and text.missing():
            raise forms.ValidationError(_("The French text is missing.") if "fr" in text.missing() else _("The English text is missing."))
        return text


class TextsForm(forms.Form):
    """The texts of one part of a definition, both languages side by side."""

    use_required_attribute = False
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: EditablePart, base: int, **kwargs: Any) -> None:
        initial = {place.key: place.text for place in part.places}
        super().__init__(*args, initial=initial | {"base": base}, **kwargs)
        self.part = part
        for place in part.places:
            self.fields[place.key] = _words_field(place)
        self.order_fields([place.key for place in part.places])

    @property
    def texts(self) -> dict[str, Text]:
        return {place.key: self.cleaned_data[place.key] for place in self.part.places}

    @property
    def by_heading(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Group the fields under the task or the row that they belong to."""
        groups: dict[str, list[forms.BoundField]] = {}
        for place in self.part.places:
            groups.setdefault(place.heading, []).append(self[place.key])
        return list(groups.items())


def _words_field(place: Place) -> WordsField:
    field = WordsField(label=place.label, long=place.is_long, max_length=place.longest, needed=not place.is_optional)
    if place.is_long:
        for widget in field.widget.widgets:
            widget.attrs["rows"] = 8 if place.is_markdown else 3
    if place.is_markdown:
        field.help_text = _("A blank line begins a paragraph. - begins an item of a list, **stars** make words bold.")
    return field


class LetterForm(TextsForm):
    """A letter, which may only hold the places that are filled in it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in self.part.places:
            text = cleaned.get(place.key) or Text()
            for code in LANGUAGES:
                if fault := self._fault(text.in_language(code), code):
                    self.add_error(place.key, fault)
                    break
        return cleaned

    def _fault(self, words: str, code: str) -> str:
        """Say what cannot be filled in one language; nothing when everything can."""
        language = LANGUAGE_NAMES[code]
        try:
            written = places(words)
        except ValueError:
            return _("%(language)s: braces only stand around the name of a place, for example {name}.") % {"language": language}
        unknown = [place for place in written if place not in places_of(self.part.id)]
        if not unknown:
            return ""
        said = _("%(language)s: nothing fills {%(place)s} in this letter. The places it can hold are listed beside it.")
        return said % {"language": language, "place": unknown[0]}


class ContactForm(TextsForm):
    """Who a contact is, and where what is written to it arrives."""

    email = forms.EmailField(
        label=gettext_lazy("Email address"), max_length=254, error_messages={"invalid": NO_EMAIL, "required": NO_EMAIL}
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, contact: Contact, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, base=cohort.version.number, prefix=contact.id, **kwargs)
        self.contact = contact
        self.initial |= {"email": cohort.definition.value(contact.email, cohort.settings), "revision": cohort.revision}

    def clean_email(self) -> str:
        return normalize_email(self.cleaned_data["email"])


class UploadForm(forms.Form):
    """A definition written in an editor."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Definition file (YAML)"),
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
            "invalid": gettext_lazy("Choose a file."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("What changes, and why"),
        help_text=gettext_lazy("Those who run the program read it beside the version."),
        max_length=LONGEST_LINE,
        required=False,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large to be a definition. Choose the YAML file that you downloaded here."))
        return file

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])
