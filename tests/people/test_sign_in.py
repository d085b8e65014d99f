"""Coming in: by a code, by a password, by a link, by opening an account; and going out."""

import re

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY, get_user
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from releve.people import actions
from releve.people.models import Person
from tests.factories.people import person

pytestmark = pytest.mark.urls("tests.people.pages")
PASSWORD = "une longue phrase à moi"


def at(name, *args, language="fr"):
    with override(language):
        return reverse(name, args=args)


def code_of(letter):
    return re.search(r"\d{4}-\d{4}", letter.body).group()


def ask_for_code(client, email, language="fr", next_path=""):
    return client.post(at("account_request_login_code", language=language), {"email": email, "next": next_path}, follow=True)


def write_code(client, code, language="fr", next_path=""):
    return client.post(at("account_confirm_login_code", language=language), {"code": code, "next": next_path})


def who(client):
    request = type("Request", (), {"session": client.session})()
    return get_user(request)


# --- by a code


def test_a_code_lets_in_and_leads_on(client):
    bo = person("Bo", email="bo@example.org")
    ask_for_code(client, "BO@example.org", next_path="/fr/hour/")
    answer = write_code(client, code_of(mail.outbox[0]), next_path="/fr/hour/")
    assert (answer.status_code, answer["Location"]) == (302, "/fr/hour/")
    assert who(client) == bo
    assert Person.objects.get(pk=bo.pk).welcomed_at is not None
    assert len(mail.outbox) == 1  # no second code to prove the address


def test_a_code_is_typed_with_or_without_its_dash(client):
    bo = person("Bo", email="bo@example.org")
    ask_for_code(client, "bo@example.org")
    write_code(client, code_of(mail.outbox[0]).replace("-", " "))
    assert who(client) == bo


@pytest.mark.parametrize(("language", "subject"), [("fr", "Votre code de connexion\u00a0: "), ("en", "Your sign-in code: ")])
def test_the_letter_speaks_the_language_of_its_reader(client, language, subject):
    person("Bo", email="bo@example.org", language=language)
    ask_for_code(client, "bo@example.org", language="fr" if language == "en" else "en")
    letter = mail.outbox[0]
    assert letter.subject == subject + code_of(letter)
    assert letter.extra_headers["Content-Language"] == language
    assert [kind for _content, kind in letter.alternatives] == ["text/html"]


def test_nothing_shown_tells_whether_an_address_has_an_account(client):
    person("Bo", email="bo@example.org")
    known = ask_for_code(client, "bo@example.org").content.decode()
    unknown = ask_for_code(client.__class__(), "no@example.org").content.decode()
    mask = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert mask.sub("", known).replace("bo@example.org", "X") == mask.sub("", unknown).replace("no@example.org", "X")
    assert "X" in mask.sub("", known).replace("bo@example.org", "X")
    assert [letter.to for letter in mail.outbox] == [["bo@example.org"], ["no@example.org"]]
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[1].body)


def test_a_wrong_code_is_told_beside_its_box_and_tried_five_times(client):
    person("Bo", email="bo@example.org")
    ask_for_code(client, "bo@example.org")
    for _time in range(4):
        answer = write_code(client, "0000-000x")
        assert "Ce code n’est pas le bon. Copiez-le du dernier courriel reçu." in answer.content.decode()
    assert write_code(client, "0000-000x").status_code == 302
    assert write_code(client, code_of(mail.outbox[0])).status_code == 302
    assert SESSION_KEY not in client.session


def test_a_code_ages_after_fifteen_minutes(client):
    bo = person("Bo", email="bo@example.org")
    with time_machine.travel("2026-03-02T14:00:00Z", tick=False) as clock:
        ask_for_code(client, "bo@example.org")
        clock.shift(14 * 60)
        write_code(client, code_of(mail.outbox[0]))
        assert who(client) == bo
        client.logout()
        ask_for_code(client, "bo@example.org")
        clock.shift(16 * 60)
        write_code(client, code_of(mail.outbox[1]))
    assert SESSION_KEY not in client.session


def test_another_code_can_be_asked_for(client):
    bo = person("Bo", email="bo@example.org")
    ask_for_code(client, "bo@example.org")
    client.post(at("account_confirm_login_code"), {"action": "resend"})
    old, new = (code_of(letter) for letter in mail.outbox)
    write_code(client, old)
    assert SESSION_KEY not in client.session
    write_code(client, new)
    assert who(client) == bo


