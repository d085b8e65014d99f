"""What the pairing page says of a kept run, with the program's own names."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.matching.engine import FULL_FIT
from releve.matching.looking_back import Fit, Reach
from releve.programs.definition import Definition
from releve.questionnaires.display import Row

from .names import rule_titles, words_of


@dataclass(frozen=True)
class PartInWords:
    """One part of a score. Units: the program's own weights, out of what was reachable."""

    title: str
    points: int
    reachable: int


@dataclass(frozen=True)
class Line:
    """One question of two sheets, side by side."""

    label: str
    mentee: Row | None
    mentor: Row | None


def side_by_side(mentee: list[Row], mentor: list[Row]) -> list[Line]:
    """Lay two presentation sheets side by side, question by question. Order: the mentee's, then what only the mentor says."""
    one, other = {row.label: row for row in mentee}, {row.label: row for row in mentor}
    return [Line(label, one.get(label), other.get(label)) for label in {**one, **other}]


def parts_in_words(definition: Definition, fit: Fit) -> list[PartInWords]:
    """Name each part of a score as the program does, in the policy's order."""
    titles = {criterion.id: str(criterion.title) for criterion in definition.pairing.criteria}
    return [
        PartInWords(titles[part.criterion], part.points // FULL_FIT, part.reachable // FULL_FIT) for part in fit.parts if part.reachable
    ]


def reach_in_words(definition: Definition, reach: Reach) -> list[str]:
    """Say why nobody: which rules closed how many mentors, then how many were open but better placed elsewhere."""
    titles = rule_titles(definition)
    said = [
        ngettext("“%(rule)s” rules out %(count)d mentor.", "“%(rule)s” rules out %(count)d mentors.", count)
        % {"rule": titles.get(rule) or words_of(rule) or _("Another limit of the program"), "count": count}
        for rule, count in reach.closed_by.items()
    ]
    if reach.without_places:
        said.append(
            ngettext("%(count)d mentor has no place left.", "%(count)d mentors have no place left.", reach.without_places)
            % {"count": reach.without_places}
        )
    if reach.open:
        said.append(
            ngettext(
                "%(count)d mentor was possible, but has a place where it helps more.",
                "%(count)d mentors were possible, but have places where they help more.",
                reach.open,
            )
            % {"count": reach.open}
        )
    return said
