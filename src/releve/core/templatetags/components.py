"""The components of every page. One `{% load components %}` brings all of them.

Words passed to a tag are already translated: `{% chip _("Signed") "pine" %}`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import lucide
from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from releve.core.components import NextAction, Stage, Step, Tone
from releve.core.frame import Link
from releve.core.typed import Typed, typed_into
from releve.core.visibility import Visibility, reads_words

register = template.Library()

# A list of people holds a hundred icons: what they share stands once in the style sheet, under `.icon`.
DRAWN_BY_CSS = re.compile(r' (?:fill|stroke|stroke-width|stroke-linecap|stroke-linejoin)="[^"]*"')
BETWEEN_LINES = re.compile(r"\s*\n\s*")
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Draw a Lucide icon, silent for screen readers: a word always stands beside it.

    {% icon "calendar" %}  {% icon "check" 14 %}
    """
    svg = lucide._render_icon(str(name), int(size), aria_hidden="true", focusable="false")
    opening, drawing = svg.split(">", 1)
    opening = DRAWN_BY_CSS.sub("", opening).replace("<svg ", '<svg class="icon" ', 1)
    return mark_safe(f"{opening}>{BETWEEN_LINES.sub('', drawing)}")  # noqa: S308  a drawing from the icon set


@register.simple_block_tag(takes_context=True)
def remember(context: template.Context, content: str, name: str) -> str:
    """Keep what a block printed under a name, so that base.html can print it twice or not at all."""
    context[name] = mark_safe(content.strip())  # noqa: S308  a rendered block: strip() made it plain
    return ""


# --- a person's day


@register.inclusion_tag("components/next_action.html")
def next_action(action: NextAction) -> dict[str, Any]:
    """Show the one thing to do, first on a home page.

    {% next_action action %} with a `core.components.NextAction` (or anything with its attributes).
    """
    return {"action": action}


@register.inclusion_tag("components/thread.html")
def thread(steps: Sequence[Step]) -> dict[str, Any]:
    """Draw a journey as a line with knots, one `core.components.Step` each; a "now" step may hold chips.

    {% thread steps %}
    """
    return {"steps": steps}


@register.inclusion_tag("components/knots.html")
def knots(done: int, total: int, label: str = "") -> dict[str, Any]:
    """Draw the thread small, in one line, for a table row or a card: `done` of `total` steps.

    {% knots 6 10 %} prints "6 of 10"; {% knots 6 10 _("Commitment") %} also names the present step.
    """
    done, total = int(done), int(total)
    gap, radius = 14, 4
    points = [
        {
            "x": radius + 1 + n * gap,
            "state": "done" if n < done else "now" if n == done else "later",
        }
        for n in range(total)
    ]
    width = 2 * (radius + 1) + gap * max(total - 1, 0)
    reached = radius + 1 + gap * min(done, total - 1)
    return {
        "points": points,
        "width": width,
        "reached": reached,
        "done": done,
        "total": total,
        "label": label,
    }


@register.inclusion_tag("components/funnel.html")
def funnel(stages: Sequence[Stage], label: str) -> dict[str, Any]:
    """Draw how many people reach each stage as a thread that thins; numbers and words stand beside it.

    {% funnel stages _("From registration to evaluation") %} with `core.components.Stage` objects.
    """
    most = max((stage.count for stage in stages), default=0) or 1
    halves = [round(2 + 28 * stage.count / most, 1) for stage in stages]
    drawn = [
        {"stage": stage, "points": f"0,{32 - here} 100,{32 - after} 100,{32 + after} 0,{32 + here}"}
        for stage, here, after in zip(stages, halves, [*halves[1:], *halves[-1:]], strict=True)
    ]
    return {"stages": drawn, "label": label}


@register.simple_tag(takes_context=True)
def typed(context: template.Context) -> Typed | None:
    """Give what a form held that could not be taken: {% typed as typed %}, then include components/typed_again.html."""
    return typed_into(context["request"]) if "request" in context else None


