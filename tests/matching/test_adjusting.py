"""The committee keeps two people together or apart, swaps, undoes; the engine decides around it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from releve.audit.models import Event
from releve.matching import actions
from releve.matching.actions import Seen
from releve.matching.models import Adjustment, Policy, Run
from releve.matching.queries import suggestions_of
from releve.people.roles import Duty
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant
from tests.matching.board_cast import someone

pytestmark = pytest.mark.django_db

AS_THEY_FIT = {("Chloé", "Louise"), ("Jade", "Karim")}
CROSSWISE = {("Chloé", "Karim"), ("Jade", "Louise")}


def change(verb, *subject, seen, by, **more):
    return verb(*subject, seen=Seen(seen), by=by, now=timezone.now(), **more)


def pairs(run, reader):
    return {(one.mentee.person.name, one.mentor.person.name) for one in suggestions_of(run, reader=reader).pairs}


def test_those_kept_together_stay_and_the_others_are_paired_around_them(cohort, committee, run, two):
    assert pairs(run, committee) == AS_THEY_FIT
    after = change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=committee, reason=" Une même passion. ")
    assert (after.number, after.state) == (2, Run.State.DONE)
    assert pairs(after, committee) == CROSSWISE
    kept = Adjustment.objects.get()
    assert (kept.kind, kept.mentee.person.name, kept.mentor.person.name, kept.reason, kept.by) == (
        "lock",
        "Chloé",
        "Karim",
        "Une même passion.",
        committee,
    )
    assert pairs(change(actions.run_again, cohort, seen=2, by=committee), committee) == CROSSWISE


def test_those_kept_apart_are_not_suggested_to_each_other(cohort, committee, run, two):
    after = change(actions.keep_apart, cohort, two("Chloé", "Louise"), seen=1, by=committee)
    assert pairs(after, committee) == {("Jade", "Karim")}  # worth more alone than both pairs crosswise
    most = change(actions.change_policy, cohort, Policy(objective="most_people"), seen=2, by=committee)
    assert pairs(most, committee) == CROSSWISE


def test_what_is_undone_no_longer_holds(cohort, committee, run, two):
    change(actions.keep_apart, cohort, two("Chloé", "Louise"), seen=1, by=committee)
    after = change(actions.undo, Adjustment.objects.get(), seen=2, by=committee)
    assert pairs(after, committee) == AS_THEY_FIT
    undone = Adjustment.objects.get()
    assert undone.undone_by == committee
    assert not cohort.adjustments.standing().exists()


def test_two_pairs_swap_their_mentors_and_stay_so(cohort, committee, run, two):
    after = change(actions.swap, cohort, two("Chloé", "Louise"), two("Jade", "Karim"), seen=1, by=committee)
    assert pairs(after, committee) == CROSSWISE
    back = change(actions.swap, cohort, two("Chloé", "Karim"), two("Jade", "Louise"), seen=2, by=committee)
    assert pairs(back, committee) == AS_THEY_FIT
    assert cohort.adjustments.standing().count() == 2


@pytest.mark.parametrize("other", [("Chloé", "Karim"), ("Jade", "Louise")])
def test_pairs_that_share_somebody_have_nothing_to_swap(cohort, committee, run, two, other):
    with pytest.raises(actions.CannotAdjust) as refused:
        change(actions.swap, cohort, two("Chloé", "Louise"), two(*other), seen=1, by=committee)
    assert refused.value.code == "same_person"
    assert (Adjustment.objects.count(), cohort.runs.count()) == (0, 1)


def test_the_last_word_about_two_people_replaces_the_one_before(cohort, committee, run, two):
    change(actions.keep_apart, cohort, two("Chloé", "Louise"), seen=1, by=committee)
    after = change(actions.keep_together, cohort, two("Chloé", "Louise"), seen=2, by=committee)
    assert pairs(after, committee) == AS_THEY_FIT
    assert [one.kind for one in cohort.adjustments.standing()] == ["lock"]


def test_a_mentee_is_kept_with_one_mentor_at_a_time(cohort, committee, run, two):
    change(actions.keep_together, cohort, two("Chloé", "Louise"), seen=1, by=committee)
    change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=2, by=committee)
    assert [one.mentor.person.name for one in cohort.adjustments.standing()] == ["Karim"]


def test_a_second_person_is_told_that_the_board_moved_and_changes_nothing(cohort, committee, run, two):
    other = programs.staff(cohort, Duty.COMMITTEE, name="Omar")
    change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=other)
    for verb, subject in [
        (actions.keep_together, (cohort, two("Chloé", "Louise"))),
        (actions.keep_apart, (cohort, two("Chloé", "Karim"))),
        (actions.swap, (cohort, two("Chloé", "Karim"), two("Jade", "Louise"))),
        (actions.undo, (Adjustment.objects.get(),)),
        (actions.change_policy, (cohort, Policy(objective="stable"))),
        (actions.run_again, (cohort,)),
    ]:
        with pytest.raises(actions.BoardMoved):
            change(verb, *subject, seen=1, by=committee)
    assert (cohort.adjustments.standing().count(), cohort.policies.count(), cohort.runs.count()) == (1, 0, 2)


def test_a_rule_is_not_broken_by_keeping_two_together(cohort, committee, people):
    people["Édouard"] = someone(cohort, MENTOR, "Édouard", language="en")
    actions.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())
    with pytest.raises(actions.CannotAdjust) as refused:
        change(actions.keep_together, cohort, (people["Chloé"], people["Édouard"]), seen=1, by=committee)
    assert (refused.value.code, refused.value.rule) == ("rule", "language")
    assert not Adjustment.objects.exists()


def test_two_who_said_no_are_not_kept_together(cohort, committee, run, two):
    pair = relationships.introduced(cohort, two("Chloé", "Karim")[::-1])
    for membership in relationships.memberships(pair):
        relationships.actions.answer_contact(membership, False, now=timezone.now())
    relationships.actions.settle_contacts(timezone.now())
    with pytest.raises(actions.CannotAdjust) as refused:
        change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=committee)
    assert refused.value.code == "not_again"


def test_a_mentor_keeps_no_more_people_than_places(cohort, committee, run, two):
    change(actions.keep_together, cohort, two("Chloé", "Louise"), seen=1, by=committee)
    with pytest.raises(actions.CannotAdjust) as refused:
        change(actions.keep_together, cohort, two("Jade", "Louise"), seen=2, by=committee)
    assert refused.value.code == "no_room"
    assert cohort.adjustments.standing().count() == 1


def test_somebody_without_suggestions_is_neither_kept_nor_parted(cohort, committee, people, run):
    quiet = participant(cohort, MENTEE, name="Amadou", consents=("participation",))
    for verb in (actions.keep_together, actions.keep_apart):
        with pytest.raises(actions.CannotAdjust) as refused:
            change(verb, cohort, (quiet, people["Louise"]), seen=1, by=committee)
        assert refused.value.code == "not_open"


def test_somebody_who_left_is_kept_with_nobody(cohort, committee, run, two, people):
    change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=committee)
    people["Chloé"].state = "withdrawn"
    people["Chloé"].withdrawn_at = timezone.now()
    people["Chloé"].save()
    assert pairs(change(actions.run_again, cohort, seen=2, by=committee), committee) == {("Jade", "Karim")}


def test_staff_who_take_part_change_nothing_about_their_own_pair(cohort, committee, people):
    own = programs.staff(cohort, Duty.COMMITTEE, name="Louise")
    mine = participant(cohort, MENTOR, person=own, consents=("participation", "suggestions"), line_manager=None)
    actions.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())
    change(actions.keep_together, cohort, (people["Chloé"], mine), seen=1, by=committee)
    kept = Adjustment.objects.get()
    for verb, subject in [
        (actions.keep_together, (cohort, (people["Jade"], mine))),
        (actions.keep_apart, (cohort, (people["Chloé"], mine))),
        (actions.swap, (cohort, (people["Chloé"], mine), (people["Jade"], people["Karim"]))),
        (actions.undo, (kept,)),
    ]:
        with pytest.raises(PermissionDenied):
            change(verb, *subject, seen=2, by=own)
    assert cohort.adjustments.standing().get() == kept


def test_only_those_who_pair_change_the_board(cohort, run, two):
    stranger = programs.staff(programs.cohort(), Duty.COORDINATOR, name="Ailleurs")
    reader = programs.staff(cohort, Duty.READER, name="Totaux")
    for by in (stranger, reader):
        with pytest.raises(PermissionDenied):
            change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=by)
        with pytest.raises(PermissionDenied):
            change(actions.change_policy, cohort, Policy(objective="stable"), seen=1, by=by)


def test_every_change_is_in_the_log_without_the_reason(cohort, committee, run, two):
    change(actions.keep_together, cohort, two("Chloé", "Karim"), seen=1, by=committee, reason="Un mot du comité")
    change(actions.undo, Adjustment.objects.get(), seen=2, by=committee)
    verbs = list(Event.objects.filter(verb__startswith="pairing.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["pairing.run", "pairing.lock", "pairing.run", "pairing.undo", "pairing.run"]
    assert not any("Un mot" in str(event.facts) for event in Event.objects.all())
