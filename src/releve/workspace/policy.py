"""Until when members may sign, and write together."""

from releve.core.vault import keys
from releve.relationships.models import WORKING_STATES, Membership, State

OVER = frozenset({State.ENDED, State.COMPLETED})


def may_begin(membership: Membership) -> bool:
    """Say whether a member may sign and add goals: while everybody said yes and nobody ended it."""
    return _is_current(membership) and membership.relationship.state in WORKING_STATES


def may_write(membership: Membership) -> bool:
    """Say whether a member may go on writing what was begun: also after the end, for the reflection and the results."""
    return _is_current(membership) and membership.relationship.state in WORKING_STATES | OVER


def _is_current(membership: Membership) -> bool:
    return membership.left_at is None and keys.open_key(membership.relationship.joint_key) is not None
