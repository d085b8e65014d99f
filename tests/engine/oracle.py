"""Small random problems, and a slow, obvious solution of each, written apart from the engine."""

from dataclasses import replace
from itertools import chain, combinations, product
from math import isqrt
from random import Random

from hypothesis import strategies as st

from releve.matching.engine import (
    Apart,
    Criterion,
    CriterionKind,
    Fact,
    HardRule,
    Located,
    Objective,
    Pair,
    Person,
    Policy,
    Problem,
    RuleKind,
    Side,
)

AREAS = ("emergency", "ethics", "finance")
SLOTS = ("mon-12", "tue-12", "tue-18")
LEVELS = ("junior", "middle", "senior")
SHIFTS = ("mon_noon", "sat_noon", "8/1/noon", "8/6/evening", "5/2/noon", "3/3/evening")
TOWNS = ("Alma", "Gaspé", "Laval")
WHERE = ("0,0", "3,4", "-2,7", "10,-10")
MAP = (Located("Alma", 0, 0), Located("Gaspé", 7, 7), Located("Laval", -3, 5))
TABLE = (Apart("Alma", "Laval", 4), Apart("Laval", "Gaspé", 30))
CRITERIA = (
    Criterion("areas", CriterionKind.OVERLAP, 1, "areas"),
    Criterion("region", CriterionKind.SAME, 1, "region"),
    Criterion("level", CriterionKind.NEAR, 1, "level", order=LEVELS),
    Criterion("years", CriterionKind.NEAR, 1, "years", within=10),
    Criterion("hours", CriterionKind.HOURS, 1, "slots", full_at=2),
    Criterion("wishes", CriterionKind.WISHES, 1, "wishes", ranks=2),
    Criterion("wished", CriterionKind.WISHES, 1, "wishes", ranks=2, wisher=Side.MENTOR),
    Criterion("language", CriterionKind.LANGUAGE, 1, "languages"),
    Criterion("values", CriterionKind.ALIKE, 1, "areas"),
    Criterion("shifts", CriterionKind.HOURS, 1, "shifts", full_at=7, horizon=30),
    Criterion("long shifts", CriterionKind.HOURS, 1, "shifts", full_at=20, horizon=60),
    Criterion("town", CriterionKind.DISTANCE, 1, "town", within=10, at=MAP),
    Criterion("road", CriterionKind.DISTANCE, 1, "town", within=10, apart=TABLE),
    Criterion("line", CriterionKind.DISTANCE, 1, "where", within=17),
)
RULES = (
    HardRule("manager", RuleKind.NOT_LINE_MANAGER, "manager", "email"),
    HardRule("elsewhere", RuleKind.NOT_SAME_ANSWER, "region"),
    HardRule("nearby", RuleKind.SAME_ANSWER, "region"),
    HardRule("tongue", RuleKind.LANGUAGE_IN_COMMON, "languages"),
    HardRule("above", RuleKind.SENIORITY, "level", order=LEVELS),
    HardRule("older", RuleKind.SENIORITY, "years", gap=3),
    HardRule("evaluator", RuleKind.NOT_EVALUATOR, "manager", "email"),
    HardRule("conflict", RuleKind.DECLARED_CONFLICT, "avoids"),
    HardRule("all needs", RuleKind.INCLUDES, "areas"),
    HardRule("all offers", RuleKind.INCLUDES, "areas", chooser=Side.MENTOR),
)
QUESTIONS = frozenset(
    {"areas", "region", "level", "years", "slots", "wishes", "languages", "manager", "email", "shifts", "town", "where", "avoids"}
)


def options(person, question):
    answer = person.answers.get(question, "")
    if answer == "":
        return set()
    return set(answer) if isinstance(answer, (frozenset, tuple)) else {str(answer)}


def points_of(problem, one, other):
    return sum(criterion.weight * thousandths(criterion, one, other) for criterion in problem.policy.criteria)


