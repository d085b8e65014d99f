"""Agreeing, leaving, and what staff do about people: every way out of each action."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from releve.audit.models import Event
from releve.enrolment import actions
from releve.enrolment.models import Facet, Participant, ParticipantConsent
from releve.enrolment.queries import current_consents, suggestions_on
from releve.notifications.models import Letter
from releve.people.models import Person
from releve.people.roles import Duty
from releve.programs.models import Cohort
from tests.factories import programs
from tests.factories.enrolment import MENTEE, answers, mentee, mentor
from tests.factories.people import person

State = Participant.State
NOW = timezone.now()
ALL = ("participation", "suggestions", "directory")


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def chloe():
    return person("Chloé", language="fr")


def register(who, cohort, role=MENTEE, consents=("participation",), revision=0, now=NOW, **more):
    place = actions.start_registration(who, cohort, role, now=now)
    actions.submit_registration(place, answers(role, **more), consents, revision=revision, now=now)
    place.refresh_from_db()
    return place


def letters(kind):
    return list(Letter.objects.filter(kind=kind).values_list("person__email", flat=True))


# --- agreements


def test_an_agreement_keeps_the_very_text_in_the_language_read(cohort):
    place = mentee(cohort, consents=())
    actions.give_consent(place, "suggestions", language="en", now=NOW)
    kept = ParticipantConsent.objects.get()
    assert kept.text.startswith("Pairing suggestions worked out by computer\n\nI agree that a calculation")
    assert (kept.language, kept.given_at, len(kept.text_digest)) == ("en", NOW, 64)


def test_agreeing_twice_is_agreeing_once(cohort):
    place = mentee(cohort)
    actions.give_consent(place, "participation", language="fr", now=NOW)
    assert ParticipantConsent.objects.count() == 1


@pytest.mark.parametrize("purpose", ["unknown", ""])
def test_agreeing_to_what_is_not_asked_is_refused(cohort, purpose):
    with pytest.raises(actions.ConsentRefused):
        actions.give_consent(mentee(cohort), purpose, language="fr", now=NOW)


def test_suggestions_stop_as_soon_as_they_are_switched_off(cohort):
    place = mentee(cohort, consents=ALL)
    assert suggestions_on(place)
    actions.withdraw_consent(place, "suggestions", now=NOW)
    assert not suggestions_on(place)
    assert current_consents(place) == {"participation", "directory"}
    assert ParticipantConsent.objects.get(purpose="suggestions").withdrawn_at == NOW


def test_taking_a_sheet_down_ends_what_was_shown_and_the_wishes_for_it(cohort):
    place, other = mentor(cohort, consents=ALL, shown=["region"]), mentee(cohort)
    actions.set_wishes(other, [place], now=NOW)
    actions.withdraw_consent(place, "directory", now=NOW)
    place.refresh_from_db()
    assert (place.shown_answers, other.wishes.count()) == ([], 0)
    assert not Facet.objects.filter(participant=place, question="region", shown=True).exists()


def test_the_agreement_everything_rests_on_ends_only_by_leaving(cohort):
    place = mentee(cohort)
    with pytest.raises(actions.ConsentRefused):
        actions.withdraw_consent(place, "participation", now=NOW)
    assert current_consents(place) == {"participation"}


def test_submitting_again_ends_what_is_no_longer_ticked(cohort, chloe):
    place = register(chloe, cohort, consents=ALL)
    actions.submit_registration(place, answers(MENTEE), ["participation", "directory"], revision=1, now=NOW)
    assert current_consents(place) == {"participation", "directory"}


def test_only_answers_on_offer_can_be_shown(cohort):
    place = mentee(cohort)
    actions.choose_shown(place, ["region", "line_manager", "email", "profession", "offers", "nonsense"], now=NOW)
    place.refresh_from_db()
    assert place.shown_answers == ["region"]


# --- leaving


def test_leaving_ends_agreements_and_wishes_both_ways(cohort):
    leaver, other = mentor(cohort, consents=ALL), mentee(cohort, consents=ALL)
    actions.set_wishes(other, [leaver], now=NOW)
    assert actions.withdraw(leaver, by=leaver.person, now=NOW)
    leaver.refresh_from_db()
    assert (leaver.state, leaver.withdrawn_at, current_consents(leaver), other.wishes.count()) == (State.WITHDRAWN, NOW, set(), 0)
    assert letters("withdrawn_by_staff") == []


def test_leaving_twice_is_leaving_once(cohort):
    leaver = mentee(cohort)
    assert [actions.withdraw(leaver, by=leaver.person, now=NOW) for _ in range(2)] == [True, False]
    assert Event.objects.filter(verb="participant.withdraw").count() == 1


def test_rooms_above_end_what_they_hold_before_somebody_leaves(cohort, monkeypatch):
    seen = []
    monkeypatch.setattr(actions.staffing, "before_withdrawal", [lambda place, by, now: seen.append((place.pk, place.state, by, now))])
    leaver = mentee(cohort)
    actions.withdraw(leaver, by=leaver.person, now=NOW)
    assert seen == [(leaver.pk, State.REGISTERED, leaver.person, NOW)]


def test_a_coordinator_closes_a_place_with_a_reason_and_the_person_is_told(cohort):
    leaver, amina = mentee(cohort), programs.staff(cohort)
    actions.withdraw(leaver, by=amina, now=NOW, reason="Changed jobs.")
    leaver.refresh_from_db()
    assert (leaver.withdrawal_reason, letters("withdrawn_by_staff")) == ("Changed jobs.", [leaver.person.email])


@pytest.mark.parametrize("duty", [Duty.COMMITTEE, Duty.READER, None])
def test_nobody_else_closes_a_place(cohort, duty):
    other = programs.staff(cohort, duty) if duty else person("Dan")
    leaver = mentee(cohort)
    with pytest.raises(PermissionDenied):
        actions.withdraw(leaver, by=other, now=NOW, reason="…")
    leaver.refresh_from_db()
    assert leaver.state == State.REGISTERED


def test_who_left_comes_back_and_agrees_anew(cohort, chloe):
    place = register(chloe, cohort, consents=ALL)
    actions.withdraw(place, by=chloe, now=NOW)
    again = actions.start_registration(chloe, cohort, MENTEE, now=NOW)
    assert (again.pk, again.state, again.confirmed_at, current_consents(again)) == (place.pk, State.STARTED, None, set())
    actions.submit_registration(again, answers(MENTEE), ["participation"], revision=1, now=NOW)
    assert current_consents(again) == {"participation"}


# --- by staff


def added(cohort, by, **more):
    given = {"email": "new@example.org", "name": "Nouvelle Personne", "language": "en", "role": MENTEE} | more
    return actions.add_participant(cohort, **given, by=by, now=NOW)


def test_a_person_added_by_hand_is_invited_not_registered(cohort):
    place = added(cohort, programs.staff(cohort))
    assert (place.state, place.confirmed_at, place.person.language) == (State.INVITED, None, "en")
    place.refresh_from_db()
    assert place.sort_name == "nouvelle personne"


def test_adding_leaves_what_an_account_says_of_itself(cohort, chloe):
    place = added(cohort, programs.staff(cohort), email=chloe.email.upper(), name="Somebody Else")
    assert (place.person, Person.objects.get(pk=chloe.pk).name) == (chloe, "Chloé")


def test_adding_somebody_twice_names_the_place_they_have(cohort):
    amina = programs.staff(cohort)
    place = added(cohort, amina)
    with pytest.raises(actions.AlreadyTakesPart) as refused:
        added(cohort, amina)
    assert refused.value.participant == place


def test_adding_somebody_who_left_invites_them_again(cohort):
    gone = mentee(cohort, state=State.WITHDRAWN)
    back = added(cohort, programs.staff(cohort), email=gone.person.email)
    assert (back.pk, back.state, back.withdrawn_at) == (gone.pk, State.INVITED, None)


def test_adding_is_refused_to_who_may_not_and_in_a_closed_cohort(cohort):
    with pytest.raises(PermissionDenied):
        added(cohort, programs.staff(cohort, Duty.COMMITTEE))
    closed = programs.cohort(state=Cohort.State.CLOSED)
    with pytest.raises(actions.RegistrationClosed):
        added(closed, programs.staff(closed))
    with pytest.raises(actions.RoleRefused):
        added(cohort, programs.staff(cohort), role="committee")
    assert not Participant.objects.exists()


def test_invitations_leave_once(cohort):
    amina, imported, registered = programs.staff(cohort), mentee(cohort, state=State.INVITED), mentor(cohort)
    assert [actions.invite([imported, registered], by=amina, now=NOW) for _ in range(2)] == [1, 0]
    imported.refresh_from_db()
    assert (imported.invited_at, letters("invitation")) == (NOW, [imported.person.email])


def test_inviting_is_refused_to_the_committee(cohort):
    with pytest.raises(PermissionDenied):
        actions.invite([mentee(cohort, state=State.INVITED)], by=programs.staff(cohort, Duty.COMMITTEE), now=NOW)
    assert letters("invitation") == []


def test_the_waiting_list_tells_those_put_on_it(cohort):
    amina, place, imported = programs.staff(cohort), mentee(cohort), mentor(cohort, state=State.INVITED)
    assert actions.put_on_waiting_list([place, imported], by=amina, now=NOW) == 1
    place.refresh_from_db()
    assert (place.state, letters("waiting")) == (State.WAITING, [place.person.email])
    assert list(cohort.participants.confirmed()) == [place]
    assert actions.take_off_waiting_list([place, imported], by=amina, now=NOW) == 1
    place.refresh_from_db()
    imported.refresh_from_db()
    assert (place.state, imported.state) == (State.REGISTERED, State.INVITED)
