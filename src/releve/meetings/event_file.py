"""A meeting as a file for one's own calendar."""

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models import Meeting


def event_file(meeting: Meeting, *, address: str, host: str) -> bytes:
    """Write a meeting as iCalendar, marked private.

    It names nobody and holds no agenda: calendars at work are often read by others. Moments are in
    UTC, so that neither a change of clocks nor another time zone moves them.
    """
    event = Event()
    event.add("uid", f"{meeting.pk}@{host}")
    event.add("dtstamp", meeting.created_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", _("Mentoring meeting"))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", address)
    event.add("class", "PRIVATE")
    event.add("sequence", meeting.revision)
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Relève//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
