"""One world in which everything that could leak exists, told by the actions of the product on one afternoon of June 2027."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from releve.core.bilingual import Text
from releve.enrolment.importing import actions as importing
from releve.enrolment.importing import reading
from releve.enrolment.importing.mapping import guess_columns
from releve.enrolment.models import Import, Participant
from releve.matching import actions as matching
from releve.notifications.models import DemoLetter
from releve.people.models import Organization, Person
from releve.programs.models import Cohort
from releve.relationships import actions as relationships
from releve.relationships.models import Membership, Relationship
from releve.surveys import actions as surveys
from tests.confidentiality import cast, story
from tests.confidentiality.markers import address
from tests.factories.relationships import memberships

NOW = dt.datetime(2027, 6, 15, 14, 0, tzinfo=ZoneInfo("America/Toronto"))
DAY = dt.timedelta(days=1)
REGISTERED = NOW - 420 * DAY
PAIRED = NOW - 300 * DAY

# name of the pair: mentor, mentee
COUPLES = {
    "own": ("benoit", "chloe"),
    "other": ("denise", "emile"),
    "staff": ("karim", "lise"),
    "coordinator": ("paule", "quentin"),
    "far": ("tessa", "gaston"),
    "former": ("marc", "chloe"),
    "staff_ended": ("karim", "odile"),
    "proposed": ("benoit", "uma"),
    "introduced": ("denise", "ines"),
    "accepted": ("denise", "alain"),
    "paused": ("paule", "pia"),
    "ended": ("benoit", "olga"),
    "completed": ("marc", "celine"),
    "dissolved": ("marc", "dora"),
    "dropped": ("ugo", "vera"),
}


@dataclass
class World:
    people: dict[str, Person]
    cohorts: dict[str, Cohort]
    places: dict[str, Participant] = field(default_factory=dict)
    pairs: dict[str, Relationship] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def arguments(self, at: str) -> list[Any]:
        """Read the arguments of an address: "pair:own commitment" is the identity of a pair, then a word."""
        return [self._argument(*part.rpartition(":")[::2]) for part in at.split()]

    def _argument(self, kind: str, name: str) -> Any:
        if kind == "slug":
            return self.cohorts[name].program.slug
        if kind == "appointment":
            return self.people[name].appointments.first().pk
        found = {"cohort": self.cohorts, "place": self.places, "pair": self.pairs, "thing": self.things}
        return found[kind][name].pk if kind else name

    @property
    def year(self) -> Cohort:
        return self.cohorts["year"]

    def membership(self, pair: str, who: str) -> Membership:
        return next(found for found in memberships(self.pairs[pair]) if found.participant == self.places[who])


def build(clock: Any) -> World:
    """Tell the year. `clock` is a traveller of time-machine; it stands at NOW afterwards."""
    clock.move_to(REGISTERED)
    if not Organization.objects.exists():
        Organization.objects.create(name=Text("Chapitre du Québec", "Quebec Chapter"), contact_email="chapitre@example.org")
    people = cast.everybody()
    chapter, elsewhere = cast.program("chapter", by=people["amina"]), cast.program("elsewhere", by=people["jeanne"])
    cohorts = {
        "year": cast.cohort(chapter, "2026"),
        "far": cast.cohort(elsewhere, "2026"),
        "draft": cast.cohort(chapter, "2027", state=Cohort.State.DRAFT),
        "unopened": cast.cohort(cast.program("unopened", by=people["jeanne"]), "2027", state=Cohort.State.DRAFT),
    }
    world = World(people, cohorts)
    cast.appoint_staff(chapter, people, now=REGISTERED + DAY)
    world.places = cast.register_everybody(people, cohorts["year"], cohorts["far"], now=REGISTERED)
    for who in ("chloe", "benoit", "karim", "lise", "nadia"):
        cast.assess(who, people, cohorts["year"], now=REGISTERED)
    cast.assess("gaston", people, cohorts["far"], now=REGISTERED)
    clock.move_to(PAIRED)
    bring_together(world, clock)
    clock.move_to(NOW)
    surveys.open_receipts(NOW)
    write_today(world)
    return world


def decided(world: World, pair: str, *, now: dt.datetime) -> Relationship:
    mentor, mentee = (world.places[who] for who in COUPLES[pair])
    by = world.people["jeanne" if pair == "far" else "helene"]
    world.pairs[pair] = story.decide(mentor.cohort, mentor, mentee, pair=pair, by=by, now=now)
    return world.pairs[pair]


def bring_together(world: World, clock: Any) -> None:
    """Make every pair, the early ones first: a mentor has three places, a mentee one partner at a time."""
    by = world.people["helene"]
    for pair in ("former", "staff_ended", "ended", "completed"):
        story.confirm(decided(world, pair, now=PAIRED), pair if pair == "former" else "", by=by, now=PAIRED)
    for pair in ("dissolved", "dropped"):
        decided(world, pair, now=PAIRED)
    story.introduce(world.pairs["dissolved"], by=by, now=PAIRED)
    world.things |= story.live(world.pairs["former"], "former", now=PAIRED + 80 * DAY)
    clock.move_to(PAIRED + 90 * DAY)
    end_some(world, now=PAIRED + 90 * DAY)
    for pair in ("own", "other", "staff", "coordinator", "far", "paused"):
        far = world.people["jeanne"] if pair == "far" else by
        story.confirm(decided(world, pair, now=PAIRED + 91 * DAY), "" if pair == "paused" else pair, by=far, now=PAIRED + 91 * DAY)
    clock.move_to(NOW - 12 * DAY)
    relationships.pause(world.pairs["paused"], by=world.people["pia"], now=NOW - 12 * DAY)
    story.accept(decided(world, "accepted", now=NOW - 12 * DAY), by=by, now=NOW - 12 * DAY)
    clock.move_to(NOW - 2 * DAY)
    story.introduce(decided(world, "introduced", now=NOW - 2 * DAY), by=by, now=NOW - 2 * DAY)
    decided(world, "proposed", now=NOW - 2 * DAY)


def end_some(world: World, *, now: dt.datetime) -> None:
    relationships.end_early(world.pairs["former"], "not_working", by=world.people["chloe"], now=now)
    relationships.end_early(world.pairs["staff_ended"], "not_working", by=world.people["odile"], now=now)
    relationships.end_early(world.pairs["ended"], "goals_met", by=world.people["olga"], now=now)
    relationships.complete(world.pairs["completed"], by=world.people["celine"], now=now)
    relationships.release(world.pairs["dissolved"], by=world.people["helene"], now=now)
    relationships.withdraw_proposal(world.pairs["dropped"], by=world.people["helene"], now=now)


def write_today(world: World) -> None:
    """Fill the five living pairs, the evaluations, the requests for help, and a file on its way in."""
    things, people = world.things, world.people
    for pair in ("own", "other", "staff", "coordinator", "far"):
        things |= story.live(world.pairs[pair], pair, now=NOW)
    for pair, answered_by in {"own": "amina", "staff": "amina", "coordinator": None, "far": None}.items():
        mentee = world.membership(pair, COUPLES[pair][1])
        by = people[answered_by] if answered_by else None
        things[f"help.{pair}"] = story.ask_for_help(mentee, pair, answered_by=by, now=NOW)
    for pair, role in [("own", 0), ("own", 1), ("staff", 0), ("staff", 1), ("coordinator", 1), ("far", 1)]:
        thing = f"evaluation.{pair}.{'mentee' if role else 'mentor'}"
        things[thing] = story.evaluate(world.membership(pair, COUPLES[pair][role]), thing, now=NOW)
        if role:
            things[f"agreed.{pair}"] = story.agree_on_meeting(*memberships(world.pairs[pair]), now=NOW)
    things["evaluation.draft"] = story.evaluate(world.membership("other", "emile"), "evaluation.draft", now=NOW)
    adjust_board(world)
    things["import"] = bring_file(world)
    things["letter"] = people["chloe"].letters.first()
    things["demo_letter"] = DemoLetter.objects.create(to="a@example.org", subject="…", text="…", language="fr")


def adjust_board(world: World) -> None:
    """Let the engine suggest pairs, and the committee keep some people apart: three runs in all."""
    by, places = world.people["helene"], world.places
    matching.run_suggestions(world.year, by=by, seed=1, now=NOW)
    for seen, mentor in enumerate(("wilfrid", "karim"), start=1):
        thing = "adjustment.nadia" if mentor == "wilfrid" else "adjustment.karim"
        world.things[thing] = story.keep_apart(places[mentor], places["nadia"], thing=thing, seen=seen, by=by, now=NOW)


def bring_file(world: World) -> Import:
    """Upload a registration whose line manager only those who import and pair may read."""
    header = "Rôle;Prénom;Nom;Courriel;Langue;Profession;Établissement;Région;Motivations;Domaines;Supérieur immédiat"
    row = f"Mentor·e;Zacharie;Nouveau;zacharie@example.org;Français;Médecine;CHUM;Montréal;Aider;Finances;{address('cell.import')}"
    table = reading.read_table(f"{header}\n{row}\n".encode())
    sheet = importing.start_import(world.year, table, file_name="people.csv", by=world.people["amina"])
    importing.map_columns(sheet, guess_columns(sheet.columns, world.year.definition), by=world.people["amina"])
    importing.check_rows(sheet)
    return sheet
