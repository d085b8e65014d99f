"""What the organization appoints people to, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releve.people.roles import Duty

from .definition import Definition

NAMES: dict[Duty, Promise] = {
    Duty.COORDINATOR: pgettext_lazy("duty", "Coordinator"),
    Duty.COMMITTEE: pgettext_lazy("duty", "Member of the committee"),
    Duty.READER: pgettext_lazy("duty", "Reader of totals"),
}
EXPLANATIONS: dict[Duty, Promise] = {
    Duty.COORDINATOR: _("Prepares cohorts, dates, texts and letters, invites people, appoints the committee, and does what it does."),
    Duty.COMMITTEE: _("Reads registrations, pairs people, follows pairs and answers requests for help."),
    Duty.READER: _("Sees the year in figures, and nobody’s name."),
}


def duty_name(duty: Duty, definition: Definition) -> str:
    """Name a duty as the program names it, else as this software does."""
    own = next((staff.name for staff in definition.staff if staff.duty == duty.value), None)
    return str(own or NAMES[duty])
