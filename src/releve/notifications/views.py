from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import actions, queries
from .forms import GroupsForm

LETTERS_PER_PAGE = 25
# A letter brings its own styles, as mail does, and nothing else; it runs and loads nothing.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


def choose_letters(request: HttpRequest) -> HttpResponse:
    form = GroupsForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        actions.choose_groups(request.user, form.cleaned_data["groups"], by=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("notifications:choose_letters")
    return render(request, "notifications/choose_letters.html", {"form": form})


@login_not_required
@require_safe
def list_letters(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    page = Paginator(queries.demo_letters(), LETTERS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/list_letters.html", {"page": page})


@login_not_required
@require_safe
def show_letter(request: HttpRequest, letter) -> HttpResponse:
    _only_in_the_demo()
    letter = get_object_or_404(queries.demo_letters(), pk=letter)
    return render(request, "notifications/show_letter.html", {"letter": letter})


@login_not_required
@require_safe
def show_letter_as_sent(request: HttpRequest, letter) -> HttpResponse:
    _only_in_the_demo()
    letter = get_object_or_404(queries.demo_letters().exclude(html=""), pk=letter)
    return HttpResponse(letter.html, headers={"Content-Security-Policy": LETTER_POLICY})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
