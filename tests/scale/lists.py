"""Every page with a list: where it is, who opens it, and how its list grows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from benchmarks.crowd import MENTOR, SENTENCE, Crowd
from releve.core.bilingual import Text
from releve.enrolment.importing import actions as importing
from releve.enrolment.models import Import, ImportRow, Participant
from releve.matching.actions import run_suggestions
from releve.matching.models import Run
from releve.meetings.models import Attendance, Meeting
from releve.notifications.models import Letter
from releve.people.models import Consent, Person
from releve.people.roles import Duty
from releve.programs.models import Appointment, Cohort, Program, Version
from releve.relationships.models import HelpRequest, Relationship, State, StateChange
from tests.factories import imports, programs, relationships, workspace
from tests.factories.enrolment import mentee

FILE = "Rôle;Prénom;Nom;Courriel\nMentorée;Chloé;Roy;chloe.roy@example.org\n".encode("cp1252")


class World:
    """One cohort and one pair in it, made as far as a list needs them."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.cohort = programs.cohort(starts_on=timezone.localdate() - dt.timedelta(days=60))
        self.amina = programs.staff(self.cohort)
        self.crowd = Crowd(self.cohort, seed=1, now=self.now)

    @cached_property
    def pair(self) -> relationships.Pair:
        return relationships.pair(cohort=self.cohort)

    @cached_property
    def zoe(self) -> Person:
        """A mentee who waits."""
        return mentee(self.cohort, name="Zoé Roy", consents=("participation", "directory")).person

    @cached_property
    def sheet(self) -> Import:
        return imports.previewed(self.cohort, FILE)

    # --- how lists grow

    def people(self, count: int) -> None:
        self.crowd.register(count)

    def mentors(self, count: int) -> None:
        self.crowd.register(2 * count, roles=[MENTOR])

    def invited(self, count: int) -> None:
        self.crowd.register(count, states={Participant.State.INVITED: 1})

    def rows(self, count: int) -> None:
        """Add lines to a file that waits to come in."""
        first = self.sheet.rows.first()
        known = self.sheet.rows.count()
        lines = [[*first.cells[:-1], f"personne.{known + n}@example.org"] for n in range(count)]
        ImportRow.objects.bulk_create(ImportRow(sheet=self.sheet, number=known + 2 + n, cells=cells) for n, cells in enumerate(lines))
        importing.check_rows(self.sheet)

    def pairs(self, count: int, state: State = State.CONFIRMED) -> list[Relationship]:
        found = self.crowd.register(2 * count)
        return self.crowd.pair(zip(found[::2], found[1::2], strict=True), states={state: 1})

    def slow_pairs(self, count: int) -> None:
        self.pairs(count, State.ACCEPTED)

    def evaluated_pairs(self, count: int) -> None:
        """Enough of them answered for totals to be shown."""
        self.crowd.evaluate(self.pairs(count + 3), answering=1)

    def suggestions(self, count: int) -> None:
        self.crowd.register(3 * count)
        run_suggestions(self.cohort, by=self.amina, seed=1, now=self.now)

    def runs(self, count: int) -> None:
        known = self.cohort.runs.count()
        made = (
            Run(cohort=self.cohort, number=known + 1 + n, by=self.amina, objective="best_total", state="failed", people={})
            for n in range(count)
        )
        Run.objects.bulk_create(made)

    def events(self, count: int) -> None:
        self.crowd.log(count)

    def requests(self, count: int) -> None:
        """Ask for help and be moved to and fro, again and again."""
        asked = (HelpRequest(membership=self.pair.mentee, contact="committee", text=SENTENCE) for _each in range(count))
        HelpRequest.objects.bulk_create(asked)
        moved = (
            StateChange(relationship=self.pair.relationship, move="pause", state=State.PAUSED, by=self.amina) for _each in range(count)
        )
        StateChange.objects.bulk_create(moved)

    def meetings(self, count: int) -> None:
        relationship = self.pair.relationship
        known = relationship.meetings.count()
        held = [
            Meeting(
                relationship=relationship,
                joint_key=relationship.joint_key,
                starts_at=self.now - dt.timedelta(hours=4 + 4 * (known + n)),
                minutes=60,
                way=Meeting.Way.PHONE,
                state=Meeting.State.HELD,
                agreed_minutes=60,
            )
            for n in range(count)
        ]
        Meeting.objects.bulk_create(held)
        for membership in (self.pair.mentor, self.pair.mentee):
            word = (Attendance(meeting=meeting, membership=membership, minutes=60, confirmed_at=self.now) for meeting in held)
            Attendance.objects.bulk_create(word)

    def goals(self, count: int) -> None:
        for _each in range(count):
            workspace.goal(self.pair.mentee)

    def staff(self, count: int) -> None:
        program = self.cohort.program
        Appointment.objects.bulk_create(Appointment(program=program, person=one, duty=Duty.READER) for one in self.crowd.people(count))

    def cohorts(self, count: int) -> None:
        known = Cohort.objects.count()
        Cohort.objects.bulk_create(self._cohort(self.cohort.program, self.cohort.version, known + n) for n in range(count))

    def programs(self, count: int) -> None:
        """Add open programs, of one cohort each."""
        known = Program.objects.count()
        name, version = Text("Programme", "Program"), self.cohort.version
        made = Program.objects.bulk_create(Program(slug=f"other-{known + n}", name=name) for n in range(count))
        Version.objects.bulk_create(Version(program=one, number=1, frozen=version.frozen, digest=version.digest) for one in made)
        Cohort.objects.bulk_create(self._cohort(one, one.versions.get(), n) for n, one in enumerate(made))

    def _cohort(self, program: Program, version: Version, number: int) -> Cohort:
        name, starts_on = Text(f"Cohorte {number}", f"Cohort {number}"), self.cohort.starts_on
        return Cohort(program=program, version=version, slug=f"c{number}", name=name, starts_on=starts_on, state=Cohort.State.OPEN)

    def versions(self, count: int) -> None:
        program, newest = self.cohort.program, self.cohort.version
        known = program.versions.count()
        Version.objects.bulk_create(
            Version(program=program, number=known + 1 + n, frozen=newest.frozen, digest=newest.digest, by=self.amina) for n in range(count)
        )

    def letters(self, count: int) -> None:
        known = Letter.objects.count()
        due = (Letter(person=self.zoe, kind="closing", ids={}, due_key=f"letter {known + n}") for n in range(count))
        Letter.objects.bulk_create(due)

    def agreements(self, count: int) -> None:
        given = {"purpose": "account", "text": SENTENCE, "text_digest": "0" * 64, "language": "fr", "given_at": self.now}
        Consent.objects.bulk_create(Consent(person=self.zoe, withdrawn_at=self.now, **given) for _each in range(count))


