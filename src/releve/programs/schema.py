"""The JSON Schema of a definition, so that an editor completes keys and marks mistakes while an author writes."""

import json
from typing import Any

from .definition import Definition

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Describe every key of a definition; a key that may be left out has no default of its own here."""
    schema = _trimmed(Definition.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "Relève: program definition"}


def to_json() -> str:
    """Write the schema, always the same for the same software."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _trimmed(value: Any) -> Any:
    """Take away the titles and the empty defaults, which say nothing and hide what an editor could show."""
    if isinstance(value, list):
        return [_trimmed(item) for item in value]
    if not isinstance(value, dict):
        return value
    trimmed = {}
    for key, item in value.items():
        if key == "properties":
            trimmed[key] = {name: _trimmed(described) for name, described in item.items()}
        elif not (key == "title" and isinstance(item, str)) and not (key == "default" and item is None):
            trimmed[key] = _trimmed(item)
    return trimmed
