"""The one next step of the committee in a cohort, from the day it is drafted to the day it is closed."""

from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from releve.core import dates
from releve.core.components import NextAction
from releve.enrolment.models import Import, ImportRow, Participant
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.opening import problems_with_opening
from releve.programs.queries import may
from releve.progress.attention import Concern, Need
from releve.relationships.models import State
from releve.relationships.queries import followed_in
from releve.surveys.queries import asked_and_answered, readable

URGENT = frozenset({Need.HELP_ASKED, Need.NO_OUTCOME})
READY = (ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGE)
TO_MEND = (ImportRow.Verdict.ERROR, ImportRow.Verdict.CHOICE)


def next_step(cohort: Cohort, person: Person, now: datetime, *, worst: Concern | None, free: dict[str, int]) -> NextAction | None:
    """Say what the committee should do first; `worst` is the pair that needs care most, `free` counts who has a place by kind of role."""
    today = timezone.localdate(now)
    if cohort.state == Cohort.State.DRAFT:
        return _opening(cohort, person)
    care = _care(worst) if worst else None
    if cohort.state == Cohort.State.CLOSED or (worst and worst.need in URGENT):
        return care
    if cohort.ends_on and cohort.ends_on < today:
        return _evaluations(cohort, person, today) or _closing(cohort, person) or care
    people = _waiting_file(cohort, person) or _invite(cohort, person) or _call(cohort, person)
    return people or _prepared(cohort, person) or _pair(cohort, free, today) or care


def _opening(cohort: Cohort, person: Person) -> NextAction | None:
    if not may(person, Permission.OPEN_COHORT, cohort.program):
        return None
    obstacles = problems_with_opening(cohort)
    if obstacles:
        return NextAction(
            title=_("Mend what keeps the cohort closed"),
            url=reverse("programs:open_cohort", args=[cohort.pk]),
            label=_("See what is missing"),
            reason=str(obstacles[0]),
        )
    return NextAction(
        title=_("Open the cohort"),
        url=reverse("programs:open_cohort", args=[cohort.pk]),
        label=_("Check and open"),
        reason=_("Everything is in place. The public page appears as soon as you open it."),
        minutes=2,
    )


def _care(concern: Concern) -> NextAction:
    titles = {
        Need.HELP_ASKED: _("Someone asked for help"),
        Need.NO_OUTCOME: _("A pair has not answered"),
        Need.NO_ANSWER: _("Answers are due soon"),
        Need.NOT_SIGNED: _("A pair is slow to sign"),
        Need.SILENT: _("A pair has gone quiet"),
    }
    names = " · ".join(m.participant.person.name for m in concern.relationship.memberships.all())
    return NextAction(
        title=titles[concern.need],
        url=reverse("relationships:follow_relationship", args=[concern.relationship.pk]),
        label=_("Open the pair"),
        reason=names,
        minutes=5,
    )


def _waiting_file(cohort: Cohort, person: Person) -> NextAction | None:
    """Take up a file that stands half way in."""
    if not may(person, Permission.IMPORT_PEOPLE, cohort.program):
        return None
    half_way = cohort.imports.filter(state__in=[Import.State.MAPPING, Import.State.PREVIEW])
    sheet = half_way.annotate(
        ready=Count("rows", filter=Q(rows__verdict__in=READY)), wrong=Count("rows", filter=Q(rows__verdict__in=TO_MEND))
    ).first()
    if sheet is None:
        return None
    is_mapped = sheet.state == Import.State.PREVIEW
    page = "enrolment:import_rows" if is_mapped else "enrolment:import_columns"
    return NextAction(
        title=_("A file waits half way in"),
        url=reverse(page, args=[cohort.pk, sheet.pk]),
        label=_("Take it up again"),
        reason=_rows_in_words(sheet.ready, sheet.wrong) if is_mapped else _("Its columns still have to be told apart."),
        minutes=5,
    )


def _rows_in_words(ready: int, wrong: int) -> str:
    first = ngettext("%(count)d row is ready to come in.", "%(count)d rows are ready to come in.", ready) % {"count": ready}
    if not wrong:
        return first
    second = ngettext("%(count)d row needs a look first.", "%(count)d rows need a look first.", wrong) % {"count": wrong}
    return f"{first} {second}"


