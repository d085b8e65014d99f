"""Whether people can be brought together, as data: every reason, not the first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.people.roles import ALLOWED, Permission
from releve.programs.models import Cohort, Program

from .models import OPEN_STATES, Relationship


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason against a relationship. `person` names whom it is about, where it is about one."""

    code: str
    message: str


def problems_with(cohort: Cohort, members: Sequence[tuple[Participant, str]]) -> list[Problem]:
    """Check the cohort, roles and numbers, registrations, places left, and that nobody meets themselves."""
    return [
        *_closed(cohort),
        *_numbers(cohort, [role for _participant, role in members]),
        *_people([participant for participant, _role in members]),
        *_mix(cohort, members),
        *_registrations(cohort, members),
    ]


def working_language(participants: Sequence[Participant]) -> str:
    """Choose the language in which all can work: a shared account language, else the first one's."""
    languages = {participant.person.language for participant in participants}
    return languages.pop() if len(languages) == 1 else ""


def staff_who_follow(program: Program) -> list[Person]:
    """Return everybody appointed to follow pairs in a program, each once. Order: by address."""
    duties = [duty for duty, allowed in ALLOWED.items() if Permission.FOLLOW_PAIRS in allowed]
    current = program.appointments.current().filter(duty__in=duties).values("person")
    return list(Person.objects.filter(pk__in=current, is_active=True).order_by("email"))


def _closed(cohort: Cohort) -> list[Problem]:
    if cohort.state != Cohort.State.CLOSED:
        return []
    return [Problem("closed", _("This cohort is closed: nobody is paired in it any more."))]


def _numbers(cohort: Cohort, roles: Iterable[str]) -> list[Problem]:
    counts = Counter(roles)
    found = []
    for role, limits in cohort.definition.relationship.members.items():
        have, name = counts.pop(role, 0), str(cohort.definition.role(role).name)
        if have < limits.least:
            found.append(Problem("too_few", _too_few(limits.least, name)))
        if have > limits.most:
            found.append(Problem("too_many", _too_many(limits.most, name)))
    if counts:
        found.append(Problem("unknown_role", _("One of these people has a role that takes no part in a pairing.")))
    return found


def _too_few(count: int, role: str) -> str:
    sentence = ngettext(
        "At least %(count)d person is needed in this role: %(role)s.",
        "At least %(count)d people are needed in this role: %(role)s.",
        count,
    )
    return sentence % {"count": count, "role": role}


def _too_many(count: int, role: str) -> str:
    sentence = ngettext(
        "At most %(count)d person can have this role: %(role)s.",
        "At most %(count)d people can have this role: %(role)s.",
        count,
    )
    return sentence % {"count": count, "role": role}


def _people(participants: Sequence[Participant]) -> list[Problem]:
    found = []
    if len({participant.person_id for participant in participants}) < len(participants):
        found.append(Problem("self", _("Nobody can be paired with themselves.")))
    shared = Relationship.objects.filter(state__in=OPEN_STATES)
    for participant in participants:
        shared = shared.filter(memberships__participant=participant, memberships__left_at__isnull=True)
    if len(participants) > 1 and shared.exists():
        found.append(Problem("already_paired", _("These people are already paired.")))
    return found


def _mix(cohort: Cohort, members: Sequence[tuple[Participant, str]]) -> list[Problem]:
    """Check what a group must look like: all different, all alike, or one of each kind of role."""
    found = []
    for rule in cohort.definition.relationship.mix:
        name = (rule.question or "").rpartition(".")[2]
        people = [participant for participant, role in members if not rule.roles or role in rule.roles]
        said = [str(answer) for participant in people if (answer := participant.given_answers.get(name)) is not None]
        wrong = {
            "all_different": len(set(said)) < len(said),
            "same": len(set(said)) > 1,
            "at_least_one_of_each": not set(rule.roles) <= {role for _participant, role in members},
        }
        if wrong.get(rule.kind, False):
            found.append(Problem(rule.kind, str(rule.explain or _("The group does not have the mix that the program asks for."))))
    return found


def _registrations(cohort: Cohort, members: Sequence[tuple[Participant, str]]) -> list[Problem]:
    found = []
    for participant, role in members:
        name = {"name": participant.person.name}
        if participant.cohort_id != cohort.pk or participant.role != role:
            found.append(Problem("elsewhere", _("%(name)s is not registered in this role here.") % name))
        elif participant.state not in {Participant.State.REGISTERED, Participant.State.WAITING}:
            found.append(Problem("not_registered", _("%(name)s is not registered.") % name))
        elif participant.confirmed_at is None:
            found.append(Problem("not_confirmed", _("%(name)s has not confirmed their registration yet.") % name))
        elif _taken(participant) >= participant.places:
            found.append(Problem("no_place", _("%(name)s has no place left.") % name))
    return found


def _taken(participant: Participant) -> int:
    return participant.memberships.filter(left_at__isnull=True, relationship__state__in=OPEN_STATES).count()
