"""How long a meeting lasted, as people write it."""

import re

from django.utils.translation import gettext as _

LEAST, MOST = 5, 12 * 60  # minutes
FALLBACK = 60  # where the program suggests no length

SPACES = re.compile(r"\s+")
CLOCK = re.compile(r"(?:(?P<hours>[0-9]{1,3})(?:h|hr|hrs|hours?|heures?|:))?(?:(?P<minutes>[0-9]{1,3})(?:min|mins|minutes?|mn|m)?)?", re.I)
PART_OF_HOURS = re.compile(r"(?P<hours>[0-9]{1,3}[.,][0-9]{1,2})(?:h|hr|hrs|hours?|heures?)", re.I)
MEANT_HOURS = range(1, LEAST)  # "2" is a meeting of two hours, not of two minutes


class UnreadableLength(ValueError):
    """Not a length, or not that of a meeting; carries the sentence that says so."""


def read_minutes(text: str) -> int:
    """Read « 90 », « 1 h 30 », "1:30", "1.5 h". Units: minutes.

    Raises: UnreadableLength with a sentence in the language in use.
    """
    bare = SPACES.sub("", text)
    part = PART_OF_HOURS.fullmatch(bare)
    found = None if part else CLOCK.fullmatch(bare)
    if part:
        minutes = round(float(part["hours"].replace(",", ".")) * 60)
    elif found and bare and not (found["hours"] and int(found["minutes"] or 0) > 59):
        minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    else:
        raise UnreadableLength(_("Write the length in minutes, for example 90, or as 1 h 30."))
    if found and not found["hours"] and minutes in MEANT_HOURS:
        raise UnreadableLength(
            _("A length without a unit is in minutes: write %(hours)d h for hours, or at least %(least)d minutes.")
            % {"hours": minutes, "least": LEAST}
        )
    if not LEAST <= minutes <= MOST:
        raise UnreadableLength(_("A meeting lasts from 5 minutes to 12 hours. Check the length."))
    return minutes
