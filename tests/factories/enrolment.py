"""Participants for tests, with answers that the first blueprint's registration form takes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from releve.enrolment import listing
from releve.enrolment.models import Participant, ParticipantConsent
from releve.people.models import Person
from releve.programs.models import Cohort
from releve.questionnaires import actions as questionnaires
from tests.factories.people import person as new_person

MENTOR, MENTEE = "mentor", "mentee"
NEVER_SHOWN = "patron.secret@example.org"  # the line manager of everyone, for those who pair alone


def answers(role: str, **more: Any) -> dict[str, Any]:
    """Answer everything the first blueprint requires of a role, and a little more; None takes an answer out."""
    given = {
        "role": role,
        "given_name": "Chloé",
        "family_name": "Bélanger",
        "email": "chloe@example.org",
        "phone": "418 555-0123",
        "language": "fr",
        "title": "Cheffe de service",
        "profession": "nursing",
        "organization": "CIUSSS de la Capitale-Nationale",
        "region": "capitale_nationale",
        "setting": "hospital",
        "motivations": "Apprendre à déléguer.",
        "areas": ["finance", "engage_others"],
        "availability": ["mon_noon", "thu_evening"],
        "mode": ["video"],
        "line_manager": NEVER_SHOWN,
    }
    given |= {"offers": "Vingt ans de gestion.", "places": 2} if role == MENTOR else {}
    given |= {"seeks": "Une écoute franche.", "objectives": "Mener mon budget."} if role == MENTEE else {}
    return {name: answer for name, answer in (given | more).items() if answer is not None}


def participant(
    cohort: Cohort,
    role: str = MENTEE,
    *,
    person: Person | None = None,
    name: str = "Chloé Bélanger",
    state: str = Participant.State.REGISTERED,
    consents: Iterable[str] = ("participation",),
    now: dt.datetime | None = None,
    shown: Iterable[str] = (),
    **more: Any,
) -> Participant:
    """Make somebody who registered and confirmed; `more` are answers that differ from `answers(role)`.

    State `invited` makes them imported: not confirmed, nothing agreed to. The first blueprint's purposes
    are participation, suggestions and directory.
    """
    now = now or timezone.now()
    person = person or new_person(name)
    form = cohort.definition.intake_form
    given, _space, family = person.name.rpartition(" ")
    own = {"given_name": given or person.name, "family_name": family or person.name, "email": person.email}
    response = questionnaires.start_response(form, owner=person, visibility=form.visibility)
    response.answers = answers(role, **own | more)
    confirmed = state not in {Participant.State.INVITED, Participant.State.STARTED}
    response.saved_at, response.submitted_at, response.revision = now, now if confirmed else None, 1
    response.save()
    made = Participant.objects.create(
        cohort=cohort,
        person=person,
        role=role,
        state=state,
        registration=response,
        confirmed_at=now if confirmed else None,
        withdrawn_at=now if state == Participant.State.WITHDRAWN else None,
        shown_answers=list(shown),
    )
    if confirmed:
        for purpose in consents:
            agree(made, purpose, now=now)
    listing.refresh([made], now=now)
    made.refresh_from_db()
    return made


def agree(participant: Participant, purpose: str, *, now: dt.datetime | None = None) -> ParticipantConsent:
    """Let a participant agree to a purpose."""
    return ParticipantConsent.objects.create(
        participant=participant, purpose=purpose, text="…", text_digest="0" * 64, language="fr", given_at=now or timezone.now()
    )


def mentor(cohort: Cohort, **more: Any) -> Participant:
    return participant(cohort, MENTOR, **{"name": "Benoît Dufour"} | more)


def mentee(cohort: Cohort, **more: Any) -> Participant:
    return participant(cohort, MENTEE, **more)
