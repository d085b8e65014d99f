"""The machine suggests, only for those who asked it to; people decide, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from releve.matching import actions
from releve.matching.engine import assign, certify, read_problem, read_result, result_json
from releve.matching.models import Decision, Run
from releve.matching.queries import open_to_suggestions, suggestions_of
from releve.people.roles import Duty
from releve.relationships.models import Relationship, State
from releve.relationships.queries import count_free
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db

SWITCHED_ON = ("participation", "suggestions")


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def committee(cohort):
    return programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")


def someone(cohort, role, name, *, consents=SWITCHED_ON, **answers):
    return participant(cohort, role, name=name, consents=consents, line_manager=None, **answers)


def run(cohort, by, seed=1):
    return actions.run_suggestions(cohort, by=by, seed=seed, now=timezone.now())


def names(suggested):
    return {(one.mentee.person.name, one.mentor.person.name) for one in suggested.pairs}


def test_the_best_whole_is_found_for_those_who_switched_suggestions_on(cohort, committee):
    someone(cohort, MENTOR, "Louise Morin", areas=["finance"], places=1)
    someone(cohort, MENTOR, "Benoît Dufour", areas=["engage_others"], places=1)
    someone(cohort, MENTEE, "Chloé Bergeron", areas=["finance"])
    someone(cohort, MENTEE, "Jade Roy", areas=["engage_others"])
    found = suggestions_of(run(cohort, committee), reader=committee)
    assert names(found) == {("Chloé Bergeron", "Louise Morin"), ("Jade Roy", "Benoît Dufour")}
    assert [one.fit.shown for one in found.pairs] == [one.fit.shown for one in found.pairs if one.fit.shown]


def test_nobody_is_in_a_run_who_did_not_switch_it_on_or_confirm(cohort, committee):
    someone(cohort, MENTOR, "Louise Morin")
    on = someone(cohort, MENTEE, "Chloé Bergeron")
    someone(cohort, MENTEE, "Amadou Traoré", consents=("participation",))
    someone(cohort, MENTEE, "Jade Roy", state="invited")
    kept = run(cohort, committee)
    assert "Amadou" not in kept.problem
    assert "Jade" not in kept.problem
    assert [p.person.name for p, _places in open_to_suggestions(cohort) if p.role == MENTEE] == [on.person.name]


def test_a_line_manager_and_a_declared_conflict_are_never_suggested(cohort, committee):
    boss = someone(cohort, MENTOR, "Louise Morin", places=2)
    rival = someone(cohort, MENTOR, "Karim Haddad", places=2)
    mentee = someone(cohort, MENTEE, "Chloé Bergeron", conflicts="Pas avec karim HADDAD, merci.")
    mentee.registration.answers = mentee.registration.answers | {"line_manager": boss.person.email}
    mentee.registration.save()
    found = suggestions_of(run(cohort, committee), reader=committee)
    assert names(found) == set()
    assert [one.mentee.person.name for one in found.unpaired] == ["Chloé Bergeron"]
    assert found.unpaired[0].reach.closed_by == {"line_manager": 1, "conflict": 1}
    assert rival.person.name not in {name for pair in names(found) for name in pair}


def test_a_run_can_be_repeated_to_the_same_bytes_and_proves_itself(cohort, committee):
    for number in range(4):
        someone(cohort, MENTOR, f"Mentor {number}", places=1)
        someone(cohort, MENTEE, f"Mentee {number}")
    kept = run(cohort, committee, seed=7)
    problem = read_problem(kept.problem)
    again = assign(problem)
    assert result_json(again) == kept.result
    assert certify(problem, read_result(kept.result)) == ()


def test_a_run_holds_no_address_and_nothing_that_it_does_not_compare(cohort, committee):
    mentor = someone(cohort, MENTOR, "Louise Morin", offers="Vingt ans de gestion.")
    mentee = someone(cohort, MENTEE, "Chloé Bergeron", conflicts="Pas avec Untel.", motivations="Une raison intime.")
    kept = run(cohort, committee)
    for words in (mentor.person.email, mentee.person.email, "Vingt ans", "Untel", "intime", "Bergeron"):
        assert words not in kept.problem


def test_a_run_pairs_nobody(cohort, committee):
    someone(cohort, MENTOR, "Louise Morin")
    someone(cohort, MENTEE, "Chloé Bergeron")
    run(cohort, committee)
    assert Relationship.objects.count() == 0


def test_a_decision_asks_for_a_reason_and_keeps_it(cohort, committee):
    mentor, mentee = someone(cohort, MENTOR, "Louise Morin"), someone(cohort, MENTEE, "Chloé Bergeron")
    with pytest.raises(actions.ReasonMissing):
        actions.pair(cohort, actions.Chosen(mentor, mentee, "  "), by=committee, now=timezone.now())
    assert Relationship.objects.count() == 0
    made = actions.pair(cohort, actions.Chosen(mentor, mentee, "Même milieu."), by=committee, now=timezone.now())
    assert (made.state, made.decision.reason, made.decision.by, made.decision.origin) == (
        State.INTRODUCED,
        "Même milieu.",
        committee,
        Decision.Origin.HAND,
    )


def test_two_who_said_no_are_not_suggested_again(cohort, committee):
    mentor, mentee = someone(cohort, MENTOR, "Louise Morin", places=1), someone(cohort, MENTEE, "Chloé Bergeron")
    pair = relationships.introduced(cohort, [mentor, mentee])
    for membership, suits in zip(relationships.memberships(pair), (True, False), strict=True):
        relationships.actions.answer_contact(membership, suits, now=timezone.now())
    relationships.actions.settle_contacts(timezone.now())
    assert names(suggestions_of(run(cohort, committee), reader=committee)) == set()


def test_a_no_frees_both_for_others(cohort, committee):
    mentor, mentee = someone(cohort, MENTOR, "Louise Morin", places=1), someone(cohort, MENTEE, "Chloé Bergeron")
    pair = relationships.introduced(cohort, [mentor, mentee])
    for membership in relationships.memberships(pair):
        relationships.actions.answer_contact(membership, False, now=timezone.now())
    relationships.actions.settle_contacts(timezone.now())
    someone(cohort, MENTOR, "Benoît Dufour", places=1)
    assert names(suggestions_of(run(cohort, committee), reader=committee)) == {("Chloé Bergeron", "Benoît Dufour")}


def test_a_run_needs_somebody_on_each_side(cohort, committee):
    someone(cohort, MENTEE, "Chloé Bergeron")
    with pytest.raises(actions.NobodyToPair):
        run(cohort, committee)


def test_who_may_not_pair_can_neither_run_nor_read(cohort, committee, client):
    someone(cohort, MENTOR, "Louise Morin")
    someone(cohort, MENTEE, "Chloé Bergeron")
    reader = programs.staff(cohort, Duty.READER, name="Rita Lavoie")
    with pytest.raises(PermissionDenied):
        run(cohort, reader)
    client.force_login(reader)
    assert client.get(f"/fr/manage/{cohort.pk}/pairing/").status_code == 404
    assert Run.objects.count() == 0


def test_a_committee_member_who_mentors_decides_nothing_about_themselves(cohort, client):
    mentor, mentee = someone(cohort, MENTOR, "Louise Morin"), someone(cohort, MENTEE, "Chloé Bergeron")
    programs.staff(cohort, Duty.COMMITTEE, who=mentor.person)
    client.force_login(mentor.person)
    address = f"/fr/manage/{cohort.pk}/pairing/{mentee.pk}/{mentor.pk}/"
    assert client.post(address, {"reason": "Moi."}).status_code == 404
    assert Relationship.objects.count() == 0


def test_a_committee_member_who_mentors_reads_nothing_of_what_the_engine_says_about_them(cohort, client):
    mentor, mentee = someone(cohort, MENTOR, "Louise Morin"), someone(cohort, MENTEE, "Chloé Bergeron")
    other = programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    programs.staff(cohort, Duty.COMMITTEE, who=mentor.person)
    kept = run(cohort, other)
    assert names(suggestions_of(kept, reader=other)) == {(mentee.person.name, mentor.person.name)}
    assert names(suggestions_of(kept, reader=mentor.person)) == set()


def test_somebody_whose_goals_were_met_is_not_sought_for_again_by_the_machine(cohort, committee):
    mentor = someone(cohort, MENTOR, "Louise Morin", places=2)
    content, waiting = someone(cohort, MENTEE, "Chloé Bergeron"), someone(cohort, MENTEE, "Jade Roy")
    for mentee, reason in ((content, "goals_met"), (waiting, "not_working")):
        pair = relationships.confirmed(cohort, [mentor, mentee])
        relationships.actions.end_early(pair, reason, by=mentee.person, now=timezone.now())
    someone(cohort, MENTOR, "Benoît Dufour")
    assert names(suggestions_of(run(cohort, committee), reader=committee)) == {("Jade Roy", "Benoît Dufour")}
    assert count_free(cohort)["mentee"] == 1