def _evaluations(cohort: Cohort, person: Person, today: date) -> NextAction | None:
    """Read what people said of the year, while they still may say it."""
    closes = [day for survey in cohort.definition.surveys if (day := cohort.calendar.resolve(survey.closes))]
    if not closes or max(closes) < today or not may(person, Permission.READ_EVALUATIONS, cohort.program):
        return None
    asked, answered = _evaluated(cohort, person)
    if not asked:
        return None
    values = {"answered": answered, "asked": asked, "date": dates.day(max(closes), weekday=False)}
    return NextAction(
        title=pgettext("next step", "Read the evaluations"),
        url=reverse("surveys:list_evaluations", args=[cohort.pk]),
        label=_("See what people said"),
        reason=_("%(answered)d of %(asked)d have answered. Answers come in until %(date)s; then the cohort can be closed.") % values,
        minutes=15,
    )


def _evaluated(cohort: Cohort, person: Person) -> tuple[int, int]:
    counts = [asked_and_answered(readable(cohort, survey.id, person)) for survey in cohort.definition.surveys]
    return sum(asked for asked, _answered in counts), sum(answered for _asked, answered in counts)


def _closing(cohort: Cohort, person: Person) -> NextAction | None:
    if not may(person, Permission.OPEN_COHORT, cohort.program):
        return None
    return NextAction(
        title=pgettext("next step", "Close the cohort"),
        url=reverse("programs:close_cohort", args=[cohort.pk]),
        label=_("See what closing does"),
        reason=_("The year is over. People keep what is theirs, and the figures stay."),
        minutes=2,
        later_url=reverse("surveys:list_evaluations", args=[cohort.pk]),
        later_label=_("Read the evaluations"),
    )


def _invite(cohort: Cohort, person: Person) -> NextAction | None:
    if not may(person, Permission.INVITE_PEOPLE, cohort.program):
        return None
    waiting = cohort.participants.filter(state=Participant.State.INVITED, invited_at__isnull=True).count()
    if not waiting:
        return None
    title = ngettext("Invite %(count)d person to confirm", "Invite %(count)d people to confirm", waiting)
    return NextAction(
        title=title % {"count": waiting},
        url=reverse("enrolment:invite_people", args=[cohort.pk]),
        label=_("See the letters first"),
        reason=_("They were imported. Nobody is paired before they have confirmed by themselves."),
        minutes=3,
    )


def _call(cohort: Cohort, person: Person) -> NextAction | None:
    """Suggest how to bring people in, while the list is empty."""
    if cohort.participants.exists() or not may(person, Permission.IMPORT_PEOPLE, cohort.program):
        return None
    return NextAction(
        title=_("Bring the first people in"),
        url=reverse("enrolment:import_file", args=[cohort.pk]),
        label=_("Import a spreadsheet"),
        reason=_("Import the file of your form service, or share the public page: people register there by themselves."),
        due=cohort.calendar.get("registration_closes"),
        later_url=reverse("programs:show_program", args=[cohort.program.slug]),
        later_label=_("See the public page"),
    )


def _prepared(cohort: Cohort, person: Person) -> NextAction | None:
    prepared = followed_in(cohort, person).filter(state=State.PROPOSED).first()
    if prepared is None:
        return None
    return NextAction(
        title=_("Introduce a pair you prepared"),
        url=reverse("relationships:follow_relationship", args=[prepared.pk]),
        label=_("Open the pair"),
        reason=_("Its members do not know about it yet."),
        minutes=2,
    )


def _pair(cohort: Cohort, free: dict[str, int], today: date) -> NextAction | None:
    """Ask to pair once everybody who could be paired has had the time to register."""
    closes = cohort.calendar.get("registration_closes")
    if not free["mentee"] or not free["mentor"] or (closes and today <= closes):
        return None
    title = ngettext("%(count)d mentee has no mentor yet", "%(count)d mentees have no mentor yet", free["mentee"])
    reason = ngettext("%(count)d mentor still has room.", "%(count)d mentors still have room.", free["mentor"])
    return NextAction(
        title=title % {"count": free["mentee"]},
        url=reverse("matching:show_pairing", args=[cohort.pk]),
        label=_("Pair people"),
        reason=reason % {"count": free["mentor"]},
        due=cohort.calendar.get("pairing_by"),
    )
