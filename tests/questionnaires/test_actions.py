"""Keeping answers: drafts, sending, two windows, and what the database holds."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from releve.core.vault.keys import create_key, destroy_keys
from releve.questionnaires import actions
from releve.questionnaires.models import FormVersion, Response
from tests.factories.questionnaires import EVERY_ANSWER, EVERY_TYPE, form, question_data, response

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
NAME = question_data("name", "text", required=True)


def test_the_same_questionnaire_is_kept_once():
    first, second = actions.publish(EVERY_TYPE), actions.publish(EVERY_TYPE)
    assert first == second
    assert FormVersion.objects.get().form == EVERY_TYPE


def test_another_questionnaire_of_the_same_name_is_another_version():
    assert actions.publish(form(NAME)).digest != actions.publish(form(NAME | {"required": False})).digest


def test_a_draft_moves_to_the_next_revision():
    draft = response(form(NAME), answers={"name": "Bo"})
    assert (draft.answers, draft.revision, draft.is_submitted) == ({"name": "Bo"}, 1, False)
    actions.save_draft(draft, {"name": "Bobby"}, revision=1, now=NOW)
    assert (draft.answers, draft.revision, draft.saved_at) == ({"name": "Bobby"}, 2, NOW)


def test_a_window_left_behind_is_told_and_gets_the_newer_answers():
    draft = response(form(NAME), answers={"name": "Bo"})
    with pytest.raises(actions.StaleRevision) as refusal:
        actions.save_draft(draft, {"name": "Other"}, revision=0)
    assert (refusal.value.answers, refusal.value.revision) == ({"name": "Bo"}, 1)
    assert Response.objects.get().answers == {"name": "Bo"}


def test_the_same_answers_twice_are_no_conflict():
    draft = response(form(NAME), answers={"name": "Bo"})
    actions.submit(draft, {"name": "Bo"}, revision=0, now=NOW)
    actions.submit(draft, {"name": "Bo"}, revision=0, now=NOW + timedelta(seconds=1))
    assert (draft.submitted_at, draft.answers) == (NOW, {"name": "Bo"})


def test_a_draft_that_comes_after_the_answers_were_sent_is_refused():
    sent = actions.submit(response(form(NAME)), {"name": "Bo"}, revision=0, now=NOW)
    with pytest.raises(actions.AlreadySubmitted):
        actions.save_draft(sent, {"name": "B"}, revision=1)
    assert Response.objects.get().answers == {"name": "Bo"}


def test_answers_that_were_sent_can_be_sent_again():
    sent = actions.submit(response(form(NAME)), {"name": "Bo"}, revision=0, now=NOW)
    actions.submit(sent, {"name": "Bobby"}, revision=1, now=NOW + timedelta(days=1))
    assert (sent.answers, sent.submitted_at, sent.saved_at) == ({"name": "Bobby"}, NOW, NOW + timedelta(days=1))


def test_answers_with_problems_are_not_sent():
    draft = response(form(NAME), answers={})
    with pytest.raises(actions.ProblemsRemain) as refusal:
        actions.submit(draft, {}, revision=1, now=NOW)
    assert [problem.question_id for problem in refusal.value.problems] == ["name"]
    assert not Response.objects.get().is_submitted


def test_answers_that_are_not_asked_are_not_kept():
    kept = actions.submit(response(EVERY_TYPE), EVERY_ANSWER | {"certified": False}, revision=0, now=NOW)
    assert "number" not in kept.answers


def test_answers_follow_the_questionnaire_they_were_given_to():
    draft = response(form(NAME), answers={"name": "Bo"})
    newer = form(NAME, question_data("age", "number"))
    actions.submit(draft, {"name": "Bo", "age": 40}, revision=1, now=NOW, form_definition=newer)
    assert draft.form.form == newer
    assert draft.answers == {"name": "Bo", "age": 40}


@pytest.mark.parametrize("visibility", ["self", "members", "supervisor"])
def test_what_few_may_read_is_sealed_from_the_first_draft(visibility):
    definition = form(NAME, visibility=visibility)
    with pytest.raises(actions.UnsealedRefused):
        response(definition)
    draft = response(definition, answers={"name": "MARKER"}, key=create_key("person"))
    assert Response.objects.get(pk=draft.pk).answers == {"name": "MARKER"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM questionnaires_response")
        row = cursor.fetchone()
    assert b"MARKER" not in b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row)


def test_sealed_answers_are_gone_with_their_key():
    draft = response(form(NAME, visibility="self"), answers={"name": "Bo"}, key=create_key("person"))
    destroy_keys([draft.key])
    assert Response.objects.get().answers == {}
