"""Invent cohorts for the pairing engine: bilingual, of any size, the same for the same seed, if asked with a known best total.

    cohort(500, 200, seed=1)       # people in teams who differ, as people do: nobody knows the best total beforehand
    planted(500, 200, seed=1)      # the same people, arranged so that the best total is known and proved

`python -m benchmarks.cohorts 500 200 FOLDER` writes one as two spreadsheets and a policy (see benchmarks/README.md).

What is in a cohort. Mentors work in teams: a region, a setting, a language, five specialties, six strengths, eight free half
days. One team in four has a mentor with a scarce specialty. Mentees ask for two or three specialties and three goals, have four
half days and some years of experience; most name a region and a setting, two in five wish up to three mentors. One mentee in
ten has a mentor as line manager; declined, earlier and excluded pairs are facts. One in two hundred speaks a language of no
mentor. Mentors take one to five mentees: with two mentors to five mentees there are as many places as mentees, the hardest case.

Why the planted total is best. Mentees of no mentor's language cannot be paired. Every other one has a home, a place of their own
with one mentor, as far as there are places; their answers are drawn from that mentor's, so that at home every criterion that
applies is met in full, and no rule forbids home. Only scarce specialties are short: all places of mentors who offer one are
homes of mentees who ask for it, and some mentees ask for it whose home does not offer it. Each asks for two others beside it,
so that without it they lose at least d = weight × (1000 − 666) points, and at home no more.
Now give prices. Write r(i) for what is within reach of mentee i, and p for what is within reach of a mentee who names neither
region, setting nor wish (the least there is) if some found no place, else 0. A place costs p, and d more if its mentor offers
something scarce; a mentee i keeps u(i) = r(i) − p, less d if they ask for something scarce (they name region and setting, which
are worth more than d); those without a place ask for the least there is, and keep 0. No price is below 0. No pair is
worth more than the two prices: it is worth r(i) at most, and r(i) − d where i asks for something scarce that the mentor does
not offer. So no answer is worth more than the sum of all prices, each place counted once. The homes are worth just that: at home
each pair is worth its two prices, who is without a pair keeps 0, and where places stay empty p is 0 and they are not
scarce. Homes fill every place or pair everyone who may be paired: no answer as good has more pairs.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.files import write_files
from benchmarks.options import GOALS, OFFERABLE, REGIONS, SETTINGS, SLOTS
from benchmarks.teams import LEAST_GAP, NONE, Draws, Mentees, Mentors, Numbers, draw_mentees, draw_mentors
from releve.matching.engine import (
    FULL_FIT,
    Answer,
    Criterion,
    CriterionKind,
    Fact,
    HardRule,
    Pair,
    Person,
    Policy,
    Problem,
    RuleKind,
    Side,
)

DIFFERENT: Final = 0.5
BOTH: Final = frozenset(Side)
POLICY: Final = Policy(
    criteria=(
        Criterion("specialties", CriterionKind.OVERLAP, 30, "needs", "offers", explain_to=BOTH),
        Criterion("goals", CriterionKind.OVERLAP, 25, "goals", "strengths", explain_to=BOTH),
        Criterion("wishes", CriterionKind.WISHES, 20, "wishes", ranks=3, explain_to=frozenset({Side.MENTEE})),
        Criterion("hours", CriterionKind.HOURS, 15, "availability", full_at=4, explain_to=BOTH),
        Criterion("region", CriterionKind.SAME, 10, "region", explain_to=BOTH),
        Criterion("setting", CriterionKind.NEAR, 10, "setting", order=tuple(SETTINGS), explain_to=BOTH),
    ),
    rules=(
        HardRule("line_manager", RuleKind.NOT_LINE_MANAGER, "line_manager", "email"),
        HardRule("language", RuleKind.LANGUAGE_IN_COMMON, "languages", explain_to=BOTH),
        HardRule("experience", RuleKind.SENIORITY, "years", gap=LEAST_GAP, explain_to=BOTH),
    ),
)
WEIGHTS: Final = {criterion.id: criterion.weight for criterion in POLICY.criteria}
# What a mentee loses at least whose scarce specialty nobody offers: the third need of three.
SCARCE_LOSS: Final = WEIGHTS["specialties"] * (FULL_FIT - FULL_FIT * 2 // 3)
QUESTIONS: Final = frozenset(
    {"needs", "offers", "goals", "strengths", "wishes", "availability", "region", "setting", "line_manager", "email", "languages", "years"}
)


@dataclass(frozen=True)
class Planted:
    """A problem and one of its best answers. Units: points. Order: `pairs` by the mentee's id."""

    problem: Problem
    pairs: tuple[Pair, ...]
    points: int


def cohort(mentees: int, mentors: int, *, seed: int) -> Problem:
    """Invent a cohort in which people of one team are alike in half of their answers."""
    draws = Draws(seed, DIFFERENT)
    offering = draw_mentors(draws, mentors)
    return _problem(offering, draw_mentees(draws, offering, mentees))


def planted(mentees: int, mentors: int, *, seed: int) -> Planted:
    """Invent a cohort whose best total is known.

    Raises: ValueError when mentees are too few for the places that offer something scarce.
    """
    draws = Draws(seed, different=0)
    offering = draw_mentors(draws, mentors)
    asking = draw_mentees(draws, offering, mentees)
    if (scarce := int(offering.places[offering.scarce != NONE].sum())) > int(asking.settled.sum()):
        raise ValueError(f"{scarce} places offer something scarce: plant more than {mentees} mentees, or fewer mentors.")
    mentee_ids, mentor_ids = _ids(Side.MENTEE, mentees), _ids(Side.MENTOR, mentors)
    pairs = tuple(Pair(mentee_ids[row], mentor_ids[asking.home[row]]) for row in np.flatnonzero(asking.settled).tolist())
    return Planted(_problem(offering, asking), pairs, _planted_points(offering, asking))


