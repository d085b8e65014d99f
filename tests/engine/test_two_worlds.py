"""Two worlds that differ by other people's secrets: whatever a participant is told is the same in both."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from releve.matching.engine import CriterionKind, Fact, Reader, RuleKind, Side, explain_pair, explain_reach

from . import oracle

many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECRET_FACTS = (RuleKind.NOT_AGAIN, RuleKind.DECLINED_BEFORE, RuleKind.ALREADY_PAIRED)


def with_readers(random, case):
    """Let some criteria and rules be told to one side or both; wishes to their own side at most."""

    def told(item):
        allowed = {item.wisher} if getattr(item, "kind", None) == CriterionKind.WISHES else set(Side)
        return replace(item, explain_to=frozenset(side for side in allowed if random.random() < 0.5))

    policy = replace(case.policy, criteria=tuple(map(told, case.policy.criteria)), rules=tuple(map(told, case.policy.rules)))
    return replace(case, policy=policy)


def told_questions(case, side):
    """Questions that something told to this side compares: their answers are no secret from it."""
    items = [item for item in (*case.policy.criteria, *case.policy.rules) if side in item.explain_to]
    return {name for item in items for name in vars(item).values() if isinstance(name, str) and name in case.questions}


def other_world(random, case, side, reader_id):
    """Change what the reader may not know about others: bans, the past, and answers that nothing told to them compares."""
    mentees, mentors = [one.id for one in case.mentees], [one.id for one in case.mentors]
    told = told_questions(case, side)

    def changed(person):
        if person.id == reader_id:
            return person
        fresh = oracle.random_answers(random, person.id, mentors if person.side == Side.MENTEE else mentees)
        kept = {question: answer for question, answer in person.answers.items() if question in told}
        return replace(person, answers={**{question: answer for question, answer in fresh.items() if question not in told}, **kept})

    facts = tuple(Fact(random.choice(SECRET_FACTS), *random.choices(mentees + mentors, k=2)) for _ in range(3))
    return replace(
        case, people=tuple(map(changed, case.people)), locks=(), bans=tuple(oracle.random_pairs(random, mentees, mentors)), facts=facts
    )


def everything_told(case, side, reader_id):
    """What one participant may be told: about their pairs, and about their reach when they are a mentee."""
    reader = Reader(side)
    if side == Side.MENTEE:
        pairs = [explain_pair(case, reader_id, other.id, reader=reader) for other in case.mentors]
        return [*pairs, explain_reach(case, reader_id, reader=reader)]
    return [explain_pair(case, one.id, reader_id, reader=reader) for one in case.mentees]


@many
@given(oracle.problems(), st.sampled_from(Side), st.integers(0, 2**32))
def test_participants_are_told_the_same_whatever_others_keep_to_themselves(case, side, number):
    random = Random(number)
    case = with_readers(random, case)
    reader_id = random.choice(case.mentees if side == Side.MENTEE else case.mentors).id
    other = other_world(random, case, side, reader_id)
    told = everything_told(case, side, reader_id)
    committee = [explain_reach(world, one.id, reader=Reader.COMMITTEE) for world in (case, other) for one in case.mentees]
    event("the committee reads a difference" if committee[: len(case.mentees)] != committee[len(case.mentees) :] else "no difference")
    assert everything_told(other, side, reader_id) == told
