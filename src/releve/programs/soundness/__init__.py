"""Whether a definition that has the right shape can also be run: everything that would stop somebody, found at once."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from releve.programs.definition import Definition
from releve.programs.problems import MOST_PROBLEMS, Problem

from .dates import crossing, uncountable, unknown_personal_dates
from .journey import impassable, incomplete_tasks, unreachable
from .letters import unsendable
from .names import repeated, undeclared
from .questions import misread, unaskable
from .relationship import unformable, unhelped, unpairable, unsettled

Check = Callable[[Definition], Iterator[Problem]]

# Each stage trusts what the stages before it have found sound.
STAGES: tuple[tuple[Check, ...], ...] = (
    (repeated, undeclared, unaskable, uncountable),
    (misread, unreachable, incomplete_tasks, unformable, unpairable, unsettled, unhelped, unsendable, unknown_personal_dates),
    (impassable, crossing),
)


@lru_cache(maxsize=64)
def problems_with(definition: Definition) -> tuple[Problem, ...]:
    """List everything that keeps a definition from being run; nothing means that it can be."""
    for stage in STAGES:
        found = tuple(islice((problem for check in stage for problem in check(definition)), MOST_PROBLEMS))
        if found:
            return found
    return ()
