import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from releve.core.vault import keys
from releve.meetings import actions
from releve.meetings.models import Attendance, Meeting
from releve.meetings.queries import Standing
from releve.relationships.models import State
from tests.factories import meetings
from tests.factories.relationships import pair

from .pages import IN_A_WEEK, LAST_WEEK, as_, entered, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair()


def errors(answer):
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


# --- planning


def test_meeting_is_planned_in_the_person_s_own_time_zone(two):
    two.chloe.time_zone = "America/Vancouver"
    two.chloe.save()
    answer = as_(two.chloe).post(page("plan_meeting", two.relationship.pk), entered(place="Zoom", agenda="Déléguer"))
    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    local = meeting.starts_at.astimezone(ZoneInfo("America/Vancouver"))
    assert (local.date().isoformat(), local.hour, meeting.minutes, meeting.place, meeting.agenda) == (IN_A_WEEK, 12, 90, "Zoom", "Déléguer")
    assert "12\u00a0p.m." in as_(two.chloe).get(page("list_meetings", two.relationship.pk)).content.decode()
    assert "3\u00a0p.m." in as_(two.benoit).get(page("list_meetings", two.relationship.pk)).content.decode()


def test_length_and_ways_come_from_the_program(two):
    cohort = two.mentee.participant.cohort
    cohort.settings = {"meeting_minutes": 75}
    cohort.save()
    form = as_(two.chloe).get(page("plan_meeting", two.relationship.pk)).context["form"]
    assert form["minutes"].value() == 75
    assert [value for value, _label in form["way"].field.choices] == ["in_person", "phone", "video", "chat", "email"]


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"day": ""}, "day", "Choose the day."),
        ({"day": "2027-02-31"}, "day", "There is no day 31 in that month"),
        ({"day": "31/02"}, "day", "There is no day 31 in that month"),
        ({"day": "soon"}, "day", "Write the date as year-month-day"),
        ({"day": "9999-12-31"}, "day", "too far away"),
        ({"day": LAST_WEEK}, "day", "This moment has passed"),
        ({"day": (timezone.localdate() + dt.timedelta(days=800)).isoformat()}, "day", "more than two years away"),
        ({"hour": ""}, "hour", "Choose the hour."),
        ({"hour": "25:00"}, "hour", "Write the time as hours and minutes"),
        ({"hour": "12:00\x00; DROP"}, "hour", "Write the time as hours and minutes"),
        ({"day": "2027-03-14", "hour": "02:30"}, "hour", "this hour does not exist"),
        ({"minutes": ""}, "minutes", "Say how long it lasts."),
        ({"minutes": "2"}, "minutes", "write 2 h for hours"),
        ({"minutes": "100000"}, "minutes", "Write the length in minutes"),
        ({"minutes": "13 h"}, "minutes", "from 5 minutes to 12 hours"),
        ({"way": ""}, "way", "Choose how you meet."),
        ({"way": "pigeon"}, "way", "pigeon"),
        ({"place": "x" * 501}, "place", "at most 500 characters"),
    ],
)
def test_planning_says_what_is_wrong_beside_the_field_and_loses_nothing(two, more, field, sentence):
    answer = as_(two.chloe).post(page("plan_meeting", two.relationship.pk), entered(agenda="À ne pas perdre") | more)
    found = errors(answer)
    assert list(found) == [field]
    assert sentence in found[field][0]
    assert "À ne pas perdre" in answer.content.decode()
    assert Meeting.objects.count() == 0


def test_hour_that_comes_twice_is_taken_the_first_time(two):
    as_(two.chloe).post(page("plan_meeting", two.relationship.pk), entered(day="2027-11-07", hour="01:30"))
    assert Meeting.objects.get().starts_at == dt.datetime(2027, 11, 7, 5, 30, tzinfo=dt.UTC)


def test_same_hour_is_kept_on_both_sides_of_a_change_of_clocks(two):
    client = as_(two.chloe)
    for day in ("2027-03-13", "2027-03-15"):
        client.post(page("plan_meeting", two.relationship.pk), entered(day=day, hour="12:00"))
    assert [meeting.starts_at.hour for meeting in Meeting.objects.all()] == [17, 16]


