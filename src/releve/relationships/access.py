"""The one way into the pages of a relationship: through one's own membership."""

from uuid import UUID

from django.http import Http404, HttpRequest

from .models import Membership, Relationship
from .queries import membership_of


def own_membership(request: HttpRequest, relationship: UUID) -> Membership:
    """Return the membership of the person who asks.

    Raises: Http404 for everybody else, staff included, and before members were told.
    """
    found = Relationship.objects.of_member(request.user).filter(pk=relationship).first()
    membership = membership_of(found, request.user) if found else None
    if membership is None:
        raise Http404
    return membership
