"""What the whole should be best at, as a plain choice: each aim in a sentence, with what it would give and cost."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from releve.people.models import Person
from releve.programs.models import Cohort

from .engine import FULL_FIT, Objective, Outcome, Problem, Result, compare
from .inputs import policy_in_force, policy_of
from .models import Run

IN_WORDS: Final[dict[Objective, tuple[Promise, Promise]]] = {
    Objective.BEST_TOTAL: (
        _("Best total"),
        _("The most fit, added up over everyone. Some may get a weak match so that others get a strong one."),
    ),
    Objective.LEXIMIN: (
        _("Nobody left badly off"),
        _("As few people without a mentor as possible, then the weakest match as strong as it can be, then the next weakest, and so on."),
    ),
    Objective.MOST_PEOPLE: (
        _("Most people paired"),
        _("As many people with a mentor as the rules allow; among those answers, the best total."),
    ),
    Objective.STABLE: (_("Stable"), _("No mentee and mentor would both rather have each other than whom they got.")),
}


@dataclass(frozen=True)
class Given:
    """What one aim gives to the same people.

    Units: `total` in the policy's own weights, `worst` fit 0 to 100; `without`: mentees without a mentor; `differing`:
    mentees who have somebody else than in the run; `unstable`: pairs of two people who would both rather have each other.
    """

    objective: str
    paired: int
    without: int
    total: int
    worst: int | None
    differing: int
    unstable: int


@dataclass(frozen=True)
class Aim:
    """One aim to choose. `given` is None where no run has computed it."""

    objective: str
    title: str
    sentence: str
    is_current: bool
    given: Given | None


def aims(cohort: Cohort, run: Run | None, *, reader: Person) -> list[Aim]:
    """List the aims to choose from.

    Somebody who takes part themselves is not told totals that include them: with all the other fits they would give away their own.
    """
    now = policy_in_force(cohort.definition, policy_of(cohort)).objective
    found = run.compared if run and not takes_part(run, reader) else []
    given = {one["objective"]: Given(**one) for one in found}
    return [
        Aim(objective.value, str(title), str(words), objective == now, given.get(objective.value))
        for objective, (title, words) in IN_WORDS.items()
    ]


def give_each(problem: Problem, result: Result) -> list[dict[str, Any]]:
    """Compute what each aim gives to the people of a problem; one that cannot be reached is left out."""
    compared = compare(problem, result, IN_WORDS)
    found = {outcome.objective: _given(problem, outcome) for outcome in (compared.chosen, *compared.others)}
    return [asdict(found[objective]) for objective in IN_WORDS if objective in found]


def _given(problem: Problem, outcome: Outcome) -> Given:
    return Given(
        objective=outcome.objective.value,
        paired=len(problem.mentees) - outcome.unpaired,
        without=outcome.unpaired,
        total=outcome.points // FULL_FIT,
        worst=outcome.worst,
        differing=len(outcome.differing),
        unstable=outcome.blocking,
    )


def takes_part(run: Run, reader: Person) -> bool:
    """Say whether a run compares the reader themselves."""
    return run.cohort.participants.filter(person=reader, pk__in=run.people.values()).exists()


PROVED: Final[dict[Objective, Promise]] = {
    Objective.BEST_TOTAL: _("no better total exists"),
    Objective.LEXIMIN: _("the weakest cannot do better"),
    Objective.MAXIMIN: _("the weakest cannot do better"),
    Objective.MOST_PEOPLE: _("nobody more can be paired"),
    Objective.STABLE: _("no two would both rather change"),
    Objective.DRAW: _("the draw can be repeated"),
}


def proved_in_words(run: Run) -> str:
    """Say what the certificate of a run proves."""
    return str(PROVED[Objective(run.objective)])
