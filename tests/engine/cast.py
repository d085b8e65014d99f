"""A small cast and short ways to say a problem."""

from releve.matching.engine import Criterion, CriterionKind, HardRule, Pair, Person, Policy, Problem, RuleKind, Side

BOTH = frozenset(Side)


def mentee(name, least=0, most=1, **answers):
    return Person(name, Side.MENTEE, least, most, answers)


def mentor(name, least=0, most=1, **answers):
    return Person(name, Side.MENTOR, least, most, answers)


def choices(*options):
    return frozenset(options)


def needs(weight=10, **more):
    """Areas wanted, met by areas offered."""
    return Criterion("areas", CriterionKind.OVERLAP, weight, "areas", explain_to=BOTH, **more)


def wishes(weight=10, ranks=3, **more):
    return Criterion("wishes", CriterionKind.WISHES, weight, "wishes", ranks=ranks, **more)


def rule(kind, question="", **more):
    return HardRule(str(kind), RuleKind(kind), question, **more)


def problem(*people, criteria=(), rules=(), **more):
    """A problem in which every question that anybody answered, or that the policy names, exists."""
    policy = more.pop("policy", None) or Policy(tuple(criteria), tuple(rules))
    named = {c.mentee_question for c in policy.criteria} | {c.mentor_question for c in policy.criteria}
    named |= {r.question for r in policy.rules} | {r.with_question for r in policy.rules}
    named |= {question for person in people for question in person.answers}
    return Problem(tuple(people), policy, questions=more.pop("questions", frozenset(named - {""})), **more)


def pairs_of(result):
    return {Pair(pair.mentee, pair.mentor) for pair in result.pairs}
