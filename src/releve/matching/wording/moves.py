"""Mentees in two runs, with the names behind their ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from releve.programs.models import Cohort

from ..comparing import Moved


@dataclass(frozen=True)
class MovedInWords:
    """Where one mentee was and is, by name; an empty list for nobody."""

    mentee: str
    before: list[str]
    after: list[str]
    fit_before: int | None
    fit_after: int | None


def moved_in_words(cohort: Cohort, moves: Iterable[Moved]) -> list[MovedInWords]:
    """Put names behind ids; people who were erased since are left out. Keeps the order."""
    listed = list(moves)
    ids = {UUID(local) for move in listed for local in {move.mentee, *move.before, *move.after}}
    names = dict(cohort.participants.filter(pk__in=ids).values_list("pk", "person__name"))
    named = {pk.hex: name for pk, name in names.items()}
    return [
        MovedInWords(
            named[move.mentee],
            sorted(named[one] for one in move.before if one in named),
            sorted(named[one] for one in move.after if one in named),
            move.fit_before,
            move.fit_after,
        )
        for move in listed
        if move.mentee in named
    ]
