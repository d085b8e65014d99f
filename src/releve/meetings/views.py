"""How members plan, note and confirm their meetings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from releve.core import dates
from releve.questionnaires.drafts import posted_revision
from releve.relationships.access import own_membership
from releve.relationships.models import Membership
from releve.relationships.queries import cohort_of, partners_of

from . import actions, policy
from .event_file import event_file
from .forms import ConfirmForm, LogForm, NotesForm, PlanForm, ReportForm
from .lengths import FALLBACK
from .models import Attendance, Meeting
from .queries import Standing, agreed_minutes_by_relationship, meetings_of, seen_by, with_attendances

PER_PAGE = 20
ASKING = {Standing.TO_CONFIRM, Standing.TO_REPORT, Standing.DIFFERS}


@never_cache
def list_meetings(request: HttpRequest, relationship: UUID) -> HttpResponse:
    membership, now = own_membership(request, relationship), timezone.now()
    seen = [seen_by(membership, meeting, now) for meeting in meetings_of(membership)]
    past = [one for one in seen if one.standing not in ASKING | {Standing.COMING}]
    context = _context(membership) | {
        "asking": [one for one in seen if one.standing in ASKING],
        "coming": [one for one in reversed(seen) if one.standing is Standing.COMING],
        "past": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "any": bool(seen),
        "agreed": agreed_minutes_by_relationship([relationship]).get(relationship, 0),
    }
    return render(request, "meetings/list_meetings.html", context)


@never_cache
def plan_meeting(request: HttpRequest, relationship: UUID) -> HttpResponse:
    membership, now = own_membership(request, relationship), timezone.now()
    if not policy.may_plan(membership):
        return _over(request, membership)
    form = PlanForm(request.POST or None, now=now, channels=_channels(membership), initial={"minutes": _usual_length(membership)})
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(membership, now=now, **_planned(form))
        except actions.SameMoment:
            form.add_error("hour", _same_moment())
        else:
            messages.success(request, _("The meeting is planned. %(names)s will be told.") % {"names": _names(membership)})
            return _to_list(meeting)
    return render(request, "meetings/plan_meeting.html", _context(membership) | {"form": form})


@never_cache
def change_meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found, membership = _own_meeting(request, meeting)
    if not policy.may_plan(membership) or found.state != Meeting.State.PLANNED:
        return _no_longer_planned(request, found)
    form = PlanForm(request.POST or None, now=timezone.now(), channels=_channels(membership), initial=_as_initial(found))
    changed_by_other = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(found, membership, revision=posted_revision(request.POST), **_planned(form))
        except actions.SameMoment:
            form.add_error("hour", _same_moment())
        except actions.MeetingChanged:
            found.refresh_from_db()
            if found.state != Meeting.State.PLANNED:
                return _no_longer_planned(request, found)
            changed_by_other = True
        else:
            messages.success(request, _("The meeting is changed. %(names)s will be told.") % {"names": _names(membership)})
            return _to_list(found)
    context = _context(membership) | {"form": form, "meeting": found, "changed_by_other": changed_by_other}
    return render(request, "meetings/change_meeting.html", context)


@never_cache
def cancel_meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found, membership = _own_meeting(request, meeting)
    if found.state != Meeting.State.PLANNED or membership.left_at is not None:
        return _no_longer_planned(request, found)
    if request.method == "POST":
        try:
            actions.cancel_meeting(found, membership)
        except actions.MeetingChanged:
            return _no_longer_planned(request, found)
        messages.success(request, _("The meeting is cancelled. %(names)s will be told.") % {"names": _names(membership)})
        return _to_list(found)
    context = _context(membership) | {"meeting": found, "back_url": _list_address(found)}
    return render(request, "meetings/cancel_meeting.html", context)


@never_cache
def report_meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found, membership = _own_meeting(request, meeting)
    now = timezone.now()
    form = ReportForm(request.POST or None, initial={"minutes": found.minutes})
    if request.method == "POST" and form.is_valid() and found.starts_at <= now:
        minutes, notes = form.cleaned_data["minutes"], form.cleaned_data["notes"]
        try:
            actions.report_held(found, membership, minutes=minutes, notes=notes, now=now)
        except actions.RelationshipOver:
            return _over(request, membership)
        except actions.MeetingChanged:
            return _noted_by_both(request, found, membership, minutes=minutes, notes=notes)
        messages.success(request, _("Noted. The time counts once it is also confirmed by %(names)s.") % {"names": _names(membership)})
        return _to_list(found)
    if found.state != Meeting.State.PLANNED and request.method == "GET":
        return _no_longer_planned(request, found)
    context = _context(membership) | {"form": form, "meeting": found, "is_ahead": found.starts_at > now}
    return render(request, "meetings/report_meeting.html", context)


@never_cache
def log_meeting(request: HttpRequest, relationship: UUID) -> HttpResponse:
    membership, now = own_membership(request, relationship), timezone.now()
    if not policy.may_note_some(membership):
        return _over(request, membership)
    form = LogForm(request.POST or None, now=now, channels=_channels(membership), initial={"minutes": _usual_length(membership)})
    if request.method == "POST" and form.is_valid():
        entered = {name: form.cleaned_data[name] for name in ("starts_at", "minutes", "way", "notes")}
        try:
            meeting = actions.log_meeting(membership, now=now, **entered)
        except actions.RelationshipOver:
            form.add_error("day", _("This pairing was over by then: only meetings before its end can be noted."))
        except actions.SameMoment:
            form.add_error("hour", _same_moment())
        else:
            messages.success(request, _("Noted. The time counts once it is also confirmed by %(names)s.") % {"names": _names(membership)})
            return _to_list(meeting)
    return render(request, "meetings/log_meeting.html", _context(membership) | {"form": form})


@never_cache
def confirm_minutes(request: HttpRequest, attendance: UUID) -> HttpResponse:
    found = get_object_or_404(Attendance.objects.visible_to(request.user).select_related("meeting"), pk=attendance)
    membership, now = own_membership(request, found.meeting.relationship_id), timezone.now()
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreed = actions.confirm_minutes(found, minutes=form.cleaned_data["said"], now=now)
        except actions.MeetingRefused:
            return _no_longer_planned(request, found.meeting)
        messages.success(request, _said_thanks(form.cleaned_data["said"], agreed))
        return _to_list(found.meeting)
    seen = seen_by(membership, get_object_or_404(meetings_of(membership), pk=found.meeting_id), now)
    return render(request, "meetings/confirm_minutes.html", _context(membership) | {"form": form, "seen": seen})


@never_cache
def write_notes(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found, membership = _own_meeting(request, meeting)
    may_write = policy.may_write_notes(membership)
    form = NotesForm(request.POST or None, initial={"notes": found.notes or ""})
    if request.method == "POST" and may_write and form.is_valid():
        mine = form.cleaned_data["notes"]
        notes = f"{found.notes or ''}\n\n{mine}".strip() if "_both" in request.POST else mine
        try:
            actions.write_notes(found, membership, notes=notes, revision=posted_revision(request.POST))
        except actions.StaleNotes as stale:
            return _show_both(request, found, membership, mine=mine, stale=stale)
        messages.success(request, _("The notes are saved."))
        return _to_list(found)
    context = _context(membership) | {"form": form, "meeting": found, "revision": found.notes_revision}
    return render(request, "meetings/write_notes.html", context)


@never_cache
def download_event(request: HttpRequest, meeting: UUID) -> HttpResponse:
    found, _membership = _own_meeting(request, meeting)
    content = event_file(found, address=f"{settings.SITE_URL}{_list_address(found)}", host=request.get_host())
    name, day = pgettext("file name", "meeting"), timezone.localtime(found.starts_at)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{day:%Y-%m-%d}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _own_meeting(request: HttpRequest, meeting: UUID) -> tuple[Meeting, Membership]:
    found = get_object_or_404(with_attendances(Meeting.objects.visible_to(request.user)), pk=meeting)
    return found, own_membership(request, found.relationship_id)


def _context(membership: Membership) -> dict[str, Any]:
    partners = partners_of(membership)
    return {
        "membership": membership,
        "relationship": membership.relationship,
        "partners": partners,
        "names": [partner.participant.person.short_name for partner in partners],
        "text_language": membership.relationship.language or membership.participant.person.language,
        "may_plan": policy.may_plan(membership),
        "may_note": policy.may_note_some(membership),
        "may_write": policy.may_write_notes(membership),
    }


def _names(membership: Membership) -> str:
    return ", ".join(partner.participant.person.short_name for partner in partners_of(membership))


def _channels(membership: Membership) -> tuple[str, ...]:
    return cohort_of(membership.relationship).definition.contact.channels


def _usual_length(membership: Membership) -> int:
    """Return the length that the program suggests, where it does."""
    cohort = cohort_of(membership.relationship)
    declared = {setting.id for setting in cohort.definition.settings}
    return int(cohort.setting("meeting_minutes") or FALLBACK) if "meeting_minutes" in declared else FALLBACK


def _planned(form: PlanForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("starts_at", "minutes", "way", "place", "agenda")}


def _as_initial(meeting: Meeting) -> dict[str, Any]:
    starts = timezone.localtime(meeting.starts_at)
    return {
        "day": starts.date(),
        "hour": starts.time(),
        "minutes": meeting.minutes,
        "way": meeting.way,
        "place": meeting.place or "",
        "agenda": meeting.agenda or "",
    }


def _same_moment() -> str:
    return _("You already have a meeting at this time. It is in your list of meetings.")


def _said_thanks(said: int, agreed: int | None) -> str:
    if agreed:
        return _("Everyone agrees: %(length)s confirmed.") % {"length": dates.duration(agreed)}
    if not said:
        return _("Noted: you were not there. This meeting gives no hours.")
    return _("Noted: %(length)s. The time counts once everyone has confirmed the same length.") % {"length": dates.duration(said)}


def _noted_by_both(request: HttpRequest, meeting: Meeting, membership: Membership, *, minutes: int, notes: str) -> HttpResponse:
    """Take a second report as its author's own word about the meeting; their notes meet those of the first."""
    meeting.refresh_from_db()
    mine = meeting.attendances.filter(membership=membership).first()
    if mine is None:  # cancelled meanwhile: it may still be noted by itself
        entered = _as_initial(meeting) | {"minutes": minutes, "notes": notes}
        form = LogForm(now=timezone.now(), channels=_channels(membership), initial=entered)
        messages.info(request, _("This meeting was cancelled meanwhile. If you did meet, note it here."))
        return render(request, "meetings/log_meeting.html", _context(membership) | {"form": form})
    agreed = actions.confirm_minutes(mine, minutes=minutes, now=timezone.now())
    messages.success(request, _said_thanks(minutes, agreed))
    if not notes or notes == meeting.notes:
        return _to_list(meeting)
    return _show_both(request, meeting, membership, mine=notes, stale=actions.StaleNotes(meeting))


def _show_both(request: HttpRequest, meeting: Meeting, membership: Membership, *, mine: str, stale: actions.StaleNotes) -> HttpResponse:
    """Show what somebody else saved beside what was just typed, which is not saved yet."""
    form = NotesForm(initial={"notes": mine})
    shown = {"form": form, "meeting": meeting, "theirs": stale.notes, "mine": mine, "revision": stale.revision}
    return render(request, "meetings/write_notes.html", _context(membership) | shown)


def _over(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.error(request, _("This pairing is over. What you wrote and the hours you confirmed stay here."))
    return redirect("meetings:list_meetings", relationship=membership.relationship_id)


def _no_longer_planned(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.info(request, _("This meeting has changed meanwhile. This is how it stands now."))
    return _to_list(meeting)


def _list_address(meeting: Meeting) -> str:
    return f"{reverse('meetings:list_meetings', args=[meeting.relationship_id])}#meeting-{meeting.pk}"


def _to_list(meeting: Meeting) -> HttpResponse:
    return redirect(_list_address(meeting))
