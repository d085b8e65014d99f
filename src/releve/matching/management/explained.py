"""What `releve pair --explain` gives: the engine's explanations of one person, or of the whole, as data and as sentences."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from releve.matching.engine import (
    Block,
    EngineError,
    Problem,
    Reader,
    Result,
    Study,
    best_alternatives,
    competing_blocks,
    explain_nobody,
    explain_pair,
    helpful_changes,
    study,
    way_in_by_locking,
)
from releve.matching.engine.needs import MOST_PAIRS_AT_ONCE
from releve.matching.wording.names import Names
from releve.matching.wording.nobody import block_sentences, change_sentences, nobody_sentences
from releve.matching.wording.pairs import cost_sentences, pair_sentences

FEWEST_TRIES: Final = 4
MOST_TRIES: Final = 40
TRIED_PAIRS: Final = 10_000_000  # over all tries: seconds


@dataclass
class Explained:
    """Sentences for people, and the same as data."""

    names: Names
    sentences: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    title: str = ""

    def add(self, key: str, item: Any, title: str, sentences: list[str]) -> None:
        """Keep one explanation under its key, and its sentences under a title that is said once."""
        self.data.setdefault(key, []).append(item)
        self.sentences += [] if title == self.title else ["", title]
        self.sentences.append("- " + " ".join(sentences))
        self.title = title


def explain_person(problem: Problem, result: Result, person: str, names: Names) -> Explained:
    """Explain one person's pairs and what others would have cost, or why they have nobody and what would help."""
    told = Explained(names)
    for pair in result.pairs:
        if person in (pair.mentee, pair.mentor):
            explained = explain_pair(problem, pair.mentee, pair.mentor, reader=Reader.COMMITTEE)
            title = _("%(mentee)s with %(mentor)s") % {"mentee": names.person(pair.mentee), "mentor": names.person(pair.mentor)}
            told.add("pairs", explained, title, pair_sentences(explained, names))
    asked = _studied(problem, result)
    if person in result.unpaired:
        _explain_nobody(told, problem, result, person, asked)
    elif asked and person in problem.row_of:
        _explain_others(told, asked, person)
    if not told.sentences:
        told.sentences = ["", _("%(name)s has nobody.") % {"name": names.person(person)}]
    return told


def explain_whole(problem: Problem, result: Result, names: Names) -> Explained:
    """Explain who competes for too few places, and which single change would help most."""
    told = Explained(names)
    for block in _blocks(problem):
        told.add("blocks", block, _("Too few places"), block_sentences(block, names))
    _explain_changes(told, problem, result)
    if not told.sentences:
        told.sentences = ["", _("Everybody who asked has somebody, and no single change would help.")]
    return told


def _studied(problem: Problem, result: Result) -> Study | None:
    """Prepare questions about other pairs, where the objective prices them and the lists are not too long."""
    try:
        return study(problem, result)
    except EngineError:
        return None


def _explain_others(told: Explained, asked: Study, mentee: str) -> None:
    for forced in best_alternatives(asked, mentee):
        title = _("If it were %(mentor)s") % {"mentor": told.names.person(forced.mentor)}
        told.add("alternatives", forced, title, cost_sentences(forced, told.names))


def _explain_nobody(told: Explained, problem: Problem, result: Result, mentee: str, asked: Study | None) -> None:
    why = explain_nobody(problem, result, mentee, asked=asked)
    if asked is None and _at_once(problem):
        why = replace(why, way_in=way_in_by_locking(problem, result, mentee))
    title = _("Why %(name)s has nobody") % {"name": told.names.person(mentee)}
    told.add("nobody", why, title, nobody_sentences(why, told.names))
    for block in _blocks(problem):
        if mentee in block.mentees:
            told.add("blocks", block, _("Too few places"), block_sentences(block, told.names))
    _explain_changes(told, problem, result, mentee)


def _blocks(problem: Problem) -> tuple[Block, ...]:
    """Find blocks of competing demands, in lists that are not too long to look at all pairs at once."""
    return competing_blocks(problem) if _at_once(problem) else ()


def _at_once(problem: Problem) -> bool:
    return len(problem.mentees) * len(problem.mentors) <= MOST_PAIRS_AT_ONCE


def _explain_changes(told: Explained, problem: Problem, result: Result, mentee: str | None = None) -> None:
    # Every try pairs everybody again: in long lists only the likeliest are worth the wait.
    tries = max(FEWEST_TRIES, min(MOST_TRIES, TRIED_PAIRS // (len(problem.mentees) * len(problem.mentors))))
    for change in helpful_changes(problem, result, mentee=mentee, tries=tries):
        told.add("changes", change, _("What would help"), change_sentences(change, told.names))
