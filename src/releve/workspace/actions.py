"""Everything that members write together: agreements and signatures, goals, joint pages.

WorkspaceRefused
├── Over             the relationship is over, or the member has left
├── TextChanged      the text to sign is no longer the one shown; carries what was added meanwhile
└── StaleAnswers     somebody saved newer answers; carries them, and neither is lost
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from releve.audit import actions as audit
from releve.notifications.actions import notify
from releve.notifications.queries import told_lately
from releve.programs.definition.journey import Document
from releve.questionnaires.actions import publish
from releve.questionnaires.definition import Form
from releve.relationships.actions import record_requirement
from releve.relationships.models import Membership, Relationship

from . import policy
from .integrity import signature_digest, text_digest
from .models import Agreement, Goal, JointPage, Signature
from .queries import newest_agreement, text_to_sign

SIGN_REMINDER_DAYS = 7  # between two letters about one signature, at the least


class WorkspaceRefused(Exception):
    """A change of what members write together that cannot be."""


class Over(WorkspaceRefused):
    """The relationship is over, or the member has left it."""


class TextChanged(WorkspaceRefused):
    """The text to sign changed after it was shown."""

    def __init__(self, additions: str) -> None:
        super().__init__("the text changed")
        self.additions = additions


class StaleAnswers(WorkspaceRefused):
    """Newer answers were saved; carries them with the revision to answer to."""

    def __init__(self, answers: Mapping[str, Any], revision: int) -> None:
        super().__init__(f"revision {revision} is newer")
        self.answers, self.revision = dict(answers), revision


@transaction.atomic
def sign(membership: Membership, document: Document, *, name: str, language: str, shown: str, now: datetime) -> Signature:
    """Sign the text whose digest is `shown`. The second click of a double click changes nothing.

    Once every member has signed the same text, each one's requirement is recorded with the relationship.
    Raises: Over, TextChanged.
    """
    relationship = _locked(membership)
    agreement = _agreement_as_shown(relationship, document, shown) or _lay_out(relationship, document, now=now)
    existing = agreement.signatures.filter(membership=membership).first()
    if existing is not None:
        return existing
    signature = Signature.objects.create(
        agreement=agreement,
        membership=membership,
        joint_key=agreement.joint_key,
        name=name,
        language=language,
        digest=signature_digest(agreement, name=name, language=language, now=now),
        signed_at=now,
        created_at=now,
    )
    person, program = membership.participant.person, relationship.program
    audit.record("agreement.sign", by=person, on=relationship, program=program, document=document.id, number=agreement.number)
    if agreement.signatures.count() == relationship.memberships.filter(left_at__isnull=True).count():
        for row in agreement.signatures.select_related("membership"):
            record_requirement(row.membership, f"sign:{document.id}", now=now)
    else:
        for other in _others(membership):
            remind_to_sign(other, document.id, series=str(agreement.pk), now=now)
    return signature


def remind_to_sign(membership: Membership, document: str, *, series: str, now: datetime) -> bool:
    """Write that a signature is missing; once per series, and never twice within a week. Return whether it was written."""
    person, about = membership.participant.person, f"sign_reminder:{membership.pk}:{document}"
    if told_lately(person, about, now - timedelta(days=SIGN_REMINDER_DAYS)):
        return False
    ids = {"membership": str(membership.pk), "document": document}
    return notify(person, "sign_reminder", due_key=f"{about}:{series}", ids=ids) is not None


@transaction.atomic
def add_to_agreement(membership: Membership, document: Document, *, additions: str, shown: str, now: datetime) -> None:
    """Change what members added to a document. A text already signed asks everybody to sign anew.

    Raises: Over; TextChanged when somebody else changed it meanwhile.
    """
    relationship = _locked(membership)
    before = _agreement_as_shown(relationship, document, shown)
    text = before.text if before else text_to_sign(relationship, document)
    if text["additions"] == additions:
        return
    agreement = _lay_out(relationship, document, number=before.number + 1 if before else 1, additions=additions, text=text, now=now)
    person, program = membership.participant.person, relationship.program
    audit.record("agreement.add", by=person, on=relationship, program=program, document=document.id, number=agreement.number)
    if before and before.signatures.exists():
        _tell_others(membership, "sign_again", key=str(agreement.pk), document=document.id)


@transaction.atomic
def add_goal(membership: Membership, content: Mapping[str, Any], *, state: str = Goal.State.OPEN, now: datetime) -> Goal:
    """Write a goal that every member reads; sent twice alike, it is the same goal. Raises: Over."""
    relationship = _locked(membership)
    for goal in relationship.goals.all():
        if goal.content == dict(content):
            return goal
    goal = Goal.objects.create(
        relationship=relationship, joint_key=_key_of(relationship), content=dict(content), state=state, created_at=now
    )
    audit.record("goal.add", by=membership.participant.person, on=relationship, program=relationship.program)
    return goal


@transaction.atomic
def change_goal(goal: Goal, membership: Membership, content: Mapping[str, Any], *, state: str, revision: int) -> None:
    """Change a goal, or say how it ended; the same content saved twice is no conflict.

    Raises: Over; StaleAnswers when somebody saved a newer text.
    """
    if not policy.may_write(membership):
        raise Over("goal")
    changed = Goal.objects.filter(pk=goal.pk, revision=revision).update(revision=revision + 1)
    goal.refresh_from_db()
    if goal.content == dict(content):
        return
    if not changed:
        raise StaleAnswers(goal.content or {}, goal.revision)
    goal.content, goal.state = dict(content), state
    goal.save(update_fields=["content", "state"])
    relationship = membership.relationship
    audit.record("goal.change", by=membership.participant.person, on=relationship, program=relationship.program, state=state)


@transaction.atomic
def save_joint_page(
    membership: Membership, task: str, form: Form, answers: Mapping[str, Any], *, revision: int, done: bool, now: datetime
) -> JointPage:
    """Save a page that members fill together, finished or not; the same answers saved twice are no conflict.

    Raises: Over; StaleAnswers when somebody saved newer ones.
    """
    if not policy.may_write(membership):
        raise Over("joint page")
    relationship, version = membership.relationship, publish(form)
    page, _created = JointPage.objects.get_or_create(
        relationship=relationship,
        task=task,
        defaults={"joint_key": _key_of(relationship), "form_digest": version.digest, "created_at": now},
    )
    changed = JointPage.objects.filter(pk=page.pk, revision=revision).update(revision=revision + 1)
    page.refresh_from_db()
    same = (page.answers or {}) == dict(answers)
    if same and (page.done_at or not done):
        return page
    if not changed and not same:
        raise StaleAnswers(page.answers or {}, page.revision)
    page.answers, page.form_digest, page.changed_by, page.changed_at = dict(answers), version.digest, membership, now
    page.done_at = page.done_at or (now if done else None)
    page.save(update_fields=["answers", "form_digest", "changed_by", "changed_at", "done_at"])
    audit.record("joint_page.save", by=membership.participant.person, on=relationship, program=relationship.program, task=task)
    return page


def _locked(membership: Membership) -> Relationship:
    """Hold the relationship: of two signatures at the same moment, the second sees the first."""
    relationship = Relationship.objects.select_for_update().get(pk=membership.relationship_id)
    membership.relationship = relationship
    if not policy.may_begin(membership):
        raise Over("begin")
    return relationship


def _key_of(relationship: Relationship) -> UUID:
    if relationship.joint_key is None:
        raise Over("no key")
    return relationship.joint_key


def _agreement_as_shown(relationship: Relationship, document: Document, shown: str) -> Agreement | None:
    """Return the newest version, or None before the first; its text must be the one that was shown."""
    agreement = newest_agreement(relationship, document.id)
    text = agreement.text if agreement else text_to_sign(relationship, document)
    if text_digest(text) != shown:
        raise TextChanged(text["additions"])
    return agreement


def _lay_out(
    relationship: Relationship,
    document: Document,
    *,
    number: int = 1,
    additions: str = "",
    text: Mapping[str, Any] | None = None,
    now: datetime,
) -> Agreement:
    return Agreement.objects.create(
        relationship=relationship,
        document=document.id,
        number=number,
        joint_key=_key_of(relationship),
        text={**(text or text_to_sign(relationship, document)), "additions": additions},
        created_at=now,
    )


def _others(membership: Membership) -> QuerySet[Membership]:
    others = membership.relationship.memberships.filter(left_at__isnull=True).exclude(pk=membership.pk)
    return others.select_related("participant__person")


def _tell_others(membership: Membership, kind: str, *, key: str, document: str) -> None:
    for other in _others(membership):
        notify(
            other.participant.person,
            kind,
            due_key=f"{kind}:{key}:{other.pk}",
            ids={"membership": str(other.pk), "document": document},
        )