def thousandths(criterion, one, other):
    question = criterion.mentee_question
    mine, theirs = one.answers.get(question), other.answers.get(question)
    shared = len(options(one, question) & options(other, question))
    match criterion.kind:
        case CriterionKind.OVERLAP:
            return 1000 * shared // len(options(one, question)) if options(one, question) else 0
        case CriterionKind.SAME | CriterionKind.LANGUAGE:
            return 1000 if shared else 0
        case CriterionKind.ALIKE:
            made = len(options(one, question)) + len(options(other, question))
            return 2000 * shared // made if options(one, question) else 0
        case CriterionKind.HOURS if criterion.horizon:
            moments = product(range(criterion.horizon), ("noon", "evening"))
            both = sum(at_work(one, *moment, question) and at_work(other, *moment, question) for moment in moments)
            return 1000 * min(both, criterion.full_at) // criterion.full_at
        case CriterionKind.HOURS:
            return 1000 * min(shared, criterion.full_at) // criterion.full_at
        case CriterionKind.WISHES:
            wisher, wished = (one, other) if criterion.wisher == Side.MENTEE else (other, one)
            named = list(wisher.answers.get(question, ()))[: criterion.ranks]
            return 1000 * (criterion.ranks - named.index(wished.id)) // criterion.ranks if wished.id in named else 0
    if mine is None or theirs is None:
        return 0
    if criterion.kind == CriterionKind.DISTANCE:
        return 1000 * max(criterion.within - distance(criterion, mine, theirs), 0) // criterion.within
    if criterion.order:
        steps = len(criterion.order) - 1
        return 1000 * (steps - abs(criterion.order.index(mine) - criterion.order.index(theirs))) // steps
    return 1000 * max(criterion.within - abs(mine - theirs), 0) // criterion.within


def at_work(person, day, moment, question):
    for slot in options(person, question):
        cycle, first, when = slot.split("/") if "/" in slot else (7, {"mon": 1, "sat": 6}[slot[:3]], slot[4:])
        if when == moment and day % int(cycle) == int(first) - 1:
            return True
    return False


def distance(criterion, mine, theirs):
    if criterion.apart:
        known = {frozenset((row.one, row.other)): row.distance for row in criterion.apart}
        return 0 if mine == theirs else known.get(frozenset((mine, theirs)), criterion.within)
    named = {row.name: (row.x, row.y) for row in criterion.at}
    one, other = (named[answer] if named else [int(number) for number in answer.split(",")] for answer in (mine, theirs))
    return isqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)


def may_pair(problem, one, other):
    two = {one.id, other.id}
    past = any({fact.one, fact.other} == two for fact in problem.facts)
    if len(two) == 1 or past or (one.id, other.id) in problem.bans:
        return False
    return all(rule_allows(rule, one, other) for rule in problem.policy.rules)


def rule_allows(rule, one, other):
    shared = options(one, rule.question) & options(other, rule.question)
    match rule.kind:
        case RuleKind.NOT_LINE_MANAGER | RuleKind.NOT_EVALUATOR:
            return not (names_manager(one, other) or names_manager(other, one))
        case RuleKind.DECLARED_CONFLICT:
            return one.id not in options(other, rule.question) and other.id not in options(one, rule.question)
        case RuleKind.INCLUDES:
            chosen = options(one if rule.chooser == Side.MENTEE else other, rule.question)
            return bool(chosen) and shared == chosen
        case RuleKind.NOT_SAME_ANSWER:
            return not shared
        case RuleKind.SENIORITY:
            mine, theirs = one.answers.get(rule.question), other.answers.get(rule.question)
            if mine is None or theirs is None:
                return False
            return (rule.order.index(theirs) - rule.order.index(mine) if rule.order else theirs - mine) >= rule.gap
    return bool(shared)


def names_manager(one, other):
    return one.answers.get("manager", "").strip().lower() == other.answers["email"]


def assignments(problem):
    """Every assignment that keeps all places, rules and locks, as a set of pairs."""
    per_mentee = []
    for one in problem.mentees:
        may = [other.id for other in problem.mentors if may_pair(problem, one, other)]
        must = {pair.mentor for pair in problem.locks if pair.mentee == one.id}
        subsets = chain.from_iterable(combinations(may, size) for size in range(one.least, one.most + 1))
        per_mentee.append([{Pair(one.id, other) for other in subset} for subset in subsets if must <= set(subset)])
    for parts in product(*per_mentee):
        pairs = set().union(*parts)
        held = [pair.mentor for pair in pairs]
        if all(other.least <= held.count(other.id) <= other.most for other in problem.mentors):
            yield pairs


