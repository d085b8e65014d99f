"""The pages by which a coordinator prepares a cohort: what they save, what they refuse and say, and who never sees them."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from releve.notifications.models import Letter
from releve.people.models import Person
from releve.people.roles import Duty
from releve.programs import actions
from releve.programs.models import Appointment, Cohort, Program, Version
from tests.factories import programs as factory
from tests.programs.conftest import at, cohort_of, posted, words

PLACES = (
    "dates/",
    "settings/",
    "contacts/",
    "texts/",
    "texts/documents/advice/",
    "letters/",
    "letters/proposal/",
    "definition/",
    "definition/1/",
    "definition/1/yaml/",
    "definition/1/pin/",
    "open/",
    "close/",
    "staff/",
)


ELSEWHERE = ("texts/nothing/advice/", "texts/documents/nothing/", "texts/letters/proposal/", "letters/nothing/", "definition/2/")


# --- who may open them


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_a_cohort_do_not_exist_for_those_who_may_not_open_them(client, cohort, dan, chloe, place, method):
    ended = factory.staff(cohort, Duty.COORDINATOR, name="Once")
    Appointment.objects.filter(person=ended).update(ended_at=timezone.now())
    member, reader = factory.staff(cohort, Duty.COMMITTEE, name="Member"), factory.staff(cohort, Duty.READER, name="Reader")
    before = (Version.objects.count(), Cohort.objects.values().get())
    for somebody in (dan, chloe, ended, member, reader):
        client.force_login(somebody)
        assert getattr(client, method)(at(cohort, place)).status_code == 404, somebody
    assert (Version.objects.count(), Cohort.objects.values().get()) == before


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_a_cohort_ask_visitors_to_sign_in(client, cohort, place):
    answer = client.get(at(cohort, place))
    translation.activate("en")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("place", ["dates/", "settings/", "contacts/", "texts/", "letters/", "definition/", "staff/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_of_a_cohort_lead_to_each_other(as_amina, cohort, place, language):
    answer = as_amina.get(at(cohort, place, language))
    assert answer.status_code == 200
    assert [link.current for link in answer.context["tabs"]].count(True) == 1
    assert len(answer.context["tabs"]) == 8


@pytest.mark.parametrize("place", ELSEWHERE)
def test_parts_that_the_definition_does_not_have_are_not_found(as_amina, cohort, place):
    assert as_amina.get(at(cohort, place)).status_code == 404


def test_a_version_of_another_program_is_not_found_by_its_number(as_amina, cohort, dan):
    other = Program.objects.exclude(pk=cohort.program_id).get()
    actions.save_version(other, factory.changed(summary={"fr": "Secret", "en": "Secret"}), by=dan)
    for page in ("definition/2/", "definition/2/yaml/", "definition/99999999999999999999/"):
        assert as_amina.get(at(cohort, page)).status_code == 404
    assert as_amina.post(at(cohort, "definition/2/pin/")).status_code == 404


# --- a new cohort


SEPTEMBER = "September\u00a01, 2027"
NEW = {"name_fr": "Cohorte 2027", "name_en": "2027 cohort", "starts_on": "2027-09-01", "ends_on": "2028-06-30"}


def test_preparing_a_cohort_leads_to_its_dates(as_amina, program):
    answer = as_amina.post("/en/manage/programs/chapter/new/", NEW)
    cohort = Cohort.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at(cohort, "dates/"))
    assert (cohort.slug, cohort.state, cohort.starts_on) == ("cohorte-2027", "draft", dt.date(2027, 9, 1))


def test_sending_a_new_cohort_twice_makes_one(as_amina, program):
    as_amina.post("/en/manage/programs/chapter/new/", NEW)
    answer = as_amina.post("/en/manage/programs/chapter/new/", NEW)
    assert answer.context["form"].errors == {"name": ["This program has a cohort of this name already. Add what sets this one apart."]}
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"name_fr": ""}, "name", "Write this text in both languages."),
        ({"starts_on": ""}, "starts_on", "Choose a day."),
        ({"starts_on": "2027-02-31"}, "starts_on", "This day does not exist. Write it as 2026-09-01."),
        ({"starts_on": "31/02/2027"}, "starts_on", "This day does not exist. Write it as 2026-09-01."),
        ({"starts_on": "9999-12-31"}, "starts_on", "Choose a day between 1990 and 2100."),
        ({"ends_on": ""}, "ends_on", "Choose a day."),
        (
            {"ends_on": "2027-09-01"},
            "ends_on",
            "The last day (September\u00a01, 2027) must come after the first day (September\u00a01, 2027).",
        ),
    ],
)
def test_a_new_cohort_is_refused_beside_the_field_and_nothing_typed_is_lost(as_amina, program, change, field, message):
    answer = as_amina.post("/en/manage/programs/chapter/new/", NEW | change)
    assert answer.context["form"].errors == {field: [message]}
    assert 'value="2027 cohort"' in answer.content.decode()
    assert not Cohort.objects.exists()


def test_a_cohort_too_short_for_the_program_names_the_dates_that_cross(as_amina, program):
    answer = as_amina.post("/en/manage/programs/chapter/new/", NEW | {"ends_on": "2027-09-15"})
    assert list(answer.context["form"].errors) == ["ends_on"]
    assert "“First meeting held by” (September 30, 2027) comes after “End of the cohort” (September 15, 2027)" in words(answer)
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("who", ["dan", "chloe", "member"])
def test_nobody_else_prepares_a_cohort(client, program, dan, chloe, who):
    client.force_login({"dan": dan, "chloe": chloe, "member": factory.staff(program, Duty.COMMITTEE, name="Member")}[who])
    assert client.post("/en/manage/programs/chapter/new/", NEW).status_code == 404
    assert not Cohort.objects.exists()


# --- dates


def test_a_moved_date_is_kept_and_says_that_it_was_moved(as_amina, draft):
    page = as_amina.get(at(draft, "dates/"))
    as_amina.post(at(draft, "dates/"), posted(page, day_pairing_by="2026-06-20"))
    assert Cohort.objects.get().dates == {"pairing_by": "2026-06-20"}
    assert "You moved this date. Empty it to go back to June 15" in words(as_amina.get(at(draft, "dates/")))


def test_dates_that_nobody_touched_follow_the_first_day(as_amina, draft):
    page = as_amina.get(at(draft, "dates/"))
    as_amina.post(at(draft, "dates/"), posted(page, starts_on="2026-10-01", ends_on="2027-07-31"))
    cohort = Cohort.objects.get()
    assert cohort.dates == {}
    assert cohort.calendar.get("registration_opens") == dt.date(2026, 3, 1)


def test_an_emptied_date_goes_back_to_its_default(as_amina, draft):
    Cohort.objects.update(dates={"pairing_by": "2026-06-20"})
    page = as_amina.get(at(draft, "dates/"))
    as_amina.post(at(draft, "dates/"), posted(page, day_pairing_by=""))
    assert Cohort.objects.get().dates == {}


@pytest.mark.parametrize(("language", "both"), [("fr", ("1er\u00a0juillet", "15\u00a0juin")), ("en", ("July\u00a01", "June\u00a015"))])
def test_dates_that_cross_are_refused_beside_the_field_naming_both(as_amina, draft, language, both):
    page = as_amina.get(at(draft, "dates/", language))
    answer = as_amina.post(at(draft, "dates/", language), posted(page, day_registration_closes="2026-07-01"))
    assert list(answer.context["form"].errors) == ["day_pairing_by"]
    assert all(day in answer.context["form"].errors["day_pairing_by"][0] for day in both)
    assert 'value="2026-07-01"' in answer.content.decode()
    assert Cohort.objects.get().dates == {}


def test_dates_saved_by_somebody_else_meanwhile_are_shown_and_nothing_typed_is_lost(as_amina, draft, amina):
    page = as_amina.get(at(draft, "dates/"))
    mine = posted(page, day_pairing_by="2026-06-20")
    other = Cohort.objects.get()
    actions.change_dates(other, starts_on=other.starts_on, ends_on=other.ends_on, chosen={"pairing_by": dt.date(2026, 6, 25)}, by=amina)
    answer = as_amina.post(at(draft, "dates/"), mine)
    (message,) = answer.context["form"].errors["day_pairing_by"]
    assert "June\u00a025" in message
    assert list(answer.context["form"].errors) == ["day_pairing_by"]
    assert 'value="2026-06-20"' in answer.content.decode()
    assert Cohort.objects.get().dates == {"pairing_by": "2026-06-25"}
    as_amina.post(at(draft, "dates/"), posted(answer))
    assert Cohort.objects.get().dates == {"pairing_by": "2026-06-20"}


# --- settings


def test_settings_are_saved_as_what_they_are(as_amina, cohort):
    page = as_amina.get(at(cohort, "settings/"))
    answer = as_amina.post(at(cohort, "settings/"), posted(page, silence_days="60", committee_sees_goal_count="on"))
    assert answer.status_code == 302
    assert Cohort.objects.get().settings == {"silence_days": 60, "committee_sees_goal_count": True}
    page = as_amina.get(at(cohort, "settings/"))
    assert "You changed this. Empty it to go back to 45." in words(page)
    as_amina.post(at(cohort, "settings/"), posted(page, silence_days="", committee_sees_goal_count=None))
    assert Cohort.objects.get().settings == {}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("13", "Write 14 or more."),
        ("121", "Write 120 or less."),
        ("soon", "Write a whole number, in digits."),
        ("4.5", "Write a whole number, in digits."),
        ("9" * 400, "Write 120 or less."),
    ],
)
def test_a_setting_out_of_its_limits_is_refused_beside_the_field(as_amina, cohort, value, message):
    page = as_amina.get(at(cohort, "settings/"))
    answer = as_amina.post(at(cohort, "settings/"), posted(page, silence_days=value))
    assert answer.context["form"].errors == {"silence_days": [message]}
    assert Cohort.objects.get().settings == {}


def test_a_setting_that_is_no_address_is_refused_beside_the_field(as_amina, cohort):
    page = as_amina.get(at(cohort, "settings/"))
    answer = as_amina.post(at(cohort, "settings/"), posted(page, contact_email="a@b@c"))
    assert answer.context["form"].errors == {"contact_email": ["Write one complete email address, for example name@example.org."]}


def test_every_kind_of_setting_has_a_field(client, amina):
    words_ = {"label": {"fr": "X", "en": "X"}}
    kinds = [
        {"id": "contact_email", "type": "email", "default": "a@chapter.ca", **words_},
        {"id": "motto", "type": "text", "default": "Ensemble", **words_},
        {"id": "day", "type": "date", "default": None, **words_},
        {
            "id": "way",
            "type": "choice",
            "default": "one",
            "options": [{"value": v, "text": words_["label"]} for v in ("one", "two")],
            **words_,
        },
    ]
    program = factory.program(factory.changed(settings=[*kinds, *factory.first_blueprint().as_data()["settings"][1:]]))
    factory.staff(program, who=amina)
    cohort = cohort_of(program)
    client.force_login(amina)
    page = client.get(at(cohort, "settings/"))
    client.post(at(cohort, "settings/"), posted(page, motto="Plus loin", day="2026-10-01", way="two"))
    assert Cohort.objects.get(pk=cohort.pk).settings == {"motto": "Plus loin", "day": "2026-10-01", "way": "two"}
    answer = client.post(at(cohort, "settings/"), posted(client.get(at(cohort, "settings/")), day="2026-02-30", way="three"))
    assert set(answer.context["form"].errors) == {"day", "way"}


def test_settings_saved_by_somebody_else_meanwhile_are_shown(as_amina, cohort, amina):
    mine = posted(as_amina.get(at(cohort, "settings/")), silence_days="60")
    actions.change_settings(Cohort.objects.get(), {"silence_days": 90}, by=amina)
    answer = as_amina.post(at(cohort, "settings/"), mine)
    assert "“90”" in answer.context["form"].errors["silence_days"][0]
    assert Cohort.objects.get().settings == {"silence_days": 90}
    as_amina.post(at(cohort, "settings/"), posted(answer))
    assert Cohort.objects.get().settings == {"silence_days": 60}


# --- opening and closing


def test_opening_lists_what_is_missing_with_the_way_to_mend_it(as_amina, draft):
    answer = as_amina.get(at(draft, "open/"))
    assert "The address of “Mentorship committee” is still the example" in words(answer)
    assert f'href="{at(draft, "contacts/")}#first"' in answer.content.decode()
    as_amina.post(at(draft, "open/"))
    assert Cohort.objects.get().state == "draft"


def test_opening_makes_the_cohort_public_once(as_amina, draft):
    Cohort.objects.update(settings={"contact_email": "comite@chapter.ca"})
    assert "Everything is in place" in words(as_amina.get(at(draft, "open/")))
    for _twice in range(2):
        assert as_amina.post(at(draft, "open/")).status_code == 302
    assert Cohort.objects.get().state == "open"


def test_closing_asks_first_and_happens_once(as_amina, cohort):
    assert "Close this cohort?" in words(as_amina.get(at(cohort, "close/")))
    assert Cohort.objects.get().state == "open"
    for _twice in range(2):
        assert as_amina.post(at(cohort, "close/")).status_code == 302
    assert Cohort.objects.get().state == "closed"


def test_a_draft_is_not_closed(as_amina, draft):
    as_amina.post(at(draft, "close/"))
    assert Cohort.objects.get().state == "draft"


# --- who runs it

SOMEBODY = {"email": "Gilles@Chapter.ca", "name": " Gilles  Roy ", "language": "fr", "duty": "committee"}


def test_appointing_somebody_opens_an_account_and_tells_them(as_amina, cohort):
    for _twice in range(2):
        assert as_amina.post(at(cohort, "staff/"), SOMEBODY).status_code == 302
    gilles = Person.objects.get(email="gilles@chapter.ca")
    assert (gilles.name, gilles.language) == ("Gilles Roy", "fr")
    assert [appointment.duty for appointment in gilles.appointments.all()] == ["committee"]
    assert [letter.kind for letter in Letter.objects.all()] == ["staff_appointed"]


def test_appointing_somebody_with_an_account_leaves_it_as_it_is(as_amina, cohort, chloe):
    as_amina.post(at(cohort, "staff/"), SOMEBODY | {"email": chloe.email})
    chloe.refresh_from_db()
    assert (chloe.name, chloe.language, chloe.appointments.count()) == ("Chloé Bélanger", "en", 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "a@b@c"}, "email"),
        ({"name": " "}, "name"),
        ({"duty": "king"}, "duty"),
        ({"duty": ""}, "duty"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_an_appointment_is_refused_beside_the_field_and_nobody_is_told(as_amina, cohort, change, field):
    answer = as_amina.post(at(cohort, "staff/"), SOMEBODY | change)
    assert list(answer.context["form"].errors) == [field]
    assert not Letter.objects.exists()
    assert not Person.objects.filter(email="gilles@chapter.ca").exists()


def test_ending_a_duty_asks_first_and_closes_its_pages(as_amina, cohort, client):
    member = factory.staff(cohort, Duty.COORDINATOR, name="Gilles Roy")
    address = at(cohort, f"staff/{member.appointments.get().pk}/end/")
    assert "End the part of Gilles Roy?" in words(as_amina.get(address))
    as_amina.post(address)
    client.force_login(member)
    assert client.get(at(cohort, "dates/")).status_code == 404


def test_the_last_coordinator_is_not_ended(as_amina, cohort, amina):
    as_amina.post(at(cohort, f"staff/{amina.appointments.get().pk}/end/"))
    assert amina.appointments.current().count() == 1


def test_a_duty_that_was_ended_in_another_window_is_said(as_amina, cohort, dan):
    actions.appoint(dan, Duty.COMMITTEE, cohort.program, by=cohort.program.appointments.get().person)
    place = at(cohort, f"staff/{cohort.program.appointments.get(person=dan).pk}/end/")
    first, second = as_amina.post(place), as_amina.post(place)
    assert first["Location"] == second["Location"] == at(cohort, "staff/")
    assert as_amina.get(place)["Location"] == at(cohort, "staff/")


def test_a_duty_in_another_program_is_not_ended_from_here(as_amina, cohort, dan):
    assert as_amina.post(at(cohort, f"staff/{dan.appointments.get().pk}/end/")).status_code == 404
    assert dan.appointments.current().count() == 1


def test_the_list_of_staff_takes_the_same_number_of_queries_with_1_and_with_4(as_amina, cohort, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        as_amina.get(at(cohort, "staff/"))
    for number in range(3):
        factory.staff(cohort, Duty.COMMITTEE, name=f"Member {number}")
    with django_assert_num_queries(len(before)):
        as_amina.get(at(cohort, "staff/"))
