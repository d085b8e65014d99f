"""What is wrong with an input, where, and how to mend it: one family of errors.

EngineError
├── PolicyError     the program's rules and criteria cannot be used as written
├── ProblemError    the people, places, locks or past facts of this run contradict themselves
├── OutOfReachError the least places cannot all be filled; `assign` says whose as a ProblemError
└── NotOptimalError an assignment handed in as the best one is not
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong: `path` as in `people[mentee=A1].most`, a stable `code`, and what to do about it."""

    path: str
    code: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.code}. {self.mend}"


class EngineError(ValueError):
    """Refuse an input, with every fault found in it and not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)

    @property
    def path(self) -> str:
        """Where the first fault is."""
        return self.faults[0].path

    @property
    def code(self) -> str:
        """The first fault's stable code."""
        return self.faults[0].code

    @property
    def mend(self) -> str:
        """How to mend the first fault."""
        return self.faults[0].mend


class PolicyError(EngineError):
    """Refuse a policy."""


class ProblemError(EngineError):
    """Refuse a problem."""


class OutOfReachError(EngineError):
    """Refuse places of which the least cannot all be filled."""


class NotOptimalError(EngineError):
    """Refuse to price or explain an assignment that can still be improved."""
