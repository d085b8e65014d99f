"""Texts that exist in both languages."""

import dataclasses

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from releve.core.bilingual import BilingualField, BilingualFormField, Text

HELLO = Text("Bonjour", "Hello")


def test_a_text_speaks_the_language_in_use():
    with translation.override("fr-ca"):
        assert str(HELLO) == "Bonjour"
    with translation.override("en"):
        assert str(HELLO) == "Hello"


def test_a_text_speaks_the_other_language_when_one_is_missing():
    assert Text("Bonjour").in_language("en") == "Bonjour"
    assert Text("Bonjour", "  ").missing() == ["en"]
    assert HELLO.missing() == []


def test_a_text_never_changes():
    with pytest.raises(dataclasses.FrozenInstanceError):
        HELLO.fr = "Salut"


def test_a_text_is_read_from_data_and_written_back():
    assert Text.from_data({"fr": "Bonjour", "en": "Hello"}) == HELLO
    assert Text.from_data(HELLO.as_data()) == HELLO
    assert Text.from_data(None) == Text()


@pytest.mark.parametrize("data", ["Bonjour", {"fr": "a", "de": "b"}, {"fr": 3}, ["a", "b"]])
def test_a_text_is_refused_when_the_data_has_another_shape(data):
    with pytest.raises(ValueError, match="fr"):
        Text.from_data(data)


def test_the_field_stores_both_languages_and_gives_a_text():
    field = BilingualField()
    assert field.get_default() == Text()
    assert field.to_python({"fr": "Bonjour", "en": "Hello"}) == HELLO
    with pytest.raises(ValidationError):
        field.to_python("Bonjour")


def test_the_form_field_asks_for_both_languages():
    class Letter(forms.Form):
        subject = BilingualFormField(label="Subject")

    assert Letter({"subject_fr": "Bonjour", "subject_en": "Hello"}).is_valid()
    form = Letter({"subject_fr": "Bonjour", "subject_en": ""})
    with translation.override("en"):
        assert form.errors == {"subject": ["Write this text in both languages."]}
    assert 'value="Bonjour"' in form.as_p()  # nothing typed is lost


def test_each_input_of_the_form_field_announces_its_own_language():
    class Letter(forms.Form):
        subject = BilingualFormField(label="Subject", initial=HELLO)

    html = str(Letter()["subject"])
    assert '<input type="text" name="subject_fr" value="Bonjour" lang="fr"' in html
    assert '<input type="text" name="subject_en" value="Hello" lang="en"' in html
    assert '<label class="language" for="id_subject_1" lang="en">English</label>' in html
