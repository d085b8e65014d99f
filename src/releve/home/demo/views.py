"""One click steps into a person of the demonstration. Elsewhere there is no such page."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from . import personas


@login_not_required
@never_cache
@require_safe
def list_personas(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    people = personas.people_behind()
    groups = [(group.title, [(one, people[one.name]) for one in group.personas if one.name in people]) for group in personas.GROUPS]
    return render(request, "home/list_personas.html", {"groups": groups})


@login_not_required
@require_POST
def step_in(request: HttpRequest, persona: str) -> HttpResponse:
    _only_in_the_demo()
    person = personas.people_behind().get(persona)
    if person is None:
        raise Http404
    logout(request)  # nothing of the last person's session comes along
    return perform_login(request, person, email=person.email, redirect_url=reverse("home:show_today"))


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
