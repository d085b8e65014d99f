"""Recognize the choices of a question in what a form service wrote for them, in either language."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from django.utils.translation import gettext, override

from releve.core.bilingual import LANGUAGES, Text
from releve.questionnaires.definition import DAYS, MOMENTS, PREFER_NOT, SLOTS, Question

from .cleaning import fold, tidy

SEPARATORS = re.compile(r"\s*[;,\n|]\s*")
BETWEEN_LANGUAGES = re.compile(r"\s+/\s+|\s*\|\s*")
NEAR_ENOUGH = 0.6

YES_WORDS = ("oui", "yes", "true", "vrai", "o", "y", "x", "1")
NO_WORDS = ("non", "no", "false", "faux", "n", "0")
DAY_WORDS = (
    ("lundi", "monday", "lun", "mon"),
    ("mardi", "tuesday", "mar", "tue"),
    ("mercredi", "wednesday", "mer", "wed"),
    ("jeudi", "thursday", "jeu", "thu"),
    ("vendredi", "friday", "ven", "fri"),
    ("samedi", "saturday", "sam", "sat"),
    ("dimanche", "sunday", "dim", "sun"),
)
MOMENT_WORDS = (
    ("matin", "morning", "avant midi"),
    ("midi", "noon", "lunch"),
    ("apres midi", "afternoon"),
    ("soir", "soiree", "evening"),
)
WEEKEND_WORDS = ("fin de semaine", "weekend", "week end")


def spelled(text: str) -> str:
    """Write a choice the way choices are compared first: accents kept, for “mentore” is not “mentoré”."""
    kept = "".join(letter if letter.isalnum() else " " for letter in tidy(text).casefold())
    return " ".join(kept.split())


def bilingual_forms(text: Text) -> Iterator[str]:
    """List the ways in which a form service prints a text of two languages."""
    yield from (text.fr, text.en, f"{text.fr} / {text.en}", f"{text.en} / {text.fr}")


class Choices:
    """What can be chosen, with every label by which it may be found."""

    def __init__(self, labels: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._spelled: dict[str, str] = {}
        folded: dict[str, set[str]] = {}
        for value, names in labels:
            for name in (*names, value):
                self._spelled.setdefault(spelled(name), value)
                folded.setdefault(fold(name), set()).add(value)
        self._folded = {name: next(iter(values)) for name, values in folded.items() if len(values) == 1}
        self._most_commas = max((len(SEPARATORS.findall(name)) for _value, names in labels for name in names), default=0)

    def find(self, text: str) -> str | None:
        """Give the value that a label stands for; both halves of “fr / en” must mean the same."""
        whole = self._spelled.get(spelled(text)) or self._folded.get(fold(text))
        if whole is not None:
            return whole
        halves = [half for half in BETWEEN_LANGUAGES.split(text) if half.strip()]
        found = {self._spelled.get(spelled(half)) or self._folded.get(fold(half)) for half in halves}
        return found.pop() if len(halves) > 1 and len(found) == 1 else None

    def split(self, text: str) -> tuple[list[str], list[str]]:
        """Cut a list of labels, which may hold commas themselves: the longest known label first.

        Returns the values found, in order and once each, and the pieces that are no label.
        """
        pieces = [piece for piece in SEPARATORS.split(text) if piece]
        values, unknown, place = [], [], 0
        while place < len(pieces):
            for end in range(min(len(pieces), place + self._most_commas + 1), place, -1):
                value = self.find(", ".join(pieces[place:end]))
                if value is not None:
                    values.append(value)
                    place = end
                    break
            else:
                unknown.append(pieces[place])
                place += 1
        return list(dict.fromkeys(values)), unknown

    def nearest(self, text: str) -> str | None:
        """Give the value whose label looks most like a text, if one does."""
        wanted = fold(text)
        near = {label: SequenceMatcher(None, wanted, label).ratio() for label in self._folded}
        best = max(near, key=lambda label: near[label], default=None)
        return self._folded[best] if best is not None and near[best] >= NEAR_ENOUGH else None


@lru_cache(maxsize=256)
def choices_of(question: Question) -> Choices:
    """Gather the labels of a question's options, and of its "prefer not to say"."""
    labels = [(option.value, [*bilingual_forms(option.text), *option.aliases]) for option in question.options]
    if question.prefer_not:
        labels.append((PREFER_NOT, _prefer_not_words()))
    return Choices(labels)


def _prefer_not_words() -> list[str]:
    words = []
    for language in LANGUAGES:
        with override(language):
            words += [gettext("I prefer not to say"), gettext("Prefers not to say")]
    return words


YES_OR_NO = Choices([("yes", YES_WORDS), ("no", NO_WORDS)])


def slots_in(text: str) -> tuple[list[str], list[str]]:
    """Read moments of the week (“Mercredi midi / Wednesday noon”); a weekend is its two days, a day its four moments."""
    slots: set[str] = set()
    unknown = []
    for piece in SEPARATORS.split(text):
        found = _slots_of(piece)
        slots |= found
        if piece and not found:
            unknown.append(piece)
    return [slot for slot in SLOTS if slot in slots], unknown


def _slots_of(piece: str) -> set[str]:
    halves = [_slots_of_half(fold(half)) for half in BETWEEN_LANGUAGES.split(piece)]
    return halves[0] if all(half == halves[0] for half in halves) else set()


def _slots_of_half(words: str) -> set[str]:
    if words.replace(" ", "_") in SLOTS:
        return {words.replace(" ", "_")}
    days = [day for day, names in zip(DAYS, DAY_WORDS, strict=True) if _names_one(words, names)]
    days += ["sat", "sun"] if _names_one(words, WEEKEND_WORDS) else []
    moments = [moment for moment, names in zip(MOMENTS, MOMENT_WORDS, strict=True) if _names_one(words, names)]
    if "afternoon" in moments or "avant midi" in words:  # “après-midi” and “avant-midi” hold “midi”
        moments = [moment for moment in moments if moment != "noon"]
    rest = set(words.split()) - {word for names in (*DAY_WORDS, *MOMENT_WORDS, WEEKEND_WORDS) for name in names for word in name.split()}
    if not days or rest - {"le", "en", "la", "on", "in", "the"}:
        return set()
    return {f"{day}_{moment}" for day in days for moment in moments or MOMENTS}


def _names_one(words: str, names: Iterable[str]) -> bool:
    return any(f" {name} " in f" {words} " for name in names)
