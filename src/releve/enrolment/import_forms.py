"""The forms by which a spreadsheet comes in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from releve.programs.definition import Definition

from .importing.mapping import ENTRY, ROLE, STATUS, SUBMITTED, Columns, problems_with_columns, questions_of, samples_of
from .importing.reading import MOST_BYTES, Table, read_table
from .importing.refusals import UnreadableFile
from .importing.sentences import column_sentence, file_sentence
from .models import Import

OWN_TARGETS = {
    ENTRY: _("Entry number of the form service"),
    ROLE: pgettext_lazy("column of a file", "Role"),
    STATUS: _("Whether the entry was sent"),
    SUBMITTED: _("When the entry was sent"),
}


class FileForm(forms.Form):
    """Choose a file; `table` is what it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, XLS, ODS or CSV. Names, columns and accents may be as your form service writes them."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose the file that holds the list of people."),
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv"}),
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        max_length=60,
        help_text=_("Only if the list is not on the first sheet: the name of the sheet."),
    )
    table: Table

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file: UploadedFile | None = cleaned.get("file")
        if file is not None:
            try:
                if (file.size or 0) > MOST_BYTES:
                    raise UnreadableFile("too_big", size=file.size, most=MOST_BYTES)
                self.table = read_table(file.read(), sheet=cleaned.get("sheet", ""))
            except UnreadableFile as error:
                self.add_error("sheet" if error.code == "no_such_sheet" else "file", file_sentence(error))
        return cleaned


class ColumnsForm(forms.Form):
    """Say what each column of a file holds; `columns` is the answer."""

    columns: Columns

    def __init__(self, data: Mapping[str, Any] | None, *, sheet: Import, rows: Sequence[Sequence[str]]) -> None:
        super().__init__(data)
        self.definition: Definition = sheet.cohort.definition
        self.rows = rows
        self.headers: list[str] = sheet.columns
        now = Columns.from_data(sheet.mapping)
        roles = [(role.id, str(role.plural)) for role in self.definition.roles if role.enrols]
        for place, header in enumerate(self.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or gettext("Column %(number)s, without a name") % {"number": place + 1},
                choices=_targets(self.definition),
                required=False,
                initial=now.held.get(place, ""),
            )
        self.fields["everyone"] = forms.ChoiceField(
            label=_("If no column says the role, everyone in this file is"),
            choices=[("", "—"), *roles],
            required=False,
            initial=now.everyone,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held = {place: cleaned.get(f"column_{place}") for place in range(len(self.headers))}
        self.columns = Columns({place: target for place, target in held.items() if target}, cleaned.get("everyone") or "")
        for problem in problems_with_columns(self.columns, self.definition):
            self.add_error(None if problem.place is None else f"column_{problem.place}", column_sentence(problem))
        return cleaned

    def lines(self) -> list[dict[str, Any]]:
        """Pair each column's question with a few of its texts."""
        return [{"bound": self[f"column_{place}"], "samples": samples_of(self.rows, place)} for place in range(len(self.headers))]


def _targets(definition: Definition) -> list[tuple[str, Any]]:
    own = list(OWN_TARGETS.items())
    questions = [(question.id, str(question.text)) for question in questions_of(definition)]
    return [("", gettext("Not read")), (gettext("About the entry"), own), (gettext("Questions of the form"), questions)]
