"""The board in use: what it shows, what each button does, and what a second person is told."""

import re

import pytest
from django.utils import timezone

from releve.matching import actions
from releve.matching.actions import Seen
from releve.matching.models import Adjustment, Decision, Policy, Run
from releve.people.roles import Duty
from releve.relationships.models import Relationship, State
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant
from tests.matching.board_cast import SWITCHED_ON, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client, committee, cohort, run):
    """The board's address for somebody of the committee who is signed in."""
    client.force_login(committee)
    return f"/en/manage/{cohort.pk}/pairing/"


def text(response):
    """What a page says, without its markup."""
    body = re.sub(r"(?s)<head>.*?</head>|<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(body.split())


def pair(people, mentee, mentor):
    return f"{people[mentee].pk},{people[mentor].pk}"


def shown(client, address):
    return [
        (one["row"].mentee.person.name, one["row"].mentor and one["row"].mentor.person.name) for one in client.get(address).context["rows"]
    ]


def test_each_row_says_who_with_whom_how_well_and_why(client, board):
    said = text(client.get(board))
    assert "2 of 2 mentees have a suggestion" in said
    assert "1 of 1 place" in said
    assert "Areas in common" in said
    assert "no better total exists" in said
    assert "Introduce those ticked" in said


def test_rows_are_narrowed_by_answers_and_by_what_waits_for_a_decision(client, board, cohort, committee, people):
    someone(cohort, MENTEE, "Noor", language="en")
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    actions.keep_together(cohort, (people["Chloé"], people["Louise"]), seen=Seen(2), by=committee, now=timezone.now())
    assert shown(client, f"{board}?shown=unpaired") == [("Noor", None)]
    assert shown(client, f"{board}?shown=locked") == [("Chloé", "Louise")]
    assert shown(client, f"{board}?q_region=montreal") == [("Chloé", "Louise")]
    assert shown(client, f"{board}?q_region=saguenay_lac_saint_jean") == []
    assert shown(client, f"{board}?sort=mentee") == [("Chloé", "Louise"), ("Jade", "Karim"), ("Noor", None)]
    assert shown(client, f"{board}?sort=fit")[0] == ("Noor", None)
    assert len(shown(client, f"{board}?q_region=nowhere&shown=everything&sort=luck")) == 3


def test_a_button_keeps_two_together_and_another_lets_them_go(client, board, people):
    kept = client.post(f"{board}adjust/", {"adjust": f"lock:{pair(people, 'Chloé', 'Karim')}", "seen": 1}, follow=True)
    assert "These two stay together in every run" in text(kept)
    assert ("Chloé", "Karim") in shown(client, board)
    assert "Kept together, kept apart" in text(kept)
    undone = client.post(f"{board}undo/{Adjustment.objects.get().pk}/", {"seen": 2}, follow=True)
    assert "Undone: the engine decides" in text(undone)
    assert ("Chloé", "Louise") in shown(client, board)


def test_a_button_keeps_two_apart(client, board, people):
    client.post(f"{board}adjust/", {"adjust": f"forbid:{pair(people, 'Chloé', 'Louise')}", "seen": 1})
    assert ("Chloé", "Louise") not in shown(client, board)


def test_two_ticked_pairs_swap_their_mentors(client, board, people):
    ticked = {"pair": [pair(people, "Chloé", "Louise"), pair(people, "Jade", "Karim")], "seen": 1}
    client.post(f"{board}swap/", ticked)
    assert set(shown(client, board)) == {("Chloé", "Karim"), ("Jade", "Louise")}


@pytest.mark.parametrize("count", [0, 1])
def test_a_swap_asks_for_two_pairs(client, board, people, count):
    ticked = [pair(people, "Chloé", "Louise")][:count]
    assert "Tick two pairs, no more and no fewer" in text(client.post(f"{board}swap/", {"pair": ticked, "seen": 1}, follow=True))
    assert not Adjustment.objects.exists()


def test_a_change_from_an_old_page_is_not_made_and_says_so(client, board, cohort, people):
    other = programs.staff(cohort, Duty.COMMITTEE, name="Omar")
    actions.keep_apart(cohort, (people["Chloé"], people["Louise"]), seen=Seen(1), by=other, now=timezone.now())
    late = client.post(f"{board}adjust/", {"adjust": f"lock:{pair(people, 'Chloé', 'Louise')}", "seen": 1}, follow=True)
    assert "Somebody changed the board since you opened it" in text(late)
    assert [one.kind for one in cohort.adjustments.standing()] == ["forbid"]


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999"])
def test_a_page_that_does_not_say_what_it_showed_changes_nothing(client, board, people, seen):
    client.post(f"{board}adjust/", {"adjust": f"lock:{pair(people, 'Chloé', 'Louise')}", "seen": seen})
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("sent", ["lock:", "lock:a,b", "lock:{two},x", "lock:{turned}", "lock:{far}"])
def test_what_names_no_pair_of_this_cohort_is_no_page(client, board, people, sent):
    far = programs.cohort()
    outside = f"{people['Chloé'].pk},{participant(far, MENTOR, name='Loin', consents=SWITCHED_ON).pk}"
    turned = f"{people['Louise'].pk},{people['Chloé'].pk}"
    value = sent.format(two=pair(people, "Chloé", "Louise"), turned=turned, far=outside)
    assert client.post(f"{board}adjust/", {"adjust": value, "seen": 1}).status_code == 404


@pytest.mark.parametrize("sent", ["", "keep:{two}", "{two}"])
def test_what_says_nothing_to_do_is_answered_in_a_sentence(client, board, people, sent):
    value = sent.format(two=pair(people, "Chloé", "Louise"))
    assert "Choose a pair of the board, and what to do with it." in text(client.post(f"{board}adjust/", {"adjust": value}, follow=True))


def test_an_aim_is_chosen_by_one_button_and_each_says_what_it_gives(client, board, cohort):
    said = text(client.post(f"{board}aim/", {"objective": "leximin", "seen": 1}, follow=True))
    assert "This is what the board looks like with this aim." in said
    assert "the weakest cannot do better" in said
    assert cohort.policies.get().objective == "leximin"
    assert [(aim.objective, aim.is_current, aim.given.paired) for aim in client.get(board).context["aims"]] == [
        ("best_total", False, 2),
        ("leximin", True, 2),
        ("most_people", False, 2),
        ("stable", False, 2),
    ]
    assert "Choose one of the aims." in text(client.post(f"{board}aim/", {"objective": "cheapest", "seen": 2}, follow=True))


def test_staff_who_take_part_see_neither_their_row_nor_totals_that_hold_it(client, board, cohort, committee, people):
    own = programs.staff(cohort, Duty.COMMITTEE, name="Louise Morin")
    participant(cohort, MENTOR, person=own, consents=SWITCHED_ON, line_manager=None, areas=["finance"], places=1)
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    client.force_login(own)
    page = client.get(board)
    assert own.name not in [mentor for _mentee, mentor in shown(client, board)]
    assert [aim.given for aim in page.context["aims"]] == [None] * 4
    assert "Not shown to you: you take part" in text(page)


def test_weights_and_rules_are_saved_as_a_version_that_the_next_run_follows(client, board, cohort, committee):
    someone(cohort, MENTEE, "Noor", language="en", areas=["finance"])
    fields = {f"weight_{one.id}": one.weight for one in cohort.definition.pairing.criteria}
    page = client.post(f"{board}policy/", {"objective": "most_people", **fields, "weight_areas": 0, "seen": 1}, follow=True)
    assert "Saved as a new version." in text(page)
    policy = cohort.policies.get()
    assert (policy.number, policy.objective, policy.weights["areas"], policy.rules_off) == (1, "most_people", 0, ["language"])
    run = Run.objects.get(number=2)
    assert (run.policy, run.objective) == (policy, "most_people")
    assert '"weight":0' in run.problem
    assert "language_in_common" not in run.problem


def test_wrong_weights_are_said_beside_the_field_and_nothing_typed_is_lost(client, board, cohort):
    fields = {f"weight_{one.id}": one.weight for one in cohort.definition.pairing.criteria}
    page = client.post(f"{board}policy/", {"objective": "stable", **fields, "weight_areas": "lots", "weight_hours": 101, "seen": 1})
    assert text(page).count("Write a whole number from 0 to 100.") == 4  # in the summary, and beside each of two fields
    assert 'value="lots"' in page.content.decode()
    nothing = client.post(f"{board}policy/", {"objective": "stable", **dict.fromkeys(fields, 0), "seen": 1})
    assert "Give at least one of them some weight." in text(nothing)
    assert not cohort.policies.exists()


def test_a_policy_sent_from_an_old_page_keeps_what_was_typed(client, board, cohort, committee):
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    fields = {f"weight_{one.id}": 7 for one in cohort.definition.pairing.criteria}
    page = client.post(f"{board}policy/", {"objective": "stable", **fields, "seen": 1})
    assert "Somebody changed the board since you opened this page" in text(page)
    assert page.content.decode().count('value="7"') == len(fields)
    assert not Policy.objects.exists()


def test_several_pairs_are_introduced_at_once_after_being_asked_once_more(client, board, people):
    ticked = [pair(people, "Chloé", "Louise"), pair(people, "Jade", "Karim")]
    asked = client.post(f"{board}introduce/", {"pair": ticked, "seen": 1})
    assert "Introduce these 2 pairs?" in text(asked)
    assert not Relationship.objects.exists()
    without = client.post(f"{board}introduce/", {"pair": ticked, "confirm": 1, "reason": "  "})
    assert "Why these pairs?" in text(without)
    assert "Write in a sentence why you bring these people together." in text(without)
    done = client.post(f"{board}introduce/", {"pair": ticked, "confirm": 1, "reason": "Vu en comité."}, follow=True)
    assert "2 pairs have been introduced." in text(done)
    assert [one.state for one in Relationship.objects.all()] == [State.INTRODUCED] * 2
    assert {(one.origin, one.reason) for one in Decision.objects.all()} == {("suggestion", "Vu en comité.")}


def test_where_one_pair_cannot_be_introduced_none_is(client, board, cohort, people):
    ticked = [pair(people, "Chloé", "Louise"), pair(people, "Jade", "Karim")]
    relationships.introduced(cohort, [people["Karim"], participant(cohort, MENTEE, name="Noor")])
    page = client.post(f"{board}introduce/", {"pair": ticked, "confirm": 1, "reason": "Vu en comité."})
    assert "Nobody was introduced: something changed since." in text(page)
    assert "Vu en comité." in page.content.decode()
    assert Relationship.objects.count() == 1


def test_without_a_tick_nobody_is_introduced(client, board):
    assert "Tick at least one pair to introduce." in text(client.post(f"{board}introduce/", {"seen": 1}, follow=True))


def test_all_runs_are_listed_and_one_can_be_repeated_and_compared(client, board, cohort, people, committee):
    actions.swap(
        cohort, (people["Chloé"], people["Louise"]), (people["Jade"], people["Karim"]), seen=Seen(1), by=committee, now=timezone.now()
    )
    assert "Run 2" in text(client.get(f"{board}runs/"))
    assert "The same answer, to the byte" in text(client.get(f"{board}runs/1/?repeat=1"))
    compared = client.get(f"{board}runs/2/and/1/")
    assert {move.mentee for move in compared.context["lost"]} == {"Chloé", "Jade"}
    assert "0 mentees keep the same mentor." in text(compared)
    assert client.get(f"{board}runs/2/and/2/").status_code == 404
    assert client.get(f"{board}runs/7/").status_code == 404


def test_a_run_whose_inputs_or_answer_were_changed_says_so(client, board, cohort):
    run = cohort.runs.get()
    Run.objects.update(problem=run.problem.replace("finance", "nothing"))
    assert "The inputs are not those that were recorded" in text(client.get(f"{board}runs/1/?repeat=1"))
    Run.objects.update(problem=run.problem, result=run.result.replace('"locked":false', '"locked":true'))
    assert "The answer is not the recorded one" in text(client.get(f"{board}runs/1/?repeat=1"))
    Run.objects.update(problem="{}", result=run.result, replayable=False)
    assert "This run cannot be repeated any more" in text(client.get(f"{board}runs/1/?repeat=1"))


def test_a_run_of_an_older_engine_is_proved_again(client, board, cohort):
    run = cohort.runs.get()
    Run.objects.update(engine_version="0.9.0", result=run.result.replace(run.engine_version, "0.9.0"))
    assert "The recorded answer is still proved" in text(client.get(f"{board}runs/1/?repeat=1"))


def test_a_mentee_is_explained_with_what_every_other_mentor_would_cost(client, board, people):
    said = text(client.get(f"{board}why/{people['Chloé'].pk}/"))
    assert "Why Louise for Chloé?" in said
    assert "And why not somebody else?" in said
    assert "Karim" in said
    done = client.post(f"{board}adjust/", {"adjust": f"lock:{pair(people, 'Chloé', 'Karim')}", "seen": 1}, follow=True)
    assert "These two stay together" in text(done)


def test_somebody_without_a_mentor_reads_which_smallest_change_would_help(client, board, cohort, committee):
    noor = someone(cohort, MENTEE, "Noor", language="fr", areas=["finance"])
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    said = text(client.get(f"{board}why/{noor.pk}/"))
    assert "Why nobody for Noor?" in said
    assert "The smallest change that would help" in said
    assert "Add one place with" in said


def test_with_another_aim_no_price_is_claimed(client, board, cohort, committee, people):
    actions.change_policy(cohort, Policy(objective="stable"), seen=Seen(1), by=committee, now=timezone.now())
    said = text(client.get(f"{board}why/{people['Chloé'].pk}/"))
    assert "With this aim, another pair has no price in points" in said
    assert "And why not somebody else?" not in said


def test_staff_who_take_part_are_told_no_costs_and_nothing_about_themselves(client, board, cohort, committee, people):
    own = programs.staff(cohort, Duty.COMMITTEE, name="Louise Morin")
    mine = participant(cohort, MENTEE, person=own, consents=SWITCHED_ON, line_manager=None, areas=["finance"])
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    assert "And why not somebody else?" in text(client.get(f"{board}why/{people['Chloé'].pk}/"))
    client.force_login(own)
    said = text(client.get(f"{board}why/{people['Chloé'].pk}/"))
    assert "You take part in this cohort" in said
    assert "And why not somebody else?" not in said
    assert client.get(f"{board}why/{mine.pk}/").status_code == 404


def test_a_mentor_or_somebody_outside_the_run_is_no_page(client, board, cohort, people):
    late = someone(cohort, MENTEE, "Tard")
    for one in (late, people["Louise"]):
        assert client.get(f"{board}why/{one.pk}/").status_code == 404
