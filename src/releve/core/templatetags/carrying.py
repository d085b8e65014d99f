"""What the frame needs to take along what somebody typed, when they switch to the other language."""

from html import unescape

from django import template
from django.urls import translate_url
from django.utils.safestring import mark_safe

from releve.core.filling import forms_of

register = template.Library()

SENT_BY_BUTTONS = ("name", "value", "formaction", "formnovalidate")


@register.filter
def in_language(path: str, code: str) -> str:
    """Give the address of a page in another language."""
    return translate_url(path, code)


@register.simple_block_tag(takes_context=True)
def with_form(context: template.Context, content: str) -> str:
    """Keep a page's content as `page_content`, and its first form that takes words as `page_form`.

    The languages in the header then carry what was typed, instead of leaving it behind.
    """
    context["page_content"] = mark_safe(content)  # noqa: S308  a rendered block
    form = next((form for form in forms_of(content) if form.is_posted and (form.takes_words or form.shows_again)), None)
    if form is not None:
        name = form.attributes.get("id") or "typed"
        if "id" not in form.attributes:
            context["page_content"] = mark_safe(f'{content[: form.start]}<form id="{name}"{content[form.start + 5 :]}')  # noqa: S308  the same
        action = form.attributes.get("action") or (context["request"].path if "request" in context else "")
        enter = {key: unescape(value or "") for key, value in (form.first_button or {}).items() if key in SENT_BY_BUTTONS}
        page = unescape(action) if form.shows_again else ""
        context["page_form"] = {"id": name, "action": unescape(action), "page": page, "enter": enter}
    return ""
