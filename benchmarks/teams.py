"""Who works where, offers what and asks for what, as arrays: `cohorts.py` makes people of them and says what they prove.

Shapes: one row per person of the side. Units: answers are indices into the words of `options.py`, mentors and teams are
indices too; NONE where there is none.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.options import GOALS, REGIONS, SCARCE, SETTINGS, SLOTS, SPECIALTIES

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

NONE: Final = -1
TEAM: Final = 5  # mentors
PLACES: Final = (1, 2, 3, 4, 5)
PLACES_SHARES: Final = (0.25, 0.30, 0.25, 0.10, 0.10)  # 2.5 each: with 2 mentors to 5 mentees, as many places as mentees
OFFERED, STRENGTHS, FREE = 5, 6, 8  # of a mentor
NEEDED, SOUGHT, FREE_MENTEE, WISHED = 3, 3, 4, 3  # at most, of a mentee
SCARCE_TEAMS: Final = 0.25
SURPLUS: Final = 3  # mentees of one team, at most, who ask for its scarce specialty beyond its places
ENGLISH: Final = 0.2  # of the teams; the others speak French
BILINGUAL: Final = 0.4  # of the mentors
BILINGUAL_MENTEES: Final = 0.25
ALONE: Final = 0.005  # of the mentees speak a language of no mentor
SAYING: Final = 0.9  # of the mentees name a region; as many a setting
WISHING: Final = 0.4
MANAGED, DECLINED, EARLIER, NOT_AGAIN = 0.1, 0.05, 0.05, 0.01  # by or with a mentor
LEAST_GAP: Final = 3  # years of experience


class Draws:
    """Draws from a stream that NumPy promises to keep as it is in every release (NEP 19)."""

    def __init__(self, seed: int, different: float) -> None:
        self.random = np.random.RandomState(seed)
        self.different = different

    def one(self, of: int, rows: int) -> Numbers:
        """Draw one of so many for each row."""
        return self.random.randint(0, of, size=rows).astype(np.int64)

    def some(self, of: int, each: int, rows: int) -> Numbers:
        """Draw several different ones of so many for each row. Shapes: (rows, each)."""
        return np.argsort(self.random.random_sample((rows, of)), axis=1, kind="stable")[:, :each]

    def share(self, part: float, rows: int) -> Truths:
        """Draw who belongs to a share."""
        return np.asarray(self.random.random_sample(rows) < part)

    def part_of(self, rows: Numbers, each: int) -> Numbers:
        """Keep several of the columns of each row, in random order. Shapes: (rows, each)."""
        return np.take_along_axis(rows, self.some(rows.shape[1], each, len(rows)), axis=1)

    def own(self, usual: Numbers, others: Numbers) -> Numbers:
        """Put another answer in place of the usual one, in as many rows as are to be different."""
        changed = self.share(self.different, len(usual))
        return np.where(changed.reshape(-1, *[1] * (usual.ndim - 1)), others, usual)


@dataclass(frozen=True)
class Mentors:
    """Mentors, in teams of about five who work alike; one mentor of some teams offers the team's scarce specialty as well."""

    team: Numbers
    scarce_of_team: Numbers
    scarce: Numbers
    places: Numbers
    offers: Numbers  # the last column is the scarce specialty
    strengths: Numbers
    free: Numbers
    region: Numbers
    setting: Numbers
    english: Truths
    bilingual: Truths
    years: Numbers

    @property
    def place_of(self) -> Numbers:
        """The mentor of each place."""
        return np.repeat(np.arange(len(self.team)), self.places)


@dataclass(frozen=True)
class Mentees:
    """Mentees, each with a home: the mentor from whose answers theirs are drawn."""

    home: Numbers
    settled: Truths  # have a place of their own at home
    wanted: Numbers  # the scarce specialty asked for
    alone: Truths
    needs: Numbers
    goals: Numbers
    free: Numbers
    region: Numbers
    setting: Numbers
    english: Truths
    bilingual: Truths
    years: Numbers
    wishes: Numbers  # mentors, best first
    manager: Numbers  # this and what follows: a mentor
    declined: Numbers
    earlier: Numbers
    not_again: Numbers


