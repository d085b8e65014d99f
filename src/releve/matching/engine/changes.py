"""Find the smallest changes that would help: one rule less, one place more, one ban or lock lifted. For the committee only.

Each is tried by pairing again, so that what is listed really helps and helps by what is said. What people decided
about each other ("not again", a decline, a pair that exists) and what protects them (a line manager, an evaluator, a
declared conflict) is never proposed.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, product
from typing import Final

from .checks import MOST_PLACES
from .explain import mentors_closed_to
from .faults import ProblemError
from .objectives import solve
from .problem import ALWAYS_IN_FORCE, NAMING_RULES, Answer, HardRule, Objective, Pair, Person, Problem, RuleKind, Side, options_of
from .result import Result

# A mentor who does not exist yet; no person of a problem has an id with this first character.
NEWCOMER: Final = "\x00newcomer"
KEPT_RULES: Final = frozenset({*ALWAYS_IN_FORCE, *NAMING_RULES})
# Their certificates price places: one more place at a price of 0 adds nothing.
PRICED: Final = frozenset({Objective.BEST_TOTAL, Objective.MOST_PEOPLE})


class ChangeKind(StrEnum):
    """One change to a problem, in the order in which equally helpful ones are listed."""

    ADD_PLACE = "add_place"  # one more place at a mentor
    ADD_MENTOR = "add_mentor"  # one more mentor, with one place, of a kind
    RELAX_RULE = "relax_rule"  # one rule of the policy less
    LIFT_BAN = "lift_ban"
    LIFT_LOCK = "lift_lock"


@dataclass(frozen=True)
class Change:
    """One change.

    `rule` is the one relaxed; `mentor` the one with a place more; `pair` the ban or lock lifted; `traits` what a new
    mentor answers, by question: no more than the rules ask for.
    """

    kind: ChangeKind
    rule: HardRule | None = None
    mentor: str = ""
    pair: Pair | None = None
    traits: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True)
class Helpful:
    """A change and what it would bring.

    Units: `mentees`, `pairs` and `points` are how many more than now: mentees with a mentor, pairs, points. Of the last
    two one may be negative. `now_paired`: the mentees, by id, who would have a mentor and have none; `now_left`: the reverse.
    """

    change: Change
    mentees: int
    pairs: int
    points: int
    now_paired: tuple[str, ...]
    now_left: tuple[str, ...]


def helpful_changes(
    problem: Problem,
    result: Result,
    *,
    mentee: str | None = None,
    kinds: Collection[ChangeKind] = frozenset(ChangeKind),
    most: int = 5,
    tries: int = 40,
) -> tuple[Helpful, ...]:
    """List single changes after which fewer mentees have nobody, or as few and the pairs have more points.

    With `mentee`, only those after which this one has a mentor. At most `tries` changes are tried, those of each kind in
    turn, so a larger problem may hold others.
    Order: most mentees helped, then most points, then as in ChangeKind.
    Raises: PolicyError as `solve`.
    """
    wanted = [list(_candidates(problem, result, kind, mentee)) for kind in ChangeKind if kind in kinds]
    found = (_tried(problem, result, change) for change in islice(_in_turn(wanted), tries))
    helping = [one for one in found if one and (one.mentees, one.points) > (0, 0)]
    if mentee is not None:
        helping = [one for one in helping if mentee in one.now_paired]
    ranks = list(ChangeKind)
    return tuple(sorted(helping, key=lambda one: (-one.mentees, -one.points, ranks.index(one.change.kind)))[:most])


def changed(problem: Problem, change: Change) -> Problem:
    """Write the problem as it would be after a change."""
    match change.kind:
        case ChangeKind.RELAX_RULE:
            rules = tuple(rule for rule in problem.policy.rules if rule != change.rule)
            return replace(problem, policy=replace(problem.policy, rules=rules))
        case ChangeKind.ADD_PLACE:
            more = tuple(replace(one, most=one.most + 1) if _is_mentor(one, change.mentor) else one for one in problem.people)
            return replace(problem, people=more)
        case ChangeKind.ADD_MENTOR:
            return replace(problem, people=(*problem.people, _newcomer(dict(change.traits))))
        case ChangeKind.LIFT_BAN:
            return replace(problem, bans=tuple(pair for pair in problem.bans if pair != change.pair))
    return replace(problem, locks=tuple(pair for pair in problem.locks if pair != change.pair))


def _tried(problem: Problem, result: Result, change: Change) -> Helpful | None:
    """Pair again after a change; None when it would leave a least unfilled, as a stable answer may."""
    try:
        after = solve(changed(problem, change))
    except ProblemError:
        return None
    return Helpful(
        change=change,
        mentees=len(result.unpaired) - len(after.unpaired),
        pairs=len(after.pairs) - len(result.pairs),
        points=after.points - result.points,
        now_paired=tuple(sorted(set(result.unpaired) - set(after.unpaired))),
        now_left=tuple(sorted(set(after.unpaired) - set(result.unpaired))),
    )


def _in_turn(wanted: list[list[Change]]) -> Iterator[Change]:
    """Yield the first of each kind, then the second of each."""
    for turn in range(max(map(len, wanted), default=0)):
        yield from (changes[turn] for changes in wanted if turn < len(changes))


def _candidates(problem: Problem, result: Result, kind: ChangeKind, mentee: str | None) -> Iterator[Change]:
    """Yield the changes of one kind that could help, the likeliest first."""
    left = set(result.unpaired) if mentee is None else {mentee}
    match kind:
        case ChangeKind.RELAX_RULE:
            yield from (Change(kind, rule=rule) for rule in problem.policy.rules if rule.kind not in KEPT_RULES)
        case ChangeKind.ADD_PLACE:
            yield from (Change(kind, mentor=mentor) for mentor in _worth_a_place(problem, result, mentee))
        case ChangeKind.ADD_MENTOR:
            kinds = Counter(traits for one in problem.mentees if one.id in left and one.most for traits in _kinds_for(problem, one))
            yield from (Change(kind, traits=traits) for traits, _times in kinds.most_common())
        case ChangeKind.LIFT_BAN:
            bans = sorted(set(problem.bans), key=lambda pair: (pair.mentee not in left, pair))
            yield from (Change(kind, pair=pair) for pair in bans if mentee in {None, pair.mentee})
        case _:
            yield from (Change(kind, pair=pair) for pair in sorted(set(problem.locks)))


def _worth_a_place(problem: Problem, result: Result, mentee: str | None) -> list[str]:
    """List the mentors at whom one more place may add something; somebody who gives none is not asked for one.

    Order: those open to the mentee in question, then the dearest.
    """
    prices = dict(result.certificate.mentors) if problem.policy.objective in PRICED else {}
    locked = Counter(pair.mentor for pair in set(problem.locks))
    held = Counter(pair.mentor for pair in result.pairs)
    full = [person for person in problem.mentors if 0 < person.most <= held[person.id] and person.most < MOST_PLACES]
    # A mentor with locks in every place has no price.
    worth = [person.id for person in full if not prices or prices[person.id] > 0 or locked[person.id] == person.most]
    closed = mentors_closed_to(problem, mentee) if mentee else frozenset()
    return sorted(worth, key=lambda name: (name in closed, -prices.get(name, 0)))


def _kinds_for(problem: Problem, mentee: Person) -> list[tuple[tuple[str, Answer], ...]]:
    """Describe mentors whom no rule would close to a mentee, by as few answers as the rules ask for, each sorted by question."""
    asked: dict[str, list[Answer]] = {}
    for rule in problem.policy.rules:
        asked.setdefault(rule.asked_of_mentor, []).extend(_answers_that_fit(rule, mentee))
    asked = {question: answers for question, answers in asked.items() if answers}
    kinds = [tuple(zip(sorted(asked), chosen, strict=True)) for chosen in product(*(asked[question] for question in sorted(asked)))]
    return [answers for answers in dict.fromkeys(kinds) if _is_open(problem, mentee, answers)]


def _answers_that_fit(rule: HardRule, mentee: Person) -> list[Answer]:
    """List the single answers of a mentor that satisfy a rule about what the two must share."""
    options = sorted(options_of(mentee, rule.question))
    match rule.kind:
        case RuleKind.SAME_ANSWER | RuleKind.LANGUAGE_IN_COMMON:
            return [*options]
        case RuleKind.INCLUDES:
            return [frozenset(options)] if options and rule.chooser == Side.MENTEE else [*options]
        case RuleKind.SENIORITY if rule.order:
            at = [rule.order.index(option) + rule.gap for option in options if option in rule.order]
            return [rule.order[place] for place in at if place < len(rule.order)]
        case RuleKind.SENIORITY:
            return [answer + rule.gap for answer in [mentee.answers.get(rule.question)] if isinstance(answer, int)]
    return []


def _is_open(problem: Problem, mentee: Person, answers: tuple[tuple[str, Answer], ...]) -> bool:
    two = replace(problem, people=(mentee, _newcomer(dict(answers))), locks=(), bans=(), facts=())
    return not mentors_closed_to(two, mentee.id)


def _newcomer(answers: dict[str, Answer]) -> Person:
    return Person(NEWCOMER, Side.MENTOR, answers=answers)


def _is_mentor(person: Person, name: str) -> bool:
    return person.side == Side.MENTOR and person.id == name
