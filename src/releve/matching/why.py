"""Why this mentor and not another, or why nobody: asked of the newest run, for one mentee at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from releve.people.models import Person
from releve.programs.definition import Definition

from .aims import takes_part
from .engine import (
    Forced,
    Helpful,
    NobodyExplained,
    Problem,
    Reader,
    Result,
    Study,
    best_alternatives,
    explain_nobody,
    explain_pair,
    helpful_changes,
    read_problem,
    read_result,
    study,
)
from .engine.changes import PRICED
from .looking_back import Fit, fit_of
from .models import Run
from .queries import places_of
from .wording.names import Names, rule_titles

QUICK = 50_000  # pairs up to which changes are tried, each by pairing everybody again, while the reader waits
CHANGES = 3


@dataclass(frozen=True)
class Why:
    """What a run says about one mentee, under its ids.

    `is_kept`: the committee keeps this mentee with somebody, so that nothing else was weighed.
    `alternatives`: other mentors and what each would cost everyone. `nobody` and `changes` for somebody without a mentor.
    Costs are empty where the aim is not a total, and for a reader who takes part: they would tell about their own pair.
    """

    fits: Sequence[Fit]
    is_kept: bool = False
    alternatives: Sequence[Forced] = ()
    nobody: NobodyExplained | None = None
    changes: Sequence[Helpful] = ()


def why(run: Run, mentee: str, *, reader: Person) -> Why:
    """Explain what a run gives to one mentee of it."""
    problem, result = read_problem(run.problem), read_result(run.result)
    mine = [pair.mentor for pair in result.pairs if pair.mentee == mentee and pair.mentor in problem.column_of]
    own = {pk.hex for pk in places_of(run.cohort, reader)}
    fits = [fit_of(explain_pair(problem, mentee, mentor, reader=Reader.COMMITTEE)) for mentor in mine if mentor not in own]
    is_kept = bool(mine) and all(pair.locked for pair in result.pairs if pair.mentee == mentee)
    if takes_part(run, reader) or not run.replayable or is_kept:
        return Why(fits, is_kept)
    asked = _studied(problem, result)
    alternatives = best_alternatives(asked, mentee) if asked else ()
    if mine:
        return Why(fits, is_kept, alternatives)
    is_quick = len(problem.mentees) * len(problem.mentors) <= QUICK
    return Why(
        fits,
        is_kept,
        alternatives,
        explain_nobody(problem, result, mentee),  # its way in stands first among the alternatives
        helpful_changes(problem, result, mentee=mentee, most=CHANGES) if is_quick else (),
    )


def _studied(problem: Problem, result: Result) -> Study | None:
    """Prepare the result for questions of cost; None where the aim is not a total, and a pair has no price in points."""
    return study(problem, result) if problem.policy.objective in PRICED else None


def names_in(run: Run, definition: Definition) -> Names:
    """Name the people of a run, and what the program's rules, criteria, questions and options are called."""
    people: Mapping[str, str] = {
        pk.hex: name for pk, name in run.cohort.participants.filter(pk__in=run.people.values()).values_list("pk", "person__name")
    }
    pairing = definition.pairing
    questions = list(definition.intake_form.flat)
    return Names(
        people=people,
        titles={**{item.id: str(item.title) for item in pairing.criteria}, **rule_titles(definition)},
        questions={question.id: str(question.label) for question in questions},
        options={(question.id, option.value): str(option.text) for question in questions for option in question.options},
    )
