"""Write a problem or a result as text that is the same for the same content, and fingerprint it.

The text is ASCII JSON with sorted keys. People, locks, bans, facts and choices are sorted, rankings keep their order
(`{"ranked": [...]}`); a field at its default is left out, so that fields of a later version keep old fingerprints.
`reading.py` reads it back.
"""

import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from hashlib import sha256
from typing import Any, Final

from .problem import Answer, Problem
from .result import Result

PROBLEM_FORMAT: Final = "releve-pairing-problem/1"
RESULT_FORMAT: Final = "releve-pairing-result/1"


def problem_json(problem: Problem) -> str:
    """Write a sound problem in its canonical form."""
    return canonical_text({"format": PROBLEM_FORMAT, **problem_form(problem)})


def problem_form(problem: Problem) -> dict[str, object]:
    """Order a sound problem's content, to be written whole or within a larger form."""
    return {
        "seed": problem.seed,
        "questions": problem.questions,
        "people": (*problem.mentees, *problem.mentors),
        "policy": problem.policy,
        "locks": sorted(set(problem.locks)),
        "bans": sorted(set(problem.bans)),
        "facts": sorted({(fact.kind.value, *sorted((fact.one, fact.other))) for fact in problem.facts}),
    }


def problem_hash(problem: Problem) -> str:
    """Fingerprint a problem: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(problem_json(problem).encode("ascii")).hexdigest()


def result_json(result: Result) -> str:
    """Write a result, certificate included, in its canonical form."""
    return canonical_text({"format": RESULT_FORMAT, "result": result})


def result_hash(result: Result) -> str:
    """Fingerprint a result: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(result_json(result).encode("ascii")).hexdigest()


def canonical_text(form: object) -> str:
    """Write what a form holds, one way only."""
    return json.dumps(plain_form(form), sort_keys=True, separators=(",", ":"))


def plain_form(value: object) -> object:
    """Turn dataclasses, sets and mappings into lists and objects, without the fields at their default."""
    if is_dataclass(value):
        return {field.name: _plain_field(value, field) for field in fields(value) if not _at_default(value, field)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [plain_form(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain_form(item) for key, item in value.items()}
    return value


def _plain_field(value: object, field: Field[Any]) -> object:
    content = getattr(value, field.name)
    if field.name == "answers":
        return {question: _plain_answer(answer) for question, answer in content.items()}
    return plain_form(content)


def _plain_answer(answer: Answer) -> object:
    return {"ranked": list(answer)} if isinstance(answer, tuple) else plain_form(answer)


def _at_default(value: object, field: Field[Any]) -> bool:
    content = getattr(value, field.name)
    return bool(content == field.default or (callable(field.default_factory) and content == field.default_factory()))