def _planted_points(mentors: Mentors, mentees: Mentees) -> int:
    """Add up what is within reach of everyone at home, less what scarcity costs."""
    always = WEIGHTS["specialties"] + WEIGHTS["goals"] + WEIGHTS["hours"]
    reach = always + WEIGHTS["wishes"] * (mentees.wishes[:, 0] != NONE)
    reach = reach + WEIGHTS["region"] * (mentees.region != NONE) + WEIGHTS["setting"] * (mentees.setting != NONE)
    without = (mentees.wanted != NONE) & (mentees.wanted != mentors.scarce[mentees.home])
    return FULL_FIT * int(reach[mentees.settled].sum()) - SCARCE_LOSS * int(without.sum())


# --- people


def _problem(mentors: Mentors, mentees: Mentees) -> Problem:
    mentor_ids, mentee_ids = _ids(Side.MENTOR, len(mentors.team)), _ids(Side.MENTEE, len(mentees.home))
    offering = _mentors(mentor_ids, mentors)
    asking = _mentees(mentee_ids, mentees, mentor_ids)
    facts = (
        Fact(kind, mentee_ids[row], mentor_ids[with_whom[row]])
        for kind, with_whom in (
            (RuleKind.DECLINED_BEFORE, mentees.declined),
            (RuleKind.ALREADY_PAIRED, mentees.earlier),
            (RuleKind.NOT_AGAIN, mentees.not_again),
        )
        for row in np.flatnonzero(with_whom != NONE).tolist()
    )
    return Problem((*asking, *offering), POLICY, QUESTIONS, facts=tuple(facts))


def _mentors(ids: Sequence[str], mentors: Mentors) -> Iterator[Person]:
    answers = zip(
        _sets(OFFERABLE, mentors.offers),
        _sets(GOALS, mentors.strengths),
        _sets(SLOTS, mentors.free),
        _words(REGIONS, mentors.region),
        _words(SETTINGS, mentors.setting),
        _languages(mentors.english.tolist(), mentors.bilingual.tolist()),
        mentors.years.tolist(),
        map(_address, ids),
        strict=True,
    )
    questions = ("offers", "strengths", "availability", "region", "setting", "languages", "years", "email")
    for name, places, given in zip(ids, mentors.places.tolist(), answers, strict=True):
        yield Person(name, Side.MENTOR, most=places, answers=_given(questions, given))


def _mentees(ids: Sequence[str], mentees: Mentees, mentor_ids: Sequence[str]) -> Iterator[Person]:
    answers = zip(
        _sets(OFFERABLE, mentees.needs),
        _sets(GOALS, mentees.goals),
        _sets(SLOTS, mentees.free),
        _words(REGIONS, mentees.region),
        _words(SETTINGS, mentees.setting),
        _languages(mentees.english.tolist(), mentees.bilingual.tolist(), mentees.alone.tolist()),
        mentees.years.tolist(),
        (tuple(mentor_ids[at] for at in dict.fromkeys(wished) if at != NONE) for wished in mentees.wishes.tolist()),
        ("" if at == NONE else _address(mentor_ids[at]) for at in mentees.manager.tolist()),
        map(_address, ids),
        strict=True,
    )
    questions = ("needs", "goals", "availability", "region", "setting", "languages", "years", "wishes", "line_manager", "email")
    for name, given in zip(ids, answers, strict=True):
        yield Person(name, Side.MENTEE, answers=_given(questions, given))


def _given(questions: Sequence[str], answers: Sequence[Answer]) -> dict[str, Answer]:
    """Leave out the questions that somebody did not answer."""
    return {question: answer for question, answer in zip(questions, answers, strict=True) if answer not in ("", ())}


def _ids(side: Side, count: int) -> list[str]:
    """Name people so that the order of their ids is the order of the rows."""
    return [f"{side}-{number:07}" for number in range(1, count + 1)]


def _address(name: str) -> str:
    return f"{name}@example.org"


def _sets(codes: Iterable[str], rows: Numbers) -> Iterator[frozenset[str]]:
    """Make a set of each row; people who answered alike share one, which keeps large cohorts small."""
    words, known = list(codes), {}
    for row in np.sort(rows, axis=1).tolist():
        key = tuple(row)
        if key not in known:
            known[key] = frozenset(words[at] for at in key if at != NONE)
        yield known[key]


def _words(codes: Iterable[str], column: Numbers) -> Iterator[str]:
    words = [*codes, ""]  # the last one, where NONE points
    return (words[at] for at in column.tolist())


def _languages(english: Sequence[bool], bilingual: Sequence[bool], alone: Sequence[bool] = ()) -> Iterator[frozenset[str]]:
    french, both, spanish = frozenset({"fr"}), frozenset({"fr", "en"}), frozenset({"es"})
    for row, (speaks_english, speaks_both) in enumerate(zip(english, bilingual, strict=True)):
        if alone and alone[row]:
            yield spanish
        else:
            yield both if speaks_both else frozenset({"en"}) if speaks_english else french


def main() -> int:
    """Write one cohort into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cohorts", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("mentees", type=int)
    parser.add_argument("mentors", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--planted", action="store_true", help="with a best total that is known, in best.json")
    arguments = parser.parse_args()
    if arguments.planted:
        made = planted(arguments.mentees, arguments.mentors, seed=arguments.seed)
        write_files(arguments.folder, made.problem, made.pairs, made.points)
    else:
        write_files(arguments.folder, cohort(arguments.mentees, arguments.mentors, seed=arguments.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
