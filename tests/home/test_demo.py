"""The demonstration: built once for the class, looked at as its visitors and its people would."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from releve.audit.models import Event
from releve.core.bilingual import Text
from releve.enrolment.models import Participant
from releve.home.demo import building, founding, personas, world
from releve.matching.models import Decision
from releve.meetings.models import Attendance, Meeting
from releve.notifications.models import DemoLetter, Letter
from releve.people.models import Organization, Person
from releve.programs.models import Cohort
from releve.programs.opening import problems_with_opening
from releve.relationships.models import HelpRequest, Membership, Relationship
from releve.surveys.models import Receipt
from tests.factories.people import person

IN_THE_DEMO = override_settings(DEMO=True, EMAIL_BACKEND="releve.notifications.demo_backend.DemoBackend")


@IN_THE_DEMO
class TestTheDemonstration(TestCase):
    databases = "__all__"

    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        cls.cohorts = building.build(cls.now).cohorts

    # --- what it holds

    def test_sixty_people_take_part_this_year(self):
        places = self.cohorts["this"].participants
        assert (places.count(), places.values("person").distinct().count()) == (61, 60)
        assert Counter(places.values_list("state", flat=True)) == {
            "registered": 56,
            "waiting": 1,
            "invited": 2,
            "started": 1,
            "withdrawn": 1,
        }

    def test_every_state_of_a_relationship_is_there(self):
        found = Relationship.objects.filter(terms__cohort=self.cohorts["this"])
        assert Counter(found.values_list("state", "ending")) == {
            ("proposed", ""): 1,
            ("introduced", ""): 3,
            ("accepted", ""): 2,
            ("confirmed", ""): 18,
            ("paused", ""): 1,
            ("ended", "goals_met"): 1,
            ("ended", "not_working"): 1,
            ("ended", "withdrawal"): 1,
            ("dissolved", ""): 1,
        }
        assert Counter(Relationship.objects.filter(terms__cohort=self.cohorts["last"]).values_list("state", "ending")) == {
            ("completed", "term"): 9,
            ("ended", "goals_met"): 1,
            ("ended", "not_working"): 1,
            ("dissolved", ""): 1,
        }

    def test_pairs_wait_for_every_kind_of_care(self):
        introduced = Relationship.objects.filter(terms__cohort=self.cohorts["this"], state="introduced")
        assert introduced.filter(answer_by__isnull=True).count() == 1  # the time was up without an outcome
        assert introduced.filter(memberships__contact_answer__isnull=False).count() == 1  # one side has answered
        asked = HelpRequest.objects.order_by("created_at").values_list("answered_at", flat=True)
        assert [answered is None for answered in asked] == [False, True]
        signed = Relationship.objects.filter(state="accepted", agreements__signatures__isnull=False)
        assert signed.count() == 1  # the other signature is missing
        quiet = self.now - timedelta(days=45)
        silent = Relationship.objects.filter(state="confirmed").exclude(meetings__state="held", meetings__starts_at__gt=quiet)
        assert silent.count() == 1
        assert Decision.objects.count() == Relationship.objects.count()

    def test_meetings_are_planned_held_cancelled_and_said_differently(self):
        states = set(Meeting.objects.values_list("state", flat=True))
        assert states == {"planned", "held", "cancelled"}
        past = Meeting.objects.filter(state="planned", starts_at__lt=self.now)
        assert past.count() == 1  # it waits for a report
        held = Meeting.objects.filter(state="held", agreed_minutes__isnull=True)
        silent = Attendance.objects.filter(meeting__in=held, minutes__isnull=True).values("meeting").distinct().count()
        assert (held.count(), silent) == (3, 2)  # two wait for the other's word, one length differs

    def test_staff_take_part_too(self):
        staff = {name for name, record in world.read("staff").items() if Participant.objects.filter(person=self.person(record)).exists()}
        assert staff == {"ouellet", "benkirane"}

    def test_a_draft_says_why_it_cannot_open(self):
        draft = Cohort.objects.get(state="draft")
        with translation.override("en"):
            reasons = [obstacle.page for obstacle in problems_with_opening(draft)]
        assert reasons == ["programs:edit_dates", "programs:edit_contacts"]

    def test_a_file_waits_half_way(self):
        sheet = self.cohorts["next"].imports.get()
        assert sheet.state == "preview"
        assert Counter(sheet.rows.values_list("verdict", flat=True)) == {"new": 5, "error": 3, "choice": 2}

    def test_last_year_has_its_evaluations(self):
        asked = Receipt.objects.filter(cohort=self.cohorts["last"])
        assert (asked.count(), asked.filter(answered_at__isnull=False).count()) == (22, 18)

    # --- nobody is real, and nothing is out of time

    def test_nobody_can_be_reached(self):
        assert [one.email for one in Person.objects.all() if not one.email.endswith("@exemple.test")] == []
        assert [letter.to for letter in DemoLetter.objects.all() if not letter.to.endswith("@exemple.test")] == []
        with_password = {one.email.partition(".")[0] for one in Person.objects.all() if one.has_usable_password()}
        assert with_password == {"anne-sophie", "marie-eve"}

    def test_each_person_speaks_for_themselves(self):
        answers = [one.answers for one in Participant.objects.select_related("registration").exclude(registration=None)]
        for question in ("motivations", "offers", "seeks", "objectives"):
            said = [one[question] for one in answers if one.get(question)]
            people = len({one.person_id for one in Participant.objects.all()})
            assert len(set(said)) >= len(said) - (0 if question == "motivations" else 8), question
            assert len(said) <= people + 10

    def test_no_past_is_ahead(self):
        assert Event.objects.filter(at__gt=timezone.now()).count() == 0
        assert Event.objects.filter(place__isnull=True).count() == 0  # all chained
        for model in (Participant, Relationship, Membership, Letter, Person, Cohort):
            assert model.objects.filter(created_at__gt=self.now).count() == 0, model
        assert Event.objects.order_by("at").first().at < self.now - timedelta(days=500)

    def test_no_letter_waits_and_recent_ones_are_shown_in_both_languages(self):
        assert set(Letter.objects.values_list("state", flat=True)) == {"sent", "cancelled"}
        assert set(DemoLetter.objects.values_list("language", flat=True)) == {"fr", "en"}
        assert DemoLetter.objects.filter(created_at__lt=self.now - timedelta(days=11)).count() == 0

    # --- stepping in

    def test_a_visitor_finds_everyone_with_a_sentence(self):
        for language in ("fr", "en"):
            with translation.override(language):
                page = self.client.get(reverse("home:list_personas")).content.decode()
                for persona in personas.everyone():
                    assert str(persona.about) in page.replace("&#x27;", "'"), persona.name
        assert len(personas.people_behind()) == len(list(personas.everyone()))

    def test_one_click_steps_into_each_person_and_their_pages_open(self):
        for name, one in personas.people_behind().items():
            visitor = Client()
            with translation.override("fr"):
                answer = visitor.post(reverse("home:step_in", args=[name]), follow=True)
            assert (answer.status_code, answer.context["user"]) == (200, one), name
            assert answer.redirect_chain[-1][0].startswith(f"/{one.language}/"), name

    def test_stepping_into_another_person_leaves_nothing_of_the_first(self):
        self.client.post(reverse("home:step_in", args=["gagnon"]))
        self.client.session["note"] = "mine"
        before = self.client.session.session_key
        self.client.post(reverse("home:step_in", args=["sinclair"]))
        assert self.client.session["_auth_user_id"] == str(personas.people_behind()["sinclair"].pk)
        assert self.client.session.session_key != before

    def test_nobody_else_is_stepped_into(self):
        assert self.client.post(reverse("home:step_in", args=["lavigne"])).status_code == 404  # in the story, not on the page
        assert self.client.post(reverse("home:step_in", args=["marie-eve"])).status_code == 404
        assert self.client.get(reverse("home:step_in", args=["gagnon"])).status_code == 405

    # --- a second time

    def test_a_young_demonstration_is_left_as_it_is(self):
        letters = set(Letter.objects.values_list("pk", flat=True))
        call_command("seed_demo", verbosity=0)
        assert set(Letter.objects.values_list("pk", flat=True)) == letters
        assert building.is_fresh(self.now + timedelta(days=4))
        assert not building.is_fresh(self.now + timedelta(days=12))

    def person(self, record):
        return Person.objects.get(email=world.address_of(record["name"]))


# --- elsewhere


@pytest.mark.parametrize("language", ["fr", "en"])
def test_there_is_no_such_page_outside_of_the_demonstration(client, language):
    record = world.read("mentees")["gagnon"]
    someone = person(" ".join(record["name"]), email=world.address_of(record["name"]))  # whom it would find
    with translation.override(language):
        answers = [
            client.get(reverse("home:list_personas")).status_code,
            client.post(reverse("home:step_in", args=["gagnon"])).status_code,
        ]
    assert answers == [404, 404]
    assert "_auth_user_id" not in client.session
    assert someone.link_uses.count() == 0


def test_nothing_is_built_outside_of_the_demonstration():
    with pytest.raises(CommandError, match="RELEVE_DEMO"):
        call_command("seed_demo")
    assert Person.objects.count() == 0


@IN_THE_DEMO
@pytest.mark.parametrize(
    "own",
    [
        {"name": Text(fr="Chapitre de l’Est", en="Eastern chapter"), "contact_email": founding.CONTACT},
        {"name": founding.ORGANIZATION, "contact_email": "mentorat@example.org"},
    ],
)
def test_a_server_that_belongs_to_somebody_is_left_alone(own):
    Organization.objects.create(**own)
    amina = person("Amina")
    for words in ([], ["--afresh"]):
        with pytest.raises(CommandError, match="belongs to"):
            call_command("seed_demo", *words)
    assert list(Person.objects.all()) == [amina]


@IN_THE_DEMO
def test_people_without_an_organization_are_left_alone():
    amina = person("Amina")
    with pytest.raises(CommandError, match="belongs to"):
        call_command("seed_demo")
    assert list(Person.objects.all()) == [amina]


def story_days():
    """Days on which counting back could go wrong: ends of months, a leap day, turns of the year."""
    return [timezone.make_aware(timezone.datetime(*day, 12)) for day in ((2026, 1, 1), (2024, 2, 29), (2026, 3, 31), (2026, 5, 31))]


@pytest.mark.every
@IN_THE_DEMO
@pytest.mark.parametrize("now", story_days(), ids=lambda now: f"{now:%Y-%m-%d}")
def test_it_never_ages(now):
    built = building.build(now)
    states = Relationship.objects.filter(terms__cohort=built.cohorts["this"])
    assert Counter(states.values_list("state", flat=True)) == {
        "proposed": 1,
        "introduced": 3,
        "accepted": 2,
        "confirmed": 18,
        "paused": 1,
        "ended": 3,
        "dissolved": 1,
    }
    assert built.cohorts["next"].is_registering(timezone.localdate(now))
