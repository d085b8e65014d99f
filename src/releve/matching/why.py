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
from .wording.names import Names

QUICK = 50_000  # pairs up to which changes are tried, each by pairing everybody again, while the reader waits
CHANGES = 3


@dataclass(frozen=True)
class Why:
    """What a run says about one mentee, under its ids.

    `alternatives`: other mentors and what each would cost everyone. `nobody` and `changes` for somebody without a mentor.
    Costs are empty where the aim is not a total, and for a reader who takes part: they would tell about their own pair.
    """

    fits: Sequence[Fit]
    alternatives: Sequence[Forced] = ()
    nobody: NobodyExplained | None = None
    changes: Sequence[Helpful] = ()


def why(run: Run, mentee: str, *, reader: Person) -> Why:
    """Explain what a run gives to one mentee of it."""
    problem, result = read_problem(run.problem), read_result(run.result)
    mine = [pair.mentor for pair in result.pairs if pair.mentee == mentee and pair.mentor in problem.column_of]
    own = {name for name, participant in run.people.items() if participant in _places_of(run, reader)}
    fits = [fit_of(explain_pair(problem, mentee, mentor, reader=Reader.COMMITTEE)) for mentor in mine if mentor not in own]
    if takes_part(run, reader) or not run.replayable:
        return Why(fits)
    asked = _studied(problem, result)
    if mine:
        return Why(fits, best_alternatives(asked, mentee) if asked else ())
    is_quick = len(problem.mentees) * len(problem.mentors) <= QUICK
    return Why(
        fits,
        best_alternatives(asked, mentee) if asked else (),
        explain_nobody(problem, result, mentee, asked=asked),
        helpful_changes(problem, result, mentee=mentee, most=CHANGES) if is_quick else (),
    )


def _places_of(run: Run, reader: Person) -> set[str]:
    return {str(pk) for pk in run.cohort.participants.filter(person=reader).values_list("pk", flat=True)}


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
        titles={item.id: str(item.title) for item in (*pairing.rules, *pairing.criteria)},
        questions={question.id: str(question.label) for question in questions},
        options={(question.id, option.value): str(option.text) for question in questions for option in question.options},
    )
