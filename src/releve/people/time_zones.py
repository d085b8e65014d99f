"""Where people live, as they choose it: Canada's hours by the names of places, the rest of the world by its own codes."""

from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CANADA = {
    "America/St_Johns": pgettext_lazy("time zone", "Newfoundland (St. John’s)"),
    "America/Blanc-Sablon": pgettext_lazy("time zone", "Lower North Shore (Blanc-Sablon)"),
    "America/Halifax": pgettext_lazy("time zone", "Atlantic (Halifax, Îles-de-la-Madeleine)"),
    "America/Moncton": pgettext_lazy("time zone", "Atlantic (Moncton)"),
    "America/Toronto": pgettext_lazy("time zone", "Eastern (Montréal, Québec, Toronto)"),
    "America/Iqaluit": pgettext_lazy("time zone", "Eastern (Iqaluit)"),
    "America/Winnipeg": pgettext_lazy("time zone", "Central (Winnipeg)"),
    "America/Regina": pgettext_lazy("time zone", "Central, without daylight saving (Regina)"),
    "America/Edmonton": pgettext_lazy("time zone", "Mountain (Edmonton, Calgary)"),
    "America/Vancouver": pgettext_lazy("time zone", "Pacific (Vancouver)"),
    "America/Whitehorse": pgettext_lazy("time zone", "Yukon (Whitehorse)"),
}
CONTINENTS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def choices() -> list:
    """List the time zones for a form, Canada's first."""
    elsewhere = sorted(name for name in available_timezones() if name.startswith(CONTINENTS) and name not in CANADA)
    return [
        (pgettext_lazy("time zones", "Canada"), list(CANADA.items())),
        (_("Elsewhere in the world"), [(name, name.replace("_", " ")) for name in elsewhere]),
    ]