def draw_mentors(draws: Draws, count: int) -> Mentors:
    """Found teams and let mentors work in them."""
    teams = -(-count // TEAM)
    team = draws.random.permutation(np.arange(count) // TEAM)
    scarce_of_team = np.where(draws.share(SCARCE_TEAMS, teams), draws.one(len(SCARCE), teams), NONE)
    _, holders = np.unique(team, return_index=True)
    scarce = np.full(count, NONE)
    scarce[holders] = scarce_of_team
    offers = draws.own(draws.some(len(SPECIALTIES), OFFERED, teams)[team], draws.some(len(SPECIALTIES), OFFERED, count))
    return Mentors(
        team=team,
        scarce_of_team=scarce_of_team,
        scarce=scarce,
        places=draws.random.choice(PLACES, size=count, p=PLACES_SHARES).astype(np.int64),
        offers=np.column_stack([offers, np.where(scarce == NONE, NONE, len(SPECIALTIES) + scarce)]),
        strengths=draws.own(draws.some(len(GOALS), STRENGTHS, teams)[team], draws.some(len(GOALS), STRENGTHS, count)),
        free=draws.own(draws.some(len(SLOTS), FREE, teams)[team], draws.some(len(SLOTS), FREE, count)),
        region=draws.own(draws.one(len(REGIONS), teams)[team], draws.one(len(REGIONS), count)),
        setting=draws.own(draws.one(len(SETTINGS), teams)[team], draws.one(len(SETTINGS), count)),
        english=draws.share(ENGLISH, teams)[team],
        bilingual=draws.share(BILINGUAL, count),
        years=6 + draws.one(30, count),
    )


def draw_mentees(draws: Draws, mentors: Mentors, count: int) -> Mentees:
    """Give mentees a home and let them ask for what it offers, or for anything where they are different.

    Those who ask for something scarce name region and setting; those without a place at home name neither, and wish nobody.
    """
    alone = draws.share(ALONE, count)
    home, settled = _homes(draws, mentors, alone)
    wanted = np.where(settled, _wanted(draws, mentors, home, settled), NONE)
    says_region, says_setting = (settled & (draws.share(SAYING, count) | (wanted != NONE)) for _each in range(2))
    region = draws.own(mentors.region[home], draws.one(len(REGIONS), count))
    setting = draws.own(mentors.setting[home], draws.one(len(SETTINGS), count))
    wishing = settled & draws.share(WISHING, count)
    wishes = np.column_stack([home, *(_mates(draws, mentors, home) for _ in range(WISHED - 1))])
    years = (draws.random.random_sample(count) * (mentors.years[home] - LEAST_GAP + 1)).astype(np.int64)
    return Mentees(
        home=home,
        settled=settled,
        wanted=wanted,
        alone=alone,
        needs=_needs(draws, mentors, home, wanted),
        goals=draws.own(draws.part_of(mentors.strengths[home], SOUGHT), draws.some(len(GOALS), SOUGHT, count)),
        free=draws.own(draws.part_of(mentors.free[home], FREE_MENTEE), draws.some(len(SLOTS), FREE_MENTEE, count)),
        region=np.where(says_region, region, NONE),
        setting=np.where(says_setting, setting, NONE),
        english=mentors.english[home],
        bilingual=draws.share(BILINGUAL_MENTEES, count),
        years=draws.own(years, draws.one(15, count)),
        wishes=np.where(wishing[:, None], draws.own(wishes, _anybody(draws, mentors, wishes.shape)), NONE),
        manager=_other(draws, mentors, home, MANAGED),
        declined=_other(draws, mentors, home, DECLINED),
        earlier=_other(draws, mentors, home, EARLIER),
        not_again=_other(draws, mentors, home, NOT_AGAIN),
    )


def _homes(draws: Draws, mentors: Mentors, alone: Truths) -> tuple[Numbers, Truths]:
    """Fill first every place that offers a scarce specialty, then the others by lot; say who got a place.

    Whoever is alone, or comes when all places are filled, is only made like the mentees of some home.
    """
    place_of = mentors.place_of
    lot = draws.random.random_sample(len(place_of))
    places = place_of[np.lexsort((lot, mentors.scarce[place_of] == NONE))]
    arrival = draws.random.permutation(np.flatnonzero(~alone))[: len(places)]
    settled = np.zeros(len(alone), dtype=np.bool_)
    settled[arrival] = True
    home = _anybody(draws, mentors, alone.shape)
    home[arrival] = places[: len(arrival)]
    return home, settled


def _wanted(draws: Draws, mentors: Mentors, home: Numbers, settled: Truths) -> Numbers:
    """Let those ask for a scarce specialty who find it at home, and up to SURPLUS more in each team that has it."""
    team = mentors.team[home]
    may = settled & (mentors.scarce[home] == NONE) & (mentors.scarce_of_team[team] != NONE)
    quota = draws.one(SURPLUS + 1, len(mentors.scarce_of_team))
    candidates = np.flatnonzero(may)
    candidates = candidates[np.argsort(team[candidates], kind="stable")]
    turn = np.arange(len(candidates)) - np.searchsorted(team[candidates], team[candidates])
    surplus = candidates[turn < quota[team[candidates]]]
    wanted = mentors.scarce[home]
    wanted[surplus] = mentors.scarce_of_team[team[surplus]]
    return wanted


def _needs(draws: Draws, mentors: Mentors, home: Numbers, wanted: Numbers) -> Numbers:
    """Draw three specialties, the last of which is the scarce one if asked for, and left out by every third mentee else."""
    count = len(home)
    needs = draws.own(draws.part_of(mentors.offers[home, :OFFERED], NEEDED), draws.some(len(SPECIALTIES), NEEDED, count))
    last = np.where(draws.share(1 / 3, count), NONE, needs[:, -1])
    return np.column_stack([needs[:, :-1], np.where(wanted == NONE, last, len(SPECIALTIES) + wanted)])


def _other(draws: Draws, mentors: Mentors, home: Numbers, part: float) -> Numbers:
    """Draw for a share of the mentees a mentor who is not their home: of its team, or anybody where they are different."""
    other = draws.own(_mates(draws, mentors, home), _anybody(draws, mentors, home.shape))
    return np.where(draws.share(part, len(home)) & (other != home), other, NONE)


def _mates(draws: Draws, mentors: Mentors, home: Numbers) -> Numbers:
    """Draw another mentor of the home's team; the home itself where it has no other."""
    order = np.argsort(mentors.team, kind="stable")
    size = np.bincount(mentors.team)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    position = np.empty_like(order)
    position[order] = np.arange(len(order)) - start[mentors.team[order]]
    team = mentors.team[home]
    step = 1 + (draws.random.random_sample(len(home)) * (size[team] - 1)).astype(np.int64)
    return order[start[team] + (position[home] + step) % size[team]]


def _anybody(draws: Draws, mentors: Mentors, shape: tuple[int, ...]) -> Numbers:
    return draws.random.randint(0, len(mentors.team), size=shape).astype(np.int64)
