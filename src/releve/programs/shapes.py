"""Turn what pydantic finds wrong with a shape into problems that an author can mend."""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from releve.questionnaires.parts import URL

from .problems import MOST_PROBLEMS, Path, Problem, suggest

Lines = Mapping[Path, int | None]

FAULT_OF = {
    "text_not_bilingual": "not_bilingual",
    "string_type": "not_text",
    "int_type": "not_whole_number",
    "int_from_float": "not_whole_number",
    "amount": "not_number",
    "bool_type": "not_boolean",
    "tuple_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "dataclass_type": "not_mapping",
    "frozen_set_type": "not_list",
    "greater_than": "not_above_zero",
    "rule_shape": "rule_shape",
    "rule_tests": "rule_tests",
    "rule_within": "rule_within",
    "rule_empty": "rule_empty",
    "number_or_setting": "number_or_setting",
    "scalar": "scalar",
    "moment": "moment",
}


def shape_problems(error: ValidationError, lines: Lines, whole: type[BaseModel]) -> list[Problem]:
    """List every fault of shape with its line; `whole` is what was read, whose keys are suggested."""
    return [_problem(details, lines, whole) for details in error.errors(include_url=False)[:MOST_PROBLEMS]]


def line_of(path: Path, lines: Lines) -> int | None:
    """Find the line of a path, or of the nearest thing around it that was written."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path)


def _problem(details: ErrorDetails, lines: Lines, whole: type[BaseModel]) -> Problem:
    path = tuple(part for part in details["loc"] if part != "[key]")
    fault, values = _fault(details, path, whole)
    return Problem(fault, path, values, line_of(path, lines))


def _fault(details: ErrorDetails, path: Path, whole: type[BaseModel]) -> tuple[str, dict[str, str]]:
    kind, context = details["type"], details.get("ctx", {})
    value = _shown(details["input"])
    if kind == "missing":
        return "missing", {"key": str(path[-1])}
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return "unknown_key", {"key": str(path[-1]), **suggest(str(path[-1]), known_keys(path[:-1], whole))}
    if kind == "text_language_unknown":
        return "unknown_language", {"key": _shown(context["key"])}
    if kind == "text_missing":
        return ("no_french" if context["language"] == "fr" else "no_english"), {}
    if kind in ("literal_error", "enum"):
        known = re.findall(r"'([^']+)'", context["expected"]) or [context["expected"]]
        return "not_in_list", {"value": value, **suggest(value, known)}
    if kind == "string_pattern_mismatch":
        return ("not_url" if context["pattern"] == URL else "not_identifier"), {"value": value}
    if kind == "greater_than_equal":
        return "too_small", {"value": value, "limit": str(context["ge"])}
    if kind == "less_than_equal":
        return "too_big", {"value": value, "limit": str(context["le"])}
    if kind == "too_long":
        return "too_many_items", {"limit": str(context["max_length"])}
    return FAULT_OF.get(kind, "not_valid"), {}


def _shown(value: Any) -> str:
    text = "…" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def known_keys(path: Path, whole: type[BaseModel]) -> list[str]:
    """List the keys that a definition may have at a path."""
    found: Any = whole
    for part in path:
        found = _inside(found, part)
        if found is None:
            return []
    if is_dataclass(found):
        return list(get_type_hints(found))
    if not _is_part(found):
        return []
    return [field.alias or name for name, field in found.model_fields.items()]


def _is_part(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _inside(found: Any, part: str | int) -> Any:
    """Step from one type to the type of its field, item or value."""
    if _is_part(found):
        for name, field in found.model_fields.items():
            if part == (field.alias or name):
                return _bare(field.annotation)
        return None
    arguments = get_args(found)
    if get_origin(found) is tuple:
        return _bare(arguments[0])
    if get_origin(found) is dict:
        return _bare(arguments[1])
    return None


def _bare(annotation: Any) -> Any:
    """Take the constraints and the "or nothing" off a type."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    choices = [choice for choice in get_args(annotation) if choice is not type(None)]
    if type(None) in get_args(annotation) and len(choices) == 1:
        return _bare(choices[0])
    return annotation