def test_another_address_can_be_used_instead(client):
    bo = person("Bo", email="bo@example.org")
    ask_for_code(client, "typo@example.org", next_path="/fr/hour/")
    again = "/fr/account/login/code/?next=/fr/hour/"
    assert client.get(again).status_code == 302  # the code is still waited for
    assert client.post(at("account_logout"), {"next": again})["Location"] == again
    assert client.get(again).status_code == 200
    ask_for_code(client, "bo@example.org")
    write_code(client, code_of(mail.outbox[1]))
    assert who(client) == bo


def test_somebody_signed_out_for_good_gets_no_code(client):
    person("Bo", email="bo@example.org", is_active=False)
    ask_for_code(client, "bo@example.org")
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[0].body)


def test_somebody_whose_account_is_closed_is_signed_out_at_once(client):
    bo = person("Bo", email="bo@example.org")
    ask_for_code(client, "bo@example.org")
    write_code(client, code_of(mail.outbox[0]))
    assert who(client) == bo
    Person.objects.filter(email="bo@example.org").update(is_active=False)
    assert client.get("/fr/my-data/").status_code == 302
    assert who(client) != bo


def test_the_way_leads_only_to_this_site(client):
    person("Bo", email="bo@example.org")
    ask_for_code(client, "bo@example.org", next_path="https://evil.example/")
    assert write_code(client, code_of(mail.outbox[0]), next_path="https://evil.example/")["Location"].startswith("/")


def test_a_mail_server_that_does_not_answer_is_said(client, settings):
    settings.EMAIL_BACKEND = "tests.people.broken_mail.BrokenBackend"
    person("Bo", email="bo@example.org")
    answer = client.post(at("account_request_login_code"), {"email": "bo@example.org"})
    assert answer.status_code == 503
    assert "Le courriel n’a pas pu partir" in answer.content.decode()


# --- by a password


