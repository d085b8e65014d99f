"""Reads about participants that serve several rooms."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, QuerySet

from releve.core.visibility import Visibility
from releve.people.models import Person
from releve.programs.definition import Definition
from releve.programs.definition.people import Consent
from releve.programs.models import Cohort
from releve.questionnaires.definition import CHOOSING, PREFER_NOT, Form, Question
from releve.questionnaires.display import Row, rows

from .intake import ROLE_QUESTION
from .models import Facet, Participant, ParticipantConsent, ParticipantQuerySet, SelfAssessment

PROFILING = "profiling"
DIRECTORY = "directory"
ON_SHEETS = frozenset({Visibility.COMMITTEE, Visibility.DIRECTORY, Visibility.PUBLIC})


class Quality(StrEnum):
    """In what quality somebody reads another person's presentation sheet."""

    DIRECTORY = "directory"  # takes part in the cohort: what was chosen to be shown
    PARTNER = "partner"  # introduced to them: the whole sheet, and how to reach them at work
    COMMITTEE = "committee"


def current_consents(participant: Participant) -> set[str]:
    """Return the ids of the purposes a participant agrees to now."""
    current = participant.consents.filter(withdrawn_at__isnull=True)
    return set(current.values_list("purpose", flat=True))


def consents_for(cohort: Cohort, role: str) -> list[Consent]:
    """Return the purposes asked of one role, in the definition's order."""
    return [item for item in cohort.definition.consents if not item.roles or role in item.roles]


def agreeing(participants: ParticipantQuerySet, cohort: Cohort, purpose: str) -> ParticipantQuerySet:
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
    return shown.exclude(person=viewer).select_related("person", "registration").order_by("sort_name", "pk")


def participation_of(person: Person, cohort: Cohort) -> list[Participant]:
    """Return every place a person holds in a cohort, withdrawn ones excepted."""
    held = cohort.participants.filter(person=person).exclude(state=Participant.State.WITHDRAWN)
    return list(held.select_related("cohort__version", "cohort__program", "registration", "person").order_by("role"))


def own_place(person: Person, cohort: Cohort, role: str) -> Participant | None:
    """Return the place of a person in one role, a place they left included."""
    held = cohort.participants.filter(person=person, role=role)
    return held.select_related("cohort__version", "cohort__program", "registration", "person").first()


def other_roles(definition: Definition, role: str) -> list[str]:
    """Return the roles that somebody in a role can be paired with."""
    return [other for other in definition.relationship.members if other != role]


def public_cohorts() -> QuerySet[Cohort]:
    """Return the cohorts that people can come into, or could until they closed."""
    return Cohort.objects.public().select_related("program", "version")


def own_assessment(person: Person, cohort: Cohort, role: str) -> SelfAssessment | None:
    """Return what a person noted for themselves, if they began."""
    found = SelfAssessment.objects.filter(person=person, cohort=cohort, role=role)
    return found.select_related("response__form").first()


def find_sheet(viewer: Person, participant_id: UUID) -> Participant | None:
    """Return somebody whose sheet the directory shows to a person who can be paired with them."""
    found = Participant.objects.filter(pk=participant_id).select_related("cohort__version", "cohort__program").first()
    if found is None:
        return None
    definition = found.cohort.definition
    own = [place.role for place in participation_of(viewer, found.cohort) if place.confirmed_at]
    if not any(found.role in other_roles(definition, role) for role in own):
        return None
    return in_directory(found.cohort, viewer, found.role).filter(pk=found.pk).first()


def directory_filters(definition: Definition, role: str) -> list[Question]:
    """List the questions by which a directory is narrowed: those that count in pairing and that sheets may show."""
    counting = [criterion.mentor for criterion in definition.pairing.criteria if criterion.kind in {"overlap", "near", "distance"}]
    counting += [rule.question for rule in definition.pairing.rules if rule.kind == "language_in_common"]
    form = definition.intake_form
    on_sheets = {question.id for question in sheet_questions(form, Quality.PARTNER, ()) if question.in_directory != "never"}
    return [
        question
        for question in form.flat
        if question.id in counting and question.id in on_sheets and question.type in CHOOSING and question.applies_to(role)
    ]


def with_facets(participants: QuerySet[Participant], wanted: Mapping[str, str], *, shown_only: bool) -> QuerySet[Participant]:
    """Keep the participants who chose these answers; `shown_only` looks only at answers their sheets show."""
    for question, value in wanted.items():
        having = Facet.objects.filter(question=question, value=value, **({"shown": True} if shown_only else {}))
        participants = participants.filter(pk__in=having.values("participant"))
    return participants


