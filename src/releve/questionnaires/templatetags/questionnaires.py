"""What a page prints of a questionnaire. `{% load questionnaires %}`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from releve.questionnaires import drafts
from releve.questionnaires.forms import AnswersForm
from releve.questionnaires.models import Response

register = template.Library()


@register.inclusion_tag("questionnaires/_fields.html")
def questions(form: AnswersForm, members: Sequence[str] | None = None) -> dict[str, Any]:
    """Print what is to mend, who reads the answers, and every question, inside the page's own `<form>`.

    {% questions form %}  {% questions form members=first_names_of_the_other_members %}
    """
    return {"form": form, "members": members}


@register.inclusion_tag("questionnaires/_scripts.html")
def question_scripts() -> dict[str, Any]:
    """Load the scripts of forms, in the page's `head` block: conditions and drafts.

    {% question_scripts %}
    """
    return {}


@register.inclusion_tag("questionnaires/_draft.html")
def draft_state(response: Response, saves: bool = True) -> dict[str, Any]:
    """Print the revision that the page answers to and, with `saves`, whether the answers are saved.

    <form method="post" data-draft="ADDRESS">…{% draft_state response %}; the address answers with `drafts.autosave`.
    Without an address nothing is saved by itself: {% draft_state response saves=False %}.
    """
    return {"response": response, "saved": drafts.saved_words(response), "saves": saves}


@register.inclusion_tag("questionnaires/_conflict.html", takes_context=True)
def answers_conflict(context: template.Context, form: AnswersForm, elsewhere: Mapping[str, Any]) -> dict[str, Any]:
    """Show where what was typed differs from what another window saved (`StaleRevision.answers`).

    {% answers_conflict form stale.answers %}
    """
    request = context["request"]
    return {
        "differences": drafts.differences(form.definition, form.draft_answers(), elsewhere),
        "address": request.get_full_path(),
        "language": getattr(request.user, "language", ""),
    }