def test_a_password_lets_in(client):
    bo = person("Bo", email="bo@example.org", password=PASSWORD)
    answer = client.post(at("account_login"), {"login": "bo@example.org", "password": PASSWORD, "next": "/fr/hour/"})
    assert answer["Location"] == "/fr/hour/"
    assert who(client) == bo
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["bo@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, email):
    person("Bo", email="bo@example.org", password=PASSWORD)
    answer = client.post(at("account_login"), {"login": email, "password": "not this one"})
    assert "Cette adresse et ce mot de passe ne correspondent pas." in answer.content.decode()


def test_a_forgotten_password_is_chosen_anew_by_a_code(client):
    bo = person("Bo", email="bo@example.org", password=PASSWORD)
    client.post(at("account_reset_password"), {"email": "bo@example.org"})
    client.post(at("account_confirm_password_reset_code"), {"code": code_of(mail.outbox[0])})
    new = "une autre longue phrase"
    client.post(at("account_complete_password_reset"), {"password1": new, "password2": new})
    assert Person.objects.get(pk=bo.pk).check_password(new)
    assert [letter.subject for letter in mail.outbox][1:] == ["Votre mot de passe a été changé"]


# --- language and time


def test_coming_in_leads_to_the_persons_own_language(client):
    person("Bo", email="bo@example.org", language="en")
    ask_for_code(client, "bo@example.org", next_path="/fr/hour/?a=1")
    answer = write_code(client, code_of(mail.outbox[0]), next_path="/fr/hour/?a=1")
    assert answer["Location"] == "/en/hour/?a=1"
    assert answer.cookies["django_language"].value == "en"


# --- by a link


@pytest.fixture
def link(client):
    bo = person("Bo", email="bo@example.org", language="fr")
    with override("fr"):
        return bo, actions.sign_in_path(bo, next_path="/fr/hour/")


def test_opening_the_link_signs_nobody_in(client, link):
    for _time in range(5):
        answer = client.get(link[1])
        assert (answer.status_code, SESSION_KEY in client.session) == (200, False)
    assert client.head(link[1]).status_code == 200
    assert "Continuer" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_button_signs_in_and_leads_on(client, link):
    bo, path = link
    answer = client.post(path)
    assert answer["Location"] == "/fr/hour/"
    assert who(client) == bo
    assert client.get(path)["Location"] == "/fr/hour/"  # already in


def test_a_link_used_twice_offers_a_code(client, link):
    for _time in range(2):
        client.post(link[1])
        client.logout()
    answer = client.post(link[1])
    assert (answer.status_code, SESSION_KEY in client.session) == (410, False)
    assert "fonctionne deux fois" in answer.content.decode()
    assert "/fr/account/login/code/?next=%2Ffr%2Fhour%2F" in answer.content.decode()


def test_a_link_is_of_no_use_to_whoever_set_a_password(client, link):
    bo, path = link
    bo.set_password(PASSWORD)
    bo.save()
    assert client.post(path).status_code == 410


def test_a_link_takes_over_from_somebody_else_signed_in_here(client, link):
    client.force_login(person("Chloé", language="fr"))
    page = client.get(link[1]).content.decode()
    assert "Chloé" in page
    client.post(link[1])
    assert who(client) == link[0]


def test_a_spoiled_link_says_so(client):
    assert client.get("/fr/account/come-in/nonsense/").status_code == 410


# --- by opening an account


def open_account(client, next_path="/fr/register/mentor/", language="fr", **data):
    data = {"email": "new@example.org", "name": "Marie-Ève de la Chevrotière", "agrees": "on"} | data
    return client.post(f"{at('people:open_account', language=language)}?next={next_path}", data)


def test_registering_opens_an_account_on_the_way(client):
    assert open_account(client).status_code == 302
    assert not Person.objects.filter(email="new@example.org").exists()  # not before the address is proven
    answer = client.post(at("people:confirm_account"), {"code": code_of(mail.outbox[0])})
    assert answer["Location"] == "/fr/register/mentor/"
    new = Person.objects.get(email="new@example.org")
    assert (who(client), new.name, new.language) == (new, "Marie-Ève de la Chevrotière", "fr")
    consent = new.consents.get()
    assert consent.text.startswith("J’accepte que mon nom et mon adresse courriel")


def test_somebody_who_has_an_account_sees_the_same_and_comes_in_to_it(client):
    bo = person("Bo", email="bo@example.org", language="fr")
    fresh = client.__class__()
    open_account(client, email="bo@example.org")
    open_account(fresh, email="no@example.org")
    pages = [each.get(at("people:confirm_account")).content.decode() for each in (client, fresh)]
    mask = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert mask.sub("", pages[0]).replace("bo@", "X@") == mask.sub("", pages[1]).replace("no@", "X@")
    assert len({len(letter.body) for letter in mail.outbox}) == 1
    client.post(at("people:confirm_account"), {"code": code_of(mail.outbox[0])})
    assert (who(client), Person.objects.get(pk=bo.pk).name) == (bo, "Bo")


@pytest.mark.parametrize(
    "next_path", ["", "/fr/register/mentee/", "/fr/hour/", "https://evil.example/fr/register/mentor/", "//evil", "/nowhere/"]
)
def test_no_account_is_opened_on_the_way_to_anything_else(client, next_path):
    answer = open_account(client, next_path=next_path)
    assert (answer.status_code, mail.outbox) == (200, [])
    assert "Les comptes s’ouvrent en chemin vers un programme" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"agrees": ""}, "Sans ce consentement, le compte ne peut pas s’ouvrir."),
        ({"email": "not an address"}, "adresse"),
        ({"name": " \x00 "}, "Ce champ est obligatoire."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(client, data, sentence):
    answer = open_account(client, **data)
    assert sentence in answer.content.decode()
    assert mail.outbox == []


def test_a_guessed_code_opens_nothing(client):
    open_account(client)
    for _time in range(5):
        answer = client.post(at("people:confirm_account"), {"code": "0000-000x"})
    assert answer["Location"] == "/fr/account/open/?next=%2Ffr%2Fregister%2Fmentor%2F"
    client.post(at("people:confirm_account"), {"code": code_of(mail.outbox[0])})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_the_sign_in_page_offers_an_account_where_one_is_called_for(client):
    sign_in = at("account_request_login_code")
    assert "Ouvrir un compte" in client.get(f"{sign_in}?next=/fr/register/mentor/").content.decode()
    assert "Ouvrir un compte" not in client.get(f"{sign_in}?next=/fr/hour/").content.decode()


def test_allauths_own_sign_up_is_closed(client):
    answer = client.post(at("account_signup"), {"email": "x@example.org", "password1": PASSWORD})
    assert "Les comptes s’ouvrent en chemin vers un programme" in answer.content.decode()
    assert Person.objects.count() == 0


# --- limits, and going out


def test_too_many_codes_are_refused_with_a_sentence(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    person("Bo", email="bo@example.org")
    answers = [client.__class__().post(at("account_request_login_code"), {"email": "bo@example.org"}) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "Trop d’essais. Attendez quelques minutes, puis recommencez." in answers[3].content.decode()
    assert len(mail.outbox) == 3


def test_going_out_asks_first(client):
    client.force_login(person("Bo"))
    assert client.get(at("account_logout")).status_code == 200
    assert SESSION_KEY in client.session
    client.post(at("account_logout"))
    assert SESSION_KEY not in client.session
