"""A person's day and one relationship: pieces of many rooms, and no rules of its own."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from releve.core.components import NextAction
from releve.enrolment.queries import Quality, sheet_rows
from releve.matching.looking_back import fit_of
from releve.matching.queries import explained_to
from releve.matching.wording.board import PartInWords, parts_in_words
from releve.meetings.queries import agreed_minutes, next_meeting
from releve.programs.models import Cohort
from releve.progress.credits import credits_of
from releve.progress.journey import Journey, journey_in, journeys_of
from releve.progress.next_action import WAITING, Action, actions_among, actions_in
from releve.questionnaires.display import Row
from releve.relationships.lifecycle import Actor, moves_open_to
from releve.relationships.models import LIVE_STATES, Membership, Relationship, State
from releve.relationships.queries import membership_of

from .thread import done_of, thread_of
from .together import pages_of

PUT_OFF_FORM = "put-off"


@never_cache
def show_today(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    journeys = journeys_of(request.user, now)
    if not journeys and request.user.appointments.current().exists():
        return redirect("home:list_cohorts")
    actions = actions_among(journeys, request.user, now)
    first = _journey_in_front(journeys)
    context = {
        "next_action": actions[0] if actions else None,
        "card": _card(actions[0]) if actions else None,
        "later": [action for action in actions[1:6] if action.rank != WAITING],
        "journeys": journeys,
        "journey": first,
        "thread": thread_of(first) if first else [],
        "done": done_of(first) if first else None,
        "next_meeting": next_meeting(first.shared.relationship, now) if first and first.shared else None,
        "minutes": agreed_minutes(first.participant) if first else 0,
        "credits": credits_of(first.participant) if first else [],
        "is_live": _is_live(first),
        "others": [journey for journey in journeys if journey is not first],
    }
    return render(request, "home/show_today.html", context)


@never_cache
def show_relationship(request: HttpRequest, relationship) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Relationship.objects.of_member(request.user), pk=relationship)
    membership = membership_of(found, request.user)
    journey = journey_in(found, request.user, now)
    actions = sorted(actions_in(journey), key=lambda action: action.order) if journey else []
    context = {
        "membership": membership,
        "relationship": found,
        "journey": journey,
        "next_action": actions[0] if actions else None,
        "later": [action for action in actions[1:] if action.rank != WAITING],
        "partners": _sheets(journey),
        "reasons": _reasons(journey),
        "thread": thread_of(journey) if journey else [],
        "done": done_of(journey) if journey else None,
        "pages": pages_of(journey) if journey else [],
        "names": journey.shared.partner_names if journey else [],
        "may_complete": _is_closing(journey),
        "next_meeting": next_meeting(found, now),
        "moves": moves_open_to(State(found.state), Actor.MEMBER),
        "is_live": found.state in LIVE_STATES,
    }
    return render(request, "home/show_relationship.html", context)


def _sheets(journey: Journey | None) -> list[tuple[Membership, list[Row]]]:
    """Return each partner with the presentation sheet that introduced people read."""
    if journey is None or journey.shared is None:
        return []
    return [(partner, sheet_rows(partner.participant, Quality.PARTNER)) for partner in journey.shared.partners]


def _reasons(journey: Journey | None) -> list[PartInWords]:
    """Say to a member what spoke for a suggested pair, as far as the program explains it to members."""
    if journey is None or journey.shared is None or len(journey.shared.partners) != 1:
        return []
    explained = explained_to(journey.shared.membership, journey.shared.partners[0])
    return parts_in_words(journey.definition, fit_of(explained)) if explained else []


def _card(action: Action) -> NextAction:
    """Offer to put an action off until tomorrow; what waits for others cannot be put off."""
    if action.rank == WAITING:
        return action.show
    return replace(action.show, later_form=PUT_OFF_FORM, later_label=_("Remind me tomorrow"))


def _is_closing(journey: Journey | None) -> bool:
    """Say whether the time has come to conclude: from the date the program opens its closing."""
    if journey is None:
        return False
    opens = journey.participant.cohort.calendar.get("closing_opens")
    return opens is None or opens <= journey.today


def _journey_in_front(journeys: list[Journey]) -> Journey | None:
    """Choose the journey a day opens on: one that lives, else one that waits for somebody, else the newest."""
    living = [journey for journey in journeys if _is_live(journey)]
    waiting = [journey for journey in journeys if journey.shared is None and journey.participant.cohort.state == Cohort.State.OPEN]
    return (living or waiting or journeys or [None])[0]


def _is_live(journey: Journey | None) -> bool:
    return journey is not None and journey.shared is not None and journey.shared.state in LIVE_STATES
