"""The pages by which a coordinator rewrites what people read: texts, letters, contacts, the definition as a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releve.core.bilingual import Text
from releve.programs import actions
from releve.programs.models import Cohort, Program, Version
from releve.programs.writing import to_yaml
from tests.factories import programs as factory
from tests.programs.conftest import at, posted, words

# --- texts


def test_a_text_is_saved_as_a_new_version_that_the_cohort_runs_on(as_amina, cohort):
    page = as_amina.get(at(cohort, "texts/documents/advice/"))
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, title_fr="Conseils", title_en="Advice"))
    assert answer["Location"] == at(cohort, "texts/")
    cohort = Cohort.objects.get()
    assert (cohort.version.number, cohort.definition.document("advice").title) == (2, Text("Conseils", "Advice"))


def test_a_text_sent_as_it_was_makes_no_version(as_amina, cohort):
    page = as_amina.get(at(cohort, "texts/documents/advice/"))
    sent = {name: str(value).replace("\n", "\r\n") for name, value in posted(page).items()}
    as_amina.post(at(cohort, "texts/documents/advice/"), sent)
    assert Version.objects.count() == 1


@pytest.mark.parametrize(("missing", "message"), [("fr", "The French text is missing."), ("en", "The English text is missing.")])
def test_a_text_in_one_language_only_is_refused_beside_the_field(as_amina, cohort, missing, message):
    page = as_amina.get(at(cohort, "texts/documents/advice/"))
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, **{f"title_{missing}": " ", "body_en": "# Kept"}))
    assert answer.context["form"].errors == {"title": [message]}
    assert "# Kept" in answer.content.decode()
    assert Version.objects.count() == 1


def test_a_text_with_hidden_characters_or_of_a_monstrous_length_harms_nothing(as_amina, cohort):
    page = as_amina.get(at(cohort, "texts/documents/advice/"))
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, title_fr="a" * 301, body_fr="a\ufffeb"))
    assert list(answer.context["form"].errors) == ["title"]
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, body_fr="a\ufffeb"))
    assert list(answer.context["form"].errors) == ["body"]
    as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, body_fr="a\x07b<script>"))
    assert Cohort.objects.get().definition.document("advice").body.fr == "ab<script>"


def test_a_preview_shows_both_languages_safely_and_saves_nothing(as_amina, cohort):
    page = as_amina.get(at(cohort, "texts/documents/advice/"))
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), posted(page, body_fr="**Gras** <script>x</script>", preview="1"))
    content = answer.content.decode()
    assert "<strong>Gras</strong>" in content
    assert "<script>x" not in content
    assert Version.objects.count() == 1


def test_a_text_rewritten_by_somebody_else_meanwhile_is_shown_and_nothing_typed_is_lost(as_amina, cohort, amina):
    mine = posted(as_amina.get(at(cohort, "texts/documents/advice/")), body_en="Mine")
    actions.change_texts(Cohort.objects.get(), "documents", "advice", {"body": Text("La leur", "Theirs")}, base=1, by=amina)
    answer = as_amina.post(at(cohort, "texts/documents/advice/"), mine)
    assert "“Theirs”" in answer.context["form"].errors["body"][0]
    assert ">\nMine</textarea>" in answer.content.decode()
    assert Cohort.objects.get().definition.document("advice").body.en == "Theirs"
    as_amina.post(at(cohort, "texts/documents/advice/"), posted(answer))
    assert Cohort.objects.get().definition.document("advice").body.en == "Mine"


def test_every_text_on_offer_can_be_opened(as_amina, cohort):
    page = as_amina.get(at(cohort, "texts/"))
    addresses = [at(cohort, f"texts/{group}/{part.id}/") for group, _title, parts in page.context["groups"] for part in parts]
    assert len(addresses) > 30
    assert {as_amina.get(address).status_code for address in addresses} == {200}


# --- letters


def test_a_letter_lists_its_places_and_is_saved(as_amina, cohort):
    page = as_amina.get(at(cohort, "letters/silence_check/"))
    assert [place for place, _meaning in page.context["places"]] == ["{name}", "{program}", "{cohort}", "{contact}", "{partner}", "{days}"]
    as_amina.post(
        at(cohort, "letters/silence_check/"), posted(page, body_fr="Bonjour {name}, {days} jours.", body_en="Hello {name}, {days} days.")
    )
    assert Cohort.objects.get().definition.letter("silence_check").body.en == "Hello {name}, {days} days."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Hello {date}", "English: nothing fills {date} in this letter. The places it can hold are listed beside it."),
        ("Hello {name", "English: braces only stand around the name of a place, for example {name}."),
        ("Hello {0}", "English: braces only stand around the name of a place, for example {name}."),
        ("Hello {name.email}", "English: braces only stand around the name of a place, for example {name}."),
        ("Hello {name!r:>99999999}", "English: braces only stand around the name of a place, for example {name}."),
    ],
)
def test_a_place_that_nothing_fills_is_refused_beside_the_field(as_amina, cohort, body, message):
    page = as_amina.get(at(cohort, "letters/confirmed/"))
    answer = as_amina.post(at(cohort, "letters/confirmed/"), posted(page, body_en=body))
    assert answer.context["form"].errors == {"body": [message]}
    assert Version.objects.count() == 1


def test_a_place_of_one_language_only_is_refused_beside_the_field(as_amina, cohort):
    page = as_amina.get(at(cohort, "letters/confirmed/"))
    answer = as_amina.post(at(cohort, "letters/confirmed/"), posted(page, body_en="Hello", body_fr="Bonjour {name}"))
    assert list(answer.context["form"].errors) == ["body"]
    assert Version.objects.count() == 1


def test_a_letter_is_previewed_filled_in_both_languages(as_amina, cohort):
    page = as_amina.get(at(cohort, "letters/proposal/"))
    answer = as_amina.post(at(cohort, "letters/proposal/"), posted(page, subject_fr="Voici {partner}", preview="1"))
    assert [(language, subject) for language, subject, _body in answer.context["preview"]] == [
        ("fr", "Voici Dominique Tremblay"),
        ("en", "Meet Dominique Tremblay"),
    ]
    assert Version.objects.count() == 1


# --- contacts


def test_a_contact_is_saved_with_its_address(as_amina, cohort):
    data = {"contact": "first", "first-name_fr": "Comité", "first-name_en": "Committee", "first-email": " Comite@Chapter.ca "}
    as_amina.post(at(cohort, "contacts/"), data | {"first-base": "1", "first-revision": "0"})
    cohort = Cohort.objects.get()
    assert (cohort.definition.contact_called("first").name, cohort.settings) == (
        Text("Comité", "Committee"),
        {"contact_email": "comite@chapter.ca"},
    )


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "x" * 260 + "@chapter.ca"])
def test_a_contact_without_a_good_address_is_refused_beside_the_field(as_amina, cohort, address):
    data = {"contact": "first", "first-name_fr": "Comité", "first-name_en": "Committee", "first-email": address}
    answer = as_amina.post(at(cohort, "contacts/"), data | {"first-base": "1", "first-revision": "0"})
    assert list(answer.context["forms"][0].errors) == ["email"]
    assert (Cohort.objects.get().settings, Version.objects.count()) == ({}, 1)


def test_an_address_saved_by_somebody_else_meanwhile_is_shown_and_nothing_is_half_saved(as_amina, cohort, amina):
    actions.change_settings(Cohort.objects.get(), {"contact_email": "theirs@chapter.ca"}, by=amina)
    data = {"contact": "first", "first-name_fr": "Nous", "first-name_en": "Us", "first-email": "mine@chapter.ca"}
    answer = as_amina.post(at(cohort, "contacts/"), data | {"first-base": "1", "first-revision": "0"})
    form = answer.context["forms"][0]
    assert "theirs@chapter.ca" in form.errors["email"][0]
    assert (Cohort.objects.get().setting("contact_email"), Version.objects.count()) == ("theirs@chapter.ca", 1)
    as_amina.post(at(cohort, "contacts/"), data | {"first-base": form["base"].value(), "first-revision": form["revision"].value()})
    assert Cohort.objects.get().setting("contact_email") == "mine@chapter.ca"


# --- the definition as a file


def yaml(text: str | bytes, name="program.yaml"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def test_a_definition_is_downloaded_as_it_can_be_brought_back(as_amina, cohort):
    answer = as_amina.get(at(cohort, "definition/1/yaml/"))
    assert answer["Content-Disposition"] == 'attachment; filename="chapter-v1.yaml"'
    back = as_amina.post(at(cohort, "definition/"), {"file": yaml(answer.content)})
    assert back["Location"] == at(cohort, "definition/")
    assert Version.objects.count() == 1


def test_a_changed_definition_becomes_a_version_that_waits_to_be_pinned(as_amina, cohort, amina):
    text = to_yaml(factory.changed(summary={"fr": "Bref", "en": "Short"}))
    answer = as_amina.post(at(cohort, "definition/"), {"file": yaml(text), "note": "Shorter"})
    assert answer["Location"] == at(cohort, "definition/2/")
    version = Version.objects.get(number=2)
    assert (version.by, version.note, Cohort.objects.get().version.number) == (amina, "Shorter", 1)
    page = as_amina.get(at(cohort, "definition/2/"))
    assert [(change.where, change.after) for change in page.context["changes"]] == [("summary.fr", "Bref"), ("summary.en", "Short")]
    as_amina.post(at(cohort, "definition/2/pin/"))
    assert Cohort.objects.get().version.number == 2


def test_a_version_that_takes_away_what_people_rely_on_says_so_and_is_not_pinned(as_amina, cohort):
    consents = [item for item in factory.first_blueprint().as_data()["consents"] if item["id"] != "directory"]
    as_amina.post(at(cohort, "definition/"), {"file": yaml(to_yaml(factory.changed(consents=consents)))})
    assert "consents.directory" in words(as_amina.get(at(cohort, "definition/2/")))
    as_amina.post(at(cohort, "definition/2/pin/"))
    assert Cohort.objects.get().version.number == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_faulty_definition_is_answered_with_every_fault_its_place_and_its_line(as_amina, cohort, language):
    text = to_yaml(factory.first_blueprint()).replace("kind: mentee", "kind: menteee", 1).replace("mode: window", "mode: windows", 1)
    answer = as_amina.post(at(cohort, "definition/", language), {"file": yaml(text), "note": "Kept"})
    assert [fault["where"] for fault in answer.context["faults"]] == ["roles[1].kind", "intake.mode"]
    lines = text.splitlines()
    assert all(bad in lines[fault["line"] - 1] for fault, bad in zip(answer.context["faults"], ("menteee", "windows"), strict=True))
    assert 'value="Kept"' in answer.content.decode()
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty."),
        (b"\xff\xfe\x00", "There is 1 thing to mend in this file: it is listed below. Nothing was saved."),
        (b"a: &x [*x]", "There is 1 thing to mend in this file: it is listed below. Nothing was saved."),
        (b"x" * 4_000_001, "This file is too large to be a definition. Choose the YAML file that you downloaded here."),
    ],
)
def test_what_is_no_definition_is_refused_beside_the_field(as_amina, cohort, content, message):
    answer = as_amina.post(at(cohort, "definition/"), {"file": yaml(content)})
    assert answer.context["form"].errors == {"file": [message]}
    assert Version.objects.count() == 1


def test_sending_no_file_is_answered_beside_the_field(as_amina, cohort):
    assert as_amina.post(at(cohort, "definition/"), {}).context["form"].errors == {"file": ["Choose a file."]}


def test_a_child_starts_from_a_version_of_a_program_that_its_author_designs(as_amina, cohort, dan):
    child = "schema: 1\nid: child\nname: {fr: Enfant, en: Child}\nchild_of: {id: cchl_quebec, version: 1}\n"
    as_amina.post(at(cohort, "definition/"), {"file": yaml(child)})
    assert Version.objects.get(program=cohort.program, number=2).definition.name == Text("Enfant", "Child")


def test_a_child_of_a_program_that_its_author_does_not_design_is_refused(as_amina, cohort, dan):
    actions.save_version(Program.objects.exclude(pk=cohort.program_id).get(), factory.changed(id="secret"), by=dan)
    child = "schema: 1\nid: child\nname: {fr: Enfant, en: Child}\nchild_of: {id: secret, version: 2}\n"
    answer = as_amina.post(at(cohort, "definition/"), {"file": yaml(child)})
    assert [fault["where"] for fault in answer.context["faults"]] == ["child_of"]


def test_the_list_of_versions_takes_the_same_number_of_queries_with_1_and_with_4(as_amina, cohort, amina, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        as_amina.get(at(cohort, "definition/"))
    for number in range(3):
        actions.save_version(cohort.program, factory.changed(summary={"fr": f"{number}", "en": f"{number}"}), by=amina)
    with django_assert_num_queries(len(before)):
        as_amina.get(at(cohort, "definition/"))
