"""A signature says so when the text, the name, the language or the moment is not what was signed."""

import datetime as dt

import pytest
from django.db import connection

from releve.core.vault import keys
from releve.relationships.models import State
from releve.workspace.integrity import is_intact
from releve.workspace.models import Agreement, Signature
from releve.workspace.queries import paper_of
from tests.factories import workspace
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    two = pair(State.ACCEPTED)
    workspace.signed(two.mentor)
    return two


def signature():
    return Signature.objects.select_related("agreement").get()


def test_untouched_signature_is_intact(two):
    assert is_intact(signature())


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "en"},
        {"signed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"digest": "0" * 64},
    ],
)
def test_changed_column_shows(two, changes):
    Signature.objects.update(**changes)
    assert not is_intact(signature())


def test_changed_number_of_the_version_shows(two):
    Agreement.objects.update(number=2)
    assert not is_intact(signature())


@pytest.mark.parametrize(("table", "column"), [("workspace_agreement", "text"), ("workspace_signature", "name")])
def test_flipped_byte_of_the_sealed_text_shows(two, table, column):
    row = Agreement.objects.get() if column == "text" else signature()
    sealed = bytearray(row.__dict__[column])
    sealed[-1] ^= 1
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [bytes(sealed)])  # noqa: S608  names of ours
    assert not is_intact(signature())


def test_text_replaced_by_one_that_the_key_itself_sealed_shows(two):
    agreement = Agreement.objects.get()
    agreement.text = {**agreement.text, "fr": "Rien ne reste entre nous."}
    agreement.save()
    assert not is_intact(signature())
    paper = paper_of(two.mentor, workspace.commitment(two.mentor))
    assert (paper.readable, [one.intact for one in paper.signed if one.signature]) == (True, [False])


def test_signature_moved_under_another_pair_s_text_shows(two):
    other = pair(State.ACCEPTED)
    workspace.signed(other.mentor)
    mine, theirs = Signature.objects.select_related("agreement").order_by("created_at")
    Signature.objects.filter(pk=mine.pk).update(digest=theirs.digest)
    assert not is_intact(Signature.objects.select_related("agreement").get(pk=mine.pk))


def test_destroyed_key_leaves_nothing_to_trust(two):
    keys.destroy_keys([two.relationship.joint_key])
    paper = paper_of(two.mentor, workspace.commitment(two.mentor))
    assert (is_intact(signature()), paper.readable) == (False, False)


def test_digest_cannot_be_compared_with_a_guess_at_the_text(two):
    """Two pairs sign the same words at the same moment: the digests tell nothing about it."""
    other = pair(State.ACCEPTED)
    workspace.signed(other.mentor)
    assert len(set(Signature.objects.values_list("digest", flat=True))) == 2
