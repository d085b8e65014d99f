"""Decide which pairs a hard rule makes impossible.

Shapes: one row per mentee, one column per mentor, in the order given; True forbids.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np

from .measure import MISSING, BoolMatrix, People, count_shared, places_in_order
from .problem import HardRule, Pair, Problem, RuleKind, options_of


def forbidden_by(rule: HardRule, problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    """Say which of these pairs one rule forbids."""
    return DECISIONS[rule.kind](rule, problem, mentees, mentors)


def _not_self(_rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    return _listed(((person.id, person.id) for person in mentees), mentees, mentors)


def _not_line_manager(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    """Forbid a pair in which either answer about the line manager names the other's address."""
    # Few people name a manager who is also in the pool: look addresses up instead of comparing every pair.
    named_above = _pairs_naming(rule, mentees, mentors)
    named_below = {(mentee, mentor) for mentor, mentee in _pairs_naming(rule, mentors, mentees)}
    return _listed(named_above | named_below, mentees, mentors)


def _pairs_naming(rule: HardRule, namers: People, named: People) -> set[tuple[str, str]]:
    ids_at: dict[str, list[str]] = {}
    for person in named:
        for address in options_of(person, rule.with_question):
            ids_at.setdefault(_address(address), []).append(person.id)
    return {
        (namer.id, other) for namer in namers for manager in options_of(namer, rule.question) for other in ids_at.get(_address(manager), ())
    }


def _address(text: str) -> str:
    return text.strip().casefold()


def _same_forbidden(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    forbidden: BoolMatrix = count_shared(mentees, mentors, rule.question, rule.asked_of_mentor) > 0
    return forbidden


def _same_required(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    forbidden: BoolMatrix = count_shared(mentees, mentors, rule.question, rule.asked_of_mentor) == 0
    return forbidden


def _seniority(rule: HardRule, _problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    mentee_at = places_in_order(mentees, rule.question, rule.order)[:, None]
    mentor_at = places_in_order(mentors, rule.asked_of_mentor, rule.order)[None, :]
    unknown = (mentee_at == MISSING) | (mentor_at == MISSING)
    forbidden: BoolMatrix = unknown | (np.where(unknown, 0, mentor_at) - np.where(unknown, 0, mentee_at) < rule.gap)
    return forbidden


def _between_two(rule: HardRule, problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    """Forbid both ways round: who was the mentor then does not matter."""
    facts = [fact for fact in problem.facts if fact.kind == rule.kind]
    both_ways = {(fact.one, fact.other) for fact in facts} | {(fact.other, fact.one) for fact in facts}
    return _listed(both_ways, mentees, mentors)


def _banned(_rule: HardRule, problem: Problem, mentees: People, mentors: People) -> BoolMatrix:
    return _listed(problem.bans, mentees, mentors)


def _listed(pairs: Iterable[tuple[str, str] | Pair], mentees: People, mentors: People) -> BoolMatrix:
    row_of = {person.id: row for row, person in enumerate(mentees)}
    column_of = {person.id: column for column, person in enumerate(mentors)}
    found = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
    for mentee, mentor in pairs:
        if mentee in row_of and mentor in column_of:
            found[row_of[mentee], column_of[mentor]] = True
    return found


DECISIONS: Final[Mapping[RuleKind, Callable[[HardRule, Problem, People, People], BoolMatrix]]] = {
    RuleKind.NOT_SELF: _not_self,
    RuleKind.NOT_LINE_MANAGER: _not_line_manager,
    RuleKind.NOT_SAME_ANSWER: _same_forbidden,
    RuleKind.SAME_ANSWER: _same_required,
    RuleKind.LANGUAGE_IN_COMMON: _same_required,
    RuleKind.SENIORITY: _seniority,
    RuleKind.ALREADY_PAIRED: _between_two,
    RuleKind.DECLINED_BEFORE: _between_two,
    RuleKind.NOT_AGAIN: _between_two,
    RuleKind.BANNED: _banned,
}
