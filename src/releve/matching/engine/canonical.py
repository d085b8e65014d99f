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
    return _text(
        {
            "format": PROBLEM_FORMAT,
            "seed": problem.seed,
            "questions": problem.questions,
            "people": (*problem.mentees, *problem.mentors),
            "policy": problem.policy,
            "locks": sorted(set(problem.locks)),
            "bans": sorted(set(problem.bans)),
            "facts": sorted({(fact.kind.value, *sorted((fact.one, fact.other))) for fact in problem.facts}),
        }
    )


def problem_hash(problem: Problem) -> str:
    """Fingerprint a problem: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(problem_json(problem).encode("ascii")).hexdigest()


def result_json(result: Result) -> str:
    """Write a result, certificate included, in its canonical form."""
    return _text({"format": RESULT_FORMAT, "result": result})


def result_hash(result: Result) -> str:
    """Fingerprint a result: SHA-256, in hexadecimal, of its canonical form."""
    return sha256(result_json(result).encode("ascii")).hexdigest()


def _text(form: object) -> str:
    return json.dumps(_plain(form), sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain_field(value, field) for field in fields(value) if not _at_default(value, field)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _plain_field(value: object, field: Field[Any]) -> object:
    content = getattr(value, field.name)
    if field.name == "answers":
        return {question: _plain_answer(answer) for question, answer in content.items()}
    return _plain(content)


def _plain_answer(answer: Answer) -> object:
    return {"ranked": list(answer)} if isinstance(answer, tuple) else _plain(answer)


def _at_default(value: object, field: Field[Any]) -> bool:
    content = getattr(value, field.name)
    return bool(content == field.default or (callable(field.default_factory) and content == field.default_factory()))
