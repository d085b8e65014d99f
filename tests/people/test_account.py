"""The page of an account, its address, its password, its sessions; and what follows a person from page to page."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from releve.people import actions
from releve.people.models import Person
from tests.factories.people import person

pytestmark = pytest.mark.urls("tests.people.pages")
PASSWORD = "une longue phrase à moi"
ANSWERS = {"name": "Bo Li", "called": "Bo", "language": "fr", "time_zone": "America/Toronto"}


def at(name, *args, language="fr"):
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def bo(client):
    bo = person("Bo", email="bo@example.org")
    client.force_login(bo)
    return bo


def test_a_person_says_how_they_are_named_called_and_addressed(client, bo):
    answer = client.post(
        at("people:show_account"), {"name": "  Bo\u00a0 Li-Tremblay ", "called": "", "language": "en", "time_zone": "America/Moncton"}
    )
    assert answer["Location"] == "/en/account/"
    bo.refresh_from_db()
    assert (bo.name, bo.called, bo.language, bo.time_zone) == ("Bo Li-Tremblay", "", "en", "America/Moncton")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "\x00"}, {"name": "x" * 201}, {"language": "de"}, {"time_zone": "Mars/Olympus"}, {"called": "x" * 81}]
)
def test_a_wrong_value_is_said_and_changes_nothing(client, bo, wrong):
    answer = client.post(at("people:show_account"), ANSWERS | wrong)
    assert (answer.status_code, 'class="errors"' in answer.content.decode()) == (200, True)
    assert Person.objects.get(pk=bo.pk).name == "Bo"


def test_consents_are_listed_in_the_words_that_were_read(client, bo):
    actions.give_consent(bo, "account", text="I agree to MARKER.", language="en", now=bo.created_at)
    assert '<p lang="en">I agree to MARKER.</p>' in client.get(at("people:show_account")).content.decode()


def test_the_page_is_not_kept_by_the_browser(client, bo):
    assert "no-store" in client.get(at("people:show_account"))["Cache-Control"]


def test_the_address_changes_with_a_code_sent_to_the_new_one(client, bo):
    answer = client.post(at("account_email"), {"email": "New@Example.org", "action_add": "1"})
    assert answer["Location"] == at("account_email_verification_sent")
    letter = mail.outbox[0]
    assert letter.to == ["new@example.org"]
    assert Person.objects.get(pk=bo.pk).email == "bo@example.org"
    code = re.search(r"\d{4}-\d{4}", letter.body).group()
    answer = client.post(at("account_email_verification_sent"), {"code": code})
    assert answer["Location"] == at("people:show_account")
    assert Person.objects.get(pk=bo.pk).email == "new@example.org"
    assert [letter.to for letter in mail.outbox[1:]] == [["bo@example.org"]]
    assert "new@example.org" in mail.outbox[1].body


def test_the_address_of_somebody_else_is_not_taken(client, bo):
    person("Chloé", email="chloe@example.org")
    client.post(at("account_email"), {"email": "chloe@example.org", "action_add": "1"})
    found = re.search(r"\d{4}-\d{4}", mail.outbox[0].body)
    client.post(at("account_email_verification_sent"), {"code": found.group() if found else "0000-0000"})
    assert Person.objects.get(pk=bo.pk).email == "bo@example.org"


def test_a_password_is_set_and_changed_and_both_are_told(client, bo):
    client.post(at("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(pk=bo.pk).check_password(PASSWORD)
    assert SESSION_KEY in client.session
    new = "encore une longue phrase"
    client.post(at("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert Person.objects.get(pk=bo.pk).check_password(new)
    assert [letter.subject for letter in mail.outbox] == ["Votre compte a un mot de passe", "Votre mot de passe a été changé"]


def test_a_short_password_is_refused(client, bo):
    answer = client.post(at("account_set_password"), {"password1": "court", "password2": "court"})
    assert "12 caractères" in answer.content.decode()
    assert not Person.objects.get(pk=bo.pk).has_usable_password()


def test_signing_out_everywhere_else_leaves_this_session(client, bo):
    elsewhere = client.__class__()
    elsewhere.force_login(bo)
    assert elsewhere.get("/fr/hour/").status_code == 200
    client.post(at("people:end_other_sessions"))
    assert client.get("/fr/hour/").status_code == 200
    assert elsewhere.get("/fr/hour/").status_code == 302


# --- from page to page


def test_hours_are_those_of_where_the_person_lives(client):
    client.force_login(person("Bo", time_zone="America/Moncton"))
    assert client.get("/fr/hour/").content == b"America/Moncton"
    client.logout()
    client.force_login(person("Chloé", time_zone="America/Vancouver"))
    assert client.get("/fr/hour/").content == b"America/Vancouver"


def test_the_other_language_chosen_on_a_page_is_kept(client, bo):
    answer = client.get("/en/hour/", headers={"Referer": "http://testserver/fr/hour/"})
    assert Person.objects.get(pk=bo.pk).language == "en"
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize("referer", ["", "http://testserver/fr/account/", "http://evil.example/fr/hour/", "http://testserver/en/hour/"])
def test_a_link_to_a_page_in_the_other_language_changes_nothing(client, bo, referer):
    client.get("/en/hour/", headers={"Referer": referer})
    assert Person.objects.get(pk=bo.pk).language == "fr"


def test_a_visitor_is_brought_back_to_the_page_they_wanted(client):
    assert client.get("/fr/hour/?a=1")["Location"] == "/fr/account/login/code/?next=/fr/hour/%3Fa%3D1"


def test_what_is_sent_after_the_session_ended_leads_back_to_its_form_and_says_so(client):
    answer = client.post("/fr/keep/", headers={"Referer": "http://testserver/fr/hour/?a=1"}, follow=True)
    assert answer.redirect_chain[0][0] == "/fr/account/login/code/?next=/fr/hour/%3Fa%3D1"
    assert "Votre session était terminée" in answer.content.decode()
    assert client.post("/fr/keep/", headers={"Referer": "http://evil.example/x"})["Location"] == "/fr/account/login/code/?next=/"


def test_what_was_written_comes_back_when_the_session_had_ended(client):
    sent = {"text": "Trois mots <b>écrits</b>\r\net une ligne", "choice": "one", "new_password": "not this one"}
    answer = client.post("/fr/keep/", sent, headers={"Referer": "http://testserver/fr/hour/?a=1"})
    page = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (403, True)
    assert "Trois mots &lt;b&gt;écrits&lt;/b&gt;" in page
    assert '<input type="hidden" name="choice" value="one">' in page
    assert "not this one" not in page
    assert 'href="/fr/account/login/code/?next=/fr/hour/%3Fa%3D1"' in page


def test_another_site_puts_no_words_on_our_pages(client):
    answer = client.post("/fr/keep/", {"text": "Call this number at once"}, headers={"Origin": "http://evil.example"}, follow=True)
    assert "Call this number" not in answer.content.decode()


def test_a_piece_of_a_page_never_becomes_the_sign_in_form(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/fr/hour/"}
    answer = client.post("/fr/keep/", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"].startswith("/fr/account/login/code/?next=")


def test_permissions_are_printed_for_review(capsys):
    call_command("permissions")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["coordinator", "committee", "reader"]
    assert {line.split()[0]: line.split()[1:] for line in lines[1:]}["read_totals"] == ["yes", "yes", "yes"]
    assert {line.split()[0]: line.split()[1:] for line in lines[1:]}["read_log"] == ["yes", "-", "-"]
