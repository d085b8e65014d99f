"""Write a problem of groups or its result as text that is the same for the same content, fingerprint it, and read it back.

People, groups, rules and members are sorted; a field at its default is left out. Only the form is judged when reading.
"""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from ..canonical import canonical_text, problem_form
from ..parsing import built, flag, form_of, items_of, number, one_of, row_of, set_of, word
from ..problem import Side
from ..reading import criterion_at, price_at, problem_at
from .problem import Group, GroupProblem, GroupRule, GroupRuleKind, Size
from .result import FormedGroup, GroupCertificate, GroupResult, LimitPrice, Method

GROUP_PROBLEM_FORMAT: Final = "releve-group-problem/1"
GROUP_RESULT_FORMAT: Final = "releve-group-result/1"


def group_problem_json(problem: GroupProblem) -> str:
    """Write a sound problem in its canonical form."""
    form = {
        "format": GROUP_PROBLEM_FORMAT,
        "pairing": problem_form(problem.pairing),
        "groups": [replace(group, fixed=tuple(sorted(set(group.fixed)))) for group in problem.ordered],
        "rules": [replace(rule, options=tuple(sorted(set(rule.options)))) for rule in sorted(problem.rules, key=lambda rule: rule.id)],
        "apart": sorted({tuple(sorted(two)) for two in problem.apart}),
        "cohesion": problem.cohesion,
        "effort": problem.effort,
    }
    return canonical_text(form)


def group_problem_hash(problem: GroupProblem) -> str:
    """Fingerprint a problem: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(group_problem_json(problem).encode("ascii")).hexdigest()


def group_result_json(result: GroupResult) -> str:
    """Write a result, certificate included, in its canonical form."""
    return canonical_text({"format": GROUP_RESULT_FORMAT, "result": result})


def group_result_hash(result: GroupResult) -> str:
    """Fingerprint a result: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(group_result_json(result).encode("ascii")).hexdigest()


def read_group_problem(text: str) -> GroupProblem:
    """Read a problem from its canonical form.

    Raises: ProblemError naming the first path that cannot be read.
    """
    readers = {
        "pairing": problem_at,
        "groups": items_of(_group),
        "rules": items_of(_rule),
        "apart": items_of(_two),
        "cohesion": items_of(criterion_at),
        "effort": number,
    }
    return built(GroupProblem, form_of(text, GROUP_PROBLEM_FORMAT), "", readers)


def read_group_result(text: str) -> GroupResult:
    """Read a result from its canonical form.

    Raises: ProblemError naming the first path that cannot be read.
    """
    words, numbers = dict.fromkeys(("engine", "problem"), word), dict.fromkeys(("points", "value", "bound", "round"), number)
    others = {"method": one_of(Method), "groups": items_of(_formed), "unplaced": items_of(word), "certificate": _certificate}
    return built(GroupResult, form_of(text, GROUP_RESULT_FORMAT).get("result"), "result", {**words, **numbers, **others})


def _size(value: object, path: str) -> Size:
    return built(Size, value, path, {"least": number, "most": number})


def _group(value: object, path: str) -> Group:
    return built(Group, value, path, {"id": word, "mentees": _size, "mentors": _size, "fixed": items_of(word), "optional": flag})


def _rule(value: object, path: str) -> GroupRule:
    texts, numbers = dict.fromkeys(("id", "question"), word), dict.fromkeys(("least", "within"), number)
    sides = dict.fromkeys(("among", "explain_to"), set_of(one_of(Side)))
    return built(GroupRule, value, path, {**texts, **numbers, **sides, "kind": one_of(GroupRuleKind), "options": items_of(word)})


def _two(value: object, path: str) -> tuple[str, str]:
    one, other = row_of(2, value, path)
    return word(one, path), word(other, path)


def _formed(value: object, path: str) -> FormedGroup:
    return built(FormedGroup, value, path, {"id": word, "members": items_of(word), "points": number, "formed": flag})


def _limit_price(value: object, path: str) -> LimitPrice:
    group, rule, option, price = row_of(4, value, path)
    return LimitPrice(word(group, path), word(rule, path), word(option, path), number(price, path))


def _certificate(value: object, path: str) -> GroupCertificate:
    return built(GroupCertificate, value, path, {"people": items_of(price_at), "limits": items_of(_limit_price)})
