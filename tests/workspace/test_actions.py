import pytest
from django.utils import timezone

from releve.audit.models import Event
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.relationships.models import Requirement, State
from releve.workspace import actions
from releve.workspace.models import Agreement, Goal, JointPage, Signature
from releve.workspace.queries import has_signed, paper_of
from tests.factories import workspace
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db

WORKING = [State.ACCEPTED, State.CONFIRMED, State.PAUSED]
NOT_WORKING = [State.INTRODUCED, State.ENDED, State.COMPLETED, State.DISSOLVED]


def letters(kind):
    return sorted(letter.person.name for letter in Letter.objects.filter(kind=kind).select_related("person"))


@pytest.fixture
def two():
    return pair(State.ACCEPTED)


def state_of(two):
    return type(two.relationship).objects.get(pk=two.relationship.pk).state


# --- signing


def test_pairing_is_confirmed_once_both_have_signed_the_same_text(two):
    workspace.signed(two.mentor)
    assert (state_of(two), Requirement.objects.count(), letters("sign_reminder")) == ("accepted", 0, ["Chloé Bergeron"])
    workspace.signed(two.mentee, language="en")
    assert (state_of(two), letters("relationship_confirmed")) == ("confirmed", ["Benoît Dufour", "Chloé Bergeron"])
    assert [(one.intact, one.signature.language) for one in paper_of(two.mentor, workspace.commitment(two.mentor)).signed] == [
        (True, "fr"),
        (True, "en"),
    ]


def test_second_click_signs_nothing_more(two):
    first, second = workspace.signed(two.mentor), workspace.signed(two.mentor, name="B. Dufour")
    assert (first.pk, first.name, Signature.objects.count()) == (second.pk, "Benoît Dufour", 1)
    assert Event.objects.filter(verb="agreement.sign").count() == 1


@pytest.mark.parametrize("state", NOT_WORKING)
def test_signing_and_adding_are_refused_when_the_pairing_does_not_stand(state):
    two = pair(state)
    for change in (workspace.signed, workspace.added, workspace.goal):
        with pytest.raises(actions.Over):
            change(two.mentee)
    assert (Agreement.objects.count(), Goal.objects.count()) == (0, 0)


def test_signing_is_refused_to_a_member_who_has_left(two):
    two.mentee.left_at = timezone.now()
    two.mentee.save()
    with pytest.raises(actions.Over):
        workspace.signed(two.mentee)


def test_signing_is_refused_when_the_text_changed_after_it_was_shown(two):
    shown = workspace.shown(two.mentor)
    workspace.added(two.mentee)
    with pytest.raises(actions.TextChanged) as refusal:
        actions.sign(two.mentor, workspace.commitment(two.mentor), name="B", language="fr", shown=shown, now=timezone.now())
    assert (refusal.value.additions, Signature.objects.count()) == (workspace.SECRET_ADDITION, 0)


def test_addition_after_a_signature_asks_everybody_to_sign_anew(two):
    workspace.signed(two.mentor)
    workspace.added(two.mentee)
    assert letters("sign_again") == ["Benoît Dufour"]
    assert (has_signed(two.mentor, "commitment"), has_signed(two.mentee, "commitment")) == (False, False)
    workspace.signed(two.mentee)
    assert state_of(two) == "accepted"  # Benoît's signature stands under the older text
    workspace.signed(two.mentor)
    assert (state_of(two), Signature.objects.count(), Agreement.objects.count()) == ("confirmed", 3, 2)


def test_addition_to_a_signed_and_confirmed_text_keeps_the_pairing_and_the_old_signatures(two):
    for member in (two.mentor, two.mentee):
        workspace.signed(member)
    workspace.added(two.mentor)
    assert (state_of(two), Signature.objects.count()) == ("confirmed", 2)
    assert list(Signature.objects.standing()) == []
    paper = paper_of(two.mentee, workspace.commitment(two.mentee))
    assert (paper.number, paper.additions, paper.complete, paper.begun) == (2, workspace.SECRET_ADDITION, False, False)


def test_two_additions_at_once_show_the_first_to_the_second(two):
    shown = workspace.shown(two.mentor)
    document, now = workspace.commitment(two.mentor), timezone.now()
    actions.add_to_agreement(two.mentor, document, additions="Rien par texto", shown=shown, now=now)
    with pytest.raises(actions.TextChanged) as refusal:
        actions.add_to_agreement(two.mentee, document, additions="Rien le soir", shown=shown, now=now)
    assert refusal.value.additions == "Rien par texto"
    assert paper_of(two.mentee, document).additions == "Rien par texto"


def test_unchanged_addition_makes_no_version(two):
    workspace.added(two.mentor)
    workspace.added(two.mentee)
    assert (Agreement.objects.count(), letters("sign_again")) == (1, [])


