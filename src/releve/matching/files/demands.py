"""What the policy asks that its own columns and people cannot give: found by the engine, said at its line or row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from releve.matching.engine import Fact, Fault, Pair, Problem, Side, faults_in_policy, faults_in_problem
from releve.matching.engine.rules import forbidden_by

from .cells import Known
from .faults import in_policy
from .mends import mend_of
from .policy import OWN_ID, PolicyFile
from .rows import PersonRow

STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")
BLOCK: Final = 256  # mentees looked at together


def policy_faults(policy: PolicyFile) -> Iterator[Fault]:
    """List what the engine refuses in the rules and criteria, and questions without a column."""
    for name, question in policy.written.questions.items():
        if name == OWN_ID:
            yield policy.fault(("questions", name), "reserved_question", _("“id” is who each person is. Give this question another name."))
        if not any(question.columns_of(side) for side in Side):
            yield policy.fault(
                ("questions", name), "missing_column", _("Name the column of this question: column, or mentees and mentors.")
            )
    for fault in faults_in_policy(policy.written.policy, frozenset({*policy.written.questions, OWN_ID})):
        yield policy.fault(_steps(fault.path.removeprefix("policy")), fault.code, mend_of(fault))


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(number) if number else name for number, name in STEP.findall(path))


class Named:
    """The locks, bans and facts of a policy with people's ids; each may be written by id or by name."""

    def __init__(self, policy: PolicyFile, everybody: Mapping[Side, Known], kept: Mapping[tuple[Side, str], PersonRow]) -> None:
        self._policy, self._everybody, self._kept = policy, everybody, kept
        self.faults: list[Fault] = []
        self.paths: dict[str, tuple[str | int, ...]] = {}
        self.locks = tuple(self._pairs("locks", policy.written.locks))
        self.bans = tuple(self._pairs("bans", policy.written.bans))
        self.facts = tuple(self._facts(policy.written.facts))

    def _pairs(self, key: str, written: Sequence[Pair]) -> Iterator[Pair]:
        for index, pair in enumerate(written):
            mentee = self._one((key, index, "mentee"), pair.mentee, (Side.MENTEE,))
            mentor = self._one((key, index, "mentor"), pair.mentor, (Side.MENTOR,))
            if mentee and mentor:
                self.paths[f"{key}[{mentee}, {mentor}]"] = (key, index)
                yield Pair(mentee, mentor)

    def _facts(self, written: Sequence[Fact]) -> Iterator[Fact]:
        for index, fact in enumerate(written):
            one = self._one(("facts", index, "one"), fact.one, tuple(Side))
            other = self._one(("facts", index, "other"), fact.other, tuple(Side))
            if one and other:
                self.paths[f"facts[{fact.kind}: {one}, {other}]"] = ("facts", index)
                yield Fact(fact.kind, one, other)

    def _one(self, path: tuple[str | int, ...], text: str, sides: Sequence[Side]) -> str | None:
        meant = {person for side in sides for person in self._everybody[side].named(text)}
        if len(meant) > 1:
            code, mend = "ambiguous_person", _("“%(text)s” is the name of several people. Write the id.")
        elif not meant:
            code, mend = "unknown_person", _("“%(text)s” is neither an id nor a name of these files. Correct it or take this out.")
        elif not any((side, *meant) in self._kept for side in sides):
            code, mend = "person_left_out", _("The row of “%(text)s” cannot be used. Mend that row or take this out.")
        else:
            return meant.pop()
        self.faults.append(self._policy.fault(path, code, mend % {"text": text}))
        return None


def problem_faults(policy: PolicyFile, problem: Problem, named: Named) -> Iterator[Fault]:
    """List what the engine refuses in sides, locks and facts, then whether nobody at all could be paired."""
    found = faults_in_problem(problem)
    for fault in found:
        if fault.path in named.paths:
            yield policy.fault(named.paths[fault.path], fault.code, mend_of(fault, problem))
        else:
            yield Fault(in_policy(policy.file, fault.path, None), fault.code, mend_of(fault, problem))
    if not found:
        yield from _without_places(policy, problem)
        yield from _without_pairs(policy, problem)


def _without_places(policy: PolicyFile, problem: Problem) -> Iterator[Fault]:
    for side, people in ((Side.MENTEE, problem.mentees), (Side.MENTOR, problem.mentors)):
        if not any(person.most for person in people):
            yield policy.fault((f"{side}s", "places"), "no_places", _("Nobody of this side has a place. Give at least one person one."))


def _without_pairs(policy: PolicyFile, problem: Problem) -> Iterator[Fault]:
    """Say which rules close every pair, if they do; the first pair that is open ends the search."""
    closed = {rule.id: 0 for rule in problem.policy.rules_in_force}
    for start in range(0, len(problem.mentees), BLOCK):
        mentees = problem.mentees[start : start + BLOCK]
        shut = np.zeros((len(mentees), len(problem.mentors)), dtype=np.bool_)
        for rule in problem.policy.rules_in_force:
            forbidden = forbidden_by(rule, problem, mentees, problem.mentors)
            closed[rule.id] += int(forbidden.sum())
            shut |= forbidden
        if not shut.all():
            return
    total = len(problem.mentees) * len(problem.mentors)
    rules = ", ".join(f"{name} {count}" for name, count in closed.items() if count)
    said = _("Not one of the %(total)d pairs is allowed. Pairs that each rule closes: %(rules)s. Relax one of them.")
    yield policy.fault(("rules",), "nothing_admissible", said % {"total": total, "rules": rules})
