"""In whose name every letter goes out."""

from releve.notifications.sender import Sender

from .models import Organization


def sender() -> Sender | None:
    """Name the organization in the active language; a server that has none yet leaves it to the settings."""
    organization = Organization.objects.first()
    return Sender(str(organization.name), organization.contact_email) if organization else None
