"""What every shipped blueprint keeps, whatever program it describes."""

import re
from pathlib import Path

import pytest

from releve.core.bilingual import LANGUAGES
from releve.programs.loading import load

BLUEPRINTS = sorted((Path(__file__).parents[2] / "src/releve/programs/blueprints").glob("*.yaml"))
NO_BREAK = "\N{NO-BREAK SPACE}"


def _texts(data, path=""):
    if isinstance(data, dict) and set(data) == set(LANGUAGES):
        yield path, data["fr"], data["en"]
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, f"{path}.{key}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, f"{path}[{index}]")


@pytest.fixture(params=BLUEPRINTS, ids=lambda path: path.stem)
def blueprint(request):
    return load(request.param)


def test_blueprint_is_called_after_its_file(request, blueprint):
    assert blueprint.id == request.node.callspec.params["blueprint"].stem


def test_french_is_set_with_no_break_spaces_and_curly_apostrophes(blueprint):
    plain_spaces = re.compile(rf"[^{NO_BREAK}][;?!»]|«[^{NO_BREAK}]| :(\s|$)|\w'\w|\"")
    assert [(path, found.group()) for path, french, _ in _texts(blueprint.as_data()) if (found := plain_spaces.search(french))] == []


def test_english_is_set_with_curly_apostrophes_and_quotation_marks(blueprint):
    assert [path for path, _, english in _texts(blueprint.as_data()) if re.search(r"\w'\w|\"", english)] == []


def test_nothing_is_exclaimed(blueprint):
    assert [path for path, french, english in _texts(blueprint.as_data()) if "!" in french + english] == []


def test_long_texts_have_the_same_build_in_both_languages(blueprint):
    def build(text):
        return [re.match(r"#+|[-*>|]|\d+\.", line).group() for line in text.splitlines() if re.match(r"#+|[-*>|]|\d+\.", line)]

    assert [path for path, french, english in _texts(blueprint.as_data()) if build(french) != build(english)] == []
