"""Small random problems of groups, and a slow, obvious solution of each, written apart from the engine."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from random import Random

from hypothesis import strategies as st

from releve.matching.engine import Criterion, CriterionKind, Objective, Pair, Person, Policy, Problem, Side
from releve.matching.engine.groups import Group, GroupProblem, GroupRule, GroupRuleKind, Size

from .. import oracle as pairs

YEARS = ("1", "2", "3")
RULES = (
    GroupRule("group: years differ", GroupRuleKind.ALL_DIFFERENT, "year", among=frozenset({Side.MENTEE})),
    GroupRule("group: regions differ", GroupRuleKind.ALL_DIFFERENT, "region"),
    GroupRule("group: tongue", GroupRuleKind.SAME, "languages"),
    GroupRule("group: place", GroupRuleKind.SAME, "region"),
    GroupRule("group: two years", GroupRuleKind.AT_LEAST_ONE_OF_EACH, "year", options=("1", "2")),
    GroupRule("group: even years", GroupRuleKind.BALANCE, "year", within=1),
    GroupRule("group: even sizes", GroupRuleKind.BALANCE, within=1),
    GroupRule("group: hours", GroupRuleKind.COMMON_HOURS, "slots", least=2),
)
LAMINAR_RULES = tuple(rule for rule in RULES if rule.id in {"group: years differ", "group: two years"})


def problems():
    return st.builds(random_problem, st.integers(0, 2**40))


def laminar_problems():
    return st.builds(random_laminar_problem, st.integers(0, 2**40))


def random_problem(number):
    random = Random(number)
    mentees = [f"s{n}" for n in range(random.randint(0, 4))]
    mentors = [f"m{n}" for n in range(random.randint(0 if mentees else 1, 2))]
    people = [random_person(random, name, Side.MENTEE, mentors) for name in mentees]
    people += [random_person(random, name, Side.MENTOR, mentees) for name in mentors]
    names = [f"g{n}" for n in range(random.randint(1, 3))]
    fixed = {name: random.choice([*names, *names, ""]) for name in mentors} | {name: random.choice([*names, *[""] * 9]) for name in mentees}
    groups = [
        Group(
            id=name,
            mentees=random_size(random, 3),
            mentors=Size(0, random.randint(1, 2)),
            fixed=tuple(random.sample(held := [who for who in fixed if fixed[who] == name], len(held))),
            optional=random.random() < 0.3,
        )
        for name in names
    ]
    return GroupProblem(
        pairing=replace(
            random_pairing(random, people, mentees, mentors),
            locks=tuple(
                Pair(random.choice(mentees), random.choice(mentors)) for _ in range(random.choice([0, 0, 0, 1])) if mentees and mentors
            ),
        ),
        groups=tuple(groups),
        rules=tuple(random.sample(RULES, random.choice([0, 1, 1, 2, 3]))),
        apart=tuple(tuple(random.sample([*mentees, *mentors], 2)) for _ in range(random.choice([0, 0, 1])) if len(people) > 1),
        cohesion=(Criterion("near", CriterionKind.OVERLAP, random.randint(1, 2), "areas"),) if random.random() < 0.3 else (),
    )


def random_laminar_problem(number):
    """Students around mentors, as flows have it."""
    random = Random(number)
    mentors, mentees = [f"m{n}" for n in range(random.randint(1, 3))], [f"s{n}" for n in range(random.randint(1, 5))]
    people = [random_person(random, name, Side.MENTEE, mentors) for name in mentees]
    people += [random_person(random, name, Side.MENTOR, mentees) for name in mentors]
    stays = {name: random.choice([*mentors, *[""] * 9]) for name in mentees}
    return GroupProblem(
        pairing=random_pairing(random, people, mentees, mentors),
        groups=tuple(
            Group(name, random_size(random, 3), Size(1, 1), (name, *(who for who in mentees if stays[who] == name))) for name in mentors
        ),
        rules=tuple(random.sample(LAMINAR_RULES, random.choice([0, 1, 1, 2]))),
    )


def random_pairing(random, people, mentees, mentors):
    return Problem(
        people=tuple(random.sample(people, len(people))),
        policy=Policy(
            criteria=tuple(
                replace(criterion, weight=random.randint(0, 3)) for criterion in random.sample(pairs.CRITERIA, random.randint(0, 3))
            ),
            rules=tuple(random.sample(pairs.RULES, random.choice([0, 0, 0, 1]))),
            objective=random.choice([Objective.BEST_TOTAL, Objective.MOST_PEOPLE]),
        ),
        questions=pairs.QUESTIONS | {"year"},
        bans=tuple(Pair(random.choice(mentees), random.choice(mentors)) for _ in range(random.choice([0, 0, 1])) if mentees and mentors),
        seed=random.randint(0, 3),
    )


def random_person(random, name, side, others):
    answers = pairs.random_answers(random, name, others or ["nobody"])
    if side == Side.MENTEE and random.random() < 0.9:
        answers["year"] = frozenset(random.sample(YEARS, 2)) if random.random() < 0.05 else random.choice(YEARS)
    answers["languages"] = frozenset(random.choice([("en", "fr"), ("en",), ("fr",), ("en", "fr"), ("en", "fr")]))
    answers["slots"] = frozenset(random.sample(pairs.SLOTS, random.randint(1, 3)))
    return Person(name, side, int(random.random() < 0.05), 1, answers)


def random_size(random, largest):
    most = random.randint(0, largest)
    return Size(random.choice([0, 0, random.randint(0, most)]), most)


def free_of(problem):
    held = {name for group in problem.groups for name in group.fixed}
    return [person for person in problem.pairing.people if person.id not in held and person.most > 0]


def answers(problem):
    """Every way to place people in groups that keeps all rules: the members of each group, by its id."""
    free = free_of(problem)
    for places in product([None, *problem.groups], repeat=len(free)):
        members = {group.id: set(group.fixed) for group in problem.groups}
        for person, group in zip(free, places, strict=True):
            if group:
                members[group.id].add(person.id)
        placed = Counter(name for held in members.values() for name in held)
        if max(placed.values(), default=0) <= 1 and all(placed[person.id] for person in free if person.least) and keeps(problem, members):
            yield members


def keeps(problem, members):
    people = {person.id: person for person in problem.pairing.people}
    for lock in problem.pairing.locks:
        if not any({lock.mentee, lock.mentor} <= held for held in members.values()):
            return False
    formed = []
    for group in problem.groups:
        held = [people[name] for name in members[group.id]]
        whole = not group.optional or members[group.id] != set(group.fixed)
        if whole:
            formed.append(held)
        if not all(may_meet(problem, one, other) for one, other in combinations(held, 2)):
            return False
        for side, size in ((Side.MENTEE, group.mentees), (Side.MENTOR, group.mentors)):
            count = len([person for person in held if person.side == side])
            if count > size.most or (whole and count < size.least):
                return False
        if not all(rule_kept(rule, held, whole) for rule in problem.rules):
            return False
    return all(balanced(problem, rule, formed) for rule in problem.rules if rule.kind == GroupRuleKind.BALANCE)


def may_meet(problem, one, other):
    if {one.id, other.id} in [set(two) for two in problem.apart]:
        return False
    if one.side == other.side:
        return True
    mentee, mentor = (one, other) if one.side == Side.MENTEE else (other, one)
    return pairs.may_pair(problem.pairing, mentee, mentor)


def rule_kept(rule, held, whole):
    given = [pairs.options(person, rule.question) for person in held if person.side in rule.among]
    counts = Counter(option for mine in given for option in mine)
    match rule.kind:
        case GroupRuleKind.ALL_DIFFERENT:
            return max(counts.values(), default=0) <= 1
        case GroupRuleKind.AT_LEAST_ONE_OF_EACH:
            return not whole or all(counts[option] >= 1 for option in rule.options)
        case GroupRuleKind.SAME:
            return not given or bool(set.intersection(*given))
        case GroupRuleKind.COMMON_HOURS:
            return not given or len(set.intersection(*given)) >= rule.least
    return True


def balanced(problem, rule, formed):
    if not rule.question:
        sizes = [len(held) for held in formed]
        return max(sizes, default=0) - min(sizes, default=0) <= rule.within
    for option in {option for person in problem.pairing.people for option in pairs.options(person, rule.question)}:
        counts = [len([person for person in held if option in pairs.options(person, rule.question)]) for held in formed]
        if max(counts, default=0) - min(counts, default=0) > rule.within:
            return False
    return True


def points_of(problem, members):
    people = {person.id: person for person in problem.pairing.people}
    total = 0
    for held in members.values():
        mentees = [people[name] for name in held if people[name].side == Side.MENTEE]
        mentors = [people[name] for name in held if people[name].side == Side.MENTOR]
        total += sum(pairs.points_of(problem.pairing, one, other) for one in mentees for other in mentors)
        both_ways = [(one, other) for one in mentees for other in mentees if one is not other]
        total += sum(criterion.weight * pairs.thousandths(criterion, *two) for two in both_ways for criterion in problem.cohesion)
    return total


def worth(problem, members):
    placed = sum(map(len, members.values()))
    points = points_of(problem, members)
    return (points, placed) if problem.pairing.policy.objective == Objective.BEST_TOTAL else (placed, points)


def best_worth(problem):
    return max((worth(problem, members) for members in answers(problem)), default=None)


def members_of(result):
    return {group.id: set(group.members) for group in result.groups}
