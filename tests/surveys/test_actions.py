import datetime as dt

import pytest
from django.utils import timezone

from releve.audit.models import Event
from releve.enrolment.models import Participant
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.questionnaires.actions import ProblemsRemain, StaleRevision
from releve.relationships.models import State
from releve.surveys import actions
from releve.surveys.models import Receipt, SurveyResponse
from tests.factories import programs, surveys
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def asked():
    return sorted((one.survey, one.membership.participant.person.name) for one in Receipt.objects.all())


BOTH = [("evaluation_mentee", "Chloé Bergeron"), ("evaluation_mentor", "Benoît Dufour")]


@pytest.fixture
def now():
    return timezone.now()


@pytest.mark.parametrize("state", [State.CONFIRMED, State.PAUSED, State.ENDED, State.COMPLETED])
def test_everybody_is_asked_once_their_survey_opens_and_nobody_twice(state, now):
    pair(state, cohort=surveys.closing_cohort())
    assert [actions.open_receipts(now), actions.open_receipts(now)] == [2, 0]
    assert asked() == BOTH
    assert Letter.objects.filter(kind="evaluation_invitation").count() == 2


@pytest.mark.parametrize("state", [State.PROPOSED, State.INTRODUCED, State.ACCEPTED, State.DISSOLVED])
def test_nobody_is_asked_about_a_pairing_that_was_never_confirmed(state, now):
    pair(state, cohort=surveys.closing_cohort())
    assert (actions.open_receipts(now), asked()) == (0, [])


@pytest.mark.parametrize("state", [State.ENDED, State.COMPLETED])
def test_pairing_that_ends_before_the_survey_opens_is_asked_about_at_once(state, now):
    cohort = programs.cohort()
    pair(cohort=cohort)
    pair(state, cohort=cohort)
    assert (actions.open_receipts(now), asked()) == (2, BOTH)


def test_nobody_is_asked_before_the_day_or_after_the_last_one(now):
    pair(cohort=surveys.closing_cohort())
    assert [actions.open_receipts(now + days * DAY) for days in (-22, 22, -21)] == [0, 0, 2]


def test_last_day_still_counts(now):
    two = pair(cohort=surveys.closing_cohort())
    assert actions.open_receipts(now + 21 * DAY) == 2
    actions.answer(Receipt.objects.get(membership=two.mentee), {"overall": 7}, revision=0, now=now + 21 * DAY)


def test_ending_that_the_program_does_not_evaluate_asks_nobody(now):
    data = programs.first_blueprint().relationship.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for reason in data["early_end"]:
        reason["evaluated"] = reason["id"] != "goals_met"
    cohort = programs.cohort(definition=programs.changed(relationship=data))
    pair(State.ENDED, cohort=cohort)
    assert actions.open_receipts(now) == 0


def test_somebody_who_withdrew_is_left_alone_and_their_partner_is_asked(now):
    two = pair(State.ENDED)
    Participant.objects.filter(pk=two.mentor.participant_id).update(state="withdrawn", withdrawn_at=now)
    assert (actions.open_receipts(now), asked()) == (1, BOTH[:1])


def test_survey_that_cannot_be_kept_as_it_promises_asks_nobody(now):
    waves = [one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in programs.first_blueprint().surveys]
    definition = programs.changed(surveys=[wave | {"mode": "anonymous"} for wave in waves])
    pair(cohort=surveys.closing_cohort(definition=definition))
    assert actions.open_receipts(now) == 0


# --- reminders


def test_reminder_goes_once_a_week_before_the_end_to_those_who_have_not_answered(now):
    cohort = surveys.closing_cohort()
    two, paused = pair(cohort=cohort), pair(State.PAUSED, cohort=cohort)
    actions.open_receipts(now)
    actions.answer(Receipt.objects.get(membership=two.mentor), {"overall": 7}, revision=0, now=now)
    assert [actions.remind(now + days * DAY) for days in (0, 13, 14, 15, 21, 22)] == [0, 0, 1, 0, 0, 0]
    (letter,) = Letter.objects.filter(kind="evaluation_reminder").select_related("person")
    assert letter.person == two.chloe
    assert paused.chloe != two.chloe


def test_nobody_is_reminded_within_days_of_being_asked(now):
    pair(cohort=surveys.closing_cohort())
    actions.open_receipts(now + 16 * DAY)
    assert [actions.remind(now + days * DAY) for days in (16, 20, 21)] == [0, 0, 2]


def test_letters_are_dropped_once_answered_or_closed_and_never_reach_another(now):
    two = pair(cohort=surveys.closing_cohort())
    actions.open_receipts(now)
    letter = Letter.objects.get(kind="evaluation_invitation", person=two.chloe)
    receipt = Receipt.objects.get(membership=two.mentee)
    content = preview(letter.kind, letter.ids, two.chloe)
    assert (content.path, content.button) == (f"/fr/survey/{receipt.pk}/", "Répondre")
    assert preview(letter.kind, letter.ids, two.benoit) is None
    surveys_before = receipt.cohort
    surveys_before.ends_on = timezone.localdate() - 30 * DAY
    surveys_before.save()
    assert preview(letter.kind, letter.ids, two.chloe) is None


def test_letters_have_words_of_their_own_where_the_program_has_none(now):
    definition = programs.first_blueprint()
    others = [item.model_dump(mode="json") for item in definition.letters if not item.id.startswith("evaluation")]
    two = pair(cohort=surveys.closing_cohort(definition=programs.changed(letters=others)))
    actions.open_receipts(now)
    actions.remind(now + 14 * DAY)
    for kind in ("evaluation_invitation", "evaluation_reminder"):
        letter = Letter.objects.get(kind=kind, person=two.chloe)
        assert preview(letter.kind, letter.ids, two.chloe).body_markdown.startswith("Bonjour Chloé,")


# --- answering


def test_answers_are_sent_once(now):
    two = pair(cohort=surveys.closing_cohort())
    receipt = surveys.answered(two.mentee)
    with pytest.raises(actions.SurveyRefused, match="answered"):
        actions.answer(receipt, {"overall": 2}, revision=1, now=now)
    kept = SurveyResponse.objects.get()
    assert (kept.response.answers["overall"], kept.response.visibility, receipt.answered_at is not None) == (8, "committee", True)
    assert Event.objects.filter(verb="survey.answer").count() == 1


def test_incomplete_answers_are_refused_and_may_still_be_sent(now):
    two = pair(cohort=surveys.closing_cohort())
    receipt = surveys.receipt(two.mentee)
    with pytest.raises(ProblemsRemain):
        actions.answer(receipt, {"goals_met": "complete"}, revision=0, now=now)
    receipt.refresh_from_db()
    assert receipt.answered_at is None
    actions.answer(receipt, {"overall": 4}, revision=0, now=now)


def test_answers_from_an_older_window_are_refused_and_nothing_is_sent(now):
    two = pair(cohort=surveys.closing_cohort())
    receipt = surveys.drafted(two.mentee)
    with pytest.raises(StaleRevision):
        actions.answer(receipt, {"overall": 4}, revision=5, now=now)
    assert Receipt.objects.get().answered_at is None


def test_answers_are_refused_after_the_last_day(now):
    two = pair(cohort=surveys.closing_cohort())
    receipt = surveys.receipt(two.mentee)
    with pytest.raises(actions.SurveyRefused, match="closed"):
        actions.answer(receipt, {"overall": 4}, revision=0, now=now + 22 * DAY)
    assert SurveyResponse.objects.count() == 0