@register.inclusion_tag("components/reads.html")
def reads(visibility: Visibility | str, members: Sequence[str] | None = None) -> dict[str, Any]:
    """Print the pill that says who can read a thing; every form, document and note has one.

    {% reads "self" %}  {% reads form.visibility members=names %}  {% reads _("You and Benoît") %}
    """
    if not visibility:
        return {}
    try:
        known = Visibility(visibility)
    except ValueError:
        return {"words": visibility, "explanation": "", "closed": True}
    closed = known not in (Visibility.PUBLIC, Visibility.DIRECTORY, Visibility.SITE)
    words = reads_words(known, members=members)
    return {"words": words, "explanation": known.explanation, "closed": closed}


# --- small pieces


@register.inclusion_tag("components/chip.html")
def chip(label: str, tone: Tone = "plain", icon: str = "") -> dict[str, Any]:
    """Show a state in a word or two: tone plain, pine (done), amber (attention), plum (people), rust (wrong).

    {% chip _("2 goals") "pine" %}  {% chip _("One signature missing") "amber" icon="pen-line" %}
    """
    usual = {"pine": "check", "amber": "clock", "rust": "circle-alert"}
    return {"label": label, "tone": tone, "icon": icon or usual.get(tone, "")}


@register.inclusion_tag("components/figure.html")
def figure(value: Any, label: str, note: str = "", url: str = "", tone: str = "") -> dict[str, Any]:
    """Show a number someone acts on, inside `<ul class="figures">`; `url` leads to the rows behind it.

    {% figure 5 _("mentees without a mentor") url=list_url tone="amber" %}
    """
    return {"value": value, "label": label, "note": note, "url": url, "tone": tone}


def initials(name: str) -> str:
    """Take the first letters of the first and the last name: « Marie-Ève de la Chevrotière » → MC."""
    words = [w for w in re.split(r"[\s\u00a0]+", str(name)) if w[:1].isalpha()]
    capital = [w for w in words if w[0].isupper()] or words
    letters = [capital[0][0], capital[-1][0]] if len(capital) > 1 else [w[0] for w in capital]
    return unicodedata.normalize("NFC", "".join(letters)).upper()


@register.inclusion_tag("components/face.html")
def face(name: str, kind: str = "", size: str = "") -> dict[str, Any]:
    """Show a person's initials in a disc, decoration only: the name stands beside it.

    kind: mentor (pine), mentee (plum), staff (amber) or nothing; size: "small" or "large".
    """
    return {"initials": initials(name), "kind": kind, "size": size}


@register.inclusion_tag("components/person.html")
def person(name: str, sub: str = "", kind: str = "", url: str = "", size: str = "") -> dict[str, Any]:
    """Show a person: face, name (a link with `url`) and one line about them.

    {% person mentor.name _("Mentor · Saguenay") "mentor" url=mentor.get_absolute_url %}
    """
    return {"name": name, "sub": sub, "kind": kind, "url": url, "size": size}


