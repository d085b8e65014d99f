import datetime as dt

import pytest
from django.utils import timezone, translation

from releve.core.bilingual import Text
from releve.people.roles import Duty
from releve.programs import actions
from releve.programs.models import Appointment, Cohort, Program, Version
from releve.programs.opening import problems_with_opening
from tests.factories import programs as factory
from tests.programs.conftest import cohort_of


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def ready(draft):
    """A cohort in preparation that lacks nothing."""
    Cohort.objects.update(settings={"contact_email": "comite@chapter.ca"})
    draft.refresh_from_db()
    return draft


def said(cohort):
    return [(obstacle.message, obstacle.page, obstacle.anchor) for obstacle in problems_with_opening(Cohort.objects.get(pk=cohort.pk))]


def test_a_cohort_that_lacks_nothing_opens_and_becomes_public(ready, amina):
    now = timezone.now()
    assert said(ready) == []
    assert list(Program.objects.public()) == []
    actions.open_cohort(ready, by=amina, now=now)
    assert (ready.state, ready.opened_at) == ("open", now)
    assert list(Program.objects.public()) == [ready.program]


def test_opening_twice_is_refused_the_second_time(ready, amina):
    actions.open_cohort(ready, by=amina, now=timezone.now())
    with pytest.raises(actions.StateRefused):
        actions.open_cohort(ready, by=amina, now=timezone.now())


def test_the_address_of_the_design_is_no_address(draft):
    assert said(draft) == [
        ("The address of “Mentorship committee” is still the example: mentorat@exemple.test.", "programs:edit_contacts", "first")
    ]


def test_a_contact_without_address_is_an_obstacle(ready):
    Cohort.objects.update(settings={"contact_email": ""})
    assert said(ready) == [("“Mentorship committee” has no email address.", "programs:edit_contacts", "first")]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (Text("", "Cohort"), "The name of the cohort is missing in French."),
        (Text("Cohorte", " "), "The name of the cohort is missing in English."),
    ],
)
def test_a_name_in_one_language_only_is_an_obstacle(ready, name, message):
    Cohort.objects.update(name=name)
    assert said(ready) == [(message, "programs:edit_dates", "id_name")]


def test_a_program_named_in_one_language_only_is_an_obstacle(ready):
    Program.objects.update(name=Text("Mentorat", ""))
    assert said(ready) == [("The name of the program is missing in English.", "programs:list_texts", "")]


def test_dates_that_cross_are_an_obstacle_that_names_both(ready):
    Cohort.objects.update(dates={"registration_closes": "2026-07-01"})
    (message, page, anchor), *others = said(ready)
    assert ("July" in message, "June" in message) == (True, True)
    assert (page, anchor, others) == ("programs:edit_dates", "id_day_pairing_by", [])


def test_a_cohort_with_a_window_needs_a_last_day(ready):
    Cohort.objects.update(ends_on=None)
    assert ("The cohort has no last day.", "programs:edit_dates", "id_ends_on") in said(ready)


def test_nobody_to_pair_people_is_an_obstacle(ready):
    Appointment.objects.update(duty=Duty.READER)
    assert said(ready) == [("Nobody is appointed to pair people.", "programs:list_staff", "")]


def test_a_letter_with_a_place_that_nothing_fills_is_an_obstacle(amina):
    letters = factory.first_blueprint().as_data()["letters"]
    letters[0]["body"] = {"fr": "Bonjour {surname}", "en": "Hello {surname}"}
    definition = factory.changed(letters=letters, contacts=[{"id": "first", "name": {"fr": "A", "en": "A"}, "email": "a@chapter.ca"}])
    program = factory.program(definition)
    factory.staff(program, who=amina)
    message, page, anchor = said(cohort_of(program, state="draft"))[0]
    assert message == "The letter “Your mentoring registration ({role}): please confirm” holds the place {surname}, which nothing fills."
    assert (page, anchor) == ("programs:list_letters", "")


def test_a_definition_that_is_no_longer_sound_is_an_obstacle(ready):
    """A step with a hard gate that nobody can pass: such a version cannot be saved, but an older release may have."""
    letters = [letter for letter in factory.first_blueprint().as_data()["letters"] if letter["id"] != "proposal"]
    broken = factory.changed(letters=letters)
    Version.objects.update(frozen=broken.canonical, digest=broken.digest)
    message, page, _anchor = said(ready)[0]
    assert message.startswith("letters: ")
    assert page == "programs:show_definition"


def test_opening_is_refused_with_every_obstacle_and_changes_nothing(draft, amina):
    Cohort.objects.update(name=Text("Cohorte", ""), ends_on=None, starts_on=dt.date(2026, 9, 1))
    draft.refresh_from_db()
    with pytest.raises(actions.OpeningRefused) as refused:
        actions.open_cohort(draft, by=amina, now=timezone.now())
    assert {obstacle.page for obstacle in refused.value.obstacles} == {"programs:edit_dates", "programs:edit_contacts"}
    assert Cohort.objects.get().state == "draft"


def test_a_survey_without_names_is_not_promised_before_it_can_be_kept(ready):
    whole = ready.definition.as_data()
    surveys = [survey | {"mode": "anonymous"} if survey["id"] == "evaluation_mentor" else survey for survey in whole["surveys"]]
    changed = factory.changed(ready.definition, surveys=surveys)
    Version.objects.filter(pk=ready.version_id).update(frozen=changed.canonical, digest=changed.digest)
    assert said(ready) == [
        (
            "“Year-end evaluation, mentors” promises answers without names, which this version of Relève cannot collect yet.",
            "programs:show_definition",
            "",
        )
    ]
