"""Data keys: made, opened, rewrapped, and destroyed for good."""

import secrets

import pytest
from django.db import connections, transaction
from django.test import RequestFactory
from django.utils import timezone

from releve.core.models import KeyToDestroy
from releve.core.vault import keys
from releve.core.vault.middleware import forget_keys
from releve.core.vault.models import VaultKey


def in_vault() -> int:
    return VaultKey.objects.count()


def test_a_key_opens_to_the_same_bytes_every_time():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    assert keys.open_key(key_id) == keys.open_key(key_id)
    assert len(keys.open_key(key_id)) == 32


def test_the_vault_holds_no_data_key_in_the_clear():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    assert keys.open_key(key_id) not in bytes(VaultKey.objects.get(pk=key_id).wrapped)


def test_the_vault_lives_in_a_database_of_its_own():
    keys.create_key(VaultKey.Kind.PERSON)
    assert "vault_vaultkey" not in connections["default"].introspection.table_names()
    assert connections["vault"].introspection.table_names().count("vault_vaultkey") == 1


def test_no_key_opens_nothing():
    assert keys.open_key(None) is None


def test_destroying_removes_the_key_once_the_transaction_has_committed(django_capture_on_commit_callbacks):
    gone, kept = keys.create_key(VaultKey.Kind.PERSON), keys.create_key(VaultKey.Kind.PERSON)
    with django_capture_on_commit_callbacks(execute=True):
        keys.destroy_keys([gone, None])
        assert (keys.open_key(gone), in_vault()) == (None, 2)  # decided, not yet carried out
    assert list(VaultKey.objects.values_list("pk", flat=True)) == [kept]
    assert KeyToDestroy.objects.count() == 0


def test_destroying_is_undone_with_the_transaction_it_belongs_to():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    with transaction.atomic():
        keys.destroy_keys([key_id])
        transaction.set_rollback(True)
    assert keys.open_key(key_id) is not None


def test_what_a_crash_left_undestroyed_is_destroyed_by_the_tick():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    keys.destroy_keys([key_id])  # the process dies before the commit hook runs
    assert in_vault() == 1
    assert keys.finish_destroying(timezone.now()) == 1
    assert (in_vault(), keys.finish_destroying(timezone.now())) == (0, 0)


def test_destroying_the_same_key_twice_harms_nothing(django_capture_on_commit_callbacks):
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    with django_capture_on_commit_callbacks(execute=True):
        keys.destroy_keys([key_id])
        keys.destroy_keys([key_id])
    assert in_vault() == 0


def test_many_keys_are_destroyed_in_batches(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    with django_capture_on_commit_callbacks(execute=True):
        keys.destroy_keys([keys.create_key(VaultKey.Kind.AUTHOR) for _ in range(5)])
    assert in_vault() == 0


def test_each_change_of_the_vault_is_counted(django_capture_on_commit_callbacks):
    before = keys.state()
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    with django_capture_on_commit_callbacks(execute=True):
        keys.destroy_keys([key_id])
    after = keys.state()
    assert (after.pk, after.changes) == (before.pk, before.changes + 2)


# --- wrapping keys


def test_rewrapping_moves_every_key_to_the_newest_wrapping_key(settings):
    old, new = settings.VAULT_KEYS[0], secrets.token_bytes(32)
    key_ids = [keys.create_key(VaultKey.Kind.PERSON) for _ in range(3)]
    before = [keys.open_key(key_id) for key_id in key_ids]
    settings.VAULT_KEYS = (new, old)
    assert (keys.rewrap_all(), keys.rewrap_all()) == (3, 0)
    settings.VAULT_KEYS = (new,)  # the old one can be thrown away now
    assert [keys.open_key(key_id) for key_id in key_ids] == before


def test_a_missing_wrapping_key_is_named(settings):
    old = settings.VAULT_KEYS[0]
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    assert keys.unopenable() == set()
    settings.VAULT_KEYS = (secrets.token_bytes(32),)
    assert keys.unopenable() == {keys.fingerprint(old)}
    with pytest.raises(keys.VaultError, match=keys.fingerprint(old)):
        keys.open_key(key_id)


def test_a_damaged_key_is_told_from_a_destroyed_one():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    VaultKey.objects.filter(pk=key_id).update(wrapped=b"\x00" * 60)
    with pytest.raises(keys.VaultError, match="damaged"):
        keys.open_key(key_id)


def test_a_wrapped_key_moved_to_another_row_does_not_open():
    one, other = keys.create_key(VaultKey.Kind.PERSON), keys.create_key(VaultKey.Kind.PERSON)
    VaultKey.objects.filter(pk=other).update(wrapped=VaultKey.objects.get(pk=one).wrapped)
    with pytest.raises(keys.VaultError, match="damaged"):
        keys.open_key(other)


# --- one request


def test_a_request_asks_the_vault_once_per_key_and_forgets(django_assert_num_queries):
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    opened = []

    def page(request):
        with django_assert_num_queries(1, using="vault"):
            opened.extend(keys.open_key(key_id) for _ in range(3))

    forget_keys(page)(RequestFactory().get("/"))
    VaultKey.objects.all().delete()
    assert None not in opened
    assert keys.open_key(key_id) is None


def test_a_key_destroyed_during_a_request_opens_nothing_more_in_it():
    key_id = keys.create_key(VaultKey.Kind.PERSON)
    with keys.remembered():
        assert keys.open_key(key_id) is not None
        keys.destroy_keys([key_id])
        assert keys.open_key(key_id) is None
