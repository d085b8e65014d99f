"""Which words belong to the other language, which are people's own, and which were never meant for people.

A page speaks one language outside the elements that announce another one. What it must not say is known
exactly: every message of the catalogues and every text of the programs exists in both languages.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import trans_real

from releve.core.bilingual import LANGUAGES, BilingualField, Text
from releve.core.markdown import render
from releve.programs.models import Version

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
LEAST_LETTERS = 3  # of a message with placeholders, beside them
COMMON_WORDS = {
    "fr": set(re.findall(r"\w+", "le la les des du une et est vous votre vos avec pour dans sur qui que ce cette aux ont sont ne pas")),
    "en": set(re.findall(r"\w+", "the of and is are you your with for in on that this to by be has have not who what when")),
}
LEAST_COMMON = 3
OF_THE_OTHER = "a text in"
RAW = {
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b"): "a date as machines write it",
    re.compile(r"(?<!/)\b[0-9a-f]{8}-[0-9a-f]{4}-"): "an identifier",
    re.compile(r"(?<![\w@./-])[a-z]+_[a-z_]+(?![\w@./-])"): "a name of the code",
    re.compile(r"(?:^|[:(·] )(?:None|True|False|null)(?:$|[,.)])|\bundefined\b|\bNaN\b"): "a value of the code",
    re.compile(r"%\(|\{\{|\{%|</?[a-z]+>|&[a-z]+;"): "markup",
}
FRENCH_FAULTS = {
    re.compile(r"\w'\w"): "a straight apostrophe",
    re.compile(r" [:;?!»]|« "): "an ordinary space beside : ; ? ! « or »",
    re.compile(r'"'): "straight quotation marks",
}


@dataclass(frozen=True)
class Said:
    """One piece of text of a page."""

    text: str
    kind: str  # "text", or the attribute that holds it
    language: str
    set_apart: bool  # an element of its own announces the language
    is_name: bool
    in_field: bool


@dataclass
class Vocabulary:
    """What a language says, exactly or around placeholders."""

    exact: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)  # regular expressions

    def add(self, message: str) -> None:
        for piece in TAG.split(message):
            words = squeeze(unescape(piece).replace("%%", "%"))
            if not PLACEHOLDER.search(words):
                self.exact.add(words)
            elif len(re.sub(r"\W", "", PLACEHOLDER.sub("", words))) >= LEAST_LETTERS:
                self.around.add(".+".join(map(re.escape, PLACEHOLDER.split(words))))

    def add_document(self, markdown: str) -> None:
        """Add a text as it is written, and as its paragraphs stand on a page."""
        self.add(markdown)
        for piece in TAG.split(render(markdown)):
            self.exact.add(squeeze(unescape(piece)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self.around)) or "(?!)")

    def says(self, text: str) -> bool:
        return text in self.exact or bool(self.pattern.fullmatch(text))


def squeeze(text: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", text).strip()


class Purity:
    """Judges the words of pages against everything that the installation says in both languages."""

    def __init__(self, own_words: Iterable[str]) -> None:
        self.vocabularies = {language: Vocabulary() for language in LANGUAGES}
        for language, text in _catalogue_texts():
            self.vocabularies[language].add(text)
        for text in _program_texts():
            for language in LANGUAGES:
                self.vocabularies[language].add_document(getattr(text, language))
        for vocabulary in self.vocabularies.values():
            vocabulary.exact.update(dict(settings.LANGUAGES).values())  # each is called by its own name
        self.own_words = [squeeze(words) for words in own_words]
        self.all_own_words = "\n".join(self.own_words)
        self._known: dict[tuple[str, str], list[str]] = {}

    def faults(self, said: Said, language: str) -> list[str]:
        """Say what is wrong with one text of a page in a language. What stands in a field is whoever's who types there."""
        if said.in_field or (said.set_apart and said.language != language):
            return []
        faults = [] if said.is_name else self._judged(said.text, language)
        if said.set_apart:
            faults = [fault for fault in faults if fault.startswith(OF_THE_OTHER)]  # people write as they like
        elif self.is_own(said.text):
            faults = [*faults, "somebody's own words without a language of their own"]
        return [f"{fault}, in {said.kind}: {said.text[:120]!r}" for fault in faults]

    def is_own(self, text: str) -> bool:
        """Say whether somebody wrote this: at least three words of it stand in the story."""
        if text.count(" ") < 2 or any(text in vocabulary.exact for vocabulary in self.vocabularies.values()):
            return False
        return text in self.all_own_words or any(words in text for words in self.own_words)

    def _judged(self, text: str, language: str) -> list[str]:
        if (text, language) not in self._known:
            self._known[text, language] = list(self._judge(text, language))
        return self._known[text, language]

    def _judge(self, text: str, language: str) -> Iterator[str]:
        (other,) = set(LANGUAGES) - {language}
        own, foreign = self.vocabularies[language], self.vocabularies[other]
        if not own.says(text):
            pieces = [text, *(piece.strip() for piece in text.split(" · "))]
            if any(foreign.says(piece) and not own.says(piece) for piece in pieces):
                yield f"{OF_THE_OTHER} {other}"
            elif _sounds_like(other, text):
                yield f"sounds like {other}"
        faults = RAW | (FRENCH_FAULTS if language == "fr" else {})
        yield from (name for pattern, name in faults.items() if pattern.search(text))


def _sounds_like(language: str, text: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    counts = {each: sum(word in common for word in words) for each, common in COMMON_WORDS.items()}
    return counts[language] >= LEAST_COMMON and counts[language] > 2 * (sum(counts.values()) - counts[language])


def _catalogue_texts() -> Iterator[tuple[str, str]]:
    """Give every message of the interface, of Django and of the sign-in pages; its key is the English text."""
    for language in LANGUAGES:
        for key, translated in trans_real.translation(language)._catalog.items():
            source = key[0] if isinstance(key, tuple) else key
            if source and translated:
                yield "en", source.rpartition("\x04")[2]
                yield language, translated


def _program_texts() -> Iterator[Text]:
    """Give every text of the definitions and every bilingual field of the database."""
    for version in Version.objects.all():
        yield from _texts_within(json.loads(version.frozen))
    for model in apps.get_models():
        for column in (column for column in model._meta.fields if isinstance(column, BilingualField)):
            yield from model._default_manager.values_list(column.name, flat=True)


def _texts_within(data: Any) -> Iterator[Text]:
    if isinstance(data, Mapping) and data and set(data) <= set(LANGUAGES):
        yield Text.from_data(data)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts_within(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts_within(value)
