"""Read when somebody is free: moments of the week, or of a cycle of shifts that repeats."""

import re
from datetime import date

from releve.enrolment.importing.choices import MOMENT_WORDS, SEPARATORS, slots_in
from releve.enrolment.importing.cleaning import fold, tidy
from releve.matching.engine.shifts import LONGEST_CYCLE
from releve.questionnaires.definition import MOMENTS

# “8 days: 1 evening, 2 evening, 5 morning”, with “from 2026-11-30” where day 1 is that day.
CYCLE = re.compile(
    r"\s*(?P<days>[0-9]{1,3})\s*(?:days?|jours?|d|j)?\s*"
    r"(?:(?:from|depuis|à partir du|dès le)\s+(?P<start>[0-9]{4}-[0-9]{2}-[0-9]{2})\s*)?:(?P<moments>.*)",
    re.IGNORECASE | re.DOTALL,
)
DAY_AND_MOMENT = re.compile(r"([0-9]{1,3}) (.+)")
WORDS = (*zip(MOMENTS, MOMENT_WORDS, strict=True), ("night", ("night", "nuit")), ("day", ("day", "jour", "journee")))
MOMENT_OF = {fold(name): moment for moment, names in WORDS for name in names}


def slots_of(text: str, first_day: date | None) -> tuple[frozenset[str], list[str]]:
    """Read a cell as the engine's slots, and list the pieces that are none.

    `first_day` is the day on which the engine's horizon begins; a cycle with a date of its own is turned to it.
    """
    cycle = CYCLE.fullmatch(tidy(text))
    if cycle is None:
        slots, unknown = slots_in(text)
        return frozenset(slots), unknown
    days, start = int(cycle["days"]), _day(cycle["start"])
    if not 1 <= days <= LONGEST_CYCLE or (cycle["start"] and (start is None or first_day is None)):
        return frozenset(), [cycle[0]]
    turned = (start - first_day).days if start and first_day else 0
    found, unknown = set(), []
    for piece in filter(None, SEPARATORS.split(tidy(cycle["moments"]))):
        named = DAY_AND_MOMENT.fullmatch(fold(piece))
        moment = MOMENT_OF.get(named[2]) if named else None
        if named and moment and 1 <= int(named[1]) <= days:
            found.add(f"{days}/{(int(named[1]) - 1 + turned) % days + 1}/{moment}")
        else:
            unknown.append(piece)
    return frozenset(found), unknown


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
