"""What an independent check of a result found, in sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releve.matching.engine import Complaint, Objective

from .names import Names

HOLDS = {
    Objective.BEST_TOTAL: gettext_lazy("Checked anew: every rule is kept, every sum is right, and no other pairing has more points."),
    Objective.MOST_PEOPLE: gettext_lazy(
        "Checked anew: every rule is kept, every sum is right, and no other pairing has more pairs, nor as many with more points."
    ),
    Objective.MAXIMIN: gettext_lazy(
        "Checked anew: every rule is kept, every sum is right, and in no other pairing is the worst fit better."
    ),
    Objective.LEXIMIN: gettext_lazy(
        "Checked anew: every rule is kept, every sum is right, and no other pairing does better by those who fare worst."
    ),
    Objective.STABLE: gettext_lazy(
        "Checked anew: every rule is kept, every sum is right, and no two people would both rather have each other."
    ),
    Objective.DRAW: gettext_lazy("Checked anew: every rule is kept, every sum is right, and the same draw gives the same pairs."),
}
WRONG = {
    "other_problem": gettext_lazy("This result belongs to other files or another policy: people, answers, rules, locks or seed differ."),
    "unknown_person": gettext_lazy("The pair %(who)s holds somebody who is not in these files."),
    "pairs_not_in_order": gettext_lazy("The pairs are not in order, or one stands twice."),
    "rule_broken": gettext_lazy("The pair %(who)s breaks a rule."),
    "wrong_points": gettext_lazy("The points of the pair %(who)s are not right."),
    "wrong_lock": gettext_lazy("The pair %(who)s is said to be locked and is not, or the reverse."),
    "wrong_total": gettext_lazy("The sum of the points is not right."),
    "lock_lost": gettext_lazy("The locked pair %(who)s is missing."),
    "places_not_kept": gettext_lazy("%(who)s: more or fewer places are filled than there are to fill."),
    "blocking_pair": gettext_lazy("These two would both rather have each other: %(who)s."),
    "not_as_drawn": gettext_lazy("The draw that the policy describes does not give these pairs."),
    "wrong_unpaired": gettext_lazy("The list of people without a mentor is not right."),
}
PROOF_FAILS = gettext_lazy("The proof that nothing better exists does not hold (%(code)s).")


def proof_sentences(complaints: Sequence[Complaint], objective: Objective, names: Names) -> list[str]:
    """Say that a result holds, or everything that is wrong with it."""
    if not complaints:
        return [str(HOLDS[objective])]
    said = [_complaint(complaint, names) for complaint in complaints]
    return [_("This result does not hold:"), *dict.fromkeys(said)]


def _complaint(complaint: Complaint, names: Names) -> str:
    subject = complaint.subject.partition(" ")[2] if complaint.code == "places_not_kept" else complaint.subject  # without the side
    who = ", ".join(names.person(name) for name in subject.split(", "))
    return str(WRONG.get(complaint.code, PROOF_FAILS)) % {"who": who, "code": complaint.code}
