"""What a run gives back: the groups, who is in none, and how good the answer is at least and at most."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from .problem import Group


class Method(StrEnum):
    """How groups were found."""

    FLOW = "flow"  # exact, with prices that prove it
    CP_SAT = "cp_sat"  # a search, with the bound it reached
    DRAW = "draw"  # a balanced draw by lot


class LimitPrice(NamedTuple):
    """What one more member of a kind would be worth to a group: the rule that limits it ("mentees" and "mentors" for
    the sizes), the option it is about, and the price in value; below 0 where a least holds the member there."""

    group: str
    rule: str
    option: str
    price: int


@dataclass(frozen=True)
class GroupCertificate:
    """The proof that no groups have a larger value. Order: by id; limits without a price are left out.

    Units: value. `people`: what placing each person to place is worth. `certify.py` says what makes it a proof.
    """

    people: tuple[tuple[str, int], ...]
    limits: tuple[LimitPrice, ...]


@dataclass(frozen=True)
class FormedGroup:
    """One group of an answer.

    Order: `members` by id, fixed ones included. Units: `points` is the sum over its pairs.
    `formed`: False for an optional group that was left with its fixed members alone.
    """

    id: str
    members: tuple[str, ...]
    points: int
    formed: bool = True


@dataclass(frozen=True)
class GroupResult:
    """One run's whole output.

    Order: `groups` and `unplaced` by id; `unplaced` are the people to place who are in no group.
    Units: `value` is what the policy's objective makes of points and people placed, only comparable within one problem;
    `bound`, in value, is what no other answer exceeds (None for a draw, which seeks nothing). `round`: the round of the
    draw that was kept, from 1; 0 otherwise. `problem` is the problem's fingerprint.
    """

    engine: str
    problem: str
    method: Method
    groups: tuple[FormedGroup, ...]
    unplaced: tuple[str, ...]
    points: int
    value: int
    bound: int | None = None
    round: int = 0
    certificate: GroupCertificate | None = None

    @property
    def gap(self) -> int | None:
        """How much better, in value, another answer might be; 0 when none is, None for a draw."""
        return None if self.bound is None else self.bound - self.value

    @property
    def proved_best(self) -> bool:
        """Say whether no other answer is better: by prices for a flow, by the search's own word otherwise."""
        return self.gap == 0


def roll_over(result: GroupResult, groups: Iterable[Group], staying: Iterable[str]) -> tuple[Group, ...]:
    """Open next year's groups: those of last year, with the members who stay fixed in them, and nobody else."""
    stay = set(staying)
    members = {group.id: group.members for group in result.groups}
    return tuple(replace(group, fixed=tuple(name for name in members.get(group.id, ()) if name in stay)) for group in groups)
