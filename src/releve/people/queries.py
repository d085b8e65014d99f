"""Reads about accounts that serve several pages."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Consent, Organization, Person


def the_organization() -> Organization | None:
    """Return the organization that this server belongs to; None before it was set up."""
    return Organization.objects.first()


def account_consent() -> str:
    """Write what somebody agrees to when they open an account, in the language in use."""
    organization = the_organization()
    if organization is None:
        return _("I agree that my name and my email address be kept to run my account. I can have it erased at any time.")
    return _("I agree that %(organization)s keep my name and my email address to run my account. I can have it erased at any time.") % {
        "organization": organization.name
    }


def consents_of(person: Person) -> QuerySet[Consent]:
    """Return what a person agreed to for their account, the newest first, withdrawn ones included."""
    return person.consents.order_by("-given_at")
