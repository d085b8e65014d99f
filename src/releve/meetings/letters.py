"""The letters that meetings cause: a date, a name and a way to the page. Place and agenda stay on the page."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.core import dates
from releve.notifications import kinds
from releve.notifications.kinds import Content, Group, Ids, Reader
from releve.programs.letters import compose_or, contact_address
from releve.relationships.letters import member_values
from releve.relationships.models import Membership
from releve.relationships.queries import cohort_of

from .models import Attendance, Meeting

Words = Callable[[dict[str, Any]], tuple[str, str]]


def register() -> None:
    """Declare every kind of letter of this room."""
    kinds.register("meeting_planned", load=_about_the_date(_planned, Meeting.State.PLANNED), group=Group.MEETINGS)
    kinds.register("meeting_changed", load=_about_the_date(_changed, Meeting.State.PLANNED), group=Group.MEETINGS)
    kinds.register("meeting_cancelled", load=_about_the_date(_cancelled, Meeting.State.CANCELLED), group=Group.MEETINGS)
    kinds.register("meeting_confirm", load=_load_confirm, group=Group.MEETINGS)
    kinds.register("meeting_minutes_differ", load=_load_differ, group=Group.MEETINGS)


def _about_the_date(words: Words, state: Meeting.State) -> kinds.Load:
    """Load a letter about a meeting to come, while it stands as the letter says."""

    def load(ids: Ids, person: Reader) -> Content | None:
        meeting, membership = _find(ids, person)
        if meeting is None or membership is None or meeting.state != state or meeting.starts_at < timezone.now():
            return None
        values = member_values(membership) | {
            "by": _author(ids),
            "moment": dates.moment(meeting.starts_at),
            "length": dates.duration(meeting.minutes),
        }
        return _content(meeting, membership, *words(values), button=_("Open our meetings"), path=_list_path(meeting))

    return load


def _planned(values: dict[str, Any]) -> tuple[str, str]:
    body = _(
        "Hello %(name)s,\n\n%(by)s suggests meeting on %(moment)s, for %(length)s. The place and the agenda are on your "
        "page, where you can also choose another date or add the meeting to your calendar."
    )
    return _("A meeting on %(moment)s") % values, body % values


def _changed(values: dict[str, Any]) -> tuple[str, str]:
    body = _(
        "Hello %(name)s,\n\n%(by)s has changed your next meeting: it is now on %(moment)s, for %(length)s. Your page says "
        "where and how. If you had added it to your calendar, add it again from there."
    )
    return _("Your meeting has changed: %(moment)s") % values, body % values


def _cancelled(values: dict[str, Any]) -> tuple[str, str]:
    body = _(
        "Hello %(name)s,\n\n%(by)s has cancelled the meeting of %(moment)s. A meeting put off without a new date is "
        "easily lost: you can suggest another moment from your page."
    )
    return _("The meeting of %(moment)s is cancelled") % values, body % values


def _load_confirm(ids: Ids, person: Reader) -> Content | None:
    """Ask for a member's word while they have not given it."""
    meeting, membership = _find(ids, person)
    attendance = _attendance(meeting, membership)
    if meeting is None or membership is None or attendance is None or attendance.confirmed_at is not None:
        return None
    cohort = cohort_of(meeting.relationship)
    values = member_values(membership) | {"partner": _author(ids), "date": dates.day(meeting.starts_at)}
    said = compose_or(
        cohort,
        "meeting_confirm",
        values,
        subject=_("Your meeting of %(date)s: please confirm"),
        body=_("Hello %(name)s,\n\n%(partner)s has noted your meeting of %(date)s. Its time counts once you have confirmed it too."),
    )
    path = reverse("meetings:confirm_minutes", args=[attendance.pk])
    return _content(meeting, membership, *said, button=_("Confirm the length"), path=path)


def _load_differ(ids: Ids, person: Reader) -> Content | None:
    """Say that two lengths differ, while they do; the lengths themselves are on the page."""
    meeting, membership = _find(ids, person)
    attendance = _attendance(meeting, membership)
    if meeting is None or membership is None or attendance is None or meeting.agreed_minutes is not None:
        return None
    values = {"name": membership.participant.person.short_name, "by": _author(ids), "date": dates.day(meeting.starts_at)}
    body = _(
        "Hello %(name)s,\n\n%(by)s and you did not note the same length for your meeting of %(date)s. Both are on your "
        "page: the time counts once you agree."
    )
    subject = _("Your meeting of %(date)s: two different lengths")
    path = reverse("meetings:confirm_minutes", args=[attendance.pk])
    return _content(meeting, membership, subject % values, body % values, button=_("See both lengths"), path=path)


def _find(ids: Ids, person: Reader) -> tuple[Meeting | None, Membership | None]:
    """Return the meeting and the reader's own current membership; nothing for whoever has left."""
    mine = Membership.objects.select_related("relationship", "participant__person", "participant__cohort")
    membership = mine.filter(pk=ids["membership"], participant__person=person.pk, left_at__isnull=True).first()
    if membership is None:
        return None, None
    return Meeting.objects.filter(pk=ids["meeting"], relationship=membership.relationship_id).first(), membership


def _attendance(meeting: Meeting | None, membership: Membership | None) -> Attendance | None:
    if meeting is None or membership is None or meeting.state != Meeting.State.HELD:
        return None
    return meeting.attendances.filter(membership=membership).first()


def _author(ids: Ids) -> str:
    author = Membership.objects.select_related("participant__person").filter(pk=ids["by"]).first()
    return author.participant.person.name if author else _("Your partner")


def _list_path(meeting: Meeting) -> str:
    return f"{reverse('meetings:list_meetings', args=[meeting.relationship_id])}#meeting-{meeting.pk}"


def _content(meeting: Meeting, membership: Membership, subject: str, body: str, *, button: str, path: str) -> Content:
    return Content(subject, body, path=path, button=button, reply_to=contact_address(cohort_of(meeting.relationship)))
