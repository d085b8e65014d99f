"""What sign-in pages ask. `{% load people %}`."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from releve.people.signup import may_open_account

register = template.Library()


@register.simple_tag(takes_context=True)
def account_opening(context: template.Context) -> str:
    """Give the address where a visitor opens an account, if the page they are going to calls for one.

    {% account_opening as opening_url %}
    """
    next_path = _next(context["request"])
    return f"{reverse('people:open_account')}?{urlencode({'next': next_path})}" if may_open_account(next_path) else ""


@register.simple_tag(takes_context=True)
def with_next(context: template.Context, name: str) -> str:
    """Give the address of another sign-in page, which then leads to the same place.

    {% with_next "account_login" %}
    """
    next_path = _next(context["request"])
    return f"{reverse(name)}?{urlencode({'next': next_path})}" if next_path else reverse(name)


def _next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")
