"""A definition is read once, stays as it is, and is written back to the same thing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from releve.core.bilingual import Text
from releve.core.visibility import Visibility
from releve.programs import blueprints
from releve.programs.definition import UnknownIdError
from releve.programs.loading import load, load_data, load_frozen
from releve.programs.problems import DefinitionErrors
from releve.programs.writing import to_yaml

HERE = Path(__file__).parent
SMALLEST = (HERE / "smallest.yaml").read_text(encoding="utf-8")
SKETCHES = sorted((HERE / "sketches").glob("*.yaml"))
SHIPPED = [blueprints.FOLDER / f"{name}.yaml" for name in blueprints.names()]
ALL = [*SHIPPED, *SKETCHES, HERE / "smallest.yaml"]

# Every character an author may type: no controls but line breaks and tabs, no halves of characters.
CONTROLS = [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF]
written = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, CONTROLS)]), min_size=1, max_size=60).filter(
    str.strip
)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_definition_is_sound(path):
    assert load(path).id


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_definition_written_as_yaml_reads_back_the_same(path):
    definition = load(path)
    again = load(to_yaml(definition))
    assert again == definition
    assert again.digest == definition.digest


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_frozen_definition_reads_back_the_same(path):
    definition = load(path)
    assert load_frozen(definition.canonical) == definition


@settings(max_examples=60, deadline=None)
@given(fr=written, en=written, alias=written)
def test_any_text_survives_writing_and_reading(fr, en, alias):
    data = load(SMALLEST).as_data()
    data["summary"] = {"fr": fr, "en": en}
    data["documents"][0]["body"] = {"fr": f"{fr}\n\n- {en}", "en": f"{en}\n{fr}"}
    data["vocabularies"]["areas"][0]["aliases"] = [alias]
    definition = load_data(data)
    again = load(to_yaml(definition))
    assert again.summary == Text(fr.strip(), en.strip())
    assert again.digest == definition.digest


def test_same_text_is_read_once():
    assert load(SMALLEST) is load(SMALLEST)


def test_digest_does_not_depend_on_the_order_of_keys_or_on_written_defaults():
    other = SMALLEST.replace("id: smallest\n", "").replace("summary:", "id: smallest\nlanguages: [fr, en]\nsummary:")
    assert load(other).digest == load(SMALLEST).digest


def test_digest_changes_with_one_letter():
    assert load(SMALLEST.replace("A dyad", "A Dyad")).digest != load(SMALLEST).digest


def test_definition_cannot_be_changed():
    definition = load(SMALLEST)
    with pytest.raises(ValidationError):
        definition.id = "other"
    with pytest.raises(ValidationError):
        definition.roles[0].enrols = False


def test_parts_are_found_by_their_ids():
    definition = load(SMALLEST)
    assert definition.role("mentee").name == Text("Personne mentorée", "Mentee")
    assert definition.form("registration").visibility is Visibility.COMMITTEE
    assert definition.task("promise.commitment") is definition.task("commitment")
    assert definition.step_of(definition.task("commitment")).id == "promise"
    assert definition.document("commitment").kind == "sign"
    assert definition.letter("closing").subject == Text("Fin", "End")
    assert [option.value for option in definition.vocabulary("areas")] == ["lead", "care"]
    assert definition.question("years")[1] is definition.question("registration.years")[1]


def test_unknown_part_names_itself():
    with pytest.raises(UnknownIdError, match="the definition has no survey called 'spring'"):
        load(SMALLEST).survey("spring")


def test_setting_is_the_cohorts_own_value_or_the_default():
    definition = load(SMALLEST)
    assert definition.setting("contact_email") == "aide@exemple.test"
    assert definition.setting("contact_email", {"contact_email": "ici@exemple.test"}) == "ici@exemple.test"
    assert definition.value("setting:contact_email", {}) == "aide@exemple.test"
    assert definition.value(30, {}) == 30


def child(text: str):
    return load(text, find_parent=lambda name, version: load(SMALLEST) if (name, version) == ("smallest", 1) else None)


CHILD = "schema: 1\nid: chapter\nchild_of: {id: smallest, version: 1}\n"


def test_child_keeps_what_it_does_not_change():
    resolved = child(CHILD)
    assert resolved.id == "chapter"
    assert resolved.steps == load(SMALLEST).steps
    assert resolved.child_of.id == "smallest"


def test_child_overrides_items_by_their_id_and_adds_its_own():
    resolved = child(
        CHILD + "letters:\n  - {id: closing, subject: {fr: Au revoir, en: Goodbye}}\n"
        "  - {id: extra, subject: {fr: a, en: b}, body: {fr: a, en: b}}\n"
        "relationship: {lasts_months: 6}\n"
        "forms:\n  - id: registration\n    questions:\n      - {id: years, most: 40}\n"
    )
    assert resolved.letter("closing").subject == Text("Au revoir", "Goodbye")
    assert resolved.letter("closing").body == Text("Merci", "Thanks")
    assert [letter.id for letter in resolved.letters] == [*(letter.id for letter in load(SMALLEST).letters), "extra"]
    assert (resolved.relationship.lasts_months, resolved.relationship.shape) == (6, "dyad")
    assert (resolved.question("years")[1].least, resolved.question("years")[1].most) == (0, 40)


def test_child_removes_an_item():
    resolved = child(CHILD + "calendar:\n  - {id: registration_opens, remove: true}\n")
    assert [named.id for named in resolved.calendar] == ["registration_closes"]


def test_child_that_removes_what_is_not_there_says_so():
    with pytest.raises(DefinitionErrors) as refused:
        child(CHILD + "calendar:\n  - {id: opening, remove: true}\n")
    assert refused.value.report("en") == [
        "calendar[0], line 5: There is nothing called “opening” to remove here. Take “remove” away, or correct the id."
    ]


def test_fault_in_a_child_names_the_line_of_the_child():
    with pytest.raises(DefinitionErrors) as refused:
        child(CHILD + "letters:\n  - {id: closing, subject: {fr: Au revoir}}\n")
    assert refused.value.report("en") == ["letters[4].subject, line 5: The English text is missing. Add “en” with the text in English."]


def test_child_of_an_unknown_parent_says_so():
    with pytest.raises(DefinitionErrors) as refused:
        child(CHILD.replace("version: 1", "version: 2"))
    assert refused.value.report("fr") == [
        "child_of, ligne 3\u00a0: La définition «\u00a0smallest\u00a0», version 2, est inconnue ici. "
        "Corrigez child_of, ou chargez d’abord cette définition."
    ]


def test_resolved_child_needs_no_parent_to_be_read_again():
    resolved = child(CHILD + "calendar:\n  - {id: registration_opens, remove: true}\n")
    assert load_frozen(resolved.canonical) == resolved
    assert load(to_yaml(resolved)).calendar == resolved.calendar
