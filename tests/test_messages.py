import json

import pytest

from tools import messages

PAGE = """{% load i18n %}
<div>
    {% blocktranslate trimmed count counter=n %}
        One meeting with {{ name }}.
    {% plural %}
        {{ counter }} meetings with {{ name }}.
    {% endblocktranslate %}
    <p title="{% translate 'Open' context 'state of a cohort' %}">{% translate "Saved." %}</p>
</div>
"""
MEETINGS = "One meeting with %(name)s."
FRENCH = {
    MEETINGS: ["Une rencontre avec %(name)s.", "%(counter)s rencontres avec %(name)s."],
    "state of a cohort\x04Open": "Ouverte",
    "Saved.": "C’est enregistré.",
}


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small source tree of its own, with one page."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCES", tmp_path / "src" / "releve")
    monkeypatch.setattr(messages, "LOCK", tmp_path / "var" / "lock")
    page = tmp_path / "src" / "releve" / "people" / "templates" / "show.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    return tmp_path


def translate(house, texts):
    file = house / "texts.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    return messages.main(["set", str(file)])


def test_sync_lists_every_text_without_french(house, capsys):
    assert messages.main(["sync", "people"]) == 0
    assert json.loads(capsys.readouterr().out) == {MEETINGS: ["", ""], "state of a cohort\x04Open": "", "Saved.": ""}


def test_check_passes_when_every_text_has_its_french(house, capsys):
    messages.main(["sync"])
    assert messages.main(["check"]) == 1
    assert translate(house, FRENCH) == 0
    assert messages.main(["check"]) == 0


def test_a_translation_comes_back_when_its_text_returns(house):
    messages.main(["sync"])
    translate(house, FRENCH)
    page = house / "src" / "releve" / "people" / "templates" / "show.html"
    page.write_text("{% load i18n %}", encoding="utf-8")
    messages.main(["sync"])
    assert messages.main(["check"]) == 1  # an obsolete text is left over
    page.write_text(PAGE, encoding="utf-8")
    messages.main(["sync"])
    assert messages.main(["check"]) == 0


@pytest.mark.parametrize(
    ("name", "french"),
    [
        (MEETINGS, ["Une rencontre avec %(nom)s.", "%(counter)s rencontres avec %(name)s."]),
        (MEETINGS, ["Une rencontre.", "Des rencontres."]),
        (MEETINGS, "Rencontres"),
        ("Saved.", ["Enregistré.", "Enregistrés."]),
        ("Saved.", "C'est enregistré."),
        ("Saved.", "C’est enregistré !"),
        ("Deleted.", "Supprimé."),
    ],
    ids=["other placeholder", "placeholder lost", "no plural", "plural too many", "apostrophe", "space", "unknown text"],
)
def test_set_refuses_a_faulty_translation(house, name, french):
    messages.main(["sync"])
    assert translate(house, {name: french}) == 1
    assert not any(messages.is_translated(message) for message in messages.read("fr") if message.id)


def test_sync_stops_at_a_file_that_python_cannot_read(house):
    messages.main(["sync"])
    translate(house, FRENCH)
    (house / "src" / "releve" / "broken.py").write_text("def", encoding="utf-8")
    with pytest.raises(SyntaxError):
        messages.main(["sync"])
    assert all(messages.is_translated(message) for message in messages.read("fr") if message.id)