def test_second_click_plans_nothing_more_and_another_meeting_then_is_refused(two):
    for _click in range(2):
        assert as_(two.chloe).post(page("plan_meeting", two.relationship.pk), entered()).status_code == 302
    answer = as_(two.benoit).post(page("plan_meeting", two.relationship.pk), entered(minutes="30"))
    assert "You already have a meeting at this time" in errors(answer)["hour"][0]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("name", ["plan_meeting", "log_meeting"])
def test_pages_to_write_send_back_to_the_list_when_the_pairing_did_not_form(name):
    two = pair(State.DISSOLVED)
    answer = as_(two.chloe).post(page(name, two.relationship.pk), entered(day=LAST_WEEK), follow=True)
    assert answer.redirect_chain == [(page("list_meetings", two.relationship.pk), 302)]
    assert "This pairing is over" in answer.content.decode()
    assert Meeting.objects.count() == 0


# --- changing and cancelling


def test_change_shows_what_somebody_changed_meanwhile_beside_what_was_typed(two):
    meeting = meetings.planned(two.mentee)
    address = page("change_meeting", meeting.pk)
    moved = entered(hour="15:00", place="Bureau de Benoît", _revision="0")
    assert as_(two.benoit).post(address, moved).status_code == 302
    answer = as_(two.chloe).post(address, entered(hour="09:00", place="Bureau de Chloé", _revision="0"))
    text = answer.content.decode()
    assert "This meeting was changed meanwhile" in text
    assert "Bureau de Benoît" in text
    assert "Bureau de Chloé" in text
    assert as_(two.chloe).post(address, entered(hour="09:00", place="Bureau de Chloé", _revision="1")).status_code == 302
    assert Meeting.objects.get().place == "Bureau de Chloé"


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999"])
def test_change_with_a_spoiled_revision_is_a_conflict_and_no_error(two, revision):
    meeting = meetings.planned(two.mentee)
    answer = as_(two.chloe).post(page("change_meeting", meeting.pk), entered(_revision=revision))
    assert "This meeting was changed meanwhile" in answer.content.decode()


def test_meeting_is_cancelled_once_and_stays_in_the_list(two):
    meeting = meetings.planned(two.mentee)
    for sentence in ("The meeting is cancelled", "has changed meanwhile"):
        answer = as_(two.chloe).post(page("cancel_meeting", meeting.pk), follow=True)
        assert sentence in answer.content.decode()
    assert [seen.standing for seen in answer.context["past"]] == [Standing.CANCELLED]
    for name in ("change_meeting", "report_meeting"):
        assert as_(two.chloe).get(page(name, meeting.pk)).status_code == 302


# --- noting


def test_report_counts_as_own_word_and_asks_the_other(two):
    meeting = meetings.planned(two.mentee, days=-1)
    answer = as_(two.chloe).post(page("report_meeting", meeting.pk), {"minutes": "1 h", "notes": "Trois pistes"}, follow=True)
    assert "once it is also confirmed by Benoît" in answer.content.decode()
    assert [seen.standing for seen in answer.context["past"]] == [Standing.WAITING]
    (asked,) = as_(two.benoit).get(page("list_meetings", two.relationship.pk)).context["asking"]
    assert (asked.standing, asked.lengths_of_others) == (Standing.TO_CONFIRM, [60])


def test_report_before_the_meeting_leads_to_changing_its_date(two):
    meeting = meetings.planned(two.mentee)
    answer = as_(two.chloe).post(page("report_meeting", meeting.pk), {"minutes": "60"})
    assert "This meeting is still to come" in answer.content.decode()
    assert Meeting.objects.get().state == "planned"


