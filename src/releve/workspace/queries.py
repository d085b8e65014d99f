"""Reads of what members write together. Every one starts from a membership: nobody else has a way in."""

from releve.core.bilingual import Text
from releve.programs.definition.journey import Document
from releve.relationships.models import Membership, Relationship
from releve.relationships.queries import cohort_of

from .models import Agreement, Goal, JointPage, Signature


def documents_to_sign(relationship: Relationship) -> list[Document]:
    """Return the documents that the program asks members to sign, in the order of the journey."""
    definition = cohort_of(relationship).definition
    ids = dict.fromkeys(task.document for task in definition.tasks if task.kind == "sign" and task.document)
    return [definition.document(document_id) for document_id in ids]


def newest_agreement(relationship: Relationship, document: str) -> Agreement | None:
    return relationship.agreements.filter(document=document).order_by("-number").first()


def signatures_by_membership(agreement: Agreement | None) -> dict:
    """Return signatures by membership id; empty when nobody opened the document yet."""
    if agreement is None:
        return {}
    rows = agreement.signatures.select_related("membership__participant__person").order_by("signed_at")
    return {row.membership_id: row for row in rows}


def has_signed(membership: Membership, document: str) -> bool:
    """Say whether a member signed the newest text of a document."""
    agreement = newest_agreement(membership.relationship, document)
    return agreement is not None and Signature.objects.filter(agreement=agreement, membership=membership).exists()


def goals_of(membership: Membership) -> list[Goal]:
    return list(membership.relationship.goals.all())


def joint_page(membership: Membership, task: str) -> JointPage | None:
    return membership.relationship.joint_pages.filter(task=task).first()


def agreement_text(agreement: Agreement) -> tuple[Text, str]:
    """Open an agreement: the document's text in both languages, and what the members added."""
    content = agreement.text or {}
    return Text(fr=content.get("fr", ""), en=content.get("en", "")), content.get("additions", "")
