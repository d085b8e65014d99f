"""The schema that editors read, and the command that gives it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from releve.programs.definition import Definition
from releve.programs.schema import json_schema

HERE = Path(__file__).parent


def output_of(*arguments: str) -> str:
    out = StringIO()
    call_command("definition", *arguments, stdout=out)
    return out.getvalue()


def test_schema_knows_every_key_as_an_author_writes_it():
    schema = json_schema()
    assert set(schema["properties"]) == {field.alias or name for name, field in Definition.model_fields.items()}
    assert {"is", "all", "any", "not"} <= set(schema["$defs"]["Rule"]["properties"])
    assert schema["additionalProperties"] is False


def test_schema_refers_only_to_what_it_defines():
    text = json.dumps(json_schema())
    referred = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert referred <= set(json_schema()["$defs"])


def test_command_prints_the_schema():
    assert json.loads(output_of("schema")) == json_schema()


def test_command_says_that_a_definition_is_sound():
    assert output_of("check", str(HERE / "smallest.yaml"), "--language", "en") == "“The smallest” is sound: 3 steps, 11 letters.\n"
    assert output_of("check", str(HERE / "smallest.yaml")) == "«\u00a0Le plus petit\u00a0» peut servir\u00a0: 3 étapes, 11 lettres.\n"


def test_command_says_what_is_wrong_with_a_definition(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text((HERE / "smallest.yaml").read_text(encoding="utf-8").replace("number: 3", "number: x"), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        output_of("check", str(path), "--language", "en")
    assert str(refused.value) == "steps[2].number, line 57: This must be a whole number. Write digits only, without quotation marks."


def test_command_says_when_a_file_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        output_of("check", str(tmp_path / "none.yaml"), "--language", "en")


def test_command_finds_the_shipped_parent_of_a_child(tmp_path):
    path = tmp_path / "child.yaml"
    path.write_text("schema: 1\nid: chapter\nchild_of: {id: cchl_quebec, version: 1}\n", encoding="utf-8")
    assert "10" in output_of("check", str(path))