def test_two_reports_at_once_keep_both_words_and_both_notes(two):
    meeting = meetings.planned(two.mentee, days=-1)
    address = page("report_meeting", meeting.pk)
    as_(two.benoit).post(address, {"minutes": "90", "notes": "Notes de Benoît"})
    answer = as_(two.chloe).post(address, {"minutes": "60", "notes": "Notes de Chloé"})
    text = answer.content.decode()
    assert "Notes de Benoît" in text
    assert "Notes de Chloé" in text
    assert {word.membership: word.minutes for word in Attendance.objects.all()} == {two.mentor: 90, two.mentee: 60}
    answer = as_(two.chloe).post(
        page("write_notes", meeting.pk), {"notes": "Notes de Chloé", "_revision": answer.context["revision"], "_both": "1"}
    )
    assert answer.status_code == 302
    assert Meeting.objects.get().notes == "Notes de Benoît\n\nNotes de Chloé"


def test_report_sent_twice_changes_nothing(two):
    meeting = meetings.planned(two.mentee, days=-1)
    for _click in range(2):
        assert as_(two.chloe).post(page("report_meeting", meeting.pk), {"minutes": "60", "notes": "Une"}).status_code == 302
    assert (Meeting.objects.get().notes, Attendance.objects.count()) == ("Une", 2)


def test_report_of_a_meeting_cancelled_meanwhile_keeps_what_was_typed(two):
    meeting = meetings.planned(two.mentee, days=-1)
    actions.cancel_meeting(meeting, two.mentor)
    answer = as_(two.chloe).post(page("report_meeting", meeting.pk), {"minutes": "60", "notes": "Nous nous sommes vus"})
    assert "Nous nous sommes vus" in answer.content.decode()
    assert answer.context["form"]["minutes"].value() == 60


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (IN_A_WEEK, "This moment is still to come"),
        ((timezone.localdate() - dt.timedelta(days=380)).isoformat(), "more than a year ago"),
    ],
)
def test_noting_refuses_a_day_that_cannot_be_meant(two, day, sentence):
    answer = as_(two.chloe).post(page("log_meeting", two.relationship.pk), entered(day=day, notes="Gardez-moi"))
    assert sentence in errors(answer)["day"][0]
    assert "Gardez-moi" in answer.content.decode()


def test_noting_after_the_end_takes_only_what_came_before_it():
    two = pair(State.ENDED)
    client, address = as_(two.chloe), page("log_meeting", two.relationship.pk)
    assert client.post(address, entered(day=LAST_WEEK)).status_code == 302
    early = (timezone.localtime() - dt.timedelta(hours=2)).strftime("%Y-%m-%d %H:%M").split()
    answer = client.post(address, entered(day=early[0], hour=early[1]))
    assert "This pairing was over by then" in errors(answer)["day"][0]
    assert Meeting.objects.count() == 1


# --- confirming


def test_one_tap_confirms_the_length_that_was_shown(two):
    meeting = meetings.held(two.mentor, minutes=90)
    mine = meetings.word_of(two.mentee, meeting)
    answer = as_(two.chloe).post(page("confirm_minutes", mine.pk), {"answer": "same:90"}, follow=True)
    assert "Everyone agrees: 1\u00a0h 30\u00a0min confirmed." in answer.content.decode()
    assert answer.context["agreed"] == 90


def test_another_length_is_shown_to_both_with_both_values(two):
    meeting = meetings.held(two.mentor, minutes=90)
    mine = meetings.word_of(two.mentee, meeting)
    as_(two.chloe).post(page("confirm_minutes", mine.pk), {"answer": "other", "minutes": "1 h 15"})
    for someone in (two.chloe, two.benoit):
        answer = as_(someone).get(page("list_meetings", two.relationship.pk))
        text = answer.content.decode()
        assert [seen.standing for seen in answer.context["asking"]] == [Standing.DIFFERS]
        assert "1\u00a0h 15\u00a0min" in text
        assert "1\u00a0h 30\u00a0min" in text
    theirs = meetings.word_of(two.mentor, meeting)
    as_(two.benoit).post(page("confirm_minutes", theirs.pk), {"answer": "same:75"})
    assert Meeting.objects.get().agreed_minutes == 75


