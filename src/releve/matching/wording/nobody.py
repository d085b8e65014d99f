"""Why somebody has nobody, what would help, and who competes for too few places, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.matching.engine import Block, Change, ChangeKind, Helpful, Need, NobodyExplained, ReachExplained, RuleCount
from releve.matching.engine.problem import NAMING_RULES

from .names import Names, in_points, plural_of
from .pairs import cost_sentences


def nobody_sentences(why: NobodyExplained, names: Names) -> list[str]:
    """Say why a mentee has nobody: rules, places, then the best way in and its cost. For the committee."""
    mentee = {"mentee": names.person(why.mentee)}
    if not why.places:
        return [_("%(mentee)s has no place for a mentor in this run.") % mentee]
    said = reach_sentences(why.reach, names)
    said += [*_open_mentors(why, names)]
    if not why.reach.open:
        said.append(_("No mentor is possible for %(mentee)s.") % mentee)
    return said + (cost_sentences(why.way_in, names) if why.way_in else [])


def reach_sentences(reach: ReachExplained, names: Names) -> list[str]:
    """Say which mentors each rule closes to a mentee, to the reader for whom it was counted."""
    said = [sentence for count in reach.closed_by for sentence in _closed(count, names)]
    if reach.without_places:
        said.append(
            ngettext("%(count)d mentor has no place left.", "%(count)d mentors have no place left.", reach.without_places)
            % {"count": reach.without_places}
        )
    if reach.other_limits:
        said.append(_("The program also has limits that only its committee knows."))
    return said


def change_sentences(helpful: Helpful, names: Names) -> list[str]:
    """Say one change and what it would bring. For the committee."""
    said = [_change(helpful.change, names)]
    if helpful.now_paired:
        said.append(
            ngettext("%(names)s would have a mentor.", "%(names)s would have mentors.", len(helpful.now_paired))
            % {"names": names.everybody(helpful.now_paired)}
        )
    if helpful.now_left:
        said.append(
            ngettext("%(names)s would no longer have a mentor.", "%(names)s would no longer have mentors.", len(helpful.now_left))
            % {"names": names.everybody(helpful.now_left)}
        )
    known = {"points": in_points(abs(helpful.points))}
    agreed = plural_of(helpful.points)
    if helpful.points > 0:
        said.append(ngettext("The whole would gain %(points)s point.", "The whole would gain %(points)s points.", agreed) % known)
    if helpful.points < 0:
        said.append(ngettext("The whole would lose %(points)s point.", "The whole would lose %(points)s points.", agreed) % known)
    return said


def block_sentences(block: Block, names: Names) -> list[str]:
    """Say who competes for which places, and what keeps them from the others. For the committee."""
    known = {"mentees": len(block.mentees), "places": block.places, "names": names.everybody(block.mentees)}
    if block.places:
        said = [
            ngettext(
                "%(mentees)d people compete for %(places)d place: %(names)s.",
                "%(mentees)d people compete for %(places)d places: %(names)s.",
                block.places,
            )
            % known,
            ngettext("The place is with %(mentors)s.", "The places are with %(mentors)s.", block.places)
            % {"mentors": names.everybody(block.mentors)},
        ]
    else:
        said = [
            ngettext(
                "No mentor is possible for %(mentees)d person: %(names)s.",
                "No mentor is possible for %(mentees)d people: %(names)s.",
                len(block.mentees),
            )
            % known
        ]
    return said + [_need(need, names, alone=len(block.mentees) == 1) for need in block.needs]


def _closed(count: RuleCount, names: Names) -> Iterator[str]:
    rule = names.title(count.rule)
    if count.alone < count.mentors:
        yield (
            ngettext("“%(rule)s” rules out %(count)d mentor.", "“%(rule)s” rules out %(count)d mentors.", count.mentors)
            % {"rule": rule, "count": count.mentors}
        )
    if count.alone:
        yield (
            ngettext(
                "%(count)d mentor is ruled out by “%(rule)s” and by nothing else.",
                "%(count)d mentors are ruled out by “%(rule)s” and by nothing else.",
                count.alone,
            )
            % {"rule": rule, "count": count.alone}
        )


def _open_mentors(why: NobodyExplained, names: Names) -> Iterator[str]:
    if why.full:
        yield (
            ngettext(
                "%(count)d mentor was possible, but has no place left: %(names)s.",
                "%(count)d mentors were possible, but have no place left: %(names)s.",
                len(why.full),
            )
            % {"count": len(why.full), "names": names.everybody(why.full)}
        )
    if why.free:
        yield (
            ngettext(
                "%(count)d mentor is possible and has a place left: %(names)s.",
                "%(count)d mentors are possible and have places left: %(names)s.",
                len(why.free),
            )
            % {"count": len(why.free), "names": names.everybody(why.free)}
        )


def _change(change: Change, names: Names) -> str:
    match change.kind:
        case ChangeKind.ADD_PLACE:
            return _("Add one place with %(mentor)s.") % {"mentor": names.person(change.mentor)}
        case ChangeKind.ADD_MENTOR if change.traits:
            asked = [
                _("%(question)s: %(answer)s") % {"question": names.question(question), "answer": names.answer(question, answer)}
                for question, answer in change.traits
            ]
            return _("Find one more mentor who answers so: %(answers)s.") % {"answers": ", ".join(asked)}
        case ChangeKind.ADD_MENTOR:
            return _("Find one more mentor, whoever it is.")
        case ChangeKind.RELAX_RULE if change.rule:
            return _("Do without the rule “%(rule)s”.") % {"rule": names.title(change.rule)}
    mentee, mentor = change.pair or ("", "")
    two = {"mentee": names.person(mentee), "mentor": names.person(mentor)}
    if change.kind == ChangeKind.LIFT_BAN:
        return _("No longer keep %(mentee)s and %(mentor)s apart.") % two
    return _("No longer lock %(mentee)s and %(mentor)s together.") % two


def _need(need: Need, names: Names, *, alone: bool) -> str:
    known = {
        "rule": names.title(need.rule),
        "question": names.question(need.rule.question),
        "options": names.answer(need.rule.question, need.options),
        "count": need.mentors,
    }
    if not need.options or need.rule.kind in NAMING_RULES:  # whom somebody named is not said
        many = ngettext("“%(rule)s” rules out %(count)d other mentor.", "“%(rule)s” rules out %(count)d other mentors.", need.mentors)
    elif alone:
        many = ngettext(
            "“%(question)s”: %(options)s. “%(rule)s” rules out %(count)d other mentor.",
            "“%(question)s”: %(options)s. “%(rule)s” rules out %(count)d other mentors.",
            need.mentors,
        )
    else:
        many = ngettext(
            "“%(question)s”, the same answer for all: %(options)s. “%(rule)s” rules out %(count)d other mentor.",
            "“%(question)s”, the same answer for all: %(options)s. “%(rule)s” rules out %(count)d other mentors.",
            need.mentors,
        )
    return many % known
