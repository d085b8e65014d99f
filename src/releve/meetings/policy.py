"""Until when members may plan, note and write about meetings."""

from datetime import datetime

from releve.core.vault import keys
from releve.relationships.models import WORKING_STATES, Membership, State

MEETING_STATES = WORKING_STATES | {State.INTRODUCED}  # the contact meeting comes before everybody said yes
OVER = frozenset({State.ENDED, State.COMPLETED})


def may_plan(membership: Membership) -> bool:
    """Say whether a member may plan a meeting or change one."""
    return _is_current(membership) and membership.relationship.state in MEETING_STATES


def may_note(membership: Membership, starts_at: datetime) -> bool:
    """Say whether a meeting may be noted as held; after the end, one that came before it still may."""
    if may_plan(membership):
        return True
    relationship = membership.relationship
    ended = relationship.ended_at
    return _is_current(membership) and relationship.state in OVER and ended is not None and starts_at <= ended


def may_note_some(membership: Membership) -> bool:
    """Say whether there is any moment at which a meeting may still be noted."""
    return may_note(membership, membership.relationship.created_at)


def may_write_notes(membership: Membership) -> bool:
    """Say whether a member may write notes: also after the end, until the relationship's key is destroyed."""
    return _is_current(membership) and membership.relationship.state in MEETING_STATES | OVER


def _is_current(membership: Membership) -> bool:
    return membership.left_at is None and keys.open_key(membership.relationship.joint_key) is not None
