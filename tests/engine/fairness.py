"""Slow, obvious readings of the objectives beside totals, written apart from the engine."""

from dataclasses import replace
from itertools import product

from hypothesis import assume

from releve.matching.engine import CriterionKind, Side

from . import oracle

NOBODY = -1


def asked_for(problem, objective):
    """The problem under another objective, if any assignment keeps its least places."""
    assume(next(iter(oracle.assignments(problem)), None) is not None)
    return replace(problem, policy=replace(problem.policy, objective=objective))


def reachable(problem, one):
    return sum(
        1000 * criterion.weight
        for criterion in problem.policy.criteria
        if (criterion.kind == CriterionKind.WISHES and criterion.wisher == Side.MENTOR) or oracle.options(one, criterion.mentee_question)
    )


def level(problem, one, other):
    whole = reachable(problem, one)
    return 100 * oracle.points_of(problem, one, other) // whole if whole else 100


def deciding(problem):
    """The mentees with a place left beside their locks."""
    return [one for one in problem.mentees if one.most > [pair.mentee for pair in problem.locks].count(one.id)]


def levels(problem, pairs):
    mentors = {other.id: other for other in problem.mentors}
    return sorted(
        max((level(problem, one, mentors[pair.mentor]) for pair in pairs if pair.mentee == one.id), default=NOBODY)
        for one in deciding(problem)
    )


def totals(problem, pairs):
    people = {(person.side, person.id): person for person in problem.people}
    return sum(oracle.points_of(problem, people["mentee", pair.mentee], people["mentor", pair.mentor]) for pair in pairs), len(pairs)


def leximin_key(problem, pairs):
    return levels(problem, pairs), totals(problem, pairs)


def maximin_key(problem, pairs):
    held = levels(problem, pairs)
    paired = [reached for reached in held if reached > NOBODY]
    return len(paired), min(paired, default=NOBODY), totals(problem, pairs)


def seen_by(side, problem, one, other):
    """Points without the wishes of the other side."""
    own = [criterion for criterion in problem.policy.criteria if criterion.kind != CriterionKind.WISHES or criterion.wisher == side]
    return sum(criterion.weight * oracle.thousandths(criterion, one, other) for criterion in own)


def blocking(problem, pairs, mentee_sees, mentor_sees):
    """Who would both rather have each other; each `sees` says how good somebody is for somebody."""
    found = set()
    for one, other in product(problem.mentees, problem.mentors):
        free = [pair for pair in pairs if pair not in problem.locks]
        mine = [mentee_sees(one, third) for third in problem.mentors if (one.id, third.id) in free]
        theirs = [mentor_sees(third, other) for third in problem.mentees if (third.id, other.id) in free]
        left = one.most - len([pair for pair in problem.locks if pair.mentee == one.id])
        room = other.most - len([pair for pair in problem.locks if pair.mentor == other.id])
        if (one.id, other.id) in pairs or not oracle.may_pair(problem, one, other) or not left or not room:
            continue
        i_would = len(mine) < left or mentee_sees(one, other) > min(mine)
        they_would = len(theirs) < room or mentor_sees(one, other) > min(theirs)
        if i_would and they_would:
            found.add((one.id, other.id))
    return found
