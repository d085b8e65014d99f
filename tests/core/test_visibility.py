"""Who reads what, in words."""

import pytest
from django.utils import translation

from releve.core.visibility import EXPLANATIONS, Visibility, reads_words

WORDS = {
    "self": ("Vous seulement", "Only you"),
    "members": ("Vous et les autres membres seulement", "Only you and the other members"),
    "supervisor": ("Vous et la personne qui vous supervise", "You and your supervisor"),
    "site": ("Votre lieu", "Your site"),
    "committee": ("Le comité du programme", "The program committee"),
    "matching": ("Seulement les personnes qui font les jumelages", "Only those who do the pairing"),
    "aggregate": ("Les totaux seulement", "Totals only"),
    "directory": ("Les personnes inscrites au programme", "Participants of the program"),
    "public": ("Tout le monde", "Everyone"),
}


def test_the_classes_are_those_of_the_table():
    assert list(Visibility.values) == list(WORDS)


@pytest.mark.parametrize("visibility", WORDS)
def test_each_class_is_said_in_both_languages(visibility):
    for language, words in zip(("fr", "en"), WORDS[visibility], strict=True):
        with translation.override(language):
            assert reads_words(visibility) == words


@pytest.mark.parametrize("visibility", list(Visibility))
def test_each_class_has_a_sentence_that_differs_between_the_languages(visibility):
    said = set()
    for language in ("fr", "en"):
        with translation.override(language):
            said |= {str(visibility.explanation)}
    assert len(said) == 2
    assert set(EXPLANATIONS) == set(Visibility)


@pytest.mark.parametrize(
    ("members", "french", "english"),
    [
        (["Benoît"], "Vous et Benoît seulement", "You and Benoît"),
        (["Benoît", "Amina"], "Vous, Benoît et Amina seulement", "You, Benoît and Amina"),
        (["Benoît", "Amina", "Zoé"], "Vous, Benoît, Amina et Zoé seulement", "You, Benoît, Amina and Zoé"),
    ],
)
def test_the_other_members_are_named_when_they_are_known(members, french, english):
    with translation.override("fr"):
        assert reads_words("members", members=members) == french
    with translation.override("en"):
        assert reads_words("members", members=members) == english


def test_names_are_left_out_when_the_class_is_not_the_members():
    with translation.override("en"):
        assert reads_words(Visibility.COMMITTEE, members=["Benoît"]) == "The program committee"


def test_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match="everybody"):
        reads_words("everybody")
