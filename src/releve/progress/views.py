"""A person's hours, their statement, and putting a next action off."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import statements
from .actions import put_off as put_off_action
from .credits import credits_of

PUT_OFF = timedelta(days=1)


def show_hours(request: HttpRequest) -> HttpResponse:
    participants = (
        request.user.participations.filter(confirmed_at__isnull=False)
        .select_related("cohort__program", "cohort__version", "registration", "person")
        .order_by("-cohort__starts_on")
    )
    hours = [
        {
            "participant": participant,
            "lines": (lines := statements.lines_of(participant)),
            "minutes": sum(line.minutes for line in lines),
            "credits": credits_of(participant),
        }
        for participant in participants
    ]
    return render(request, "progress/show_hours.html", {"hours": hours})


@require_POST
def download_statement(request: HttpRequest, participant) -> HttpResponse:
    mine = request.user.participations.filter(confirmed_at__isnull=False)
    found = get_object_or_404(mine.select_related("cohort__program", "cohort__version", "person"), pk=participant)
    statement, pdf = statements.issue(found, now=timezone.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(_("mentoring hours")) + f"-{statement.code}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_not_required
@never_cache
def check_statement(request: HttpRequest, code: str) -> HttpResponse:
    statement = statements.find(code)
    status = 200 if statement else 404
    return render(request, "progress/check_statement.html", {"statement": statement, "code": code}, status=status)


@require_POST
def put_off(request: HttpRequest) -> HttpResponse:
    put_off_action(request.user, request.POST.get("action", ""), until=timezone.now() + PUT_OFF)
    return redirect("home:show_today")
