"""One pair in sentences: what makes it, what forbids it, and what another would cost everyone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.matching.engine import Forced, PairExplained, Part

from .names import Names, in_points, plural_of


def pair_sentences(told: PairExplained, names: Names) -> list[str]:
    """Explain a pair to the reader for whom it was explained: nothing is said that `told` does not hold."""
    said = [_("“%(rule)s” forbids this pair.") % {"rule": names.title(rule)} for rule in told.forbidden_by]
    if told.shown is None:
        said.append(_("Nothing that can be compared was answered, so this pair has no score."))
    else:
        said.append(_("Fit: %(shown)d out of 100.") % {"shown": told.shown})
    said += [_part(part, names) for part in told.parts if part.reachable]
    if told.other_limits:
        said.append(_("The program also has limits that only its committee knows."))
    return said


def cost_sentences(forced: Forced, names: Names) -> list[str]:
    """Say what this pair would cost everyone, who would move, and which rules would have to give way. For the committee."""
    mentor = names.person(forced.mentor)
    if not forced.added and not forced.removed:
        return [_("The pair with %(mentor)s stands already.") % {"mentor": mentor}]
    costs = [*_pairs_lost(forced.cost_pairs, mentor), *_points_lost(forced.cost_points, mentor)]
    said = costs or [_("With %(mentor)s the whole would be just as good.") % {"mentor": mentor}]
    said += [_("“%(rule)s” would have to give way.") % {"rule": names.title(rule)} for rule in forced.forbidden_by]
    return [*said, *_moves(forced, names)]


def _part(part: Part, names: Names) -> str:
    known = {
        "title": names.title(part.criterion),
        "points": in_points(part.points),
        "reachable": in_points(part.reachable),
        "shared": names.answer(part.criterion.asked_of_mentee, part.shared),
    }
    if part.shared:
        many = ngettext(
            "%(title)s: %(points)s point out of %(reachable)s, for %(shared)s.",
            "%(title)s: %(points)s points out of %(reachable)s, for %(shared)s.",
            plural_of(part.points),
        )
    else:
        many = ngettext(
            "%(title)s: %(points)s point out of %(reachable)s.",
            "%(title)s: %(points)s points out of %(reachable)s.",
            plural_of(part.points),
        )
    return many % known


def _pairs_lost(lost: int, mentor: str) -> Iterator[str]:
    known = {"mentor": mentor, "count": abs(lost)}
    if lost > 0:
        yield (
            ngettext("With %(mentor)s there would be %(count)d pair fewer.", "With %(mentor)s there would be %(count)d pairs fewer.", lost)
            % known
        )
    if lost < 0:
        yield (
            ngettext("With %(mentor)s there would be %(count)d pair more.", "With %(mentor)s there would be %(count)d pairs more.", -lost)
            % known
        )


def _points_lost(lost: int, mentor: str) -> Iterator[str]:
    known = {"mentor": mentor, "points": in_points(abs(lost))}
    if lost > 0:
        yield (
            ngettext(
                "With %(mentor)s the whole would lose %(points)s point.",
                "With %(mentor)s the whole would lose %(points)s points.",
                plural_of(lost),
            )
            % known
        )
    if lost < 0:
        yield (
            ngettext(
                "With %(mentor)s the whole would gain %(points)s point.",
                "With %(mentor)s the whole would gain %(points)s points.",
                plural_of(lost),
            )
            % known
        )


def _moves(forced: Forced, names: Names) -> Iterator[str]:
    """Say, mentee by mentee, who would be with whom."""
    for mentee in dict.fromkeys(pair.mentee for pair in (*forced.added, *forced.removed)):
        known = {
            "mentee": names.person(mentee),
            "new": names.everybody([pair.mentor for pair in forced.added if pair.mentee == mentee]),
            "old": names.everybody([pair.mentor for pair in forced.removed if pair.mentee == mentee]),
        }
        if known["new"] and known["old"]:
            yield _("%(mentee)s would be with %(new)s, and no longer with %(old)s.") % known
        elif known["new"]:
            yield _("%(mentee)s would be with %(new)s.") % known
        else:
            yield _("%(mentee)s would no longer be with %(old)s.") % known