@register.inclusion_tag("components/bar.html")
def bar(value: float, maximum: float, label: str, text: str = "", compact: bool = False) -> dict[str, Any]:
    """Show a part of a whole as a bar with its number; put several in `<div class="bars">`.

    {% bar 29 50 _("Goals meet experience") %} prints "29 / 50"; `text` replaces that;
    `compact=True` shows bar and number only, the label for screen readers (a table's cell).
    """
    share = 0 if not maximum else max(0.0, min(1.0, float(value) / float(maximum)))
    return {
        "percent": round(share * 100),
        "label": label,
        "text": text,
        "value": value,
        "maximum": maximum,
        "compact": compact,
    }


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "sprout") -> dict[str, Any]:
    """Fill an empty list: what will be here, and the first thing to do.

    {% empty _("No meetings yet") _("They appear here once one of you proposes a date.") url=new label=_("Propose a meeting") %}
    """
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.simple_block_tag
def note(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Set a paragraph apart: tone info, attention, wrong or done.

    {% note "attention" _("Two dates cross") %}<p>…</p>{% endnote %}
    """
    return render_to_string("components/note.html", {"tone": tone, "title": title, "content": content})


@register.simple_block_tag
def details(content: str, summary: str, kind: str = "") -> SafeString:
    """Open something in place; kind "why" for an explanation by the machine.

    {% details _("Why Benoît?") "why" %}…{% enddetails %}
    """
    return format_html(
        '<details class="more {}"><summary>{}{}</summary><div class="stack">{}</div></details>',
        kind,
        icon("chevron-right"),
        summary,
        content,
    )


# --- forms


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, reads: Visibility | str = "", members: Sequence[str] | None = None) -> dict[str, Any]:
    """Print one question of a form: label, help, errors, input, and who reads it if that differs.

    {% field form.name %}  {% field form.note reads="self" %}
    """
    widget = bound.field.widget
    return {
        "bound": bound,
        "group": isinstance(widget, GROUPS),
        "tick": isinstance(widget, forms.CheckboxInput),
        "described": bound.aria_describedby,
        "reads_class": reads,
        "members": members,
    }


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """Print the error summary and every field of a form, in order.

    {% form_fields form %}
    """
    return {"form": form}


@register.inclusion_tag("components/form_errors.html")
def form_errors(*all_forms: forms.BaseForm, focus: bool = True) -> dict[str, Any]:
    """Sum up what is to mend, with a link to each field; takes focus when the page opens.

    {% form_errors form %}  {% form_errors form other_form %}
    """
    general = [error for form in all_forms for error in form.non_field_errors()]
    faults = [{"id": bound.auto_id, "label": bound.label, "error": error} for form in all_forms for bound in form for error in bound.errors]
    return {"general": general, "faults": faults, "count": len(general) + len(faults), "focus": focus}


# --- lists


def _address(context: template.Context, **changes: Any) -> str:
    """Give this page's address with some parameters changed, the others kept."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/sort.html", takes_context=True)
def sort(context: template.Context, key: str, label: str, default: str = "", numeric: bool = False) -> dict[str, Any]:
    """Print a column's head whose link sorts by `key`, then the other way round (`?sort=-key`).

    {% sort "name" _("Name") default="name" %}; `default` is the order when the address names none.
    """
    now = context["request"].GET.get("sort") or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    target = f"-{key}" if now == key else key
    url = _address(context, sort=target, page=1)
    return {"url": url, "label": label, "direction": direction, "numeric": numeric}


@register.inclusion_tag("components/caption.html")
def caption(label: str, count: int | None = None) -> dict[str, Any]:
    """Print a table's caption with the number of rows found.

    <table class="cards">{% caption _("Participants") page.paginator.count %}
    """
    return {"label": label, "count": count}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.BaseForm) -> dict[str, Any]:
    """Print a GET form above a list; what is chosen stays in the address, the sorting too. On a phone it unfolds.

    {% filters filter_form %}
    """
    request = context["request"]
    return {
        "form": form,
        "sort": request.GET.get("sort", ""),
        "active": sum(bool(request.GET.get(bound.html_name)) for bound in form),
        "path": request.path,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    """Print the links between the pages of a list, nothing if there is one page only.

    {% pagination page %}
    """
    numbers = [
        {
            "number": number,
            "url": _address(context, page=number),
            "gap": not isinstance(number, int),
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = _address(context, page=page.number - 1) if page.has_previous() else ""
    after = _address(context, page=page.number + 1) if page.has_next() else ""
    return {"page": page, "numbers": numbers, "before": before, "after": after}


# --- ways around


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*pairs: Any) -> dict[str, Any]:
    """Print the way back, in base.html's `breadcrumb` block; the page itself is left out.

    {% breadcrumb home_url _("Today") pairs_url _("Relationships") %}  or  {% breadcrumb links %}
    """
    if len(pairs) == 1:
        return {"links": pairs[0]}
    return {"links": [Link(url, label) for url, label in zip(pairs[::2], pairs[1::2], strict=True)]}


@register.inclusion_tag("components/tabs.html")
def tabs(links: Iterable[Link], label: str = "") -> dict[str, Any]:
    """Print views of one thing as links; the `core.frame.Link` with `current` is the one in view.

    {% tabs views _("Views of this cohort") %}
    """
    return {"links": links, "label": label}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str, text: str = "") -> dict[str, Any]:
    """Show how far a long job or a long form is.

    {% progress 40 84 _("Rows checked") %}
    """
    return {"done": done, "total": total, "label": label, "text": text}
