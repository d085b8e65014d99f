"""Find everything wrong with a policy and a problem before anything is computed: all of it, not the first thing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from .distance import FARTHEST_COORDINATE, is_place
from .faults import Fault, PolicyError, ProblemError
from .problem import (
    CONFIDENTIAL_RULES,
    FACT_KINDS,
    NAMING_RULES,
    Answer,
    Criterion,
    CriterionKind,
    HardRule,
    Objective,
    Pair,
    Person,
    Policy,
    Problem,
    RuleKind,
    Side,
)
from .shifts import LONGEST_CYCLE, slot_of

HEAVIEST: Final = 1_000_000
MOST_PLACES: Final = 10_000
MOST_CRITERIA: Final = 100
LARGEST_NUMBER: Final = 10**9
LARGEST_SEED: Final = 2**63 - 1

ANSWERED_RULES: Final = NAMING_RULES | {
    RuleKind.NOT_SAME_ANSWER,
    RuleKind.SAME_ANSWER,
    RuleKind.INCLUDES,
    RuleKind.LANGUAGE_IN_COMMON,
    RuleKind.SENIORITY,
}


class Form(NamedTuple):
    """What the answers to a question must be; `fits` says whether one is."""

    question: str
    code: str
    mend: str
    fits: Callable[[Answer], bool]


def ensure_sound(problem: Problem) -> None:
    """Let a sound problem pass.

    Raises: PolicyError when its policy cannot be used with its questions, else ProblemError when its data cannot.
    """
    if faults := faults_in_policy(problem.policy, problem.questions):
        raise PolicyError(faults)
    if faults := faults_in_problem(problem):
        raise ProblemError(faults)


def faults_in_policy(policy: Policy, questions: frozenset[str]) -> list[Fault]:
    """List what is wrong with a policy for forms that ask these questions."""
    return [*_policy_faults(policy, questions)]


def faults_in_problem(problem: Problem) -> list[Fault]:
    """List what is wrong with a problem's people, places, answers, locks, bans and facts."""
    # Sides are counted once each person is in order, and locks, bans and facts point at people of a side.
    return [*_people_faults(problem)] or [*_side_faults(problem)] or [*_pair_faults(problem)]


def forms_asked(policy: Policy, side: Side) -> Iterator[Form]:
    """List what the policy's orders, maps and shifts ask of a side's answers, each once."""
    by_mentee = side == Side.MENTEE
    orders = [(c.asked_of_mentee if by_mentee else c.asked_of_mentor, c.order) for c in policy.criteria if c.kind == CriterionKind.NEAR]
    orders += [(r.question if by_mentee else r.asked_of_mentor, r.order) for r in policy.rules if r.kind == RuleKind.SENIORITY]
    for question, order in dict.fromkeys(orders):
        mend = f"Answer one of: {', '.join(order)}." if order else "Answer with a whole number."
        yield Form(question, "not_in_order", mend, partial(_stands_in, order))
    for criterion in policy.criteria:
        question = criterion.asked_of_mentee if by_mentee else criterion.asked_of_mentor
        if criterion.kind == CriterionKind.DISTANCE:
            yield Form(question, "not_on_map", "Answer a place of the criterion, or x,y in whole numbers.", partial(is_place, criterion))
        if criterion.kind == CriterionKind.HOURS and criterion.horizon:
            yield Form(question, "not_a_slot", "Write each slot as mon_evening, or 8/3/evening for day 3 of every 8.", _is_slots)


