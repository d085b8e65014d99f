"""A cohort's year in figures: counted from states, dates and agreed lengths, never from what people wrote."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from releve.enrolment.models import Participant
from releve.meetings.models import Meeting
from releve.people.models import Person
from releve.people.roles import Permission
from releve.programs.models import Cohort
from releve.programs.queries import may
from releve.relationships.models import Relationship, State
from releve.surveys.models import Receipt

from .small_cells import Division, hidden_among

HIDDEN = None  # a count that is shown to nobody who only reads totals
TIME = frozenset({"meetings", "minutes"})


@dataclass(frozen=True)
class Figure:
    """One count. `count` is None where showing it would point at people."""

    key: str
    label: str
    count: int | None
    is_time: bool = False  # Units: minutes


@dataclass(frozen=True)
class Group:
    """Counts that belong together, under a title that says what they answer."""

    key: str
    title: str
    figures: list[Figure]

    @property
    def most(self) -> int:
        """The largest count that is shown: the full length of a bar."""
        return max((figure.count for figure in self.figures if figure.count and not figure.is_time), default=0)


def figures_of(cohort: Cohort, person: Person) -> list[Group]:
    """Count a cohort's year, for somebody who reads its totals.

    Who follows pairs sees every count, but none by which they could work out why a pair of their own ended. Who
    reads totals only sees none below the program's limit either, nor any that could be worked out by subtracting.
    """
    groups = list(_groups(cohort))
    hidden = _about_their_own_pairs(cohort, person)
    if not may(person, Permission.FOLLOW_PAIRS, cohort.program):
        hidden |= _small(cohort, groups)
    return [Group(group.key, group.title, [_as_shown(figure, hidden) for figure in group.figures]) for group in groups]


def _about_their_own_pairs(cohort: Cohort, person: Person) -> set[str]:
    """Name the reasons of ending, for somebody a pair of whom ended: they know the reasons of all the others."""
    ended = Relationship.objects.of_member(person).filter(terms__cohort=cohort, state=State.ENDED)
    return {*_endings(cohort)} if ended.exists() else set()


def _endings(cohort: Cohort) -> list[str]:
    return [*(f"ended:{reason.id}" for reason in cohort.definition.relationship.early_end), "ended:withdrawal"]


def _small(cohort: Cohort, groups: list[Group]) -> set[str]:
    """Name the counts that would point at people who are not known to the reader."""
    counts = {figure.key: figure.count or 0 for group in groups for figure in group.figures}
    people = {key: count for key, count in counts.items() if key not in TIME}
    hidden = hidden_among(people, _divisions(cohort), limit=cohort.definition.privacy.small_cell_limit)
    if "introduced" in hidden:
        hidden |= TIME  # the hours of a few pairs are their own
    return hidden


def _as_shown(figure: Figure, hidden: set[str]) -> Figure:
    return replace(figure, count=HIDDEN) if figure.key in hidden else figure


def _divisions(cohort: Cohort) -> Iterator[Division]:
    """Say which counts are parts of which."""
    yield Division("introduced", ["waiting", "dissolved", *_endings(cohort), "completed"])
    yield Division("introduced", ["confirmed"])
    yield Division("introduced", ["again"])
    yield Division("confirmed", ["completed"])
    yield Division("completed", ["continues"])
    for survey in cohort.definition.surveys:
        yield Division(f"{survey.id}:asked", [f"{survey.id}:answered"])


def _groups(cohort: Cohort) -> Iterator[Group]:
    yield Group("people", _("Who registered?"), list(_people(cohort)))
    yield Group("pairs", _("How many pairs formed, and how far did they come?"), list(_pairs(cohort)))
    yield Group("time", _("How much time did they spend together?"), list(_time(cohort)))
    yield Group("evaluations", _("Who answered the evaluation?"), list(_evaluations(cohort)))


def _people(cohort: Cohort) -> Iterator[Figure]:
    rows = cohort.participants.values("role").annotate(
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False) & ~Q(state=Participant.State.WITHDRAWN)),
        invited=Count("pk", filter=Q(state=Participant.State.INVITED)),
        withdrawn=Count("pk", filter=Q(state=Participant.State.WITHDRAWN)),
    )
    by_role = {row["role"]: row for row in rows}
    for role in cohort.definition.roles:
        if role.enrols:
            row = by_role.get(role.id, {"confirmed": 0, "invited": 0, "withdrawn": 0})
            name = {"role": role.plural}
            yield Figure(f"{role.id}:confirmed", _("%(role)s: registered") % name, row["confirmed"])
            yield Figure(f"{role.id}:invited", _("%(role)s: invited, not confirmed") % name, row["invited"])
            yield Figure(f"{role.id}:withdrawn", _("%(role)s: withdrawn") % name, row["withdrawn"])


def _pairs(cohort: Cohort) -> Iterator[Figure]:
    introduced = Relationship.objects.filter(terms__cohort=cohort, introduced_at__isnull=False)
    rows = list(introduced.values_list("state", "ending", "confirmed_at", "follows", "continues"))
    states = Counter(state for state, *_rest in rows)
    endings = Counter(ending for state, ending, *_rest in rows if state == State.ENDED)
    yield Figure("introduced", _("Pairs introduced"), len(rows))
    yield Figure("waiting", _("Waiting for answers"), states[State.INTRODUCED])
    yield Figure("dissolved", _("Did not suit"), states[State.DISSOLVED])
    yield Figure("confirmed", _("Confirmed, both having signed"), sum(row[2] is not None for row in rows))
    yield Figure("again", _("Formed in place of another"), sum(row[3] is not None for row in rows))
    for reason in cohort.definition.relationship.early_end:
        yield Figure(f"ended:{reason.id}", _("Ended early: %(reason)s") % {"reason": reason.title}, endings[reason.id])
    yield Figure("ended:withdrawal", _("Ended early: somebody withdrew"), endings["withdrawal"])
    yield Figure("completed", _("Went to the end"), states[State.COMPLETED])
    yield Figure("continues", _("Go on by themselves"), sum(bool(row[4]) for row in rows))


def _time(cohort: Cohort) -> Iterator[Figure]:
    meetings = Meeting.objects.filter(relationship__in=_relationships(cohort), agreed_minutes__isnull=False)
    total = meetings.aggregate(minutes=Sum("agreed_minutes"), count=Count("pk"))
    yield Figure("meetings", _("Meetings that all members confirmed"), total["count"])
    yield Figure("minutes", _("Time together"), total["minutes"] or 0, is_time=True)


def _evaluations(cohort: Cohort) -> Iterator[Figure]:
    rows = (
        Receipt.objects.filter(cohort=cohort)
        .values("survey")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    )
    by_survey = {row["survey"]: row for row in rows}
    for survey in cohort.definition.surveys:
        row = by_survey.get(survey.id, {"asked": 0, "answered": 0})
        name = {"survey": survey.title or cohort.definition.form(survey.form).title}
        yield Figure(f"{survey.id}:asked", _("%(survey)s: asked") % name, row["asked"])
        yield Figure(f"{survey.id}:answered", _("%(survey)s: answered") % name, row["answered"])


def _relationships(cohort: Cohort) -> list[UUID]:
    return list(Relationship.objects.filter(terms__cohort=cohort).values_list("pk", flat=True))
