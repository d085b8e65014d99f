"""What a member does about a relationship: answer, ask for help, pause, end, complete."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import actions
from .access import own_membership
from .forms import CompleteForm, ContactAnswerForm, EndEarlyForm, HelpForm
from .models import State
from .queries import cohort_of, has_answered, partners_of


@never_cache
def answer_contact(request: HttpRequest, relationship) -> HttpResponse:
    membership = own_membership(request, relationship)
    form = ContactAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_contact(membership, form.cleaned_data["suits"] == "yes", now=timezone.now())
        except actions.MoveRefused:
            messages.error(request, _("This pairing no longer waits for answers."))
        else:
            messages.success(request, _("Your answer is kept, and stays closed until everyone has answered."))
        return redirect("home:show_relationship", relationship=membership.relationship_id)
    context = {
        "form": form,
        "membership": membership,
        "partners": partners_of(membership),
        "has_answered": has_answered(membership),
        "is_waiting": membership.relationship.state == State.INTRODUCED and membership.relationship.answer_by,
    }
    return render(request, "relationships/answer_contact.html", context)


@never_cache
def ask_for_help(request: HttpRequest, relationship) -> HttpResponse:
    membership = own_membership(request, relationship)
    definition = cohort_of(membership.relationship).definition
    form = HelpForm(request.POST or None, definition=definition)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_help(membership, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your message is with the committee. Your partner does not know about it."))
        return redirect("relationships:ask_for_help", relationship=membership.relationship_id)
    context = {
        "form": form,
        "membership": membership,
        "partners": partners_of(membership),
        "definition": definition,
        "requests": membership.help_requests.all(),
    }
    return render(request, "relationships/ask_for_help.html", context)


@require_POST
def pause(request: HttpRequest, relationship) -> HttpResponse:
    return _move(request, relationship, actions.pause, _("The pairing is paused. No reminders go out meanwhile."))


@require_POST
def resume(request: HttpRequest, relationship) -> HttpResponse:
    return _move(request, relationship, actions.resume, _("The pairing goes on."))


def _move(request: HttpRequest, relationship, move, done: str) -> HttpResponse:
    membership = own_membership(request, relationship)
    try:
        move(membership.relationship, by=request.user, now=timezone.now())
    except actions.MoveRefused:
        messages.error(request, _("The pairing changed meanwhile. This is how it stands now."))
    else:
        messages.success(request, done)
    return redirect("home:show_relationship", relationship=membership.relationship_id)


def end_early(request: HttpRequest, relationship) -> HttpResponse:
    membership = own_membership(request, relationship)
    definition = cohort_of(membership.relationship).definition
    form = EndEarlyForm(request.POST or None, definition=definition)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_early(membership.relationship, form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except actions.MoveRefused:
            messages.error(request, _("The pairing changed meanwhile. This is how it stands now."))
        else:
            messages.success(request, _("The pairing has ended. What you wrote together stays open to you both."))
        return redirect("home:show_relationship", relationship=membership.relationship_id)
    context = {
        "form": form,
        "membership": membership,
        "partners": partners_of(membership),
        "can_end": membership.relationship.state in {State.ACCEPTED, State.CONFIRMED, State.PAUSED},
    }
    return render(request, "relationships/end_early.html", context)


def complete(request: HttpRequest, relationship) -> HttpResponse:
    membership = own_membership(request, relationship)
    form = CompleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        continues = form.cleaned_data["continues"] == "yes"
        try:
            actions.complete(membership.relationship, by=request.user, continues=continues, now=timezone.now())
        except actions.MoveRefused:
            messages.error(request, _("The pairing changed meanwhile. This is how it stands now."))
        else:
            messages.success(request, _("The program’s part is over. What you wrote stays yours."))
        return redirect("home:show_relationship", relationship=membership.relationship_id)
    context = {
        "form": form,
        "membership": membership,
        "partners": partners_of(membership),
        "can_complete": membership.relationship.state in {State.CONFIRMED, State.PAUSED},
    }
    return render(request, "relationships/complete.html", context)
