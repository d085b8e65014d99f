"""What the engine refuses while pairing, in sentences; what it refuses in files is said where files are read."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from releve.matching.engine import Fault, Problem, needs_of

from .names import Names

PERSON = re.compile(r"people\[\w+=(.+)\]\.least")


def fault_sentence(fault: Fault, problem: Problem, names: Names) -> str:
    """Say what is wrong and how to mend it."""
    if fault.code == "least_unreachable" and (person := PERSON.fullmatch(fault.path)):
        return _("%(name)s cannot be given the least number of partners asked for. Ask for fewer, relax a rule, or add people who fit.") % {
            "name": names.person(person[1])
        }
    if fault.code == "least_unstable" and (person := PERSON.fullmatch(fault.path)):
        return _(
            "No pairing without two people who would rather have each other gives %(name)s the least number of partners asked for."
        ) % {"name": names.person(person[1])}
    if fault.code == "lock_breaks_rule":
        for pair in problem.locks:
            if fault.path == f"locks[{pair.mentee}, {pair.mentor}]":
                return _("A rule forbids the locked pair of %(mentee)s and %(mentor)s. Take out the lock, or the rule.") % {
                    "mentee": names.person(pair.mentee),
                    "mentor": names.person(pair.mentor),
                }
    if fault.code == "too_many_pairs":
        needs = needs_of(len(problem.mentees), len(problem.mentors))
        return _(
            "These lists make %(pairs)s pairs: pairing them would take about %(memory)s GB of memory. Cut them by site or by language."
        ) % {
            "pairs": number_format(needs.pairs, force_grouping=True),
            "memory": number_format(round(needs.memory / 1e9, 1)),
        }
    if fault.code == "scores_too_large":
        return _("The weights are too large to compute with. Use smaller ones: only their proportions matter.")
    return str(fault)
