"""Sealed text: opens for its own row alone, and dies with its key."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction

from releve.core import sealed
from releve.core.sealed import Ciphertext, SealBroken
from releve.core.vault import keys
from releve.core.vault.models import VaultKey
from releve.questionnaires.models import FormVersion, Response

WORDS = {"worry": "Déléguer sans m’excuser"}


@pytest.fixture
def form():
    return FormVersion.objects.create(form_id="sheet", digest="0" * 64, definition={})


@pytest.fixture
def response(form):
    return Response.objects.create(form=form, visibility="self", key=keys.create_key(VaultKey.Kind.PERSON), sealed_answers=WORDS)


def stored(response) -> bytes:
    """Read the column as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_answers, id FROM questionnaires_response")
        rows = {str(row_id).replace("-", ""): bytes(value or b"") for value, row_id in cursor.fetchall()}
    return rows[response.pk.hex]


def test_what_was_sealed_is_read_back(response):
    assert Response.objects.get(pk=response.pk).sealed_answers == WORDS
    assert response.sealed_answers == WORDS


def test_the_database_holds_none_of_the_words(response):
    assert "Déléguer".encode() not in stored(response)
    assert b"worry" not in stored(response)


def test_equal_texts_do_not_look_equal(response, form):
    other = Response.objects.create(form=form, visibility="self", key=response.key, sealed_answers=WORDS)
    assert stored(other) != stored(response)
    assert len(stored(other)) == len(stored(response))


def test_text_moved_to_another_row_does_not_open(response, form):
    other = Response.objects.create(form=form, visibility="self", key=response.key)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE questionnaires_response SET sealed_answers = %s WHERE sealed_answers IS NULL", [stored(response)])
    with pytest.raises(SealBroken):
        _ = Response.objects.get(pk=other.pk).sealed_answers


def test_altered_text_does_not_open(response):
    altered = Ciphertext(stored(response)[:-1] + bytes([stored(response)[-1] ^ 1]))
    Response.objects.filter(pk=response.pk).update(sealed_answers=altered)
    with pytest.raises(SealBroken):
        _ = Response.objects.get(pk=response.pk).sealed_answers


def test_text_is_gone_with_its_key(response):
    keys.destroy_keys([response.key])
    assert Response.objects.get(pk=response.pk).sealed_answers is None


def test_nothing_is_sealed_without_a_key(form):
    with pytest.raises(SealBroken, match="no key"), transaction.atomic():
        Response(form=form, visibility="self", sealed_answers=WORDS).save()
    assert Response.objects.count() == 0


def test_nothing_is_sealed_with_a_destroyed_key(response):
    keys.destroy_keys([response.key])
    response.sealed_answers = {"worry": "new"}
    with pytest.raises(SealBroken, match="no key"), transaction.atomic():
        response.save()


def test_saving_a_row_again_leaves_the_text_as_it_was(response):
    before = stored(response)
    again = Response.objects.get(pk=response.pk)
    again.revision = 7
    again.save()
    assert stored(response) == before


def test_a_row_saved_after_its_key_was_destroyed_keeps_its_ciphertext(response):
    before = stored(response)
    keys.destroy_keys([response.key])
    again = Response.objects.get(pk=response.pk)
    assert again.sealed_answers is None
    again.save()
    assert stored(response) == before


def test_refreshed_and_deferred_rows_read_the_same(response):
    response.refresh_from_db()
    assert response.sealed_answers == WORDS
    assert Response.objects.defer("sealed_answers").get(pk=response.pk).sealed_answers == WORDS
    assert Response.objects.only("pk").get(pk=response.pk).sealed_answers == WORDS


def test_text_that_looks_like_base64_is_kept_by_a_full_check(response):
    response.sealed_answers = "abcd"
    response.clean_fields(exclude=["form", "plain_answers", "saved_at", "submitted_at"])
    response.save()
    assert Response.objects.get(pk=response.pk).sealed_answers == "abcd"


def test_nothing_stays_nothing(response):
    response.sealed_answers = None
    response.save()
    assert Response.objects.filter(sealed_answers__isnull=True).count() == 1


@pytest.mark.parametrize("value", [WORDS, "text", b"bytes"])
def test_sealed_text_cannot_be_searched(value):
    with pytest.raises(FieldError, match="sealed"):
        Response.objects.filter(sealed_answers=value).exists()


def test_sealed_text_cannot_be_searched_by_part():
    with pytest.raises(FieldError, match="sealed"):
        Response.objects.filter(sealed_answers__contains="Déléguer").exists()


def test_sealed_text_cannot_be_written_in_bulk_in_the_clear(response):
    before = stored(response)
    with pytest.raises(FieldError, match="sealed"), transaction.atomic():
        Response.objects.update(sealed_answers="clear")
    response.sealed_answers = "clear"
    with pytest.raises(FieldError, match="sealed"), transaction.atomic():
        Response.objects.bulk_update([response], ["sealed_answers"])
    assert stored(response) == before


def test_rows_made_in_bulk_are_sealed(form):
    key = keys.create_key(VaultKey.Kind.PERSON)
    Response.objects.bulk_create(Response(form=form, visibility="self", key=key, sealed_answers=n) for n in (1, 2))
    assert sorted(row.sealed_answers for row in Response.objects.all()) == [1, 2]


def test_lists_of_values_and_dumps_hold_ciphertext_alone(response):
    assert isinstance(Response.objects.values_list("sealed_answers", flat=True)[0], Ciphertext)
    assert "worry" not in serializers.serialize("json", [Response.objects.get(pk=response.pk)])
    assert repr(Response.objects.values_list("sealed_answers", flat=True)[0]) == "<sealed>"


def test_an_unknown_version_of_the_seal_is_refused():
    with pytest.raises(SealBroken, match="version"):
        sealed.unseal(b"\x02" + b"0" * 40, data_key=b"0" * 32, bound_to="here")
