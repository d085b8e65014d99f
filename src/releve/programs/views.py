"""What anyone finds without signing in: the front page, the programs, and the page of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from .models import Program
from .offers import offer_of, public_offers
from .queries import organization


@login_not_required
def show_front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:show_today")
    context = {"organization": organization(), "offers": public_offers(timezone.localdate())}
    return render(request, "programs/show_front.html", context)


@login_not_required
def list_programs(request: HttpRequest) -> HttpResponse:
    return render(request, "programs/list_programs.html", {"offers": public_offers(timezone.localdate())})


@login_not_required
def show_program(request: HttpRequest, slug: str) -> HttpResponse:
    program = get_object_or_404(Program.objects.visible_to(request.user), slug=slug)
    offer = offer_of(program, request.user, timezone.localdate())
    context = {
        "offer": offer,
        "program": program,
        "definition": offer.definition,
        "sections": offer.sections,
        "organization": organization(),
    }
    return render(request, "programs/show_program.html", context)
