"""Read a problem or a result back from its canonical text; every refusal names the path.

Only the form is judged here. What the content means is judged when a problem is scored or a result certified.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from .canonical import PROBLEM_FORMAT, RESULT_FORMAT
from .faults import Fault, ProblemError
from .problem import Answer, Criterion, CriterionKind, Fact, HardRule, Objective, Pair, Person, Policy, Problem, RuleKind, Side
from .result import Certificate, Paired, Result

Item = TypeVar("Item")
Reader = Callable[[object, str], Item]
ReaderOfField = Mapping[str, Reader[Any]]


def read_problem(text: str, *, only: Collection[str] | None = None) -> Problem:
    """Read a problem from its canonical form; `only` leaves out everybody but a few, whose pairs are the same without the others.

    Raises: ProblemError naming the first path that cannot be read.
    """
    form = _form(text, PROBLEM_FORMAT)
    if only is not None:
        _keep_only(form, only)
    readers = {
        "people": _items(_person),
        "policy": _policy,
        "questions": _set(_word),
        "locks": _items(_pair),
        "bans": _items(_pair),
        "facts": _items(_fact),
        "seed": _number,
    }
    return _built(Problem, form, "", readers)


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
    form = _form(text, RESULT_FORMAT)
    return _result(form.get("result"), "result")


def _refuse(path: str, code: str, mend: str) -> NoReturn:
    raise ProblemError([Fault(path, code, mend)])


def _form(text: str, expected: str) -> dict[str, object]:
    try:
        form = json.loads(text)
    except ValueError:
        _refuse("", "not_json", "Give the text as it was written, whole.")
    if not isinstance(form, dict) or form.pop("format", None) != expected:
        _refuse("format", "unknown_format", f"Give a text of the format {expected}.")
    return form


def _built(kind: type[Item], value: object, path: str, readers: ReaderOfField) -> Item:
    if not isinstance(value, dict):
        _refuse(path, "not_an_object", "Give an object with named fields.")
    for name in sorted(value.keys() - readers.keys()):
        _refuse(f"{path}.{name}".lstrip("."), "unknown_field", f"Use only: {', '.join(readers)}.")
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}  # type: ignore[arg-type]
    for name in sorted(required - value.keys()):
        _refuse(f"{path}.{name}".lstrip("."), "missing_field", "Add it.")
    return kind(**{name: readers[name](content, f"{path}.{name}".lstrip(".")) for name, content in value.items()})


def _word(value: object, path: str) -> str:
    if not isinstance(value, str):
        _refuse(path, "not_a_text", "Give a text.")
    return value


def _number(value: object, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        _refuse(path, "not_a_whole_number", "Give a whole number.")
    return value


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        _refuse(path, "not_true_or_false", "Give true or false.")
    return value


def _one_of(kind: type[StrEnum]) -> Reader[Any]:
    def read(value: object, path: str) -> StrEnum:
        word = _word(value, path)
        if word not in set(kind):
            _refuse(path, "unknown_word", f"Use one of: {', '.join(kind)}.")
        return kind(word)

    return read


def _items(reader: Reader[Item]) -> Reader[tuple[Item, ...]]:
    def read(value: object, path: str) -> tuple[Item, ...]:
        if not isinstance(value, list):
            _refuse(path, "not_a_list", "Give a list.")
        return tuple(reader(item, f"{path}[{index}]") for index, item in enumerate(value))

    return read


def _set(reader: Reader[Item]) -> Reader[frozenset[Item]]:
    return lambda value, path: frozenset(_items(reader)(value, path))


def _row(count: int, value: object, path: str) -> list[object]:
    if not isinstance(value, list) or len(value) != count:
        _refuse(path, "wrong_length", f"Give a list of {count}.")
    return value


def _pair(value: object, path: str) -> Pair:
    mentee, mentor = _row(2, value, path)
    return Pair(_word(mentee, path), _word(mentor, path))


def _fact(value: object, path: str) -> Fact:
    kind, one, other = _row(3, value, path)
    return Fact(_one_of(RuleKind)(kind, path), _word(one, path), _word(other, path))


def _price(value: object, path: str) -> tuple[str, int]:
    person, price = _row(2, value, path)
    return _word(person, path), _number(price, path)


def _answer(value: object, path: str) -> Answer:
    if isinstance(value, dict):
        return _items(_word)(value.get("ranked"), f"{path}.ranked")
    if isinstance(value, list):
        return _set(_word)(value, path)
    return value if isinstance(value, str) else _number(value, path)


def _answers(value: object, path: str) -> dict[str, Answer]:
    if not isinstance(value, dict):
        _refuse(path, "not_an_object", "Give an object with named fields.")
    return {question: _answer(answer, f"{path}[{question}]") for question, answer in value.items()}


def _person(value: object, path: str) -> Person:
    return _built(Person, value, path, {"id": _word, "side": _one_of(Side), "least": _number, "most": _number, "answers": _answers})


def _criterion(value: object, path: str) -> Criterion:
    words = dict.fromkeys(("id", "mentee_question", "mentor_question"), _word)
    numbers = dict.fromkeys(("weight", "within", "full_at", "ranks"), _number)
    others = {"kind": _one_of(CriterionKind), "order": _items(_word), "wisher": _one_of(Side), "explain_to": _set(_one_of(Side))}
    return _built(Criterion, value, path, {**words, **numbers, **others})


def _rule(value: object, path: str) -> HardRule:
    words = dict.fromkeys(("id", "question", "with_question"), _word)
    others = {"kind": _one_of(RuleKind), "order": _items(_word), "gap": _number, "explain_to": _set(_one_of(Side))}
    return _built(HardRule, value, path, {**words, **others})


def _policy(value: object, path: str) -> Policy:
    readers = {"criteria": _items(_criterion), "rules": _items(_rule), "objective": _one_of(Objective)}
    return _built(Policy, value, path, readers)


def _certificate(value: object, path: str) -> Certificate:
    readers = {"problem": _word, "mentees": _items(_price), "mentors": _items(_price), "total": _number}
    return _built(Certificate, value, path, readers)


def _paired(value: object, path: str) -> Paired:
    return _built(Paired, value, path, {"mentee": _word, "mentor": _word, "points": _number, "locked": _flag})


def _result(value: object, path: str) -> Result:
    words = dict.fromkeys(("engine", "problem"), _word)
    others = {"pairs": _items(_paired), "unpaired": _items(_word), "points": _number, "certificate": _certificate}
    return _built(Result, value, path, {**words, **others})
