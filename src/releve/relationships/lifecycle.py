"""The life of a relationship, as a table. Buttons, actions, tests and the diagram read it here."""

from enum import StrEnum
from typing import NamedTuple

from .models import State


class Actor(StrEnum):
    """In what quality somebody moves a relationship."""

    MEMBER = "member"
    STAFF = "staff"  # whoever follows pairs in the program and is not a member of this one
    RULES = "rules"  # nobody: the definition's rules decided, history shows no author


class Move(NamedTuple):
    sources: frozenset[State]
    target: State
    may: frozenset[Actor]


def _move(sources: set[State], target: State, *may: Actor) -> Move:
    return Move(frozenset(sources), target, frozenset(may))


_WORKING = {State.ACCEPTED, State.CONFIRMED, State.PAUSED}

MOVES: dict[str, Move] = {
    "introduce": _move({State.PROPOSED}, State.INTRODUCED, Actor.STAFF, Actor.RULES),
    "withdraw": _move({State.PROPOSED}, State.DISSOLVED, Actor.STAFF, Actor.RULES),
    "accept": _move({State.INTRODUCED}, State.ACCEPTED, Actor.RULES),
    "decline": _move({State.INTRODUCED}, State.DISSOLVED, Actor.RULES),
    "release": _move({State.INTRODUCED, State.ACCEPTED}, State.DISSOLVED, Actor.STAFF, Actor.RULES),
    "confirm": _move({State.ACCEPTED}, State.CONFIRMED, Actor.RULES),
    "pause": _move({State.CONFIRMED}, State.PAUSED, Actor.MEMBER, Actor.STAFF),
    "resume": _move({State.PAUSED}, State.CONFIRMED, Actor.MEMBER, Actor.STAFF),
    "end_early": _move(_WORKING, State.ENDED, Actor.MEMBER, Actor.STAFF, Actor.RULES),
    "complete": _move({State.CONFIRMED, State.PAUSED}, State.COMPLETED, Actor.MEMBER, Actor.STAFF, Actor.RULES),
}


def moves_open_to(state: State, actor: Actor) -> set[str]:
    """Name the moves that one kind of actor may make from a state."""
    return {name for name, move in MOVES.items() if state in move.sources and actor in move.may}
