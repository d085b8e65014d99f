"""Registering, confirming, agreeing, leaving: every way out of each action."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import override

from releve.audit.models import Event
from releve.enrolment import actions, listing
from releve.enrolment.models import Facet, Participant, SelfAssessment
from releve.enrolment.queries import current_consents, suggestions_on
from releve.notifications.models import Letter
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires.actions import StaleRevision
from releve.questionnaires.models import Response
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, answers, mentee, participant
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


# --- registering


def test_start_makes_a_place_that_is_nobody_else_s_business_yet(cohort, chloe):
    place = actions.start_registration(chloe, cohort, MENTEE, now=NOW)
    assert (place.state, place.confirmed_at, place.registration.is_submitted) == (State.STARTED, None, False)
    assert place.given_answers == {}
    assert list(cohort.participants.taking_part()) == []
    assert list(Event.objects.values_list("verb", flat=True)) == ["registration.start"]


def test_start_takes_up_what_was_begun(cohort, chloe):
    first = actions.start_registration(chloe, cohort, MENTEE, now=NOW)
    assert actions.start_registration(chloe, cohort, MENTEE, now=NOW) == first
    assert Response.objects.count() == 1


@pytest.mark.parametrize("starts_in_days", [10, 400])
def test_start_is_refused_outside_the_dates(chloe, starts_in_days):
    outside = programs.cohort(starts_on=NOW.date() + dt.timedelta(days=starts_in_days))
    with pytest.raises(actions.RegistrationClosed):
        actions.start_registration(chloe, outside, MENTEE, now=NOW)
    assert not Participant.objects.exists()


@pytest.mark.parametrize("state", [Cohort.State.DRAFT, Cohort.State.CLOSED])
def test_start_is_refused_unless_the_cohort_is_open(chloe, state):
    with pytest.raises(actions.RegistrationClosed):
        actions.start_registration(chloe, programs.cohort(state=state), MENTEE, now=NOW)


def test_start_is_refused_for_a_role_nobody_registers_for(cohort, chloe):
    with pytest.raises(actions.RoleRefused):
        actions.start_registration(chloe, cohort, "committee", now=NOW)


def test_one_person_takes_both_roles_where_the_definition_allows_it(cohort, chloe):
    register(chloe, cohort, MENTEE)
    register(chloe, cohort, MENTOR)
    assert sorted(chloe.participations.values_list("role", "state")) == [("mentee", "registered"), ("mentor", "registered")]


def test_one_person_takes_one_role_where_the_definition_says_so(chloe):
    roles = [role | {"may_also_be": []} for role in programs.first_blueprint().as_data()["roles"]]
    strict = programs.cohort(definition=programs.changed(roles=roles))
    register(chloe, strict, MENTEE)
    with pytest.raises(actions.RoleRefused):
        actions.start_registration(chloe, strict, MENTOR, now=NOW)


def test_submit_registers_and_sets_the_account(cohort, chloe):
    place = register(chloe, cohort, given_name="Chloé", family_name="Bélanger-Côté", called="Clo", language="en", email="else@where.org")
    chloe.refresh_from_db()
    assert (place.state, place.confirmed_at) == (State.REGISTERED, NOW)
    assert (chloe.name, chloe.called, chloe.language) == ("Chloé Bélanger-Côté", "Clo", "en")
    assert chloe.email == place.given_answers["email"] != "else@where.org"
    assert place.given_answers["role"] == MENTEE
    assert letters("registration_received") == [chloe.email]
    assert place.sort_name == "chloe belanger cote"


def test_either_language_leaves_the_account_s_own(cohort, chloe):
    register(chloe, cohort, language="both")
    chloe.refresh_from_db()
    assert chloe.language == "fr"


def test_submit_refuses_with_every_problem_and_keeps_nothing(cohort, chloe):
    place = actions.start_registration(chloe, cohort, MENTEE, now=NOW)
    wrong = answers(MENTEE, seeks=None, region="atlantis", line_manager="no address", nonsense="x")
    with override("en"), pytest.raises(actions.AnswersRefused) as refused:
        actions.submit_registration(place, wrong, ["suggestions"], revision=0, now=NOW)
    assert refused.value.problems == {
        "seeks": ["Answer this question."],
        "region": ["This answer is not among the choices: choose one of those shown."],
        "line_manager": ["Write one complete email address, for example name@example.org."],
        "nonsense": ["This question is not part of the form."],
        "consent:participation": ["This agreement is needed to take part. Tick the box, or leave without registering."],
    }
    place.refresh_from_db()
    assert (place.state, place.registration.answers, place.consents.count()) == (State.STARTED, {}, 0)
    assert letters("registration_received") == []


def test_answers_of_the_other_role_are_left_out(cohort, chloe):
    place = register(chloe, cohort, offers="Nothing to do here", places=3)
    assert {"offers", "places"} & place.given_answers.keys() == set()


def test_submit_is_refused_after_the_last_day_for_who_had_only_begun(chloe):
    cohort = programs.cohort()
    place = actions.start_registration(chloe, cohort, MENTEE, now=NOW)
    late = NOW + dt.timedelta(days=60)
    with pytest.raises(actions.RegistrationClosed):
        actions.submit_registration(place, answers(MENTEE), ["participation"], revision=0, now=late)


def test_who_is_in_changes_their_answers_after_the_last_day(cohort, chloe):
    place, late = register(chloe, cohort), NOW + dt.timedelta(days=60)
    actions.submit_registration(place, answers(MENTEE, region="laval"), None, revision=1, now=late)
    place.refresh_from_db()
    assert (place.given_answers["region"], place.confirmed_at) == ("laval", NOW)
    assert letters("registration_received") == [chloe.email]  # once


def test_nobody_changes_answers_in_a_closed_cohort(cohort, chloe):
    place = register(chloe, cohort)
    Cohort.objects.update(state=Cohort.State.CLOSED)
    cohort.refresh_from_db()
    with pytest.raises(actions.RegistrationClosed):
        actions.submit_registration(place, answers(MENTEE), None, revision=1, now=NOW)


def test_the_older_of_two_windows_is_told_and_writes_nothing(cohort, chloe):
    place = register(chloe, cohort, region="laval")
    with pytest.raises(StaleRevision) as stale:
        actions.submit_registration(place, answers(MENTEE, region="estrie"), None, revision=0, now=NOW)
    assert stale.value.answers["region"] == "laval"
    place.registration.refresh_from_db()
    assert place.registration.answers["region"] == "laval"


def test_who_waits_goes_on_waiting_when_answers_change(cohort, chloe):
    place = register(chloe, cohort)
    Participant.objects.update(state=State.WAITING)
    place.refresh_from_db()
    actions.submit_registration(place, answers(MENTEE), None, revision=1, now=NOW)
    place.refresh_from_db()
    assert place.state == State.WAITING


def test_an_answer_that_a_role_does_not_allow_is_refused_without_a_letter(chloe):
    roles = programs.first_blueprint().as_data()["roles"]
    rule = {"question": "years_experience", "at_least": 5, "because": {"fr": "Cinq ans de métier.", "en": "Five years."}}
    strict = programs.cohort(definition=programs.changed(roles=[roles[0] | {"eligibility": rule}, roles[1]]))
    place = register(chloe, strict, MENTOR, years_experience=2)
    assert (place.state, letters("registration_received")) == (State.REFUSED, [])
    actions.submit_registration(place, answers(MENTOR, years_experience=7), None, revision=1, now=NOW)
    place.refresh_from_db()
    assert place.state == State.REGISTERED


# --- confirming what was imported


def test_imported_people_agree_to_nothing_and_are_in_no_calculation(cohort):
    imported = mentee(cohort, state=State.INVITED)
    assert current_consents(imported) == set()
    assert not suggestions_on(imported)
    assert list(cohort.participants.taking_part()) == []


def test_an_imported_person_confirms_and_agrees_by_themselves(cohort):
    imported = mentee(cohort, state=State.INVITED)
    late = NOW + dt.timedelta(days=60)  # invited people may confirm after the last day
    revision = imported.registration.revision
    actions.submit_registration(imported, answers(MENTEE), ["participation", "suggestions"], revision=revision, now=late)
    imported.refresh_from_db()
    assert (imported.state, imported.confirmed_at) == (State.REGISTERED, late)
    assert suggestions_on(imported)


def test_imported_answers_are_the_person_s_own_once_they_took_them_in_hand(cohort):
    imported = mentee(cohort, state=State.INVITED)
    assert imported.given_answers["region"] == "capitale_nationale"
    assert Facet.objects.filter(participant=imported).exists()
    actions.take_in_hand(imported, now=NOW)
    imported.refresh_from_db()
    assert (imported.given_answers, imported.begun_at) == ({}, NOW)
    assert not Facet.objects.filter(participant=imported).exists()
    assert "CIUSSS" not in imported.search_text


# --- for oneself


def test_a_self_assessment_is_sealed_with_the_person_s_own_key(cohort, chloe):
    mine = actions.start_self_assessment(chloe, cohort, MENTEE, "self_assessment_mentee")
    assert actions.start_self_assessment(chloe, cohort, MENTEE, "self_assessment_mentee") == mine
    chloe.refresh_from_db()
    assert (mine.response.key, mine.response.visibility) == (chloe.self_key, "self")
    assert SelfAssessment.objects.count() == 1


# --- what lists are searched by


def test_a_name_changed_on_the_account_is_found_by_the_next_tick(cohort):
    place = mentee(cohort)
    assert listing.refresh_stale(NOW) == 0
    Person.objects.filter(pk=place.person_id).update(name="Zoé Ångström")
    assert listing.refresh_stale(NOW) == 1
    place.refresh_from_db()
    assert place.sort_name == "zoe angstrom"


def test_what_is_written_for_pairing_is_in_no_list(cohort):
    place = mentee(cohort, conflicts="Personne Nommée", motivations="Secret", shown=["region"])
    texts = f"{place.search_text} {place.sheet_text} {list(place.facets.values_list('question', 'value'))}"
    for word in ("patron", "nommee", "line_manager"):
        assert word not in texts
    assert "capitale nationale" in place.sheet_text
    other = participant(cohort, MENTOR, name="Autre", areas=["finance"], offers="Du temps.")
    assert other.sheet_text == "autre soins infirmiers budget et finances du temps nursing budgets and finance du temps"
