"""What the tick tells people, once, computed from rows."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.enrolment.models import Participant
from releve.notifications import kinds as kinds_of_letters
from releve.notifications.kinds import Group
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.progress.reminders import close_terms, send_reminders
from releve.relationships.models import Relationship, State
from releve.workspace import actions as workspace
from releve.workspace.queries import paper_of
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, participant

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def cohort(now):
    return programs.cohort(starts_on=timezone.localdate(now) - 60 * DAY)


def kinds():
    return sorted(Letter.objects.values_list("kind", flat=True))


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def twice(job, moment):
    """Run a job as the tick does, again and again: what was told is not told anew."""
    job(moment)
    once = kinds()
    job(moment)
    assert kinds() == once


def test_only_those_who_have_not_answered_are_reminded_shortly_before_the_date(cohort, now):
    pair = relationships.introduced(cohort, now=now)
    relationships.actions.answer_contact(relationships.memberships(pair)[0], True, now=now)
    twice(send_reminders, now + 10 * DAY)
    assert told("contact_reminder") == []
    twice(send_reminders, now + 17 * DAY)
    assert told("contact_reminder") == ["Chloé Bergeron"]


def test_a_missing_signature_is_recalled_after_a_week_and_once_more_when_late(cohort, now):
    relationships.accepted(cohort, now=now)
    twice(send_reminders, now + 6 * DAY)
    assert told("sign_reminder") == []
    twice(send_reminders, now + 8 * DAY)
    assert told("sign_reminder") == ["Benoît Dufour", "Chloé Bergeron"]
    twice(send_reminders, now + 31 * DAY)
    assert told("sign_reminder") == ["Benoît Dufour", "Benoît Dufour", "Chloé Bergeron", "Chloé Bergeron"]


def test_a_silent_pair_is_asked_how_things_go_once_per_silence(cohort, now):
    relationships.confirmed(cohort, now=now)
    twice(send_reminders, now + 44 * DAY)
    assert told("silence_check") == []
    twice(send_reminders, now + 46 * DAY)
    assert told("silence_check") == ["Benoît Dufour", "Chloé Bergeron"]


def test_a_paused_pair_is_left_in_peace(cohort, now):
    pair = relationships.confirmed(cohort, now=now)
    relationships.actions.pause(pair, by=relationships.memberships(pair)[0].participant.person, now=now)
    before = kinds()
    send_reminders(now + 60 * DAY)
    assert kinds() == before


def test_the_closing_is_announced_from_its_day(cohort, now):
    relationships.confirmed(cohort, now=now)
    send_reminders(now)
    assert told("closing") == []
    opens = cohort.calendar.get("closing_opens")
    twice(send_reminders, now + (opens - timezone.localdate(now)))
    assert told("closing") == ["Benoît Dufour", "Chloé Bergeron"]


def test_pairs_are_completed_and_thanked_the_day_after_the_last(cohort, now):
    pair = relationships.confirmed(cohort, now=now)
    last = now + (cohort.ends_on - timezone.localdate(now))
    twice(close_terms, last)
    assert Relationship.objects.get(pk=pair.pk).state == State.CONFIRMED
    twice(close_terms, last + DAY)
    assert Relationship.objects.get(pk=pair.pk).state == State.COMPLETED
    assert told("thanks") == ["Benoît Dufour", "Chloé Bergeron"]


def test_a_signature_that_was_just_recalled_is_not_recalled_again_within_a_week(cohort, now):
    pair = relationships.accepted(cohort, now=now - 6 * DAY)
    mentor, mentee = relationships.memberships(pair)
    document = cohort.definition.document("commitment")
    workspace.sign(mentor, document, name="Benoît", language="fr", shown=paper_of(mentor, document).digest, now=now)
    assert told("sign_reminder") == ["Chloé Bergeron"]
    for days in (2, 6):
        twice(send_reminders, now + days * DAY)
    assert told("sign_reminder") == ["Chloé Bergeron"]
    twice(send_reminders, now + 8 * DAY)
    assert told("sign_reminder") == ["Chloé Bergeron"] * 2
    letter = preview("sign_reminder", Letter.objects.filter(kind="sign_reminder").first().ids, mentee.participant.person)
    assert str(pair.pk) in letter.path


class TestThoseWhoWereInvited:
    """Registration is open for a month yet."""

    @pytest.fixture
    def cohort(self):
        return programs.cohort()

    @pytest.fixture
    def invited(self, cohort, now):
        made = participant(cohort, MENTEE, name="Nour Haddad", state=Participant.State.INVITED)
        Participant.objects.update(invited_at=now)
        made.refresh_from_db()
        return made

    def closing(self, cohort, now, days):
        return now + (cohort.calendar.get("registration_closes") - timezone.localdate(now)) + days * DAY

    def test_they_are_reminded_after_a_week_and_again_before_registration_closes(self, cohort, invited, now):
        twice(send_reminders, now + 6 * DAY)
        assert told("invitation_reminder") == []
        twice(send_reminders, now + 7 * DAY)
        assert told("invitation_reminder") == ["Nour Haddad"]
        twice(send_reminders, self.closing(cohort, now, -8))
        assert len(told("invitation_reminder")) == 1
        twice(send_reminders, self.closing(cohort, now, -7))
        assert len(told("invitation_reminder")) == 2
        twice(send_reminders, self.closing(cohort, now, 1))
        assert len(told("invitation_reminder")) == 2

    def test_a_tick_that_was_missed_until_the_end_writes_once(self, cohort, invited, now):
        twice(send_reminders, self.closing(cohort, now, -1))
        assert told("invitation_reminder") == ["Nour Haddad"]

    def test_nobody_is_reminded_who_was_not_invited_or_has_confirmed(self, cohort, now):
        participant(cohort, MENTEE, name="Dan Cyr", state=Participant.State.INVITED)
        participant(cohort, MENTEE, name="Eva Roy")
        Participant.objects.filter(state=Participant.State.REGISTERED).update(invited_at=now)
        send_reminders(now + 8 * DAY)
        assert told("invitation_reminder") == []

    def test_the_letter_is_the_programs_own_in_the_readers_language(self, cohort, invited):
        invited.person.language = "en"
        letter = preview("invitation_reminder", {"participant": str(invited.pk)}, invited.person)
        assert letter.subject == "Your mentoring registration (mentee) is waiting for you"
        assert "Registration closes on" in letter.body_markdown

    @pytest.mark.parametrize(("language", "subject"), [("fr", "Votre inscription vous attend"), ("en", "Your registration is waiting")])
    def test_a_program_without_that_letter_says_it_in_the_houses_words(self, now, language, subject):
        whole = programs.first_blueprint().as_data()
        letters = [letter for letter in whole["letters"] if letter["id"] != "invitation_reminder"]
        cohort = programs.cohort(definition=programs.changed(letters=letters))
        invited = participant(cohort, MENTEE, name="Nour [x](http://a.b) Haddad", state=Participant.State.INVITED)
        invited.person.language = language
        letter = preview("invitation_reminder", {"participant": str(invited.pk)}, invited.person)
        assert letter.subject.startswith(subject)
        assert "[x](" not in letter.body_markdown

    def test_it_is_cancelled_for_those_who_confirmed_meanwhile_or_want_no_reminders(self, cohort, invited):
        kind = kinds_of_letters.get("invitation_reminder")
        assert (kind.group, kind.essential) == (Group.REMINDERS, False)
        Participant.objects.update(state=Participant.State.REGISTERED)
        assert preview("invitation_reminder", {"participant": str(invited.pk)}, invited.person) is None
