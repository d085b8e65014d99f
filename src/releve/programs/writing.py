"""Write a definition as YAML that an author can read, and that reads back to the same definition."""

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from .definition import Definition

# Text that means itself without quotation marks: words and spaces, no punctuation that YAML reads.
BARE = re.compile(r"[^\W\d_][\w’'().,;/ -]*[\w).]|[^\W\d_]")
RESERVED = frozenset({"true", "false", "null"})
# A block of lines keeps its text only when no line ends in a space and nothing else breaks lines.
BLOCK = re.compile(r"(?![ \n])[^\t\r\x85\u2028\u2029\ufeff]*[^\s]", re.DOTALL)


def to_yaml(definition: Definition) -> str:
    """Write the resolved definition; what equals its default is left out."""
    data = definition.as_data()
    data.pop("child_of", None)
    return _dump(data)


def _dump(data: Any) -> str:
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.Representer = RoundTripRepresenter
    stream = StringIO()
    yaml.dump(_styled(data), stream)
    return stream.getvalue()


def _styled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _styled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item) for item in value]
    if not isinstance(value, str):
        return value
    if "\n" in value and " \n" not in value and BLOCK.fullmatch(value):
        return LiteralScalarString(value)
    plain = BARE.fullmatch(value) and value not in RESERVED and len(value) < 90
    return value if plain else DoubleQuotedScalarString(value)