def test_letters_about_signing_are_dropped_once_it_is_done_or_over(two):
    workspace.signed(two.mentor)
    found = Letter.objects.get(kind="sign_reminder")
    content = preview(found.kind, found.ids, two.chloe)
    assert content.path == f"/fr/pair/{two.relationship.pk}/sign/commitment/"
    assert preview(found.kind, found.ids, two.benoit) is None
    workspace.signed(two.mentee)
    assert preview(found.kind, found.ids, two.chloe) is None
    workspace.added(two.mentor)
    again = Letter.objects.get(kind="sign_again")
    said = preview(again.kind, again.ids, two.chloe)
    assert workspace.SECRET_ADDITION not in f"{said.subject} {said.body_markdown}"


# --- goals


@pytest.mark.parametrize("state", WORKING)
def test_goal_is_written_and_read_by_both(state):
    two = pair(state)
    goal = workspace.goal(two.mentee, due="2027-03-01")
    for someone in (two.chloe, two.benoit):
        (found,) = Goal.objects.visible_to(someone)
        assert (found.pk, found.content, found.state) == (goal.pk, {"goal": workspace.SECRET_GOAL, "due": "2027-03-01"}, "open")


def test_goal_sent_twice_is_one_goal(two):
    assert workspace.goal(two.mentee).pk == workspace.goal(two.mentor).pk
    assert Goal.objects.count() == 1


@pytest.mark.parametrize(("result", "state"), [("complete", "reached"), ("partial", "partly"), ("dropped", "dropped")])
def test_result_on_the_worksheet_says_how_the_goal_ended(two, result, state):
    assert workspace.goal(two.mentee, result=result).state == state


def test_goal_saved_over_a_newer_one_is_refused_and_carries_it(two):
    goal = workspace.goal(two.mentee)
    actions.change_goal(goal, two.mentor, {"goal": "Version de Benoît"}, state="open", revision=0)
    with pytest.raises(actions.StaleAnswers) as refusal:
        actions.change_goal(goal, two.mentee, {"goal": "Version de Chloé"}, state="open", revision=0)
    assert (refusal.value.answers, refusal.value.revision) == ({"goal": "Version de Benoît"}, 1)
    assert Goal.objects.get().content == {"goal": "Version de Benoît"}


@pytest.mark.parametrize("state", [State.ENDED, State.COMPLETED])
def test_goal_is_concluded_after_the_end_and_none_is_added(state):
    two = pair()
    goal = workspace.goal(two.mentee)
    two.relationship.state, two.relationship.ended_at = state, timezone.now()
    two.relationship.save()
    two.mentee.refresh_from_db()
    actions.change_goal(goal, two.mentee, {"goal": "Fait", "result": "complete"}, state="reached", revision=0)
    assert Goal.objects.get().state == "reached"
    with pytest.raises(actions.Over):
        workspace.goal(two.mentee, why="Encore")


# --- joint pages


@pytest.mark.parametrize("state", [*WORKING, State.ENDED, State.COMPLETED])
def test_joint_page_is_written_from_the_yes_to_after_the_end(state):
    two = pair(state)
    workspace.joint_page(two.mentee)
    page = workspace.joint_page(two.mentor, rhythm="Le jeudi", done=True)
    assert (page.answers["rhythm"], page.changed_by, page.done_at is not None) == ("Le jeudi", two.mentor, True)


@pytest.mark.parametrize("state", [State.INTRODUCED, State.DISSOLVED])
def test_joint_page_is_refused_before_the_yes_and_after_a_no(state):
    two = pair(state)
    with pytest.raises(actions.Over):
        workspace.joint_page(two.mentee)
    assert JointPage.objects.count() == 0


def test_joint_page_saved_over_a_newer_one_is_refused_and_carries_it(two):
    workspace.joint_page(two.mentor, rhythm="Le jeudi")
    form = two.mentee.participant.cohort.definition.form("expectations")
    with pytest.raises(actions.StaleAnswers) as refusal:
        actions.save_joint_page(two.mentee, "expectations", form, {"rhythm": "Le lundi"}, revision=0, done=False, now=timezone.now())
    assert refusal.value.answers == {"mentee_hopes": workspace.SECRET_HOPE, "rhythm": "Le jeudi"}
    assert JointPage.objects.get().answers["rhythm"] == "Le jeudi"


def test_joint_page_sent_twice_alike_is_no_conflict(two):
    form = two.mentee.participant.cohort.definition.form("expectations")
    for _click in range(2):
        actions.save_joint_page(two.mentee, "expectations", form, {"rhythm": "Le lundi"}, revision=0, done=True, now=timezone.now())
    assert Event.objects.filter(verb="joint_page.save").count() == 1
