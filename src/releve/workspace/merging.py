"""Bring together two sets of answers that two people changed from the same beginning, and lose nothing.

A page carries a fingerprint of each answer it showed. When somebody else saved meanwhile, the
fingerprints tell who changed what: only an answer that both changed, and not alike, is for a person to settle.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
SHORT = 16  # hexadecimal digits: fingerprints tell two versions of one answer apart, nothing more


@dataclass(frozen=True)
class Merged:
    """What both wrote. In each conflict `answers` holds mine, and theirs stands where it was read."""

    answers: dict[str, Any]
    conflicts: tuple[str, ...]


def fingerprints(answers: Answers) -> dict[str, str]:
    """Say in short what each answer was."""
    return {name: _fingerprint(answer) for name, answer in answers.items()}


def merge(base: Mapping[str, str] | None, mine: Answers, theirs: Answers) -> Merged:
    """Take each answer from whoever changed it since `base`. Without a base, every difference is a conflict."""
    nothing = _fingerprint(None)
    answers, conflicts = {}, []
    for name in dict.fromkeys((*mine, *theirs)):
        own, other = mine.get(name), theirs.get(name)
        before = "" if base is None else base.get(name, nothing)
        if own != other and _fingerprint(own) != before and _fingerprint(other) != before:
            conflicts.append(name)
        kept = other if _fingerprint(own) == before else own
        if kept is not None:
            answers[name] = kept
    return Merged(answers, tuple(conflicts))


def can_join(mine: Any, theirs: Any) -> bool:
    """Say whether two answers can stand together: two texts, or two lists of choices."""
    return (isinstance(mine, str) and isinstance(theirs, str)) or (isinstance(mine, list) and isinstance(theirs, list))


def joined(mine: Any, theirs: Any) -> Any:
    """Put two answers together, theirs first; mine where there can be only one."""
    if not can_join(mine, theirs):
        return mine if mine is not None else theirs
    if isinstance(mine, list):
        return [*theirs, *(value for value in mine if value not in theirs)]
    return f"{theirs}\n\n{mine}"


def _fingerprint(answer: Any) -> str:
    plain = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:SHORT]
