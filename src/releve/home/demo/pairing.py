"""How pairs came to be, and what became of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from releve.enrolment import actions as enrolment
from releve.matching import actions as matching
from releve.matching.queries import newest_number, suggestion_between
from releve.programs.definition.journey import Document
from releve.relationships import actions as relationships
from releve.relationships.models import Membership, Relationship
from releve.workspace import actions as workspace
from releve.workspace.integrity import text_digest
from releve.workspace.queries import newest_agreement, text_to_sign

from .days import When
from .world import Record, World, read

SIDES = {"mentor": "mentee", "mentee": "mentor"}
RUNS = {"last": [{"before": 89}], "this": [{"before": 88}, {"ago": 41}, {"ago": 1}]}
SEED = 2026
# After the last run of this year's board: two people whom the committee keeps together, and two it keeps apart.
ADJUSTED = [
    (matching.keep_together, "baril", "benkirane", "Elles se sont parlé au colloque, et chacune l’a dit au comité."),
    (matching.keep_apart, "kowalczyk", "haddad", "Ils siègent ce printemps au même comité d’évaluation."),
]
SIGNED_AT = "21:15"
ANSWER_DAYS = timedelta(days=21, hours=1)  # then the rules read what was answered


class Pair:
    """One relationship of the story while it is played."""

    def __init__(self, world: World, cohort: str, record: Record, number: int) -> None:
        self.world, self.cohort, self.record = world, cohort, record
        self.paired_at = f"{9 + number % 7:02}:{13 * number % 60:02}"
        self.start: date = world.starts[cohort]
        self.relationship: Relationship | None = None

    def at(self, when: When, scene: Callable[..., object], *, hour: str = "10:00", after: timedelta = timedelta()) -> datetime:
        """Add a scene of this pair; return its moment."""
        moment = self.world.days.moment(when, start=self.start, at=hour) + after
        self.world.timeline.at(moment, scene)
        return moment

    def member(self, side: str) -> Membership:
        """Return one member as they stand now."""
        found = Membership.objects.select_related("relationship__program", "participant__person", "participant__cohort__version")
        return found.get(relationship=self.relationship, role=side)

    def fresh(self) -> Relationship:
        """Return the relationship as it stands now."""
        return Relationship.objects.select_related("program").get(pk=self.relationship.pk)

    def person(self, side: str):
        return self.member(side).participant.person


def pairs_of(world: World) -> list[Pair]:
    """Read the pairs of both years."""
    files = {"last": "last_year_pairs", "this": "pairs"}
    return [Pair(world, cohort, record, number) for cohort, file in files.items() for number, record in enumerate(read(file))]


def plan_runs(world: World) -> None:
    """Add the moments at which the committee asked the engine for suggestions."""
    for cohort, moments in RUNS.items():
        for when in moments:
            moment = world.days.moment(when, start=world.starts[cohort], at="07:30")
            world.timeline.at(moment, partial(_suggest, world, cohort))
    world.timeline.at(moment + timedelta(minutes=20), partial(_adjust, world))


def plan(pair: Pair) -> None:
    """Add the scenes of one pair up to its signatures, and those of its end."""
    record = pair.record
    introduced = pair.at(record.get("introduced") or record["prepared"], partial(_bring_together, pair), hour=pair.paired_at)
    if "introduced" in record:
        _plan_answers(pair, introduced)
    for side, when in record.get("signed", {}).items():
        pair.at(when, partial(_sign, pair, side), hour=SIGNED_AT)
    _plan_end(pair)


def _plan_answers(pair: Pair, introduced: datetime) -> None:
    """Add the private answers; the rules read them once both are in, or when the time is up."""
    answers = pair.record.get("answers", {})
    moments = {side: introduced.replace(hour=20, minute=30) + timedelta(days=days) for side, (_suits, days) in answers.items()}
    for side, moment in moments.items():
        pair.world.timeline.at(moment, partial(_answer, pair, side, answers[side][0]))
    read_at = max(moments.values()) if len(moments) == len(SIDES) else introduced + ANSWER_DAYS
    if read_at < pair.world.days.now:
        pair.world.timeline.at(read_at, _settle)


def _plan_end(pair: Pair) -> None:
    ends = {"paused": _pause, "ended": _end, "withdrawn": _withdraw, "completed": _complete}
    for word, scene in ends.items():
        if word in pair.record:
            told = pair.record[word]
            when = {name: told[name] for name in ("ago", "day") if name in told}
            pair.at(when, partial(scene, pair, told), hour="16:40")


def _settle(*, now: datetime) -> None:
    relationships.settle_contacts(now)


def _suggest(world: World, cohort: str, *, now: datetime) -> None:
    matching.run_suggestions(world.cohorts[cohort], by=world.people["desrochers"], seed=SEED, now=now)


def _adjust(world: World, *, now: datetime) -> None:
    cohort, by = world.cohorts["this"], world.people["obrien"]
    for adjust, mentee, mentor, reason in ADJUSTED:
        two = (world.place("this", mentee), world.place("this", mentor))
        adjust(cohort, two, seen=matching.Seen(newest_number(cohort)), reason=reason, by=by, now=now)


def _bring_together(pair: Pair, *, now: datetime) -> None:
    """Pair two people as the committee's page does: with the engine's view where it has one, and a written reason."""
    world, record = pair.world, pair.record
    cohort = world.cohorts[pair.cohort]
    mentor, mentee = (world.place(pair.cohort, record[side]) for side in SIDES)
    run, explained = suggestion_between(cohort, mentee, mentor)
    score = explained.shown if explained else None
    chosen = matching.Chosen(mentor=mentor, mentee=mentee, reason=record["reason"], run=run, score=score)
    introduces = "introduced" in record
    pair.relationship = matching.pair(cohort, chosen, by=world.people[record["by"]], introduce=introduces, now=now)


def _answer(pair: Pair, side: str, suits: bool, *, now: datetime) -> None:
    relationships.answer_contact(pair.member(side), suits, now=now)


def _sign(pair: Pair, side: str, *, now: datetime) -> None:
    member = pair.member(side)
    document = _commitment(member)
    laid_out = newest_agreement(member.relationship, document.id)
    shown = text_digest(laid_out.text if laid_out else text_to_sign(member.relationship, document))
    person = member.participant.person
    workspace.sign(member, document, name=person.name, language=person.language, shown=shown, now=now)


def _commitment(member: Membership) -> Document:
    definition = member.participant.cohort.definition
    return next(definition.document(task.document) for task in definition.tasks if task.kind == "sign")


def _pause(pair: Pair, told: Record, *, now: datetime) -> None:
    relationships.pause(pair.fresh(), by=pair.person(told["by"]), now=now)


def _end(pair: Pair, told: Record, *, now: datetime) -> None:
    relationships.end_early(pair.fresh(), told["reason"], by=pair.person(told["by"]), now=now)


def _complete(pair: Pair, told: Record, *, now: datetime) -> None:
    relationships.complete(pair.fresh(), by=pair.person(told["by"]), continues=told["continues"], now=now)


def _withdraw(pair: Pair, told: Record, *, now: datetime) -> None:
    """Leave the program, and with it the pair."""
    enrolment.withdraw(pair.world.place(pair.cohort, pair.record[told["who"]]), by=pair.person(told["who"]), now=now)
