"""Who was asked, what they answered, and what it comes to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import pgettext

from releve.core.visibility import Visibility
from releve.people.models import Person
from releve.programs.definition.measures import Survey
from releve.programs.models import Cohort
from releve.questionnaires.check import walk
from releve.questionnaires.definition import ANOTHER, PREFER_NOT, Form, Question
from releve.questionnaires.display import Row, rows
from releve.questionnaires.wording import value_in_words

from .models import Receipt, SurveyResponse

IDENTIFIED = "identified"
MOST_COLUMNS = 7  # of points beside each other
COUNTED = frozenset({"choice", "choices", "yes_no", "scale"})
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Share:
    """How many chose one answer."""

    label: str
    count: int


@dataclass(frozen=True)
class Total:
    """What one question comes to. Below the program's limit there are no shares: they would point at people."""

    question: str
    answered: int
    shares: tuple[Share, ...]
    average: float | None = None  # of a scale
    most: int = 0  # the highest point of that scale

    @property
    def mean(self) -> str:
        """Say the average of a scale in words."""
        if self.average is None:
            return ""
        mean = number_format(self.average, decimal_pos=1)
        return pgettext("mean of a scale", "%(mean)s out of %(most)s") % {"mean": mean, "most": self.most}

    @property
    def hidden(self) -> bool:
        return not self.shares


@dataclass(frozen=True)
class Section:
    """The questions under one heading of the form."""

    title: str
    totals: tuple[Total, ...]

    @property
    def points(self) -> tuple[str, ...]:
        """List the points that every question of the section shares, where they stand beside each other; else nothing."""
        scales = {tuple(share.label for share in total.shares) for total in self.totals if not total.hidden}
        shared = scales.pop() if len(scales) == 1 else ()
        are_scales = all(total.hidden or total.average is not None for total in self.totals)
        return shared if are_scales and len(self.totals) > 1 and len(shared) <= MOST_COLUMNS else ()


@dataclass(frozen=True)
class Told:
    """One person's answers, for those who may read them."""

    receipt: Receipt
    rows: list[Row]


def survey_of(receipt: Receipt) -> Survey:
    return receipt.cohort.definition.survey(receipt.survey)


def closes_on(receipt: Receipt) -> date | None:
    """Return the last day on which a survey takes answers."""
    return receipt.cohort.calendar.resolve(survey_of(receipt).closes)


def is_open(receipt: Receipt, today: date) -> bool:
    """Say whether a survey still takes answers."""
    closes = closes_on(receipt)
    return closes is None or today <= closes


def form_of(receipt: Receipt) -> Form:
    """Return the questions as they are asked, saying truly who reads the answers: the survey's mode decides it."""
    survey = survey_of(receipt)
    form = receipt.cohort.definition.form(survey.form)
    return form.model_copy(update={"visibility": readers_of(survey)})


def readers_of(survey: Survey) -> Visibility:
    return Visibility.COMMITTEE if survey.mode == IDENTIFIED else Visibility.AGGREGATE


def begun(receipt: Receipt) -> SurveyResponse | None:
    """Return the answers to a survey, finished or not, once they were begun."""
    return SurveyResponse.objects.filter(receipt=receipt).select_related("response__form").first()


def readable(cohort: Cohort, survey: str, reader: Person) -> QuerySet[Receipt]:
    """Return what one of the staff may know of a survey: nothing about a relationship of their own."""
    return Receipt.objects.filter(cohort=cohort, survey=survey).about_others_than(reader)


def asked_and_answered(receipts: QuerySet[Receipt]) -> tuple[int, int]:
    """Count how many were asked, and how many of them answered."""
    row = receipts.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    return row["asked"], row["answered"]


def responses_to(receipts: QuerySet[Receipt]) -> QuerySet[SurveyResponse]:
    """Return the answers that were sent; drafts are their author's alone. Order: newest first."""
    sent = SurveyResponse.objects.filter(receipt__in=receipts, receipt__answered_at__isnull=False)
    related = sent.select_related("receipt__membership__participant__person", "response__form")
    return related.order_by("-receipt__answered_at", "pk")


def answers_to(receipts: QuerySet[Receipt]) -> list[Answers]:
    """Return every set of answers that was sent and nothing beside it: thousands are added up while a page is opened."""
    sent = responses_to(receipts).order_by().values_list("response__plain_answers", flat=True)
    return [answers or {} for answers in sent]


def told(response: SurveyResponse) -> Told:
    """Show one person's answers by the questions they were asked."""
    role = response.receipt.membership.role
    return Told(response.receipt, rows(response.response.form.form, response.response.answers, role=role))


def totals(form: Form, answers: Sequence[Answers], *, limit: int) -> list[Section]:
    """Add up every question that can be counted and that somebody answered. Below `limit` answers nothing of it is told."""
    sections: dict[str, list[Total]] = {}
    for question, groups in walk(form):
        given = [one[question.id] for one in answers if question.id in one]
        if question.type in COUNTED and given:
            title = str(groups[-1].text) if groups else ""
            sections.setdefault(title, []).append(_total(question, given, limit))
    return [Section(title, tuple(found)) for title, found in sections.items()]


def _total(question: Question, given: list[Any], limit: int) -> Total:
    if len(given) < limit:
        return Total(str(question.text), len(given), ())
    chosen = Counter(_code(value) for answer in given for value in (answer if isinstance(answer, list) else [answer]))
    shares = [Share(label, chosen.get(code, 0)) for code, label in _codes(question)]
    if question.type == "choices":
        shares.sort(key=lambda share: -share.count)
    most = question.scale.most if question.scale else 0
    return Total(str(question.text), len(given), tuple(shares), _average(question, given), most)


def _code(value: Any) -> Any:
    return ANOTHER if isinstance(value, dict) else value


def _codes(question: Question) -> list[tuple[Any, str]]:
    """List what could be answered, in the form's order, in words."""
    codes: list[tuple[Any, str]]
    if question.type == "scale":
        codes = _points(question)
    elif question.type == "yes_no":
        codes = [(True, value_in_words(question, True)), (False, value_in_words(question, False))]
    else:
        codes = [(option.value, str(option.text)) for option in question.options]
    if question.another:
        codes.append((ANOTHER, value_in_words(question, ANOTHER)))
    if question.prefer_not:
        codes.append((PREFER_NOT, value_in_words(question, PREFER_NOT)))
    return codes


def _points(question: Question) -> list[tuple[Any, str]]:
    """List the points of a scale; the words stand beside the first and the last."""
    if question.scale is None:
        return [(point, str(point)) for point in range(1, 6)]
    points = question.scale.points
    ends = {points[0]: question.scale.least_text, points[-1]: question.scale.most_text}
    said = pgettext("end of a scale", "%(point)s (%(words)s)")
    return [(point, said % {"point": point, "words": ends[point]} if point in ends else str(point)) for point in points]


def _average(question: Question, given: list[Any]) -> float | None:
    points = [value for value in given if isinstance(value, int) and not isinstance(value, bool)]
    if question.type != "scale" or not question.scale or not points:
        return None
    return round(sum(points) / len(points), 1)
