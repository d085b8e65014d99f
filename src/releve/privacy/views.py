"""What the house knows about the person who asks, and how to take it away."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.people.queries import the_organization

from . import actions
from .forms import EraseForm
from .words import held_in_words


@never_cache
def show_my_data(request: HttpRequest) -> HttpResponse:
    context = {"held": held_in_words(request.user), "organization": the_organization()}
    return render(request, "privacy/show_my_data.html", context)


@require_POST
@never_cache
def download_my_data(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(actions.archive_of(request.user, now=timezone.now()), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="releve.zip"'
    return response


@never_cache
def erase_me(request: HttpRequest) -> HttpResponse:
    form = EraseForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(request.user, now=timezone.now())
        except actions.ErasureRefused as refused:
            form.add_error(
                None,
                _("You are the only coordinator of “%(program)s”. Appoint somebody else first, then come back.") % {"program": refused},
            )
        else:
            logout(request)
            messages.success(request, _("Your account and what it held are erased."))
            return redirect("programs:list_programs")
    return render(request, "privacy/erase_me.html", {"form": form})
