"""Inputs that Django does not have: a scale, a week, a day picked by the browser's calendar."""

from collections.abc import Sequence
from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A day, written as the browser's own calendar field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and an hour, written as the browser's own field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Scale(forms.RadioSelect):
    """Numbered answers in one row, with words at both ends."""

    template_name = "components/widgets/scale.html"

    def __init__(self, *, low: str = "", high: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"low": self.low, "high": self.high}
        return context


class WeeklyGrid(forms.CheckboxSelectMultiple):
    """Parts of a week as a table of boxes; each choice is "row:column" ("mon:evening")."""

    template_name = "components/widgets/weekly_grid.html"

    def __init__(
        self,
        *,
        rows: Sequence[tuple[str, Any]],
        columns: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.rows, self.columns = list(rows), list(columns)

    @staticmethod
    def choices_for(rows: Sequence[tuple[str, Any]], columns: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
        """List the choices of a MultipleChoiceField that this grid fills."""
        return [(f"{row}:{column}", f"{row_label}, {column_label}") for row, row_label in rows for column, column_label in columns]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ticked = set(context["widget"]["value"] or [])
        ident = context["widget"]["attrs"].get("id", name)
        context["widget"] |= {
            "columns": [label for _code, label in self.columns],
            "rows": [
                {
                    "label": row_label,
                    "cells": [
                        {
                            "value": f"{row}:{column}",
                            "id": f"{ident}_{row}_{column}",
                            "label": column_label,
                            "ticked": f"{row}:{column}" in ticked,
                        }
                        for column, column_label in self.columns
                    ],
                }
                for row, row_label in self.rows
            ],
        }
        return context
