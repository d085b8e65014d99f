"""What the members of a relationship sign and write together. Nobody else has a way in."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from releve.programs.definition import Definition, UnknownIdError
from releve.programs.definition.journey import Document, Task
from releve.questionnaires.definition import Form
from releve.questionnaires.display import rows
from releve.relationships.access import own_membership
from releve.relationships.models import Membership, State
from releve.relationships.queries import cohort_of, partners_of

from . import actions, policy
from .editing import Edit, attempt, begin
from .forms import AdditionsForm, SignForm
from .goal_form import goal_form, headline, state_of, tags_of
from .models import Goal
from .queries import Paper, documents_to_sign, goals_of, joint_page, paper_of

TOGETHER = frozenset({"joint_form", "reflection"})


@never_cache
def sign_document(request: HttpRequest, relationship: UUID, document: str) -> HttpResponse:
    membership = own_membership(request, relationship)
    wanted = next((item for item in documents_to_sign(membership.relationship) if item.id == document), None)
    if wanted is None:
        raise Http404
    paper = paper_of(membership, wanted)
    sign_form, additions_form = _paper_forms(request, membership, paper)
    changed = None
    form = additions_form if "additions" in request.POST else sign_form
    if request.method == "POST" and paper.readable and form.is_valid():
        try:
            return _take_paper(request, membership, wanted, form)
        except actions.Over:
            messages.error(request, _("This pairing is over: nothing more can be signed."))
        except actions.TextChanged as found:
            changed = found
            paper = paper_of(membership, wanted)
    context = _context(membership) | _shown_paper(request, membership, paper)
    context |= {"sign_form": sign_form, "additions_form": additions_form, "changed": changed}
    return render(request, "workspace/sign_document.html", context)


@never_cache
def list_goals(request: HttpRequest, relationship: UUID) -> HttpResponse:
    membership = own_membership(request, relationship)
    definition, form = _goals_of_program(membership)
    goals = [_shown_goal(form, goal) for goal in goals_of(membership)]
    most = definition.goals.most_at_start
    context = _context(membership) | {"goals": goals, "tags": definition.goals.tags, "enough": most is not None and len(goals) >= most}
    return render(request, "workspace/list_goals.html", context)


@never_cache
def add_goal(request: HttpRequest, relationship: UUID) -> HttpResponse:
    membership = own_membership(request, relationship)
    definition, form = _goals_of_program(membership)
    if not policy.may_begin(membership):
        messages.error(request, _("Goals are added while the pairing lasts."))
        return redirect("workspace:list_goals", relationship=relationship)
    edit = begin(form, {}, 0)
    if request.method == "POST":
        edit = attempt(request, form, stored={}, save=partial(_save_new_goal, membership, form))
        if edit.saved:
            messages.success(request, _("The goal is written down."))
            return redirect("workspace:list_goals", relationship=relationship)
        _say_why_not(request, edit)
    context = _context(membership) | {"edit": edit, "tags": definition.goals.tags}
    return render(request, "workspace/add_goal.html", context)


@never_cache
def change_goal(request: HttpRequest, goal: UUID) -> HttpResponse:
    found = get_object_or_404(Goal.objects.visible_to(request.user), pk=goal)
    membership = own_membership(request, found.relationship_id)
    definition, form = _goals_of_program(membership)
    if not policy.may_write(membership):
        return redirect("workspace:list_goals", relationship=found.relationship_id)
    edit = begin(form, found.content or {}, found.revision)
    if request.method == "POST":
        edit = attempt(request, form, stored=found.content or {}, save=partial(_save_goal, found, membership, form))
        if edit.saved:
            _say_saved(request, edit, _("The goal is saved."))
            return redirect("workspace:list_goals", relationship=found.relationship_id)
        _say_why_not(request, edit)
    context = _context(membership) | {"edit": edit, "goal": found, "tags": definition.goals.tags}
    return render(request, "workspace/change_goal.html", context)


@never_cache
def fill_together(request: HttpRequest, relationship: UUID, task: str) -> HttpResponse:
    membership = own_membership(request, relationship)
    definition = cohort_of(membership.relationship).definition
    wanted, form = _joint_task(definition, task)
    page = joint_page(membership, task)
    stored, revision = (page.answers or {}, page.revision) if page else ({}, 0)
    edit = begin(form, stored, revision)
    may_write = policy.may_write(membership)
    if request.method == "POST" and may_write:
        done = "_done" in request.POST
        save = partial(_save_page, membership, task, form, done)
        edit = attempt(request, form, stored=stored, save=save, unfinished=not done)
        if edit.saved:
            _say_saved(request, edit, _("Saved, and marked as done.") if done else _("Saved. You can both come back to it."))
            return redirect("workspace:fill_together", relationship=relationship, task=task)
        _say_why_not(request, edit)
    context = _context(membership) | {
        "task": wanted,
        "step": definition.step_of(wanted),
        "documents": _documents_beside(definition, wanted),
        "cohort": cohort_of(membership.relationship),
        "page": page,
        "edit": edit,
        "may_write": may_write,
        "rows": rows(form, stored),
    }
    return render(request, "workspace/fill_together.html", context)


# --- a document to sign


def _paper_forms(request: HttpRequest, membership: Membership, paper: Paper) -> tuple[SignForm, AdditionsForm]:
    person = membership.participant.person
    others = [partner.participant.person.name for partner in partners_of(membership)]
    data = request.POST if request.method == "POST" else None
    sign = SignForm(data if data is not None and "additions" not in data else None, others=others, own=person.name)
    additions = AdditionsForm(data if data is not None and "additions" in data else None, initial={"additions": paper.additions})
    return sign, additions


def _take_paper(request: HttpRequest, membership: Membership, document: Document, form: SignForm | AdditionsForm) -> HttpResponse:
    """Do what was asked of a document. Raises: actions.Over, actions.TextChanged."""
    shown, now = request.POST.get("_shown", ""), timezone.now()
    address = reverse("workspace:sign_document", args=[membership.relationship_id, document.id])
    if isinstance(form, AdditionsForm):
        actions.add_to_agreement(membership, document, additions=form.cleaned_data["additions"], shown=shown, now=now)
        messages.success(request, _("The text is changed. Whoever had signed is asked to sign it as it now stands."))
        return redirect(f"{address}#additions")
    language = _language_shown(request.POST.get("_language", ""))
    actions.sign(membership, document, name=form.cleaned_data["name"], language=language, shown=shown, now=now)
    messages.success(request, _("You have signed."))
    return redirect(f"{address}#signatures")


def _shown_paper(request: HttpRequest, membership: Membership, paper: Paper) -> dict[str, Any]:
    """Choose the language in which a document is shown; the other one is a link away."""
    language = _language_shown(request.POST.get("_language", "") or request.GET.get("text", ""))
    other = next(code for code, _name in settings.LANGUAGES if code != language)
    return {
        "paper": paper,
        "language": language,
        "other_language": other,
        "title": paper.document.title.in_language(language),
        "body": paper.body.in_language(language),
        "has_signed": paper.signed_by(membership),
        "may_sign": policy.may_begin(membership),
        "is_ahead": membership.relationship.state == State.INTRODUCED,
        "is_confirmed": membership.relationship.confirmed_at is not None,
    }


def _language_shown(asked: str) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    return asked if asked in known else (get_language() or known[0])


# --- goals and pages filled together


def _goals_of_program(membership: Membership) -> tuple[Definition, Form]:
    definition = cohort_of(membership.relationship).definition
    form = goal_form(definition)
    if form is None:
        raise Http404
    return definition, form


def _shown_goal(form: Form, goal: Goal) -> dict[str, Any]:
    answers = goal.content or {}
    first = headline(form, answers)
    shown = [row for row in rows(form, answers) if row.text != first]
    return {"goal": goal, "headline": first, "rows": shown, "tags": tags_of(form, answers)}


def _save_new_goal(membership: Membership, form: Form, answers: dict[str, Any], revision: int) -> None:
    actions.add_goal(membership, answers, state=state_of(form, answers), now=timezone.now())


def _save_goal(goal: Goal, membership: Membership, form: Form, answers: dict[str, Any], revision: int) -> None:
    actions.change_goal(goal, membership, answers, state=state_of(form, answers), revision=revision)


def _save_page(membership: Membership, task: str, form: Form, done: bool, answers: dict[str, Any], revision: int) -> None:
    actions.save_joint_page(membership, task, form, answers, revision=revision, done=done, now=timezone.now())


def _joint_task(definition: Definition, task: str) -> tuple[Task, Form]:
    try:
        wanted = definition.task(task)
    except UnknownIdError as error:
        raise Http404 from error
    if wanted.kind not in TOGETHER or wanted.form is None:
        raise Http404
    return wanted, definition.form(wanted.form)


def _documents_beside(definition: Definition, task: Task) -> list[Document]:
    """Return what helps while filling a page in: the reading of its step."""
    documents = [definition.document(document_id) for document_id in definition.step_of(task).documents]
    return [document for document in documents if document.kind == "read"]


def _say_saved(request: HttpRequest, edit: Edit, words: str) -> None:
    messages.success(request, words)
    if edit.merged:
        messages.info(request, _("Something else had been changed meanwhile: both changes are kept."))


def _say_why_not(request: HttpRequest, edit: Edit) -> None:
    """Say that nothing is saved, where neither an error nor a conflict on the page says so."""
    if edit.over:
        messages.error(request, _("This pairing has ended meanwhile. What you wrote is still on this page, and cannot be saved here."))
    elif not edit.form.is_bound and not edit.conflicts:
        messages.info(request, _("This is not saved yet. Read it over, then save."))


def _context(membership: Membership) -> dict[str, Any]:
    partners = partners_of(membership)
    return {
        "membership": membership,
        "relationship": membership.relationship,
        "names": [partner.participant.person.short_name for partner in partners],
        "text_language": membership.relationship.language or membership.participant.person.language,
        "may_begin": policy.may_begin(membership),
        "may_write": policy.may_write(membership),
    }
