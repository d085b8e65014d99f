"""How a year ends: evaluations, pairs that go to their term, the record that closes."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from releve.programs import actions as programs
from releve.progress.reminders import close_terms
from releve.questionnaires.definition import Form
from releve.surveys import actions as surveys
from releve.surveys.models import Receipt

from .days import last_day
from .pairing import Pair
from .world import Record, World

IN_ORDER = ("then_and_now", "relationship", "program")  # groups of the form whose scales are told as a list
CLOSED_AFTER = 26  # days
ASKED_BEFORE = timedelta(days=21)  # as the blueprint has it
ASKED_AFTER = timedelta(hours=1)  # where a pair ended early


def plan(world: World) -> None:
    """Add the end of last year."""
    last = last_day(world.starts["last"])
    world.timeline.at(world.days.exactly(last - ASKED_BEFORE, "05:00"), _ask)
    world.timeline.at(world.days.exactly(last + timedelta(days=1), "00:05"), lambda now: close_terms(now))
    world.timeline.at(world.days.moment({"day": CLOSED_AFTER}, start=last, at="14:10"), partial(_close, world))


def plan_evaluations(pair: Pair) -> None:
    """Add what the members of one pair answered."""
    if "ended" in pair.record or "withdrawn" in pair.record:
        told = pair.record.get("ended") or pair.record["withdrawn"]
        pair.at({word: told[word] for word in ("ago", "day") if word in told}, _ask, hour="16:40", after=ASKED_AFTER)
    for side, told in pair.record.get("evaluations", {}).items():
        when = {word: told[word] for word in ("ago", "day") if word in told}
        pair.at(when, partial(_evaluate, pair, side, told), hour="19:50")


def _ask(*, now: datetime) -> None:
    surveys.open_receipts(now)


def _evaluate(pair: Pair, side: str, told: Record, *, now: datetime) -> None:
    receipt = Receipt.objects.select_related("membership__participant__person", "cohort__version", "cohort__program").get(
        membership=pair.member(side)
    )
    begun = surveys.start_answer(receipt)
    answers = answers_of(told, begun.response.form.form)
    surveys.answer(receipt, answers, revision=begun.response.revision, now=now)


def answers_of(told: Record, form: Form) -> dict[str, Any]:
    """Write what is told as answers: lists fill the scales of their group in order, blanks stay blank."""
    answers = {key: value for key, value in told.items() if key not in {"ago", "day", *IN_ORDER}}
    for group in form.questions:
        if group.id in IN_ORDER:
            scales = [question.id for question in group.questions]
            answers |= {scale: value for scale, value in zip(scales, told[group.id], strict=True) if value is not None}
    return answers


def _close(world: World, *, now: datetime) -> None:
    programs.close_cohort(world.cohorts["last"], by=world.people["desrochers"], now=now)
