"""The pages about letters: what one receives, and the letters of the demonstration."""

import pytest
from django.utils import timezone

from releve.notifications import queries
from releve.notifications.actions import deliver_due, notify
from releve.notifications.models import DemoLetter


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "releve.notifications.demo_backend.DemoBackend"


@pytest.fixture
def letter():
    return DemoLetter.objects.create(
        to="chloe@example.org", subject="Bonjour", text="Voyez https://example.org/x", html="<p>Bonjour</p>", language="fr"
    )


def test_choosing_letters_shows_what_is_on_and_saves_what_is_chosen(client, chloe):
    client.force_login(chloe)
    page = client.get("/fr/account/letters/")
    assert page.context["form"]["groups"].initial == ["reminders"]
    answer = client.post("/fr/account/letters/", {})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/account/letters/")
    assert queries.switched_off(chloe) == {"reminders"}
    client.post("/fr/account/letters/", {"groups": ["reminders"]})
    assert queries.switched_off(chloe) == set()


def test_choosing_an_unknown_group_is_answered_beside_the_field_and_changes_nothing(client, chloe):
    client.force_login(chloe)
    page = client.post("/en/account/letters/", {"groups": ["<b>"]})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["groups"]
    assert queries.switched_off(chloe) == set()


def test_choosing_letters_needs_an_account(client):
    assert client.get("/fr/account/letters/").status_code == 302


@pytest.mark.parametrize("address", ["/fr/letters/", "/fr/letters/{pk}/", "/fr/letters/{pk}/as-sent/"])
def test_letters_are_shown_to_everyone_in_the_demonstration_and_to_nobody_elsewhere(client, letter, settings, address):
    address = address.format(pk=letter.pk)
    settings.DEMO = False
    assert client.get(address).status_code == 404
    settings.DEMO = True
    page = client.get(address)
    assert page.status_code == 200
    assert "Bonjour" in page.content.decode()


@pytest.mark.usefixtures("in_demo")
def test_the_list_without_letters_says_what_will_be_there(client):
    assert "Aucun courriel" in client.get("/fr/letters/").content.decode()


@pytest.mark.usefixtures("in_demo")
def test_the_list_takes_the_same_number_of_queries_however_long(client, letter, django_assert_num_queries):
    for count in (2, 40):
        DemoLetter.objects.bulk_create(DemoLetter(to="a@example.org", subject="A", text="A", language="en") for _ in range(count))
        with django_assert_num_queries(2):
            client.get("/fr/letters/")


@pytest.mark.usefixtures("in_demo")
def test_a_letter_as_sent_may_style_itself_and_do_nothing_else(client, letter):
    page = client.get(f"/fr/letters/{letter.pk}/as-sent/")
    policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["style-src"], "script-src" in policy) == ("'none'", "'unsafe-inline'", False)
    assert "allow-scripts" not in policy["sandbox"]
    assert "allow-same-origin" not in policy["sandbox"]


@pytest.mark.usefixtures("in_demo")
def test_a_letter_without_html_has_no_page_of_its_own(client, letter):
    DemoLetter.objects.update(html="")
    assert client.get(f"/fr/letters/{letter.pk}/as-sent/").status_code == 404
    assert "as-sent" not in client.get(f"/fr/letters/{letter.pk}/").content.decode()


@pytest.mark.usefixtures("in_demo")
def test_hostile_letters_stay_words(client, letter):
    DemoLetter.objects.update(subject="<script>x</script>", text="<script>y</script>")
    page = client.get(f"/fr/letters/{letter.pk}/").content.decode()
    assert "<script>x" not in page
    assert "<script>y" not in page


@pytest.mark.usefixtures("in_demo")
def test_what_the_demonstration_sends_arrives_on_its_page(chloe):
    notify(chloe, "hello", due_key="1")
    assert deliver_due(timezone.now()) == 1
    kept = DemoLetter.objects.get()
    assert (kept.to, kept.subject, kept.language) == ("chloe@example.org", "Bonjour Chloé Bélanger", "fr")
    assert kept.text.startswith("Bonjour, voyez la page")
    assert kept.html.startswith("<!doctype html>")
