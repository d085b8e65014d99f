"""Decide which pairs a hard rule makes impossible.

As in `measure.py`, both sides are encoded once and decided tile by tile. Most rules name few pairs; the others are
decided for every pair of a tile.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from .measure import BoolMatrix, Cut, Listed, People, places_in_order, shared_options
from .problem import NAMING_RULES, HardRule, Pair, Problem, RuleKind, Side, options_of


class Decision(Protocol):
    """One rule, with both sides encoded."""

    def write(self, mark: int, tile: npt.NDArray[Any], rows: Cut, columns: Cut) -> None:
        """Write a mark over the pairs of a tile that the rule forbids. Shapes: `tile` (rows, columns)."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A rule decided for every pair: `forbidden(rows, columns)` gives True where it forbids."""

    forbidden: Callable[[Cut, Cut], BoolMatrix]

    def write(self, mark: int, tile: npt.NDArray[Any], rows: Cut, columns: Cut) -> None:
        """Write a mark over the pairs that the rule forbids."""
        np.copyto(tile, mark, where=self.forbidden(rows, columns))


@dataclass(frozen=True, eq=False)
class Named:
    """A rule that forbids the pairs it lists."""

    pairs: Listed

    def write(self, mark: int, tile: npt.NDArray[Any], rows: Cut, columns: Cut) -> None:
        """Write a mark over the pairs that the rule forbids."""
        at_rows, at_columns, _ = self.pairs.within(rows, columns)
        tile[at_rows, at_columns] = mark


def decide(rule: HardRule, problem: Problem, mentees: People, mentors: People) -> Decision:
    """Encode one rule between some mentees and some mentors of a problem."""
    return DECISIONS[rule.kind](rule, problem, mentees, mentors)


def forbidden_by(rule: HardRule, problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    """Say which of these pairs one rule forbids. Shapes: (mentees, mentors)."""
    forbidden = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
    decide(rule, problem, mentees, mentors).write(True, forbidden, slice(0, len(mentees)), slice(0, len(mentors)))
    return forbidden


def _not_self(_rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    return _named(((person.id, person.id) for person in mentees), mentees, mentors)


def _not_naming(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    """Forbid a pair in which either answer names the other."""
    # Few people name somebody who is also in the pool: look names up instead of comparing every pair.
    named_above = _pairs_naming(rule, mentees, mentors)
    named_below = {(mentee, mentor) for mentor, mentee in _pairs_naming(rule, mentors, mentees)}
    return _named(named_above | named_below, mentees, mentors)


def _pairs_naming(rule: HardRule, namers: People, named: People) -> set[tuple[str, str]]:
    written = _address if rule.with_question else str
    ids_at: dict[str, list[str]] = {}
    for person in named:
        for name in options_of(person, rule.with_question) if rule.with_question else (person.id,):
            ids_at.setdefault(written(name), []).append(person.id)
    return {(namer.id, other) for namer in namers for name in options_of(namer, rule.question) for other in ids_at.get(written(name), ())}


def _address(text: str) -> str:
    return text.strip().casefold()


def _same_forbidden(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    shared = shared_options(mentees, mentors, rule.question, rule.asked_of_mentor)
    return Grid(lambda rows, columns: shared(rows, columns) > 0)


def _same_required(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    shared = shared_options(mentees, mentors, rule.question, rule.asked_of_mentor)
    return Grid(lambda rows, columns: shared(rows, columns) == 0)


def _all_included(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    shared = shared_options(mentees, mentors, rule.question, rule.asked_of_mentor)
    by_mentee = rule.chooser == Side.MENTEE
    choosers, question = (mentees, rule.question) if by_mentee else (mentors, rule.asked_of_mentor)
    # Who chose nothing needs one choice more than can be shared.
    needed = np.array([len(options_of(person, question)) or np.inf for person in choosers], dtype=np.float32)
    return Grid(lambda rows, columns: shared(rows, columns) < (needed[rows][:, None] if by_mentee else needed[columns]))


def _seniority(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> Decision:
    # A missing answer stands infinitely far above among mentees, below among mentors: nobody is senior enough.
    needed = places_in_order(mentees, rule.question, rule.order, np.inf) + rule.gap
    reached = places_in_order(mentors, rule.asked_of_mentor, rule.order, -np.inf)
    return Grid(lambda rows, columns: reached[columns] < needed[rows][:, None])


def _between_two(rule: HardRule, problem: Problem, mentees: People, mentors: People) -> Decision:
    """Forbid both ways round: who was the mentor then does not matter."""
    facts = [fact for fact in problem.facts if fact.kind == rule.kind]
    both_ways = {(fact.one, fact.other) for fact in facts} | {(fact.other, fact.one) for fact in facts}
    return _named(both_ways, mentees, mentors)


def _banned(_rule: HardRule, problem: Problem, mentees: People, mentors: People) -> Decision:
    return _named(problem.bans, mentees, mentors)


def _named(pairs: Iterable[tuple[str, str] | Pair], mentees: People, mentors: People) -> Named:
    row_of = {person.id: row for row, person in enumerate(mentees)}
    column_of = {person.id: column for column, person in enumerate(mentors)}
    present = {(row_of[mentee], column_of[mentor]): 1 for mentee, mentor in pairs if mentee in row_of and mentor in column_of}
    return Named(Listed.of(present, len(mentees)))


DECISIONS: Final[Mapping[RuleKind, Callable[[HardRule, Problem, People, People], Decision]]] = {
    RuleKind.NOT_SELF: _not_self,
    **dict.fromkeys(NAMING_RULES, _not_naming),
    RuleKind.NOT_SAME_ANSWER: _same_forbidden,
    RuleKind.SAME_ANSWER: _same_required,
    RuleKind.INCLUDES: _all_included,
    RuleKind.LANGUAGE_IN_COMMON: _same_required,
    RuleKind.SENIORITY: _seniority,
    RuleKind.ALREADY_PAIRED: _between_two,
    RuleKind.DECLINED_BEFORE: _between_two,
    RuleKind.NOT_AGAIN: _between_two,
    RuleKind.BANNED: _banned,
}
