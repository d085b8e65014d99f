from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import actions, signup
from .forms import AccountForm, OpenAccountForm, OpeningCodeForm
from .middleware import remember_language
from .queries import account_consent, consents_of


@never_cache
def show_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        messages.success(request, _("Your account is up to date."))
        response = redirect(translate_url(reverse("people:show_account"), person.language))
        remember_language(response, person.language)
        return response
    if form.errors:
        request.user.refresh_from_db()  # the page's frame shows the name as it is kept, not as it was typed
    return render(request, "people/show_account.html", {"form": form, "consents": consents_of(request.user)})


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:show_account")


@login_not_required
@never_cache
def open_account(request: HttpRequest) -> HttpResponse:
    next_path = request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(_safe(next_path))
    if not signup.may_open_account(next_path):
        return render(request, "people/no_account_needed.html")
    consent = account_consent()
    form = OpenAccountForm(request.POST or None, consent=consent)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not (ratelimit.consume(request, action="signup") and ratelimit.consume(request, action="request_login_code", key=email)):
            form.add_error(None, _("Too many requests. Wait a few minutes, then try again."))
        else:
            name, language = form.cleaned_data["name"], get_language()
            signup.start(request, email=email, name=name, language=language, consent=consent, next_path=next_path)
            return redirect("people:confirm_account")
    return render(request, "people/open_account.html", {"form": form, "next": next_path})


@login_not_required
@never_cache
def confirm_account(request: HttpRequest) -> HttpResponse:
    opening = signup.current(request)
    if opening is None:
        return redirect("account_request_login_code")
    form = OpeningCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if opening.is_alive() and opening.accepts(form.cleaned_data["code"]):
            signup.forget(request)
            person = actions.open_account(
                opening.email, name=opening.name, language=opening.language, consent=opening.consent, now=timezone.now()
            )
            return perform_login(request, person, email=person.email, redirect_url=opening.next_path)
        opening = signup.count_wrong_code(request, opening)
        form.add_error("code", _("This code is not right. Copy it from the email that came last."))
    again = f"{reverse('people:open_account')}?{urlencode({'next': opening.next_path})}"
    if not opening.is_alive():
        signup.forget(request)
        messages.error(request, _("This code is too old, or was tried too often. Ask for a new one."))
        return redirect(again)
    context = {"form": form, "email": opening.email, "minutes": signup.MINUTES, "again": again}
    return render(request, "people/confirm_account.html", context)


@login_not_required
@never_cache
def accept_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link never signs in: mail scanners open links. The button does."""
    next_path = _safe(request.GET.get("next", ""))
    try:
        person = actions.holder_of(token)
        if request.user == person:
            return redirect(next_path)
        if request.method == "POST":
            actions.use_link(token, now=timezone.now())
            return perform_login(request, person, email=person.email, redirect_url=next_path)
    except actions.LinkRefused as refusal:
        if request.user == getattr(refusal, "person", None):
            return redirect(next_path)
        spent = isinstance(refusal, actions.LinkSpent)
        return render(request, "people/spent_link.html", {"spent": spent, "next": next_path}, status=410)
    return render(request, "people/accept_sign_in.html", {"person": person})


def _safe(next_path: str) -> str:
    return next_path if url_has_allowed_host_and_scheme(next_path, allowed_hosts=None) else "/"
