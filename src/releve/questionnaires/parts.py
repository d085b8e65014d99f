"""The building blocks of everything that is written as data: frozen parts, identifiers, text in both languages."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from releve.core.bilingual import LANGUAGES, Text
from releve.core.visibility import Visibility

MOST_ITEMS = 1_000
MOST_NUMBER = 3_650  # ten years in days: no rhythm, delay or length of a program is longer

IDENTIFIER = r"^[a-z][a-z0-9_]{0,63}$"
REFERENCE = r"^[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?$"
URL = r"^https?://[^\s]+$"
SETTING = r"^setting:[a-z][a-z0-9_]{0,63}$"

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER)]
Url = Annotated[str, StringConstraints(pattern=URL, max_length=2000)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]


@dataclass(frozen=True)
class Refers:
    """Mark a field that names something declared elsewhere, so that a missing one is found."""

    kind: str


QuestionRef = Annotated[Reference, Refers("question")]
VocabularyRef = Annotated[Identifier, Refers("vocabulary")]

ReadBy = Annotated[Visibility, Field(strict=False)]


class Part(BaseModel):
    """Something declared as data: unknown keys are refused and nothing changes once parsed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


def _text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError("text_not_bilingual", "write the text in both languages: {fr: …, en: …}")
    unknown = [key for key in value if key not in LANGUAGES]
    if unknown:
        raise PydanticCustomError("text_language_unknown", "unknown language {key}", {"key": str(unknown[0])})
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not value[language].strip():
            raise PydanticCustomError("text_missing", "no text in {language}", {"language": language})
    return Text(fr=value["fr"].strip(), en=value["en"].strip())


BilingualText = Annotated[
    Text,
    GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(_text)),
    PlainSerializer(Text.as_data, return_type=dict[str, str]),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": list(LANGUAGES),
            "additionalProperties": False,
        }
    ),
]


def _sequence(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False, max_length=MOST_ITEMS), BeforeValidator(_sequence)]


def _number_or_setting(value: Any) -> Any:
    if isinstance(value, str) and re.match(SETTING, value):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER:
        return value
    raise PydanticCustomError("number_or_setting", "write a whole number from 0 to 3650, or setting:name_of_a_setting")


NumberOrSetting = Annotated[
    int | str,
    GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(_number_or_setting)),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_NUMBER}, {"type": "string", "pattern": SETTING}]}),
    Refers("number"),
]

Positive = Annotated[int, Field(ge=0, le=100_000)]
