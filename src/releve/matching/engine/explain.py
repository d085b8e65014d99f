"""Say why, as data: codes and numbers, no sentences, and nothing that a reader may not know.

Readers: the committee sees everything. A mentee or mentor sees the criteria and rules whose `explain_to` names their
side; whatever else there is stands behind one flag that is always up, so that it says nothing about anybody. Nothing
given to them depends on other people's confidential facts: changing one leaves it as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .blocks import at_pairs
from .measure import BoolMatrix, Indices
from .problem import Criterion, HardRule, Pair, Problem, RuleKind, Side
from .rules import decide, forbidden_by
from .score import AmongPairs, Part, parts_of_pairs, shown_score


class Reader(StrEnum):
    """Who reads an explanation."""

    COMMITTEE = "committee"
    MENTEE = "mentee"
    MENTOR = "mentor"


@dataclass(frozen=True)
class PairExplained:
    """Why two people fit, or may not be paired.

    Units: `points` out of `reachable`, both over the `parts` this reader may see; `shown` 0–100, None if nothing was asked.
    `forbidden_by`: rules this reader may see that forbid the pair. `other_limits`: the program has limits it keeps to its committee.
    """

    mentee: str
    mentor: str
    shown: int | None
    points: int
    reachable: int
    parts: tuple[Part, ...]
    forbidden_by: tuple[HardRule, ...]
    other_limits: bool


@dataclass(frozen=True)
class RuleCount:
    """How many mentors one rule closes to a mentee.

    `mentors` counts a mentor closed by two rules in both. `alone` counts those who give places and whom no other rule
    that this reader may see closes: they would be open if this rule gave way.
    """

    rule: HardRule
    mentors: int
    alone: int


@dataclass(frozen=True)
class ReachExplained:
    """Which mentors were open to a mentee, paired or not.

    `mentors`: all in the problem. `without_places`: those who give none. `open`: those with places whom no rule that
    this reader may see closes. `other_limits` as in PairExplained.
    """

    mentee: str
    mentors: int
    without_places: int
    closed_by: tuple[RuleCount, ...]
    open: int
    other_limits: bool


def explain_pair(problem: Problem, mentee: str, mentor: str, *, reader: Reader) -> PairExplained:
    """Explain one pair, chosen or not, to one reader."""
    (explained,) = explain_pairs(problem, (Pair(mentee, mentor),), reader=reader)
    return explained


def explain_pairs(problem: Problem, pairs: Sequence[Pair], *, reader: Reader) -> tuple[PairExplained, ...]:
    """Explain many pairs to one reader, in a fraction of the time that each by itself would take. Order: as given."""
    if not pairs:
        return ()
    among = AmongPairs(problem, pairs)
    parts_of = parts_of_pairs(among, [criterion for criterion in problem.policy.criteria if _may_read(criterion, reader)])
    rules = [rule for rule in problem.policy.rules_in_force if _may_read(rule, reader)]
    forbidden = [_forbidden_at(rule, problem, among) for rule in rules]
    explained = []
    for index, (pair, parts) in enumerate(zip(pairs, parts_of, strict=True)):
        points, reachable = sum(part.points for part in parts), sum(part.reachable for part in parts)
        explained.append(
            PairExplained(
                mentee=pair.mentee,
                mentor=pair.mentor,
                shown=shown_score(points, reachable),
                points=points,
                reachable=reachable,
                parts=parts,
                forbidden_by=tuple(rule for rule, closes in zip(rules, forbidden, strict=True) if closes[index]),
                other_limits=reader != Reader.COMMITTEE,
            )
        )
    return tuple(explained)


def _forbidden_at(rule: HardRule, problem: Problem, among: AmongPairs) -> list[int]:
    """Say which of some pairs one rule forbids, by 1 and 0."""
    decision = decide(rule, problem, among.mentees, among.mentors)

    def block(rows: Indices, columns: Indices) -> BoolMatrix:
        forbidden = np.zeros((len(rows), len(columns)), dtype=np.bool_)
        decision.write(True, forbidden, rows, columns)
        return forbidden

    marks: list[int] = at_pairs(among.rows, among.columns, block).tolist()
    return marks


def explain_reach(problem: Problem, mentee: str, *, reader: Reader) -> ReachExplained:
    """Explain to one reader which mentors were open to a mentee: where a person without a mentor begins to ask why."""
    rules = [rule for rule in problem.policy.rules_in_force if _may_read(rule, reader)]
    closed = _closures(problem, mentee, rules)
    gives_places = np.array([person.most > 0 for person in problem.mentors])
    times = closed.sum(axis=0)
    alone = (closed & gives_places & (times == 1)).sum(axis=1)
    counts = zip(rules, closed.sum(axis=1).tolist(), alone.tolist(), strict=True)
    return ReachExplained(
        mentee=mentee,
        mentors=len(problem.mentors),
        without_places=int((~gives_places).sum()),
        closed_by=tuple(RuleCount(rule, mentors, by_itself) for rule, mentors, by_itself in counts if mentors),
        open=int((gives_places & (times == 0)).sum()),
        other_limits=reader != Reader.COMMITTEE,
    )


def mentors_closed_to(problem: Problem, mentee: str) -> frozenset[str]:
    """Name the mentors whom any rule closes to a mentee, by id."""
    closed = _closures(problem, mentee, problem.policy.rules_in_force).any(axis=0)
    return frozenset(problem.mentors[column].id for column in np.flatnonzero(closed).tolist())


def _closures(problem: Problem, mentee: str, rules: Sequence[HardRule]) -> BoolMatrix:
    """Say which mentors each of these rules closes to a mentee. Shapes: (rules, mentors)."""
    one = (problem.mentees[problem.row_of[mentee]],)
    closed = [forbidden_by(rule, problem, one, problem.mentors)[0] for rule in rules]
    return np.array(closed, dtype=np.bool_).reshape(len(rules), len(problem.mentors))


def _may_read(item: Criterion | HardRule, reader: Reader) -> bool:
    if isinstance(item, HardRule) and item.kind == RuleKind.NOT_SELF:
        return True  # nobody learns anything from not being paired with themselves
    return reader == Reader.COMMITTEE or Side(reader) in item.explain_to
