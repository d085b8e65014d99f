"""Reads about participants that serve several rooms."""

from django.db.models import QuerySet

from releve.people.models import Person
from releve.programs.definition.people import Consent
from releve.programs.models import Cohort

from .models import Participant, ParticipantConsent

PROFILING = "profiling"
DIRECTORY = "directory"


def current_consents(participant: Participant) -> set[str]:
    """Return the ids of the purposes a participant agrees to now."""
    rows = participant.consents.filter(withdrawn_at__isnull=True)
    return set(rows.values_list("purpose", flat=True))


def consents_for(cohort: Cohort, role: str) -> list[Consent]:
    """Return the purposes asked of one role, in the definition's order."""
    return [item for item in cohort.definition.consents if not item.roles or role in item.roles]


def agreeing(participants: QuerySet[Participant], cohort: Cohort, purpose: str) -> QuerySet[Participant]:
    """Keep the participants who confirmed and agree now to a kind of purpose of their cohort."""
    ids = [item.id for item in cohort.definition.consents if item.purpose == purpose]
    agreed = ParticipantConsent.objects.filter(purpose__in=ids, withdrawn_at__isnull=True).values("participant")
    return participants.confirmed().filter(pk__in=agreed)


def suggestions_on(participant: Participant) -> bool:
    """Say whether the machine may suggest partners for this participant: off until they switch it on."""
    return agreeing(Participant.objects.filter(pk=participant.pk), participant.cohort, PROFILING).exists()


def in_directory(cohort: Cohort, viewer: Person, role: str) -> QuerySet[Participant]:
    """Return those of a role who chose to show themselves, to somebody who takes part. Order: by name."""
    takes_part = cohort.participants.confirmed().filter(person=viewer).exists()
    shown = agreeing(cohort.participants.filter(role=role), cohort, DIRECTORY) if takes_part else Participant.objects.none()
    return shown.exclude(person=viewer).select_related("person", "registration", "cohort").order_by("person__name", "pk")


def participation_of(person: Person, cohort: Cohort) -> list[Participant]:
    """Return every place a person holds in a cohort, withdrawn ones excepted."""
    held = cohort.participants.filter(person=person).exclude(state=Participant.State.WITHDRAWN)
    return list(held.select_related("cohort__version", "cohort__program", "registration").order_by("role"))
