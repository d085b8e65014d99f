"""The reminder tick: what is due is computed from rows, and each thing is told once."""

from datetime import datetime, timedelta

from django.utils import timezone

from releve.enrolment.actions import remind_invited
from releve.notifications.actions import notify
from releve.programs.models import Cohort
from releve.relationships import actions as relationships
from releve.relationships.models import ContactAnswer, Relationship, State
from releve.relationships.queries import with_members
from releve.workspace.actions import remind_to_sign
from releve.workspace.models import Signature

from .attention import SIGNING_DAYS, silent_pairs

BEFORE_ANSWER_DAYS = 5
SIGN_AFTER_DAYS = 7


def send_reminders(now: datetime) -> int:
    """Write every reminder that is due; a missed or repeated tick changes nothing."""
    open_cohorts = Cohort.objects.filter(state=Cohort.State.OPEN).select_related("version", "program")
    return sum(
        remind_invited(cohort, now=now)
        + _remind_answers(cohort, now)
        + _remind_signatures(cohort, now)
        + _remind_silence(cohort, now)
        + _announce_closing(cohort, now)
        for cohort in open_cohorts
    )


def close_terms(now: datetime) -> int:
    """Complete the pairs of cohorts whose last day is over, and thank those who were in one."""
    today = timezone.localdate(now)
    over = Cohort.objects.filter(state=Cohort.State.OPEN, ends_on__lt=today).select_related("version")
    return sum(_complete_pairs(cohort, now) + _thank(cohort) for cohort in over)


def _complete_pairs(cohort: Cohort, now: datetime) -> int:
    pairs = Relationship.objects.filter(terms__cohort=cohort, state__in=[State.CONFIRMED, State.PAUSED])
    for relationship in pairs:
        relationships.complete(relationship, by=None, now=now)
    return len(pairs)


def _thank(cohort: Cohort) -> int:
    """Thank, once, everybody whose pair was confirmed."""
    paired = cohort.participants.confirmed().filter(memberships__relationship__confirmed_at__isnull=False).distinct()
    letters = (
        notify(participant.person, "thanks", due_key=f"thanks:{participant.pk}", ids={"participant": str(participant.pk)})
        for participant in paired.select_related("person")
    )
    return sum(letter is not None for letter in letters)


def _live(cohort: Cohort, state: State):
    return with_members(Relationship.objects.filter(terms__cohort=cohort, state=state))


def _remind_answers(cohort: Cohort, now: datetime) -> int:
    """Remind those who have not answered, some days before the answers are read."""
    near = _live(cohort, State.INTRODUCED).filter(answer_by__gt=now, answer_by__lte=now + timedelta(days=BEFORE_ANSWER_DAYS))
    answered = set(ContactAnswer.objects.filter(membership__relationship__in=near).values_list("membership", flat=True))
    return sum(
        _tell(membership, "contact_reminder", f"{relationship.answer_by:%Y%m%d}")
        for relationship in near
        for membership in _current(relationship)
        if membership.pk not in answered
    )


def _remind_signatures(cohort: Cohort, now: datetime) -> int:
    """Remind those who have not signed, once in the first week and once when it becomes late."""
    documents = [task.document for task in cohort.definition.tasks if task.kind == "sign" and task.document]
    sent = 0
    for relationship in _live(cohort, State.ACCEPTED):
        waited = now - (relationship.accepted_at or now)
        if waited < timedelta(days=SIGN_AFTER_DAYS):
            continue
        series = "late" if waited > timedelta(days=SIGNING_DAYS) else "first"
        for document in documents:
            signed = set(
                Signature.objects.standing()
                .filter(agreement__relationship=relationship, agreement__document=document)
                .values_list("membership", flat=True)
            )
            for membership in _current(relationship):
                if membership.pk not in signed:
                    sent += remind_to_sign(membership, document, series=series, now=now)
    return sent


def _remind_silence(cohort: Cohort, now: datetime) -> int:
    """Ask how things are going where no meeting was noted for long, once per silence."""
    silent = silent_pairs(_live(cohort, State.CONFIRMED), cohort, now)
    return sum(
        _tell(membership, "silence_check", f"{concern.since:%Y%m%d}") for concern in silent for membership in _current(concern.relationship)
    )


def _announce_closing(cohort: Cohort, now: datetime) -> int:
    """Announce the closing of the year, from the day the program opens it."""
    opens = cohort.calendar.get("closing_opens")
    if opens is None or timezone.localdate(now) < opens:
        return 0
    return sum(
        _tell(membership, "closing", str(cohort.pk))
        for relationship in _live(cohort, State.CONFIRMED)
        for membership in _current(relationship)
    )


def _current(relationship: Relationship) -> list:
    return [membership for membership in relationship.memberships.all() if membership.left_at is None]


def _tell(membership, kind: str, series: str, **ids: str) -> int:
    letter = notify(
        membership.participant.person,
        kind,
        due_key=f"{kind}:{membership.pk}:{series}",
        ids={"membership": str(membership.pk), **ids},
    )
    return int(letter is not None)
