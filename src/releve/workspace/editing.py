"""One attempt to save answers that another member may have changed meanwhile.

The page carries the revision it answers to and a fingerprint of every answer it showed. What only one
of the two changed is brought together without a word; what both changed is shown side by side.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from releve.questionnaires.definition import Form
from releve.questionnaires.display import is_own_words, text_of
from releve.questionnaires.drafts import posted_revision
from releve.questionnaires.forms import AnswersForm, build

from .actions import Over, StaleAnswers
from .merging import can_join, fingerprints, joined, merge

Save = Callable[[dict[str, Any], int], object]
BASE, CONFLICTS, KEEP = "_base", "_conflicts", "_keep"  # no question has such a name
TRIES = 3


@dataclass(frozen=True)
class Conflict:
    """One question that both answered, and not alike."""

    label: str
    mine: str
    theirs: str
    own_words: bool


@dataclass
class Edit:
    """What the page shows next."""

    form: AnswersForm
    revision: int
    base: str
    conflicts: list[Conflict] = field(default_factory=list)
    conflict_ids: str = ""
    can_join: bool = False
    saved: bool = False
    merged: bool = False
    over: bool = False  # the relationship ended while this was being written


def begin(form_definition: Form, answers: Mapping[str, Any], revision: int) -> Edit:
    """Show answers as they are saved."""
    return Edit(_quiet(build(form_definition, answers=answers)), revision, json.dumps(fingerprints(answers)))


def _quiet(form: AnswersForm) -> AnswersForm:
    """Leave "(optional)" out of a form in which everything is: whether an answer is needed is the form's own to judge."""
    if not any(question.required for question in form.definition.flat):
        for bound in form.fields.values():
            bound.required = True
    return form


def attempt(request: HttpRequest, form_definition: Form, *, stored: Mapping[str, Any], save: Save, unfinished: bool = False) -> Edit:
    """Save what was sent. `save(answers, revision)` raises StaleAnswers or Over; `unfinished` lets gaps pass."""
    form = _quiet(build(form_definition, data=request.POST, ignore_required=unfinished))
    revision, base = posted_revision(request.POST), _posted_base(request)
    if not form.is_valid():
        return Edit(form, revision, json.dumps(base))
    known = {question.id for question in form_definition.flat}
    mine = {name: answer for name, answer in stored.items() if name not in known} | form.answers()
    disputed = [name for name in request.POST.get(CONFLICTS, "").split() if name in known]
    if request.POST.get(KEEP) == "both":
        both = mine | {name: joined(mine.get(name), stored.get(name)) for name in disputed}
        return Edit(_quiet(build(form_definition, answers=both)), revision, json.dumps(base))
    if request.POST.get(KEEP) == "theirs":
        mine = {name: answer for name, answer in mine.items() if name not in disputed}
        mine |= {name: stored[name] for name in disputed if name in stored}
    return _save(form, form_definition, mine, revision, base, save)


def _save(
    form: AnswersForm, form_definition: Form, mine: dict[str, Any], revision: int, base: Mapping[str, str] | None, save: Save
) -> Edit:
    merged = False
    for _try in range(TRIES):
        try:
            save(mine, revision)
        except StaleAnswers as stale:
            together = merge(base, mine, stale.answers)
            if together.conflicts:
                return _conflict(form_definition, together.answers, together.conflicts, stale)
            mine, revision, base, merged = together.answers, stale.revision, fingerprints(stale.answers), True
        except Over:
            return Edit(form, revision, json.dumps(base), over=True)
        else:
            return Edit(form, revision, json.dumps(base), saved=True, merged=merged)
    return begin(form_definition, mine, revision)


def _conflict(form_definition: Form, answers: dict[str, Any], names: tuple[str, ...], stale: StaleAnswers) -> Edit:
    edit = begin(form_definition, answers, stale.revision)
    edit.base = json.dumps(fingerprints(stale.answers))
    edit.conflict_ids = " ".join(names)
    edit.can_join = all(can_join(answers.get(name), stale.answers.get(name)) for name in names)
    for question in form_definition.flat:
        if question.id in names:
            own, other = answers.get(question.id), stale.answers.get(question.id)
            shown = text_of(question, own), text_of(question, other)
            edit.conflicts.append(Conflict(str(question.text), *shown, is_own_words(question, own or other)))
    return edit


def _posted_base(request: HttpRequest) -> dict[str, str] | None:
    """Read the fingerprints that the page carried; None when they are missing or spoiled."""
    try:
        base = json.loads(request.POST.get(BASE, ""))
    except ValueError:
        return None
    return {str(name): str(value) for name, value in base.items()} if isinstance(base, dict) else None
