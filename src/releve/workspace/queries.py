"""Reads of what members write together. Every one starts from a membership: nobody else has a way in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from releve.core.bilingual import Text
from releve.core.sealed import SealBroken
from releve.core.vault import keys
from releve.programs.definition.journey import Document
from releve.relationships.models import Membership, Relationship
from releve.relationships.queries import cohort_of

from .integrity import is_intact, text_digest
from .models import Agreement, Goal, JointPage, Signature


@dataclass(frozen=True)
class Signed:
    """Whether and how one member signed the newest text."""

    membership: Membership
    signature: Signature | None
    intact: bool

    @property
    def name(self) -> str:
        """Return the name as it was typed; the account's where it cannot be read."""
        return (self.signature.name if self.signature and self.intact else "") or self.membership.participant.person.name


@dataclass(frozen=True)
class Paper:
    """The newest text of a document as its members read it, and who signed it."""

    document: Document
    number: int
    body: Text
    additions: str
    digest: str
    readable: bool  # false when the sealed text was altered, or destroyed with its key
    destroyed: bool
    signed: tuple[Signed, ...]

    @property
    def complete(self) -> bool:
        return all(one.signature for one in self.signed)

    @property
    def begun(self) -> bool:
        return any(one.signature for one in self.signed)

    def signed_by(self, membership: Membership) -> bool:
        return any(one.signature and one.membership.pk == membership.pk for one in self.signed)


def documents_to_sign(relationship: Relationship) -> list[Document]:
    """Return the documents that the program asks members to sign, in the order of the journey."""
    definition = cohort_of(relationship).definition
    ids = dict.fromkeys(task.document for task in definition.tasks if task.kind == "sign" and task.document)
    return [definition.document(document_id) for document_id in ids]


def newest_agreement(relationship: Relationship, document: str) -> Agreement | None:
    """Return the newest version of a document that its members laid out, if any."""
    return relationship.agreements.filter(document=document).order_by("-number").first()


def text_to_sign(relationship: Relationship, document: Document) -> dict[str, Any]:
    """Return a document as it stands before anybody added to it or signed it."""
    return {**document.body.as_data(), "additions": ""}


def paper_of(membership: Membership, document: Document) -> Paper:
    """Open the newest text of a document with its signatures, each checked against the text."""
    relationship = membership.relationship
    agreement = newest_agreement(relationship, document.id)
    try:
        text: dict[str, Any] | None = agreement.text if agreement else text_to_sign(relationship, document)
    except SealBroken:
        text = None
    shown = text or {"fr": "", "en": "", "additions": ""}
    return Paper(
        document=document,
        number=agreement.number if agreement else 1,
        body=Text(fr=shown["fr"], en=shown["en"]),
        additions=shown["additions"],
        digest=text_digest(shown),
        readable=text is not None,
        destroyed=agreement is not None and keys.open_key(agreement.joint_key) is None,
        signed=tuple(_signed(relationship, agreement)),
    )


def _signed(relationship: Relationship, agreement: Agreement | None) -> list[Signed]:
    """Say for each current member, and for whoever signed and left, whether they signed. Order: by joining, then by name."""
    signatures = {row.membership_id: row for row in agreement.signatures.select_related("agreement")} if agreement else {}
    members = relationship.memberships.select_related("participant__person").order_by("joined_at", "participant__person__name")
    return [
        Signed(member, signatures.get(member.pk), member.pk in signatures and is_intact(signatures[member.pk]))
        for member in members
        if member.left_at is None or member.pk in signatures
    ]


def has_signed(membership: Membership, document: str) -> bool:
    """Say whether a member signed the newest text of a document."""
    standing = Signature.objects.standing().filter(membership=membership, agreement__document=document)
    return standing.exists()


def goals_of(membership: Membership) -> QuerySet[Goal]:
    """Return the goals of a relationship. Order: oldest first."""
    return membership.relationship.goals.all()


def joint_page(membership: Membership, task: str) -> JointPage | None:
    """Return a page that members fill together, once one of them began it."""
    found = membership.relationship.joint_pages.filter(task=task)
    return found.select_related("changed_by__participant__person").first()