def is_whole(value: object, least: int, most: int) -> bool:
    """Say whether a value is a whole number in a range; True and False are not numbers."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _policy_faults(policy: Policy, questions: frozenset[str]) -> Iterator[Fault]:
    if policy.objective not in set(Objective):
        yield Fault("policy.objective", "unknown_objective", f"Use one of: {', '.join(Objective)}.")
    if len(policy.criteria) > MOST_CRITERIA:
        yield Fault("policy.criteria", "too_many_criteria", f"Keep at most {MOST_CRITERIA}.")
    ids = Counter([*(criterion.id for criterion in policy.criteria), *(rule.id for rule in policy.rules)])
    for repeated in sorted(name for name, times in ids.items() if times > 1):
        yield Fault("policy", "repeated_id", f"Give each criterion and rule its own id; {repeated!r} is used {ids[repeated]} times.")
    for index, criterion in enumerate(policy.criteria):
        yield from _criterion_faults(criterion, f"policy.criteria[{index}]", questions)
    for index, rule in enumerate(policy.rules):
        yield from _rule_faults(rule, f"policy.rules[{index}]", questions)


def _criterion_faults(criterion: Criterion, path: str, questions: frozenset[str]) -> Iterator[Fault]:
    if not criterion.id:
        yield Fault(f"{path}.id", "missing_id", "Give it an id.")
    if criterion.kind not in set(CriterionKind):
        yield Fault(f"{path}.kind", "unknown_kind", f"Use one of: {', '.join(CriterionKind)}.")
    if not is_whole(criterion.weight, 0, HEAVIEST):
        yield Fault(f"{path}.weight", "weight_out_of_range", f"Give a whole number from 0 to {HEAVIEST}.")
    if not criterion.mentee_question and not criterion.mentor_question:
        yield Fault(f"{path}.mentee_question", "missing_question", "Name the question whose answers count.")
    for name in ("mentee_question", "mentor_question"):
        yield from _question_faults(getattr(criterion, name), f"{path}.{name}", questions)
    yield from _measure_faults(criterion, path)
    yield from _audience_faults(frozenset({criterion.wisher}), f"{path}.wisher")
    yield from _audience_faults(criterion.explain_to, f"{path}.explain_to")
    if criterion.kind == CriterionKind.WISHES and criterion.explain_to - {criterion.wisher}:
        yield Fault(f"{path}.explain_to", "wishes_of_others", "A wish may be explained to the side that made it, and to nobody else.")


def _measure_faults(criterion: Criterion, path: str) -> Iterator[Fault]:
    match criterion.kind:
        case CriterionKind.HOURS if not is_whole(criterion.full_at, 1, MOST_PLACES):
            yield Fault(f"{path}.full_at", "out_of_range", "Say how many slots in common earn full points, 1 or more.")
        case CriterionKind.HOURS if not is_whole(criterion.horizon, 0, LONGEST_CYCLE):
            yield Fault(f"{path}.horizon", "out_of_range", f"Give a number of days from 1 to {LONGEST_CYCLE}, or leave it out.")
        case CriterionKind.WISHES if not is_whole(criterion.ranks, 1, MOST_PLACES):
            yield Fault(f"{path}.ranks", "out_of_range", "Say how many wishes count, 1 or more.")
        case CriterionKind.NEAR if criterion.order:
            yield from _order_faults(criterion.order, f"{path}.order")
        case CriterionKind.NEAR if not is_whole(criterion.within, 1, LARGEST_NUMBER):
            yield Fault(f"{path}.within", "out_of_range", "Give an order of options, or a distance of 1 or more at which nothing remains.")
        case CriterionKind.DISTANCE:
            yield from _map_faults(criterion, path)


def _map_faults(criterion: Criterion, path: str) -> Iterator[Fault]:
    if not is_whole(criterion.within, 1, LARGEST_NUMBER):
        yield Fault(f"{path}.within", "out_of_range", "Give a distance of 1 or more at which nothing remains.")
    if criterion.at and criterion.apart:
        yield Fault(f"{path}.apart", "two_maps", "Keep coordinates or a table of distances, not both.")
    names = Counter(at.name for at in criterion.at)
    for index, at in enumerate(criterion.at):
        if not at.name or names[at.name] > 1:
            yield Fault(f"{path}.at[{index}]", "repeated_place", "Name each place once.")
        if not all(is_whole(value, -FARTHEST_COORDINATE, FARTHEST_COORDINATE) for value in (at.x, at.y)):
            mend = f"Give whole numbers within {FARTHEST_COORDINATE}."
            yield Fault(f"{path}.at[{index}]", "out_of_range", mend)
    pairs = Counter(frozenset(apart[:2]) for apart in criterion.apart)
    for index, apart in enumerate(criterion.apart):
        if pairs[frozenset(apart[:2])] > 1 or apart.one == apart.other or not (apart.one and apart.other):
            yield Fault(f"{path}.apart[{index}]", "repeated_place", "Name two places, and each two once, in either order.")
        if not is_whole(apart.distance, 0, LARGEST_NUMBER):
            yield Fault(f"{path}.apart[{index}]", "out_of_range", f"Give a whole distance from 0 to {LARGEST_NUMBER}.")


def _rule_faults(rule: HardRule, path: str, questions: frozenset[str]) -> Iterator[Fault]:
    if not rule.id:
        yield Fault(f"{path}.id", "missing_id", "Give it an id.")
    if rule.kind not in set(RuleKind):
        yield Fault(f"{path}.kind", "unknown_kind", f"Use one of: {', '.join(RuleKind)}.")
    if rule.kind in ANSWERED_RULES and not rule.question:
        yield Fault(f"{path}.question", "missing_question", "Name the question whose answers count.")
    if rule.kind in NAMING_RULES - {RuleKind.DECLARED_CONFLICT} and not rule.with_question:
        yield Fault(f"{path}.with_question", "missing_question", "Name the question that says who somebody is, such as their address.")
    for name in ("question", "with_question"):
        yield from _question_faults(getattr(rule, name), f"{path}.{name}", questions)
    if rule.kind == RuleKind.SENIORITY and rule.order:
        yield from _order_faults(rule.order, f"{path}.order")
    if not is_whole(rule.gap, 0, LARGEST_NUMBER):
        yield Fault(f"{path}.gap", "out_of_range", "Give 0 or more.")
    yield from _audience_faults(frozenset({rule.chooser}), f"{path}.chooser")
    yield from _audience_faults(rule.explain_to, f"{path}.explain_to")
    if rule.kind in CONFIDENTIAL_RULES and rule.explain_to:
        yield Fault(f"{path}.explain_to", "confidential_rule", "This rule may be explained to the committee only: leave it empty.")


def _question_faults(question: str, path: str, questions: frozenset[str]) -> Iterator[Fault]:
    if question and question not in questions:
        yield Fault(path, "unknown_question", f"No form asks {question!r}: correct the name or add the question.")


def _order_faults(order: tuple[str, ...], path: str) -> Iterator[Fault]:
    if len(order) < 2 or len(set(order)) < len(order):
        yield Fault(path, "order_too_short", "List two options or more, each once.")


def _audience_faults(audience: frozenset[Side], path: str) -> Iterator[Fault]:
    if audience - set(Side):
        yield Fault(path, "unknown_side", f"Use only: {', '.join(Side)}.")


def _people_faults(problem: Problem) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    forms = {side: tuple(forms_asked(problem.policy, side)) for side in Side}
    for person in problem.people:
        path = f"people[{person.side}={person.id}]"
        if (person.side, person.id) in seen:
            yield Fault(path, "repeated_id", "Two people of one side share this id: give each their own.")
        seen.add((person.side, person.id))
        yield from _person_faults(person, path, problem, forms)


def _side_faults(problem: Problem) -> Iterator[Fault]:
    for side, people in ((Side.MENTEE, problem.mentees), (Side.MENTOR, problem.mentors)):
        if not people:
            yield Fault("people", f"no_{side}", f"Add at least one {side}.")
    if not is_whole(problem.seed, 0, LARGEST_SEED):
        yield Fault("seed", "out_of_range", f"Give a whole number from 0 to {LARGEST_SEED}.")


def _person_faults(person: Person, path: str, problem: Problem, forms: Mapping[Side, Iterable[Form]]) -> Iterator[Fault]:
    if person.side not in set(Side):
        yield Fault(f"{path}.side", "unknown_side", f"Use one of: {', '.join(Side)}.")
    if not isinstance(person.id, str) or not person.id:
        yield Fault(f"{path}.id", "missing_id", "Give a text that is not empty.")
    if not is_whole(person.most, 0, MOST_PLACES):
        yield Fault(f"{path}.most", "places_out_of_range", f"Give a whole number from 0 to {MOST_PLACES}.")
    elif not is_whole(person.least, 0, person.most):
        yield Fault(f"{path}.least", "places_out_of_range", f"Give a whole number from 0 to {person.most}.")
    for question, answer in person.answers.items():
        if question not in problem.questions:
            yield Fault(f"{path}.answers[{question}]", "unknown_question", "Name this question among the problem's questions.")
        if not _is_answer(answer):
            mend = f"Give a text, a whole number within {LARGEST_NUMBER}, a frozenset of texts, or a tuple of texts as a ranking."
            yield Fault(f"{path}.answers[{question}]", "not_an_answer", mend)
    for form in forms.get(person.side, ()):
        answer = person.answers.get(form.question, "")
        if answer != "" and not form.fits(answer):
            yield Fault(f"{path}.answers[{form.question}]", form.code, form.mend)


def _is_answer(answer: object) -> bool:
    if isinstance(answer, frozenset | tuple):
        return all(isinstance(option, str) for option in answer)
    return isinstance(answer, str) or is_whole(answer, -LARGEST_NUMBER, LARGEST_NUMBER)


def _stands_in(order: tuple[str, ...], answer: Answer) -> bool:
    return answer in order if order else isinstance(answer, int)


def _is_slots(answer: Answer) -> bool:
    return isinstance(answer, frozenset) and all(isinstance(option, str) and slot_of(option) is not None for option in answer)


def _pair_faults(problem: Problem) -> Iterator[Fault]:
    for name, pairs in (("locks", problem.locks), ("bans", problem.bans)):
        for pair in pairs:
            if pair.mentee not in problem.row_of or pair.mentor not in problem.column_of:
                yield Fault(f"{name}[{pair.mentee}, {pair.mentor}]", "unknown_person", "Name a mentee and a mentor of this problem.")
    for pair in sorted(set(problem.locks) & set(problem.bans)):
        yield Fault(f"locks[{pair.mentee}, {pair.mentor}]", "locked_and_banned", "Remove the lock or the ban.")
    yield from _lock_count_faults(problem.locks, problem.mentees, Side.MENTEE)
    yield from _lock_count_faults(problem.locks, problem.mentors, Side.MENTOR)
    for fact in problem.facts:
        path = f"facts[{fact.kind}: {fact.one}, {fact.other}]"
        if fact.kind not in FACT_KINDS:
            yield Fault(path, "unknown_kind", f"Use one of: {', '.join(sorted(FACT_KINDS))}.")
        for name in (fact.one, fact.other):
            if name not in problem.row_of and name not in problem.column_of:
                yield Fault(path, "unknown_person", f"Leave out facts about people who are not in this problem: {name!r}.")


def _lock_count_faults(locks: Iterable[Pair], people: Iterable[Person], side: Side) -> Iterator[Fault]:
    mine, theirs = (0, 1) if side == Side.MENTEE else (1, 0)
    held = Counter(pair[mine] for pair in set(locks))
    for person in people:
        if held[person.id] > person.most:
            partners = ", ".join(sorted(pair[theirs] for pair in set(locks) if pair[mine] == person.id))
            mend = f"{held[person.id]} locks ({partners}) for places: {person.most}. Remove locks or add places."
            yield Fault(f"locks[{side}={person.id}]", "too_many_locks", mend)
