"""How staff follow relationships: their state and what was asked of staff, never what members write."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from releve.people.roles import Permission
from releve.programs.models import Cohort

from . import actions
from .forms import HelpAnswerForm
from .lifecycle import Actor, moves_open_to
from .models import HelpRequest, Relationship, State
from .queries import cohort_of, ending_in_words, followed_in, help_requests_in

PER_PAGE = 50

MOVES_BY_STAFF = {
    "introduce": (actions.introduce, gettext_lazy("The members have been introduced to each other.")),
    "withdraw": (actions.withdraw_proposal, gettext_lazy("The pairing was dropped. Nobody had been told.")),
    "release": (actions.release, gettext_lazy("Everyone is back in the pool, and has been told kindly.")),
    "pause": (actions.pause, gettext_lazy("The pairing is paused. No reminders go out.")),
    "resume": (actions.resume, gettext_lazy("The pairing goes on.")),
    "give_more_time": (actions.give_more_time, gettext_lazy("The members have more time to answer.")),
}


def list_relationships(request: HttpRequest, cohort) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.where_may(request.user, Permission.FOLLOW_PAIRS), pk=cohort)
    rows = followed_in(cohort, request.user)
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"cohort": cohort, "page": page, "states": State.choices, "state": state}
    return render(request, "relationships/list_relationships.html", context)


def follow_relationship(request: HttpRequest, relationship) -> HttpResponse:
    found = get_object_or_404(Relationship.objects.followed_by(request.user), pk=relationship)
    return _follow(request, found)


def _follow(
    request: HttpRequest, found: Relationship, written: HelpAnswerForm | None = None, to: HelpRequest | None = None
) -> HttpResponse:
    """Show a relationship, with an answer that could not be sent still in its field."""
    members = found.memberships.select_related("participant__person", "participant__registration").order_by("role")
    moves = moves_open_to(State(found.state), Actor.STAFF)
    if found.state == State.INTRODUCED and found.answer_by is None:
        moves.add("give_more_time")
    context = {
        "relationship": found,
        "cohort": cohort_of(found),
        "members": members.prefetch_related("requirements"),
        "ending": ending_in_words(found),
        "changes": found.changes.select_related("by"),
        "help_requests": [(asked, written if asked == to else _answer_form(asked)) for asked in help_requests_in(found)],
        "moves": moves & set(MOVES_BY_STAFF),
    }
    return render(request, "relationships/follow_relationship.html", context)


def _answer_form(asked: HelpRequest, data: QueryDict | None = None) -> HelpAnswerForm:
    return HelpAnswerForm(data, auto_id=f"id_{asked.pk.hex}_%s")


@require_POST
def move_relationship(request: HttpRequest, relationship, move: str) -> HttpResponse:
    found = get_object_or_404(Relationship.objects.followed_by(request.user), pk=relationship)
    if move not in MOVES_BY_STAFF:
        raise Http404
    act, done = MOVES_BY_STAFF[move]
    try:
        act(found, by=request.user, now=timezone.now())
    except actions.MoveRefused:
        messages.error(request, _("The pairing changed meanwhile. This is how it stands now."))
    else:
        messages.success(request, done)
    if found.never_introduced:
        return redirect("relationships:list_relationships", cohort=cohort_of(found).pk)
    return redirect("relationships:follow_relationship", relationship=found.pk)


@require_POST
def answer_help(request: HttpRequest, relationship, help_request) -> HttpResponse:
    found = get_object_or_404(Relationship.objects.followed_by(request.user), pk=relationship)
    asked = get_object_or_404(help_requests_in(found), pk=help_request)
    form = _answer_form(asked, request.POST)
    if not form.is_valid():
        return _follow(request, found, form, asked)
    try:
        actions.answer_help(asked, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    except actions.MoveRefused:
        form.add_error("text", _("Someone has answered this request meanwhile. What you wrote was not sent."))
        return _follow(request, found, form, asked)
    except PermissionDenied as error:
        raise Http404 from error
    else:
        messages.success(request, _("Your answer is on its way."))
    return redirect("relationships:follow_relationship", relationship=found.pk)
