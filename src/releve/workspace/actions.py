"""Everything that members write together: agreements and signatures, goals, joint pages."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from releve.audit import actions as audit
from releve.core.vault import keys
from releve.notifications.actions import notify
from releve.programs.definition.journey import Document
from releve.questionnaires.actions import publish
from releve.questionnaires.definition import Form
from releve.relationships.actions import record_requirement
from releve.relationships.models import WORKING_STATES, Membership, Relationship

from .models import Agreement, Goal, JointPage, Signature


class WorkspaceRefused(Exception):
    """The relationship is over, or the member has left."""


class Stale(WorkspaceRefused):
    """Somebody saved a newer text meanwhile; both are shown and neither is lost."""


@transaction.atomic
def open_agreement(relationship: Relationship, document: Document, *, now: datetime) -> Agreement:
    """Lay out a document for the members to sign, or return the one that lies there."""
    existing = relationship.agreements.filter(document=document.id).order_by("-number").first()
    if existing is not None:
        return existing
    return Agreement.objects.create(
        relationship=relationship,
        document=document.id,
        joint_key=relationship.joint_key,
        text={**document.body.as_data(), "additions": ""},
        created_at=now,
    )


@transaction.atomic
def add_to_agreement(agreement: Agreement, membership: Membership, *, additions: str, now: datetime) -> Agreement:
    """Change what members added to a document. Signed texts stay as they were: a new version asks all to sign.

    Raises: Stale when a newer version exists; WorkspaceRefused for an unchanged text.
    """
    _must_work(membership)
    newest = agreement.relationship.agreements.filter(document=agreement.document).order_by("-number")[0]
    if newest.pk != agreement.pk:
        raise Stale("agreement")
    content = agreement.text
    if content["additions"] == additions:
        return agreement
    if not agreement.signatures.exists():
        agreement.text = {**content, "additions": additions}
        agreement.save(update_fields=["text"])
        return agreement
    return Agreement.objects.create(
        relationship=agreement.relationship,
        document=agreement.document,
        number=agreement.number + 1,
        joint_key=agreement.joint_key,
        text={**content, "additions": additions},
        created_at=now,
    )


@transaction.atomic
def sign(agreement: Agreement, membership: Membership, *, name: str, language: str, now: datetime) -> Signature:
    """Sign the newest text. The second click of a double click changes nothing.

    Raises: Stale when the text changed after it was shown.
    """
    _must_work(membership)
    newest = agreement.relationship.agreements.filter(document=agreement.document).order_by("-number")[0]
    if newest.pk != agreement.pk:
        raise Stale("agreement")
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
    person = membership.participant.person
    audit.record("agreement.sign", by=person, on=agreement.relationship, document=agreement.document, number=agreement.number)
    if agreement.signatures.count() == agreement.relationship.memberships.filter(left_at__isnull=True).count():
        for row in agreement.signatures.select_related("membership"):
            record_requirement(row.membership, f"sign:{agreement.document}", now=now)
    else:
        _tell_others(membership, "sign_reminder", key=f"{agreement.pk}")
    return signature


def signature_digest(agreement: Agreement, *, name: str, language: str, now: datetime) -> str:
    """Bind text, version, name, language and moment, under the members' own key.

    Keyed, so that a digest in a backup cannot be compared with guesses at the text.
    """
    bound = json.dumps(
        [agreement.text, agreement.document, agreement.number, name, language, now.isoformat()],
        ensure_ascii=False,
        sort_keys=True,
    )
    key = keys.open_key(agreement.joint_key)
    if key is None:
        raise WorkspaceRefused("sealed for good")
    return hmac.new(key, bound.encode(), hashlib.sha256).hexdigest()


def is_intact(signature: Signature) -> bool:
    """Say whether a signed text is still, to the letter, what was signed."""
    digest = signature_digest(
        signature.agreement, name=signature.name, language=signature.language, now=signature.signed_at
    )
    return hmac.compare_digest(digest, signature.digest)


@transaction.atomic
def add_goal(membership: Membership, content: dict[str, Any], *, now: datetime) -> Goal:
    """Write a goal that every member reads."""
    _must_work(membership)
    goal = Goal.objects.create(
        relationship=membership.relationship,
        joint_key=membership.relationship.joint_key,
        content=content,
        created_at=now,
    )
    audit.record("goal.add", by=membership.participant.person, on=membership.relationship)
    return goal


@transaction.atomic
def change_goal(goal: Goal, membership: Membership, content: dict[str, Any], *, state: str, revision: int) -> None:
    """Change a goal or its state. Raises: Stale when a newer text was saved."""
    if not Goal.objects.filter(pk=goal.pk, revision=revision).update(revision=revision + 1, state=state):
        raise Stale("goal")
    goal.refresh_from_db()
    goal.content = content
    goal.save(update_fields=["content"])
    audit.record("goal.change", by=membership.participant.person, on=membership.relationship, state=state)


@transaction.atomic
def save_joint_page(
    membership: Membership, task: str, form: Form, answers: dict[str, Any], *, revision: int, done: bool, now: datetime
) -> JointPage:
    """Save a page that members fill together.

    Raises: Stale when the other saved a newer one; the caller shows both.
    """
    page, _created = JointPage.objects.get_or_create(
        relationship=membership.relationship,
        task=task,
        defaults={
            "joint_key": membership.relationship.joint_key,
            "form_digest": publish(form).digest,
            "created_at": now,
        },
    )
    changed = JointPage.objects.filter(pk=page.pk, revision=revision).update(
        revision=revision + 1, changed_by=membership, form_digest=publish(form).digest
    )
    if not changed:
        raise Stale("joint page")
    page.refresh_from_db()
    page.answers = answers
    page.done_at = (page.done_at or now) if done else page.done_at
    page.save(update_fields=["answers", "done_at"])
    audit.record("joint_page.save", by=membership.participant.person, on=membership.relationship, task=task)
    return page


def _must_work(membership: Membership) -> None:
    if membership.left_at is not None or membership.relationship.state not in WORKING_STATES:
        raise WorkspaceRefused("over")


def _tell_others(membership: Membership, kind: str, *, key: str) -> None:
    others = membership.relationship.memberships.filter(left_at__isnull=True).exclude(pk=membership.pk)
    for other in others.select_related("participant__person"):
        notify(other.participant.person, kind, due_key=f"{kind}:{key}:{other.pk}", ids={"membership": str(other.pk)})
