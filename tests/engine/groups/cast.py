"""Short ways to say a problem of groups."""

from releve.matching.engine import Side
from releve.matching.engine.groups import Group, GroupProblem, GroupRule, GroupRuleKind, Size

from ..cast import problem

MENTEES = frozenset({Side.MENTEE})


def group(name, *fixed, mentees=(0, 9), mentors=(0, 9), optional=False):
    return Group(name, Size(*mentees), Size(*mentors), fixed, optional)


def group_rule(kind, question="", **more):
    return GroupRule(more.pop("id", f"groups {kind}"), GroupRuleKind(kind), question, **more)


def group_problem(people, groups, rules=(), *, policy_rules=(), apart=(), cohesion=(), effort=20, **pairing):
    """A problem in which every question that anybody answered, or that a rule or criterion names, exists."""
    named = [*rules, *policy_rules]
    asked = [*cohesion, *pairing.get("criteria", ())]
    questions = {question for person in people for question in person.answers} | {rule.question for rule in named}
    questions |= {criterion.mentee_question for criterion in asked}
    pairing.setdefault("questions", frozenset(questions - {""}))
    return GroupProblem(problem(*people, rules=policy_rules, **pairing), tuple(groups), tuple(rules), tuple(apart), tuple(cohesion), effort)


def members_of(result):
    return {group.id: group.members for group in result.groups}