@dataclass(frozen=True)
class Listed:
    """One page: the arguments of its address, its reader, and how its list grows."""

    at: Callable[[World], tuple[Any, ...]]
    reader: Callable[[World], Person]
    grow: Callable[[World, int], object]


def _here(world: World) -> tuple[Any, ...]:
    return (world.cohort.pk,)


def _ours(world: World) -> tuple[Any, ...]:
    return (world.pair.relationship.pk,)


def _nowhere(world: World) -> tuple[Any, ...]:
    return ()


def _amina(world: World) -> Person:
    return world.amina


def _chloe(world: World) -> Person:
    return world.pair.chloe


def _zoe(world: World) -> Person:
    return world.zoe


LISTS: dict[str, Listed] = {
    "enrolment:list_people": Listed(_here, _amina, World.people),
    "enrolment:invite_people": Listed(_here, _amina, World.invited),
    "enrolment:browse_sheets": Listed(_here, _zoe, World.mentors),
    "enrolment:import_rows": Listed(lambda world: (world.cohort.pk, world.sheet.pk), _amina, World.rows),
    "relationships:list_relationships": Listed(_here, _amina, World.pairs),
    "relationships:follow_relationship": Listed(_ours, _amina, World.requests),
    "relationships:ask_for_help": Listed(_ours, _chloe, World.requests),
    "matching:show_pairing": Listed(_here, _amina, World.suggestions),
    "matching:list_runs": Listed(_here, _amina, World.runs),
    "matching:choose_by_hand": Listed(_here, _amina, World.people),
    "home:list_cohorts": Listed(_nowhere, _amina, World.cohorts),
    "home:show_board": Listed(_here, _amina, World.slow_pairs),
    "home:show_log": Listed(_here, _amina, World.events),
    "home:show_today": Listed(_nowhere, _chloe, World.meetings),
    "home:show_relationship": Listed(_ours, _chloe, World.meetings),
    "reports:show_figures": Listed(_here, _amina, World.pairs),
    "surveys:list_evaluations": Listed(_here, _amina, World.evaluated_pairs),
    "meetings:list_meetings": Listed(_ours, _chloe, World.meetings),
    "workspace:list_goals": Listed(_ours, _chloe, World.goals),
    "progress:show_hours": Listed(_nowhere, _chloe, World.meetings),
    "programs:list_programs": Listed(_nowhere, _zoe, World.programs),
    "programs:show_program": Listed(lambda world: (world.cohort.program.slug,), _zoe, World.cohorts),
    "programs:list_staff": Listed(_here, _amina, World.staff),
    "programs:show_definition": Listed(_here, _amina, World.versions),
    "privacy:show_my_data": Listed(_nowhere, _zoe, World.letters),
    "people:show_account": Listed(_nowhere, _zoe, World.agreements),
}
# As long as the definition of a program is, whoever takes part; or shown by the demonstration alone.
FIXED = {
    "programs:list_texts",
    "programs:list_letters",
    "library:list_documents",
    "home:list_personas",
    "notifications:list_letters",
}
