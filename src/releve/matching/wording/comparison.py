"""What each objective would give instead of the one chosen, in sentences. For the committee."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from releve.matching.engine import Comparison, Objective, Outcome, Problem

from .faults import fault_sentence
from .names import Names, in_points, plural_of

TITLES = {
    Objective.BEST_TOTAL: gettext_lazy("Most points"),
    Objective.MOST_PEOPLE: gettext_lazy("Most pairs, then most points"),
    Objective.MAXIMIN: gettext_lazy("The worst fit as good as can be"),
    Objective.LEXIMIN: gettext_lazy("Those who fare worst first"),
    Objective.STABLE: gettext_lazy("No two people who would rather have each other"),
    Objective.DRAW: gettext_lazy("A draw"),
}


def comparison_sentences(compared: Comparison, problem: Problem, names: Names) -> list[tuple[str, list[str]]]:
    """Say what was chosen, then what every other objective would change, each under its title."""
    chosen = compared.chosen
    said = [(_("Chosen: %(objective)s") % {"objective": TITLES[chosen.objective]}, [_whole(chosen), *_rather(chosen)])]
    for other in compared.others:
        said.append((_("Instead: %(objective)s") % {"objective": TITLES[other.objective]}, [*_changed(chosen, other), *_rather(other)]))
    for refused in compared.refused:
        faults = [fault_sentence(fault, problem, names) for fault in refused.faults]
        said.append((_("Cannot be: %(objective)s") % {"objective": TITLES[refused.objective]}, faults))
    return said


def _whole(outcome: Outcome) -> str:
    known = {"points": in_points(outcome.points), "pairs": outcome.pairs, "unpaired": outcome.unpaired, "worst": outcome.worst}
    if outcome.worst is None:
        return _("Nobody has a mentor.")
    return _("Points: %(points)s. Pairs: %(pairs)d. Without a mentor: %(unpaired)d. Worst fit: %(worst)d out of 100.") % known


def _changed(chosen: Outcome, other: Outcome) -> Iterator[str]:
    if not other.differing:
        yield _("Everybody would have the same mentors.")
        return
    yield from _counted(chosen, other)
    if other.worst is not None and chosen.worst is not None and other.worst != chosen.worst:
        yield _("The worst fit would be %(worst)d out of 100 instead of %(chosen)d.") % {"worst": other.worst, "chosen": chosen.worst}
    count = len(other.differing)
    yield ngettext("%(count)d person would have another mentor, or none.", "%(count)d people would have other mentors, or none.", count) % {
        "count": count
    }


def _counted(chosen: Outcome, other: Outcome) -> Iterator[str]:
    pairs, points = other.pairs - chosen.pairs, other.points - chosen.points
    if pairs > 0:
        yield ngettext("There would be %(count)d pair more.", "There would be %(count)d pairs more.", pairs) % {"count": pairs}
    if pairs < 0:
        yield ngettext("There would be %(count)d pair fewer.", "There would be %(count)d pairs fewer.", -pairs) % {"count": -pairs}
    known = {"points": in_points(abs(points))}
    if points > 0:
        yield ngettext("The whole would gain %(points)s point.", "The whole would gain %(points)s points.", plural_of(points)) % known
    if points < 0:
        yield ngettext("The whole would lose %(points)s point.", "The whole would lose %(points)s points.", plural_of(points)) % known


def _rather(outcome: Outcome) -> Iterator[str]:
    if outcome.blocking:
        yield (
            ngettext(
                "In %(count)d case, a mentee and a mentor would both rather have each other.",
                "In %(count)d cases, a mentee and a mentor would both rather have each other.",
                outcome.blocking,
            )
            % {"count": outcome.blocking}
        )