def wishes_of(participant: Participant) -> list[Participant]:
    """Return whom a participant would like to be paired with, first choice first."""
    return [wish.wished for wish in participant.wishes.select_related("wished__person").order_by("rank")]


def still_shown(participant: Participant, wished: Collection[Participant]) -> set[UUID]:
    """Return the ids of those wished for whose sheet the participant may still open."""
    roles = {item.role for item in wished}
    ids = [item.pk for item in wished]
    return {
        pk
        for role in roles
        for pk in in_directory(participant.cohort, participant.person, role).filter(pk__in=ids).values_list("pk", flat=True)
    }


def sheet_questions(form: Form, quality: Quality, shown: Collection[str]) -> list[Question]:
    """List the questions that a presentation sheet shows to a reader; `shown` is what its owner chose.

    The name stands above the sheet, and what only those who pair may read is on none.
    """

    def is_on(question: Question) -> bool:
        if form.visibility_of(question) not in ON_SHEETS or question.person_field == "name":
            return False
        if question.in_directory == "always" or (question.in_directory == "chosen" and question.id in shown):
            return True
        return quality != Quality.DIRECTORY and (question.in_directory == "chosen" or question.work_contact)

    return [question for question in form.flat if is_on(question)]


def sheet_rows(participant: Participant, quality: Quality) -> list[Row]:
    """Show a participant's presentation sheet, in the language in use, as one kind of reader sees it."""
    form = participant.cohort.definition.intake_form
    questions = sheet_questions(form, quality, participant.shown_answers)
    answers = {name: answer for name, answer in participant.given_answers.items() if answer != PREFER_NOT}
    for question in questions:
        if question.person_field == "email":
            answers[question.id] = participant.person.email
    only = {question.id for question in questions}
    return rows(form, answers, only=only, role=participant.role, dates=participant.cohort.calendar.dates)


def registration_rows(participant: Participant) -> tuple[list[Row], list[Row]]:
    """Show what others read of a registration: first the committee, then only those who pair.

    Name, address and role stand above it.
    """
    form = participant.cohort.definition.intake_form
    below = [question for question in form.flat if question.person_field not in {"name", "email"} and question.id != ROLE_QUESTION]
    by_reader = {question.id: form.visibility_of(question) for question in below}
    for_pairing = {name for name, reader in by_reader.items() if reader == Visibility.MATCHING}
    for_committee = {name for name, reader in by_reader.items() if reader in ON_SHEETS}
    answers, dates = participant.given_answers, participant.cohort.calendar.dates
    return (
        rows(form, answers, only=for_committee, role=participant.role, dates=dates),
        rows(form, answers, only=for_pairing, role=participant.role, dates=dates),
    )


def card_rows(participant: Participant) -> list[Row]:
    """Show the few lines by which somebody is recognized in the directory: what every sheet has, and short choices."""
    form = participant.cohort.definition.intake_form
    shown = sheet_questions(form, Quality.DIRECTORY, participant.shown_answers)
    short = {question.id for question in shown if question.in_directory == "always" or question.type in CHOOSING}
    return rows(form, participant.given_answers, only=short, role=participant.role, dates=participant.cohort.calendar.dates)


def reads_pairing_facts(viewer: Person, participant: Participant) -> bool:
    """Say whether somebody who pairs people may read what this participant wrote for those who pair.

    Staff who take part read it of nobody they could be paired with: it may name themselves.
    """
    own_roles = {place.role for place in participation_of(viewer, participant.cohort)}
    definition = participant.cohort.definition
    return not any(participant.role in other_roles(definition, role) for role in own_roles)


def in_order(cohort: Cohort, ids: Sequence[UUID]) -> list[Participant]:
    """Read some participants of a cohort with their accounts and answers. Order: that of `ids`."""
    rows = Participant.objects.select_related("person", "registration").in_bulk(ids)
    for row in rows.values():
        row.cohort = cohort
    return [rows[pk] for pk in ids]


def count_by_state(cohort: Cohort) -> dict[str, int]:
    """Count the places of a cohort by state."""
    return dict(cohort.participants.order_by().values_list("state").annotate(Count("pk")))


def to_invite(cohort: Cohort, *, only: Collection[UUID] | None = None) -> QuerySet[Participant]:
    """Return the people brought in by others who were not invited yet. Order: by name."""
    found = cohort.participants.filter(state=Participant.State.INVITED, invited_at__isnull=True, person__is_active=True)
    if only is not None:
        found = found.filter(pk__in=only)
    return found.select_related("person", "cohort__program", "cohort__version").order_by("sort_name", "pk")
