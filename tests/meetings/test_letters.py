"""Letters about meetings: who gets them, what they never say, and when they no longer make sense."""

import pytest
from django.utils import timezone

from releve.core import dates
from releve.meetings import actions
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.notifications.rendering import as_read_by
from tests.factories import meetings, programs
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair()


def letter(kind, someone):
    found = Letter.objects.filter(kind=kind, person=someone).latest("created_at")
    return preview(found.kind, found.ids, someone)


def test_planned_meeting_is_told_in_the_reader_s_language_and_time_zone(two):
    two.benoit.language, two.benoit.time_zone = "en", "America/Vancouver"
    two.benoit.save()
    meeting = meetings.planned(two.mentee)
    content = letter("meeting_planned", two.benoit)
    with as_read_by(two.benoit):
        assert content.subject == f"A meeting on {dates.moment(meeting.starts_at)}"
    assert "Chloé Bergeron suggests meeting" in content.body_markdown
    assert content.path == f"/en/pair/{two.relationship.pk}/meetings/#meeting-{meeting.pk}"


def test_no_letter_holds_the_place_the_agenda_or_the_notes(two):
    change = {"minutes": 60, "way": "phone", "place": meetings.SECRET_PLACE, "agenda": meetings.SECRET_AGENDA}
    changed, cancelled = meetings.planned(two.mentee), meetings.planned(two.mentee, days=9)
    actions.change_meeting(changed, two.mentee, starts_at=changed.starts_at, revision=0, **change)
    actions.cancel_meeting(cancelled, two.mentee)
    held = meetings.held(two.mentee, minutes=90)
    mine = meetings.word_of(two.mentor, held)
    seen = [letter(kind, two.benoit) for kind in ("meeting_planned", "meeting_changed", "meeting_cancelled", "meeting_confirm")]
    actions.confirm_minutes(mine, minutes=60, now=timezone.now())
    seen.append(letter("meeting_minutes_differ", two.chloe))
    told = " ".join(f"{content.subject} {content.body_markdown}" for content in seen if content)
    assert [content is None for content in seen] == [True, False, False, False, False]
    assert [secret for secret in (meetings.SECRET_PLACE, meetings.SECRET_AGENDA, meetings.SECRET_NOTES) if secret in told] == []
    assert str(Letter.objects.values_list("ids", flat=True)).count("Krieghoff") == 0


def test_letter_of_a_meeting_is_dropped_once_it_is_cancelled_or_over(two):
    meeting = meetings.planned(two.mentee)
    assert letter("meeting_planned", two.benoit) is not None
    actions.cancel_meeting(meeting, two.mentee)
    assert letter("meeting_planned", two.benoit) is None
    past = meetings.planned(two.mentee, days=-1)
    assert letter("meeting_planned", two.benoit) is None
    actions.cancel_meeting(past, two.mentee)
    assert letter("meeting_cancelled", two.benoit) is None


def test_confirmation_is_asked_until_it_is_given(two):
    mine = meetings.word_of(two.mentee, meetings.held(two.mentor))
    content = letter("meeting_confirm", two.chloe)
    assert content.path == f"/fr/meetings/confirm/{mine.pk}/"
    assert content.subject.startswith("Votre rencontre du")
    actions.confirm_minutes(mine, minutes=90, now=timezone.now())
    assert letter("meeting_confirm", two.chloe) is None


def test_confirmation_has_words_of_its_own_where_the_program_has_none():
    definition = programs.first_blueprint()
    others = [item.model_dump(mode="json") for item in definition.letters if item.id != "meeting_confirm"]
    two = pair(cohort=programs.cohort(definition=programs.changed(letters=others)))
    meetings.held(two.mentor)
    assert "Le temps compte dès que vous le confirmez aussi" in letter("meeting_confirm", two.chloe).body_markdown


def test_disagreement_is_told_while_it_lasts_and_never_gives_the_lengths(two):
    meeting = meetings.held(two.mentor, minutes=90)
    actions.confirm_minutes(meetings.word_of(two.mentee, meeting), minutes=60, now=timezone.now())
    content = letter("meeting_minutes_differ", two.benoit)
    assert "n’avez pas noté la même durée" in content.body_markdown
    assert "60" not in content.body_markdown
    actions.confirm_minutes(meetings.word_of(two.mentor, meeting), minutes=60, now=timezone.now())
    assert letter("meeting_minutes_differ", two.benoit) is None


def test_letters_are_dropped_for_a_member_who_left_or_for_somebody_else(two):
    meetings.planned(two.mentee)
    stranger = pair().benoit
    found = Letter.objects.get(kind="meeting_planned")
    assert preview(found.kind, found.ids, stranger) is None
    two.mentor.left_at = timezone.now()
    two.mentor.save()
    assert preview(found.kind, found.ids, two.benoit) is None
