"""Why two people fit, in a few words each: what they share, in the program's own titles and options."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from releve.core.components import Chip
from releve.enrolment.listing import facet_questions
from releve.programs.definition import Definition
from releve.programs.definition.pairing import Criterion
from releve.questionnaires.definition import CHOOSING

from ..fairness import Fairness
from ..looking_back import Fit, PartGiven

MOST_REASONS = 3  # what weighs most: the rest stands in the parts of the score
COUNTED = frozenset({"overlap", "hours"})  # whose unit a reader can count; that of the others is a scale of the engine


def reasons(definition: Definition, fit: Fit) -> list[Chip]:
    """Name what speaks most for a pair, what weighs most first: whole parts stand out, partial ones say how much."""
    criteria = {criterion.id: criterion for criterion in definition.pairing.criteria}
    known = sorted((part for part in fit.parts if part.criterion in criteria), key=lambda part: -part.points)
    return [chip for part in known for chip in _chips(definition, criteria[part.criterion], part)][:MOST_REASONS]


def _chips(definition: Definition, criterion: Criterion, part: PartGiven) -> Iterator[Chip]:
    if not part.points:
        return
    is_whole = part.points == part.reachable
    if criterion.kind == "wishes":
        rank = part.out_of - part.amount + 1
        yield Chip(_("First wish") if rank == 1 else _("Wish no. %(rank)d") % {"rank": rank}, "plum", "heart")
    elif is_whole:
        yield Chip(_option(definition, criterion, part) or str(criterion.title), "pine")
    elif criterion.kind in COUNTED:
        known = {"title": criterion.title, "amount": part.amount, "out_of": part.out_of}
        yield Chip(_("%(title)s: %(amount)d of %(out_of)d") % known)
    elif 2 * part.points >= part.reachable:
        yield Chip(str(criterion.title))


def _option(definition: Definition, criterion: Criterion, part: PartGiven) -> str:
    """Name the one thing they share, where the form has a word for it."""
    name = (criterion.mentee or "").rpartition(".")[2]
    question = next((one for one in definition.intake_form.flat if one.id == name and one.type in CHOOSING), None)
    option = question.option(part.shared[0]) if question and len(part.shared) == 1 else None
    return str(option.text) if option else ""


@dataclass(frozen=True)
class GroupInWords:
    """A group of mentees, named by what its members answered."""

    label: str
    mentees: int
    unpaired: int
    average: int | None
    is_worse: bool


def groups_in_words(definition: Definition, fairness: Fairness) -> list[GroupInWords]:
    """Name the groups of a run. Order: that of the questions and their options."""
    groups = {(group.question, group.value): group for group in fairness.groups}
    found = []
    for question in facet_questions(definition.intake_form):
        for option in question.options:
            if group := groups.get((question.id, option.value)):
                label = f"{question.label} · {option.text}"
                found.append(GroupInWords(label, group.mentees, group.unpaired, group.average, group.is_worse))
    return found
