"""How to mend what the engine refuses in a policy file, in the reader's language; the path beside it says where."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releve.matching.engine import Fault, Problem, Side

LOCKED = re.compile(r"locks\[(\w+)=(.+)\]")
ONE_OF: Final = gettext_lazy("Use one of: %(words)s.")

BY_CODE: Final[Mapping[str, Promise]] = {
    "unknown_objective": ONE_OF,
    "unknown_kind": ONE_OF,
    "unknown_side": ONE_OF,
    "too_many_criteria": gettext_lazy("These are more criteria than can be computed with. Keep those that matter most."),
    "repeated_id": gettext_lazy("This id stands twice. Give each its own."),
    "missing_id": gettext_lazy("Give it an id."),
    "weight_out_of_range": gettext_lazy("Give a whole number, 0 or more. Only proportions matter."),
    "missing_question": gettext_lazy("Name the question whose answers count."),
    "unknown_question": gettext_lazy("No question of this policy has that name. Correct the name, or add the question."),
    "wishes_of_others": gettext_lazy("A wish may be explained to the side that made it, and to nobody else."),
    "confidential_rule": gettext_lazy("This rule may be explained to the committee only: leave it empty."),
    "two_maps": gettext_lazy("Keep coordinates or a table of distances, not both."),
    "repeated_place": gettext_lazy("Name each place once, and each two places once."),
    "order_too_short": gettext_lazy("List two options or more, each once."),
    "no_mentee": gettext_lazy("There is no mentee. Add at least one."),
    "no_mentor": gettext_lazy("There is no mentor. Add at least one."),
    "places_out_of_range": gettext_lazy("Give a whole number of places, and no least above the most."),
    "unknown_person": gettext_lazy("Nobody of this side has that id. Correct it or take this out."),
    "locked_and_banned": gettext_lazy("These two are locked and banned at once. Take out the lock or the ban."),
}
BY_FIELD: Final[Mapping[str, Promise]] = {
    "full_at": gettext_lazy("Say how many slots in common earn full points, 1 or more."),
    "horizon": gettext_lazy("Give a number of days, 1 or more, or leave it out."),
    "ranks": gettext_lazy("Say how many wishes count, 1 or more."),
    "within": gettext_lazy("Give a distance of 1 or more at which nothing remains."),
    "gap": gettext_lazy("Give a whole number, 0 or more."),
    "at": gettext_lazy("Give whole numbers for the place on the map."),
    "apart": gettext_lazy("Give a whole distance, 0 or more."),
    "seed": gettext_lazy("Give a whole number, 0 or more."),
}


def mend_of(fault: Fault, problem: Problem | None = None) -> str:
    """Say how to mend one fault of a policy, or of the problem it makes with two spreadsheets."""
    if fault.code == "too_many_locks" and problem is not None:
        return _too_many(fault, problem)
    field = re.sub(r"\[[^\]]*\]$", "", fault.path).rpartition(".")[2]
    sentence = BY_FIELD.get(field) if fault.code == "out_of_range" else BY_CODE.get(fault.code)
    return str(sentence) % {"words": fault.mend.partition(": ")[2].rstrip(".")} if sentence else fault.mend


def _too_many(fault: Fault, problem: Problem) -> str:
    """Name the partners somebody is locked with, beyond the places they have."""
    found = LOCKED.fullmatch(fault.path)
    if found is None:
        return fault.mend
    side, person = Side(found[1]), found[2]
    people = problem.mentees if side == Side.MENTEE else problem.mentors
    locked = sorted({pair[1 - (side == Side.MENTOR)] for pair in problem.locks if pair[side == Side.MENTOR] == person})
    return _("Locked with %(partners)s, and places: %(places)d. Take out a lock, or add a place.") % {
        "partners": ", ".join(locked),
        "places": next(one.most for one in people if one.id == person),
    }