def test_absence_gives_no_hours_and_is_shown(two):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor))
    answer = as_(two.chloe).post(page("confirm_minutes", mine.pk), {"answer": "absent"}, follow=True)
    assert "you were not there" in answer.content.decode()
    assert "You: not there" in answer.content.decode()
    assert Meeting.objects.get().agreed_minutes is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answer": "other", "minutes": ""}, "Write how long it lasted"),
        ({"answer": "other", "minutes": "many"}, "Write the length in minutes"),
        ({"answer": "same:99999"}, "Write the length in minutes"),
        ({"answer": "same:"}, "Write the length in minutes"),
        ({"answer": "x" * 4000}, "at most 10 characters"),
        ({"answer": "maybe"}, "Write how long it lasted"),
    ],
)
def test_confirming_says_what_is_wrong_and_keeps_nothing(two, data, sentence):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor))
    answer = as_(two.chloe).post(page("confirm_minutes", mine.pk), data)
    assert sentence in str(errors(answer))
    assert meetings.word_of(two.mentee, Meeting.objects.get()).minutes is None


def test_nobody_confirms_for_another(two):
    theirs = meetings.word_of(two.mentee, meetings.held(two.mentor))
    assert as_(two.benoit).post(page("confirm_minutes", theirs.pk), {"answer": "same:90"}).status_code == 404
    assert meetings.word_of(two.mentee, Meeting.objects.get()).minutes is None


# --- notes


def test_notes_written_at_the_same_time_are_both_shown_and_none_is_lost(two):
    meeting = meetings.held(two.mentor, notes="")
    address = page("write_notes", meeting.pk)
    as_(two.benoit).post(address, {"notes": "Ce que Benoît retient", "_revision": "0"})
    answer = as_(two.chloe).post(address, {"notes": "Ce que Chloé retient", "_revision": "0"})
    text = answer.content.decode()
    assert "Ce que Benoît retient" in text
    assert "Ce que Chloé retient" in text
    assert Meeting.objects.get().notes == "Ce que Benoît retient"
    again = {"notes": "Ce que nous retenons", "_revision": answer.context["revision"]}
    assert as_(two.chloe).post(address, again).status_code == 302
    assert Meeting.objects.get().notes == "Ce que nous retenons"


def test_notes_are_read_but_not_written_once_the_key_is_destroyed(two):
    meeting = meetings.held(two.mentor)
    keys.destroy_keys([two.relationship.joint_key])
    text = as_(two.chloe).get(page("write_notes", meeting.pk)).content.decode()
    assert "No notes were written" in text
    assert as_(two.chloe).post(page("write_notes", meeting.pk), {"notes": "Encore", "_revision": "1"}).status_code == 200
    assert as_(two.chloe).get(page("list_meetings", two.relationship.pk)).status_code == 200


# --- the calendar file


def test_event_file_is_private_in_universal_time_and_names_nobody(two):
    meeting = meetings.planned(two.mentee)
    answer = as_(two.chloe).get(page("download_event", meeting.pk, language="fr"))
    (event,) = Calendar.from_ical(answer.content.decode()).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (meeting.starts_at, meeting.ends_at)
    assert (str(event["class"]), str(event["status"]), str(event["summary"])) == ("PRIVATE", "CONFIRMED", "Rencontre de mentorat")
    assert str(event["location"]) == meetings.SECRET_PLACE
    content = answer.content.decode()
    assert meetings.SECRET_AGENDA not in content
    assert [name for name in ("Benoît", "Chloé", "@example.org") if name in content] == []
    assert answer["Content-Disposition"].startswith('attachment; filename="rencontre-')
    assert "no-store" in answer["Cache-Control"]


def test_place_cannot_add_lines_to_the_event_file(two):
    meeting = meetings.planned(two.mentee, place="Café\r\nATTENDEE:mailto:x@example.org")
    (event,) = Calendar.from_ical(as_(two.chloe).get(page("download_event", meeting.pk)).content.decode()).walk("VEVENT")
    assert "attendee" not in event
