"""Read a problem or a result back from its canonical text; every refusal names the path.

Only the form is judged here. What the content means is judged when a problem is scored or a result certified.
"""

from collections.abc import Collection
from typing import Any

from .canonical import PROBLEM_FORMAT, RESULT_FORMAT
from .parsing import built, flag, form_of, items_of, number, one_of, refuse, row_of, set_of, word
from .problem import (
    Answer,
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
from .result import Band, Certificate, Paired, Result


def read_problem(text: str, *, only: Collection[str] | None = None) -> Problem:
    """Read a problem from its canonical form; `only` leaves out everybody but a few, whose pairs are the same without the others.

    Raises: ProblemError naming the first path that cannot be read.
    """
    form = form_of(text, PROBLEM_FORMAT)
    if only is not None:
        _keep_only(form, only)
    return problem_at(form, "")


def _keep_only(form: dict[str, Any], ids: Collection[str]) -> None:
    """Leave out the others; what is no person and no pair stays, for its reader to refuse."""
    if isinstance(people := form.get("people"), list):
        form["people"] = [item for item in people if not isinstance(item, dict) or item.get("id") in ids]
    for name in ("locks", "bans", "facts"):
        if isinstance(items := form.get(name), list):
            form[name] = [item for item in items if not isinstance(item, list) or all(one in ids for one in item[-2:])]


def read_result(text: str) -> Result:
    """Read a result from its canonical form.

    Raises: ProblemError naming the first path that cannot be read.
    """
    form = form_of(text, RESULT_FORMAT)
    return _result(form.get("result"), "result")


def problem_at(value: object, path: str) -> Problem:
    """Read a problem that stands within a larger form."""
    readers = {
        "people": items_of(_person),
        "policy": _policy,
        "questions": set_of(word),
        "locks": items_of(_pair),
        "bans": items_of(_pair),
        "facts": items_of(_fact),
        "seed": number,
    }
    return built(Problem, value, path, readers)


def _pair(value: object, path: str) -> Pair:
    mentee, mentor = row_of(2, value, path)
    return Pair(word(mentee, path), word(mentor, path))


def _fact(value: object, path: str) -> Fact:
    kind, one, other = row_of(3, value, path)
    return Fact(one_of(RuleKind)(kind, path), word(one, path), word(other, path))


def price_at(value: object, path: str) -> tuple[str, int]:
    """Read a person's id and the price of a place of theirs."""
    person, price = row_of(2, value, path)
    return word(person, path), number(price, path)


def _answer(value: object, path: str) -> Answer:
    if isinstance(value, dict):
        return items_of(word)(value.get("ranked"), f"{path}.ranked")
    if isinstance(value, list):
        return set_of(word)(value, path)
    return value if isinstance(value, str) else number(value, path)


def _answers(value: object, path: str) -> dict[str, Answer]:
    if not isinstance(value, dict):
        refuse(path, "not_an_object", "Give an object with named fields.")
    return {question: _answer(answer, f"{path}[{question}]") for question, answer in value.items()}


def _person(value: object, path: str) -> Person:
    return built(Person, value, path, {"id": word, "side": one_of(Side), "least": number, "most": number, "answers": _answers})


def criterion_at(value: object, path: str) -> Criterion:
    """Read one criterion."""
    words = dict.fromkeys(("id", "mentee_question", "mentor_question"), word)
    numbers = dict.fromkeys(("weight", "within", "full_at", "horizon", "ranks"), number)
    maps = {"at": items_of(_located), "apart": items_of(_apart)}
    others = {"kind": one_of(CriterionKind), "order": items_of(word), "wisher": one_of(Side), "explain_to": set_of(one_of(Side))}
    return built(Criterion, value, path, {**words, **numbers, **maps, **others})


def _located(value: object, path: str) -> Located:
    name, x, y = row_of(3, value, path)
    return Located(word(name, path), number(x, path), number(y, path))


def _apart(value: object, path: str) -> Apart:
    one, other, distance = row_of(3, value, path)
    return Apart(word(one, path), word(other, path), number(distance, path))


def _rule(value: object, path: str) -> HardRule:
    words = dict.fromkeys(("id", "question", "with_question"), word)
    sides = {"chooser": one_of(Side), "explain_to": set_of(one_of(Side))}
    others = {"kind": one_of(RuleKind), "order": items_of(word), "gap": number, **sides}
    return built(HardRule, value, path, {**words, **others})


def _policy(value: object, path: str) -> Policy:
    readers = {"criteria": items_of(criterion_at), "rules": items_of(_rule), "objective": one_of(Objective)}
    return built(Policy, value, path, readers)


def _certificate(value: object, path: str) -> Certificate:
    prices = dict.fromkeys(("mentees", "mentors", "further"), items_of(price_at))
    return built(Certificate, value, path, {"problem": word, "total": number, "bands": items_of(_band), "limit": _band, **prices})


def _band(value: object, path: str) -> Band:
    numbers = dict.fromkeys(("lowest", "highest", "count"), number)
    return built(Band, value, path, {**numbers, **dict.fromkeys(("mentees", "further", "mentors"), items_of(price_at))})


def _paired(value: object, path: str) -> Paired:
    return built(Paired, value, path, {"mentee": word, "mentor": word, "points": number, "locked": flag})


def _result(value: object, path: str) -> Result:
    words = dict.fromkeys(("engine", "problem"), word)
    others = {"pairs": items_of(_paired), "unpaired": items_of(word), "points": number, "certificate": _certificate}
    return built(Result, value, path, {**words, **others})
