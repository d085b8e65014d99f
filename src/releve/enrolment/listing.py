"""What lists of people are sorted, searched and narrowed by, copied from accounts and answers when these change.

Answers are kept as they were given, in one column each person; ten thousand of them are too many to read for a list.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import override

from releve.core.bilingual import LANGUAGES
from releve.programs.definition import Definition
from releve.programs.models import Cohort
from releve.questionnaires.check import asked_answers
from releve.questionnaires.conditions import as_number, is_answered
from releve.questionnaires.definition import CHOOSING, PREFER_NOT, Form, Question
from releve.questionnaires.display import text_of

from .importing.cleaning import fold
from .intake import ROLE_QUESTION
from .models import Facet, Participant
from .queries import ON_SHEETS, Quality, sheet_questions

BATCH = 500
COPIED = ("sort_name", "listed_as", "listed_at", "search_text", "sheet_text", "seats")
STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n"})
AT_ONCE = 5_000  # one tick; the next takes the rest


def refresh(participants: Iterable[Participant], *, now: datetime) -> int:
    """Copy anew what lists need of these participants; return how many."""
    ids = [participant.pk for participant in participants]
    for start in range(0, len(ids), BATCH):
        _refresh_batch(ids[start : start + BATCH], now)
    return len(ids)


def refresh_stale(now: datetime) -> int:
    """Copy anew where an account or an answer changed since: for names changed elsewhere. Safe to repeat."""
    known_as = Concat(F("person__name"), Value("\n"), F("person__email"), output_field=CharField())
    stale = Participant.objects.filter(Q(listed_at__isnull=True) | Q(registration__saved_at__gt=F("listed_at")) | ~Q(listed_as=known_as))
    return refresh(list(stale.only("pk")[:AT_ONCE]), now=now)


@transaction.atomic
def _refresh_batch(ids: list, now: datetime) -> None:
    participants = list(Participant.objects.filter(pk__in=ids).select_related("person", "registration"))
    cohorts = Cohort.objects.select_related("version").in_bulk({participant.cohort_id for participant in participants})
    facets: list[Facet] = []
    for participant in participants:
        definition = cohorts[participant.cohort_id].definition
        form = definition.intake_form
        _copy(participant, form, now)
        participant.seats = _seats(participant, definition)
        facets += _facets(participant, form)
    Participant.objects.bulk_update(participants, COPIED)
    Facet.objects.filter(participant__in=ids).delete()
    Facet.objects.bulk_create(facets)


def _copy(participant: Participant, form: Form, now: datetime) -> None:
    person, answers = participant.person, asked_answers(form, participant.given_answers, participant.role)
    at_work = [question for question in form.flat if question.work_contact and form.visibility_of(question) in ON_SHEETS]
    on_sheet = sheet_questions(form, Quality.DIRECTORY, participant.shown_answers)
    participant.sort_name = searchable(person.name)[:200]
    participant.listed_as = f"{person.name}\n{person.email}"
    participant.listed_at = now
    participant.search_text = searchable(" ".join([person.name, person.called, person.email, *_words(at_work, answers)]))
    participant.sheet_text = searchable(" ".join([person.name, *_words(on_sheet, answers)]))


def _seats(participant: Participant, definition: Definition) -> int | None:
    """Read how many partners they offered to take, if they were asked and answered."""
    capacity = definition.role(participant.role).capacity
    if capacity is None or capacity.question is None:
        return None
    offered = as_number(participant.given_answers.get(capacity.question.rpartition(".")[2]))
    return None if offered is None else max(0, int(offered))


def _words(questions: Iterable[Question], answers: dict) -> list[str]:
    """Give the answers in every language: a reader looks for them in their own."""
    said = [question for question in questions if is_answered(answers.get(question.id)) and answers[question.id] != PREFER_NOT]
    words = []
    for language in LANGUAGES:
        with override(language):
            words += [text_of(question, answers[question.id]) for question in said]
    return words


def searchable(text: str) -> str:
    """Fold a text as names are searched and sorted: Łukasz stands among the L, and is found without a stroke."""
    return fold(text).translate(STROKES)


def facet_questions(form: Form) -> list[Question]:
    """List the questions by whose answers people can be found: choices that staff may read."""
    return [
        question
        for question in form.flat
        if question.type in CHOOSING
        and question.options
        and question.id != ROLE_QUESTION
        and form.visibility_of(question) in ON_SHEETS
        and not question.sensitive
    ]


def _facets(participant: Participant, form: Form) -> Iterator[Facet]:
    shown = {question.id for question in sheet_questions(form, Quality.DIRECTORY, participant.shown_answers)}
    answers = asked_answers(form, participant.given_answers, participant.role)
    for question in facet_questions(form):
        answer = answers.get(question.id)
        for value in answer if isinstance(answer, list) else [answer]:
            if isinstance(value, str) and question.option(value):
                yield Facet(participant=participant, question=question.id, value=value, shown=question.id in shown)