def worth(problem, pairs):
    """Both goals, the more important one first."""
    people = {(person.side, person.id): person for person in problem.people}
    points = sum(points_of(problem, people[Side.MENTEE, pair.mentee], people[Side.MENTOR, pair.mentor]) for pair in pairs)
    return (points, len(pairs)) if problem.policy.objective == Objective.BEST_TOTAL else (len(pairs), points)


def best_worth(problem):
    return max((worth(problem, pairs) for pairs in assignments(problem)), default=None)


def problems(with_least=True, most_places=2):
    """Up to four mentees and four mentors, one person perhaps on both sides, with points so coarse that many answers are as good."""
    return st.builds(random_problem, st.integers(0, 2**40), st.just(with_least), st.just(most_places))


def random_problem(number, with_least=True, most_places=2):
    random = Random(number)
    mentee_ids = [f"p{n}" for n in range(random.randint(1, 4))]
    mentor_ids = [f"p{n}" for n in range(3, 3 + random.randint(1, 4))]
    people = []
    for side, ids, others in ((Side.MENTEE, mentee_ids, mentor_ids), (Side.MENTOR, mentor_ids, mentee_ids)):
        for name in ids:
            most = random.choice([0, *[*range(1, most_places + 1)] * 4])
            least = random.randint(0, most) if with_least and random.random() < 0.1 else 0
            people.append(Person(name, side, least, most, random_answers(random, name, others)))
    criteria = random.sample(CRITERIA, random.randint(0, 4))
    kinds = (RuleKind.ALREADY_PAIRED, RuleKind.DECLINED_BEFORE, RuleKind.NOT_AGAIN)
    everybody = mentee_ids + mentor_ids
    problem = Problem(
        people=tuple(people),
        policy=Policy(
            criteria=tuple(replace(criterion, weight=random.randint(0, 3)) for criterion in criteria),
            rules=tuple(random.sample(RULES, random.choice([0, 0, 0, 0, 1, 1, 2]))),
            objective=random.choice((Objective.BEST_TOTAL, Objective.MOST_PEOPLE)),
        ),
        questions=QUESTIONS,
        bans=tuple(random_pairs(random, mentee_ids, mentor_ids)),
        facts=tuple(Fact(random.choice(kinds), *random.choices(everybody, k=2)) for _ in range(random.randint(0, 2))),
        seed=random.randint(0, 3),
    )
    return with_locks(problem, random_pairs(random, mentee_ids, mentor_ids))


def random_answers(random, name, others):
    given = {
        "areas": some(random, AREAS),
        "region": random.choice(["", "North", "South", "South"]),
        "level": random.choice(["", *LEVELS]),
        "years": random.choice([None, *range(0, 30, 5)]),
        "slots": some(random, SLOTS),
        "wishes": tuple(random.sample(others, random.randint(0, min(3, len(others))))),
        "languages": some(random, ("en", "fr")),
        "manager": random.choice(["", "", "P0@example.test", " p3@example.test "]),
        "email": f"{name}@example.test",
        "shifts": some(random, SHIFTS),
        "town": random.choice(["", *TOWNS]),
        "where": random.choice(["", *WHERE]),
        "avoids": frozenset(random.sample([*others, "P3"], random.randint(0, 2))),
    }
    return {question: answer for question, answer in given.items() if answer not in ("", None, frozenset(), ())}


def some(random, options):
    return frozenset(random.sample(options, random.randint(0, len(options))))


def random_pairs(random, mentee_ids, mentor_ids):
    return [Pair(random.choice(mentee_ids), random.choice(mentor_ids)) for _ in range(random.choice([0, 0, 1, 2]))]


def with_locks(problem, wanted):
    """Keep those of the wanted locks that are allowed and fit beside each other."""
    people = {(person.side, person.id): person for person in problem.people}
    locks = []
    for pair in wanted:
        one, other = people[Side.MENTEE, pair.mentee], people[Side.MENTOR, pair.mentor]
        full = [lock.mentee for lock in locks].count(one.id) >= one.most or [lock.mentor for lock in locks].count(other.id) >= other.most
        if may_pair(problem, one, other) and not full and pair not in locks:
            locks.append(pair)
    return replace(problem, locks=tuple(locks))
