"""The texts that a coordinator rewrites, and what changed from one version to another."""

from pathlib import Path

import pytest

from releve.core.bilingual import Text
from releve.programs import blueprints
from releve.programs.differences import Change, differences
from releve.programs.loading import load
from releve.programs.places import MEANINGS, USES, places_of, unknown_places
from releve.programs.texts import editable_part, editable_parts, with_values
from tests.factories import programs as factory

SKETCHES = sorted((Path(__file__).parent / "sketches").glob("*.yaml"))


@pytest.mark.parametrize("path", SKETCHES, ids=[path.stem for path in SKETCHES])
def test_every_text_of_every_sketch_can_be_rewritten_where_it_stands(path):
    definition = load(path)
    places = [place for parts in editable_parts(definition).values() for part in parts for place in part.places]
    assert len(places) > 10
    assert all(place.label for place in places)
    changed = with_values(definition, {place.path: Text(f"{place.text.fr}+", f"{place.text.en}+") for place in places if place.text})
    assert with_values(changed, {place.path: place.text for place in places if place.text}).digest == definition.digest


def test_cells_of_a_comparison_are_called_by_their_row_and_their_column():
    part = editable_part(factory.first_blueprint(), "public_page", "coaching")
    cell = next(place for place in part.places if place.key == "table.rows.5.1")
    assert (cell.heading, cell.label) == ("Rythme", "Mentorat")


def test_a_part_that_does_not_exist_is_none():
    definition = factory.first_blueprint()
    for group, part_id in (("documents", "nothing"), ("nothing", "advice"), ("forms", "registration"), ("canonical", "x")):
        assert editable_part(definition, group, part_id) is None


def test_differences_name_parts_by_their_id():
    old = factory.first_blueprint()
    data = old.as_data()
    resources = [data["resources"][1], {"id": "new", "title": {"fr": "N", "en": "N"}, "url": "https://example.org/"}]
    new = factory.changed(resources=resources, summary={"fr": "Bref", "en": data["summary"]["en"]})
    assert differences(old, new) == [
        Change("summary.fr", "changed", data["summary"]["fr"], "Bref"),
        Change("resources.new", "added"),
        Change("resources.leads", "removed"),
    ]
    assert differences(new, new) == []


def test_parts_in_another_order_are_a_difference():
    data = factory.first_blueprint().as_data()
    new = factory.changed(resources=data["resources"][::-1])
    assert differences(factory.first_blueprint(), new) == [Change("resources", "changed")]


def test_every_letter_of_every_blueprint_holds_only_places_that_are_filled():
    assert {name: list(unknown_places(blueprints.read(name))) for name in blueprints.names()} == {name: [] for name in blueprints.names()}


def test_every_place_of_every_letter_is_explained():
    assert {place for letter in USES for place in places_of(letter)} <= set(MEANINGS)
