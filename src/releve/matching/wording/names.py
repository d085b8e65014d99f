"""What people, criteria, rules, questions and options are called, and how several are listed in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from releve.matching.engine import FULL_FIT, Answer, Criterion, CriterionKind, HardRule, Problem, RuleKind
from releve.programs.definition import Definition
from releve.questionnaires.display import DAY_NAMES, MOMENT_NAMES

MOST_LISTED = 12


@dataclass(frozen=True)
class Names:
    """What things are called; an id stands for itself where nothing else is known.

    `titles` are those of criteria and rules, by id; `options` are labels by question and option.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """Name one person."""
        return self.people.get(name, name)

    def everybody(self, names: Sequence[str]) -> str:
        """Name several people in one breath."""
        return listed([self.person(name) for name in names])

    def title(self, item: Criterion | HardRule) -> str:
        """Name a criterion or rule; those that hold in every program have words of their own."""
        if item.id in self.titles:
            return self.titles[item.id]
        return (words_of(item.kind) if isinstance(item, HardRule) and item.id == item.kind else "") or item.id

    def question(self, name: str) -> str:
        """Name a question."""
        return self.questions.get(name, name)

    def answer(self, question: str, answer: Answer) -> str:
        """Name an answer, or several."""
        options = sorted(answer) if isinstance(answer, frozenset) else answer if isinstance(answer, tuple) else (str(answer),)
        return listed([self.options.get((question, option), option) for option in options])


def slot_names(problem: Problem) -> dict[tuple[str, str], str]:
    """Name the weekly slots of every question whose hours are compared, by question and slot: “Monday evening”."""
    asked = {criterion.asked_of_mentee for criterion in problem.policy.criteria if criterion.kind == CriterionKind.HOURS}
    words = {
        f"{day}_{moment}": pgettext("one moment of the week", "%(day)s %(moment)s") % {"day": said, "moment": str(part).lower()}
        for day, said in DAY_NAMES.items()
        for moment, part in MOMENT_NAMES.items()
    }
    if _in_french():  # where days are common nouns
        words = {slot: said.lower() for slot, said in words.items()}
    return {(question, slot): said for question in asked for slot, said in words.items()}


def listed(words: Sequence[str]) -> str:
    """Put words in one list: “A, B and C”, the last ones only counted when there are many."""
    if len(words) < 2:
        return "".join(words)
    if len(words) > MOST_LISTED:
        others = len(words) - MOST_LISTED + 1
        shown = {"names": ", ".join(words[: MOST_LISTED - 1]), "count": others}
        return ngettext("%(names)s and %(count)d other", "%(names)s and %(count)d others", others) % shown
    return pgettext("end of a list", "%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def in_points(points: int) -> str:
    """Write the engine's points as the policy's weights count them, to the thousandth."""
    exact = (Decimal(points) / FULL_FIT).normalize()
    return number_format(format(exact, "f"))


def plural_of(points: int) -> int:
    """Give the number by which “point” agrees: French counts 1.9 as one, English counts it as several."""
    if _in_french():
        return abs(points) // FULL_FIT
    return abs(points) // FULL_FIT if points % FULL_FIT == 0 else 2


def _in_french() -> bool:
    return (get_language() or "").startswith("fr")


def rule_titles(definition: Definition) -> dict[str, str]:
    """Name the rules of a program by id. Pairs to avoid hold those that the committee keeps apart, which nobody named."""
    apart = words_of(RuleKind.BANNED)
    return {rule.id: apart if rule.kind == "conflict" else str(rule.title) for rule in definition.pairing.rules}


def words_of(rule: str) -> str:
    """Name a rule that holds in every program by its id, which is its kind; "" for any other."""
    words: dict[str, str] = {
        RuleKind.NOT_SELF: _("Nobody mentors themselves"),
        RuleKind.ALREADY_PAIRED: _("Paired already"),
        RuleKind.DECLINED_BEFORE: _("Declined before"),
        RuleKind.NOT_AGAIN: _("Not again"),
        RuleKind.BANNED: _("Kept apart"),
    }
    return words.get(rule, "")
