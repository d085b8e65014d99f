"""Everything about oneself can be taken away, and erased without taking anything from others."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.utils import timezone

from releve.audit.models import SubjectCode
from releve.core.vault.keys import open_key
from releve.matching import actions as matching
from releve.matching.models import Decision
from releve.people.models import Person
from releve.people.roles import Duty
from releve.privacy import actions
from releve.privacy.holdings import PATHS, classified, everything_about
from releve.relationships.models import Relationship, State
from releve.workspace import actions as workspace
from releve.workspace.models import Goal
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant

pytestmark = pytest.mark.django_db

GOAL = "Déléguer sans m’excuser."


@pytest.fixture
def pair():
    return relationships.confirmed()


@pytest.fixture
def mentor(pair):
    return relationships.memberships(pair)[0].participant.person


@pytest.fixture
def mentee(pair):
    return relationships.memberships(pair)[1].participant.person


@pytest.fixture
def goal(pair):
    return workspace.add_goal(relationships.memberships(pair)[1], {"goal": GOAL}, now=timezone.now())


def test_every_model_with_a_column_to_export_says_whose_its_rows_are():
    exported = {label for label, fields in classified().items() if any(field.export for field in fields.values())}
    reached_otherwise = {"audit.Event", "audit.SubjectCode"}
    assert exported - reached_otherwise == {label for label in PATHS if label in exported}
    assert all(apps.get_model(label) for label in PATHS)


def test_the_archive_opens_what_was_sealed_for_its_owner(goal, mentee):
    archive = zipfile.ZipFile(io.BytesIO(actions.archive_of(mentee, now=timezone.now())))
    data = json.loads(archive.read("releve.json"))["data"]
    assert [row["content"] for row in data["workspace.Goal"]] == [{"goal": GOAL}]
    assert data["people.Person"][0]["email"] == mentee.email
    assert GOAL in archive.read("workspace.Goal.csv").decode("utf-8-sig")


def test_the_archive_holds_nothing_of_people_one_is_not_paired_with(goal, pair):
    cohort = pair.terms.get().cohort
    stranger = participant(cohort, MENTEE, name="Dan Cyr").person
    found = json.dumps(everything_about(stranger), ensure_ascii=False, default=str)
    assert GOAL not in found
    assert stranger.email in found


def test_an_erased_person_is_gone_and_the_partner_keeps_what_was_joint(goal, pair, mentor, mentee, django_capture_on_commit_callbacks):
    key = relationships.memberships(pair)[1].author_key
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(mentee, now=timezone.now())
    assert not Person.objects.filter(pk=mentee.pk).exists()
    assert open_key(key) is None
    assert Goal.objects.get().content == {"goal": GOAL}
    pair.refresh_from_db()
    assert (pair.state, pair.ending) == (State.ENDED, "withdrawal")
    assert list(Relationship.objects.of_member(mentor)) == [pair]
    assert not SubjectCode.objects.filter(person_id=mentee.pk).exists()


def test_why_the_committee_chose_somebody_goes_with_them():
    cohort = programs.cohort()
    committee = programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    mentor = participant(cohort, MENTOR, name="Louise Morin", places=2)
    gone, stays = (participant(cohort, MENTEE, name=name) for name in ("Chloé Bergeron", "Jade Roy"))
    for mentee in (gone, stays):
        chosen = matching.Chosen(mentor, mentee, f"{mentee.person.name} vise la direction.")
        matching.pair(cohort, chosen, by=committee, now=timezone.now())
    actions.erase(gone.person, now=timezone.now())
    assert sorted(Decision.objects.values_list("reason", flat=True)) == ["Jade Roy vise la direction.", "–"]


def test_joint_texts_die_with_their_last_reader(goal, pair, mentor, mentee, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(mentee, now=timezone.now())
        actions.erase(mentor, now=timezone.now())
    assert open_key(pair.joint_key) is None


def test_an_erased_person_leaves_every_run_which_then_says_so():
    cohort = programs.cohort()
    committee = programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    on = ("participation", "suggestions")
    participant(cohort, MENTOR, name="Louise Morin", consents=on, line_manager=None)
    gone = participant(cohort, MENTEE, name="Chloé Bergeron", consents=on, line_manager=None, seeks="Une écoute.")
    run = matching.run_suggestions(cohort, by=committee, seed=1, now=timezone.now())
    assert gone.pk.hex in run.problem
    actions.erase(gone.person, now=timezone.now())
    run.refresh_from_db()
    assert gone.pk.hex not in run.problem
    assert str(gone.pk) not in json.dumps(run.people)
    assert run.replayable is False


def test_the_only_coordinator_hands_over_before_leaving():
    cohort = programs.cohort()
    only = programs.staff(cohort)
    with pytest.raises(actions.ErasureRefused):
        actions.erase(only, now=timezone.now())
    assert Person.objects.filter(pk=only.pk).exists()
    programs.staff(cohort, name="Zoé Roy")
    actions.erase(only, now=timezone.now())
    assert not Person.objects.filter(pk=only.pk).exists()


def test_an_address_typed_wrong_erases_nothing(client, mentee):
    client.force_login(mentee)
    page = client.post("/en/my-data/erase/", {"email": "someone@example.org"})
    assert "This is not the address of your account. Nothing was erased." in page.content.decode()
    assert Person.objects.filter(pk=mentee.pk).exists()
