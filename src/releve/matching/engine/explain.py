"""Say why, as data: codes and numbers, no sentences, and nothing that a reader may not know.

Readers: the committee sees everything. A mentee or mentor sees the criteria and rules whose `explain_to` names their
side; whatever else there is stands behind one flag that is always up, so that it says nothing about anybody. Nothing
given to them depends on other people's confidential facts: changing one leaves it as it was.
"""

from dataclasses import dataclass
from enum import StrEnum

from .problem import Criterion, HardRule, Problem, RuleKind, Side
from .rules import forbidden_by
from .score import Part, parts_of_pair, shown_score


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
    """How many mentors one rule closes to a mentee; a mentor closed by two rules counts in both."""

    rule: HardRule
    mentors: int


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
    parts = parts_of_pair(problem, mentee, mentor, [criterion for criterion in problem.policy.criteria if _may_read(criterion, reader)])
    one, other = problem.mentees[problem.row_of[mentee]], problem.mentors[problem.column_of[mentor]]
    rules = [rule for rule in problem.policy.rules_in_force if _may_read(rule, reader)]
    points, reachable = sum(part.points for part in parts), sum(part.reachable for part in parts)
    return PairExplained(
        mentee=mentee,
        mentor=mentor,
        shown=shown_score(points, reachable),
        points=points,
        reachable=reachable,
        parts=parts,
        forbidden_by=tuple(rule for rule in rules if forbidden_by(rule, problem, (one,), (other,))[0, 0]),
        other_limits=reader != Reader.COMMITTEE,
    )


def explain_reach(problem: Problem, mentee: str, *, reader: Reader) -> ReachExplained:
    """Explain to one reader which mentors were open to a mentee: where a person without a mentor begins to ask why."""
    one = (problem.mentees[problem.row_of[mentee]],)
    closed_by = []
    closed = [person.most == 0 for person in problem.mentors]
    without_places = sum(closed)
    for rule in problem.policy.rules_in_force:
        if _may_read(rule, reader):
            forbidden = forbidden_by(rule, problem, one, problem.mentors)[0].tolist()
            closed = [before or now for before, now in zip(closed, forbidden, strict=True)]
            closed_by.append(RuleCount(rule, sum(forbidden)))
    return ReachExplained(
        mentee=mentee,
        mentors=len(problem.mentors),
        without_places=without_places,
        closed_by=tuple(count for count in closed_by if count.mentors),
        open=len(closed) - sum(closed),
        other_limits=reader != Reader.COMMITTEE,
    )


def _may_read(item: Criterion | HardRule, reader: Reader) -> bool:
    if isinstance(item, HardRule) and item.kind == RuleKind.NOT_SELF:
        return True  # nobody learns anything from not being paired with themselves
    return reader == Reader.COMMITTEE or Side(reader) in item.explain_to
