"""Accounts, their keys, sign-in links and consents."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress

from releve.audit.models import Event
from releve.core.vault.models import VaultKey
from releve.people import actions
from releve.people.models import Consent, Person
from tests.factories.people import person

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def test_an_account_is_opened_once_for_an_address_however_it_is_written():
    first, is_new = actions.ensure_person(" Bo@Example.org", name="Bo", language="fr")
    second, is_new_again = actions.ensure_person("bo@example.ORG\u00a0", name="Robert", language="en")
    assert (is_new, is_new_again) == (True, False)
    assert (first.pk, second.name, second.language) == (second.pk, "Bo", "fr")
    assert not first.has_usable_password()


def test_a_person_has_one_key_of_their_own():
    bo = person("Bo")
    again = Person.objects.get(pk=bo.pk)  # another request, which does not know of the key yet
    assert actions.person_key(bo) == actions.person_key(again) == Person.objects.get(pk=bo.pk).self_key
    assert VaultKey.objects.count() == 1


def test_a_link_tells_whom_it_lets_in_without_being_used_up():
    bo = person("Bo")
    token = actions.sign_in_token(bo)
    assert {actions.holder_of(token) for _time in range(5)} == {bo}


def test_a_link_works_twice():
    bo = person("Bo")
    token = actions.sign_in_token(bo)
    assert [actions.use_link(token, now=NOW), actions.use_link(token, now=NOW)] == [bo, bo]
    with pytest.raises(actions.LinkSpent):
        actions.use_link(token, now=NOW)


def test_a_new_letter_brings_a_new_link():
    bo = person("Bo")
    with time_machine.travel(NOW, tick=False):
        old = actions.sign_in_token(bo)
        actions.use_link(old, now=NOW)
        actions.use_link(old, now=NOW)
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert actions.holder_of(actions.sign_in_token(bo)) == bo


def test_a_link_ages_after_forty_five_days():
    bo = person("Bo")
    with time_machine.travel(NOW, tick=False):
        token = actions.sign_in_token(bo)
    with time_machine.travel(NOW + timedelta(days=44), tick=False):
        assert actions.holder_of(token) == bo
    with time_machine.travel(NOW + timedelta(days=46), tick=False), pytest.raises(actions.LinkUnreadable):
        actions.holder_of(token)


def test_a_link_is_spent_once_there_is_a_password():
    bo = person("Bo")
    token = actions.sign_in_token(bo)
    bo.set_password("a long sentence of mine")
    bo.save()
    with pytest.raises(actions.LinkSpent):
        actions.holder_of(token)


def test_a_link_is_spent_once_the_address_is_another():
    bo = person("Bo")
    token = actions.sign_in_token(bo)
    Person.objects.filter(pk=bo.pk).update(email="new@example.org")
    with pytest.raises(actions.LinkSpent):
        actions.holder_of(token)


@pytest.mark.parametrize("spoil", [lambda it: it[:-2], lambda it: "x" + it, lambda it: "", lambda it: "\x00", lambda it: it + ":é"])
def test_a_spoiled_link_lets_nobody_in(spoil):
    token = actions.sign_in_token(person("Bo"))
    with pytest.raises(actions.LinkUnreadable):
        actions.holder_of(spoil(token))


def test_the_link_of_a_closed_account_lets_nobody_in():
    bo = person("Bo")
    token = actions.sign_in_token(bo)
    Person.objects.filter(pk=bo.pk).update(is_active=False)
    with pytest.raises(actions.LinkUnreadable):
        actions.holder_of(token)


def test_coming_in_proves_the_address_and_only_that_one():
    bo = person("Bo", email="bo@example.org")
    EmailAddress.objects.create(user=bo, email="old@example.org", verified=True, primary=True)
    actions.prove_address(bo)
    actions.prove_address(bo)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("bo@example.org", True, True)]


def test_the_first_welcome_counts():
    bo = person("Bo")
    assert [actions.welcome(bo, now=NOW), actions.welcome(bo, now=NOW + timedelta(days=1))] == [True, False]
    assert Person.objects.get(pk=bo.pk).welcomed_at == NOW


def test_a_consent_keeps_the_very_text_and_ends_when_withdrawn():
    bo = person("Bo")
    given = actions.give_consent(bo, "account", text="I agree.", language="en", now=NOW)
    assert actions.give_consent(bo, "account", text="I agree.", language="en", now=NOW) == given
    assert actions.withdraw_consent(bo, "account", now=NOW + timedelta(hours=1)) is True
    assert actions.withdraw_consent(bo, "account", now=NOW + timedelta(hours=2)) is False
    assert list(Consent.objects.values_list("text", "given_at", "withdrawn_at")) == [("I agree.", NOW, NOW + timedelta(hours=1))]
    assert [event.verb for event in Event.objects.all()] == ["consent.give", "consent.withdraw"]


def test_a_new_text_asks_for_a_new_consent():
    bo = person("Bo")
    actions.give_consent(bo, "account", text="Old.", language="en", now=NOW)
    actions.give_consent(bo, "account", text="New.", language="en", now=NOW)
    assert list(bo.consents.filter(withdrawn_at__isnull=True).values_list("text", flat=True)) == ["New."]
    assert bo.consents.count() == 2


def test_opening_an_account_that_exists_changes_nothing_of_it():
    bo = person("Bo", email="bo@example.org")
    again = actions.open_account("bo@example.org", name="Mallory", language="en", consent="I agree.", now=NOW)
    assert (again, again.name, again.consents.count()) == (bo, "Bo", 0)
