"""Signed documents, goals and joint pages for tests."""

from typing import Any

from django.utils import timezone

from releve.programs.definition.journey import Document
from releve.relationships.models import Membership
from releve.relationships.queries import cohort_of
from releve.workspace import actions
from releve.workspace.goal_form import goal_form, state_of
from releve.workspace.models import Goal, JointPage, Signature
from releve.workspace.queries import paper_of

SECRET_ADDITION = "Nous brûlons nos notes en juin"
SECRET_GOAL = "Quitter la direction des soins"
SECRET_HOPE = "Ne plus avoir peur du conseil"


def commitment(membership: Membership) -> Document:
    return cohort_of(membership.relationship).definition.document("commitment")


def shown(membership: Membership) -> str:
    """Return the digest of the text as a page shows it now."""
    return paper_of(membership, commitment(membership)).digest


def signed(membership: Membership, *, name: str = "", language: str = "fr") -> Signature:
    """Sign the newest text."""
    name = name or membership.participant.person.name
    now = timezone.now()
    return actions.sign(membership, commitment(membership), name=name, language=language, shown=shown(membership), now=now)


def added(membership: Membership, additions: str = SECRET_ADDITION) -> None:
    """Add something to the text to sign."""
    actions.add_to_agreement(membership, commitment(membership), additions=additions, shown=shown(membership), now=timezone.now())


def goal(membership: Membership, **answers: Any) -> Goal:
    """Write a goal."""
    form = goal_form(cohort_of(membership.relationship).definition)
    content = {"goal": SECRET_GOAL} | answers
    return actions.add_goal(membership, content, state=state_of(form, content), now=timezone.now())


def joint_page(membership: Membership, *, task: str = "expectations", done: bool = False, **answers: Any) -> JointPage:
    """Save a page that members fill together."""
    definition = cohort_of(membership.relationship).definition
    form = definition.form(definition.task(task).form)
    page = membership.relationship.joint_pages.filter(task=task).first()
    given = {"mentee_hopes": SECRET_HOPE} | answers
    revision = page.revision if page else 0
    return actions.save_joint_page(membership, task, form, given, revision=revision, done=done, now=timezone.now())
