"""Questions that can be asked, and conditions that can hold."""

from collections.abc import Iterator
from typing import NamedTuple

from releve.programs.definition import Definition, Form, Question, Rule
from releve.programs.problems import Path, Problem, suggest
from releve.questionnaires.conditions import as_date
from releve.questionnaires.definition import CHOOSING, PREFER_NOT

from .names import unknown_question
from .possible import can_hold, values_of
from .walking import Condition, conditions

COUNTED = frozenset({"number", "scale"})
BOUNDED = COUNTED | {"choices", "availability"}
DATE_TESTS = frozenset({"before", "after", "within_years"})
AMOUNT_TESTS = frozenset({"at_least", "at_most"})


class Placed(NamedTuple):
    """A question and where it stands in its form."""

    question: Question
    path: Path


def placed(questions: tuple[Question, ...], path: Path) -> Iterator[Placed]:
    """Walk the questions of a form in order, groups and what is in them."""
    for index, question in enumerate(questions):
        yield Placed(question, (*path, index))
        yield from placed(question.questions, (*path, index, "questions"))


def unaskable(definition: Definition) -> Iterator[Problem]:
    """Find the questions that lack what their type needs, or have what it cannot use."""
    for number, form in enumerate(definition.forms):
        for question, path in placed(form.questions, ("forms", number, "questions")):
            yield from _question_shape(question, path)
            yield from _question_numbers(question, path)
            yield from _question_readers(definition, form, question, path)


def _question_shape(question: Question, path: Path) -> Iterator[Problem]:
    has_options, names_options = bool(question.options), question.options_from is not None
    if question.type in CHOOSING and has_options == names_options:
        yield Problem("choice_without_options", path)
    if question.type not in CHOOSING:
        for key in ("options", "options_from", "another"):
            if getattr(question, key):
                yield Problem("only_for_choices", (*path, key), {"key": key})
    if question.type == "scale" and question.scale is None:
        yield Problem("scale_without_ends", path)
    if question.type != "scale" and question.scale is not None:
        yield Problem("only_for_scale", (*path, "scale"))
    if (question.type == "group") != bool(question.questions):
        yield Problem("group_without_questions", path)


def _question_numbers(question: Question, path: Path) -> Iterator[Problem]:
    for key in ("least", "most"):
        if getattr(question, key) is not None and question.type not in BOUNDED:
            yield Problem("only_for_amounts", (*path, key), {"key": key})
    if question.least is not None and question.most is not None and question.least > question.most:
        yield Problem("least_over_most", path, {"least": str(question.least), "most": str(question.most)})
    scale = question.scale
    if scale is not None and scale.least >= scale.most:
        yield Problem("least_over_most", (*path, "scale"), {"least": str(scale.least), "most": str(scale.most)})


def _question_readers(definition: Definition, form: Form, question: Question, path: Path) -> Iterator[Problem]:
    if question.sensitive and (question.in_directory == "always" or form.visibility_of(question) == "public"):
        yield Problem("sensitive_shown", path)
    purposes = {consent.purpose for consent in definition.consents}
    if question.sensitive and "sensitive" not in purposes:
        yield Problem("sensitive_without_consent", path)


def misread(definition: Definition) -> Iterator[Problem]:
    """Find the conditions that read what is not asked, ask what makes no sense, or can never hold."""
    for condition in conditions(definition):
        found = list(_readings(definition, condition))
        yield from found
        if not found and not can_hold(condition.rule, _questions_read(definition, condition), definition):
            yield Problem("never_holds", condition.path)


def _readings(definition: Definition, condition: Condition) -> Iterator[Problem]:
    for rule, path in _leaves(condition.rule, condition.path):
        question, problem = _question_of(definition, condition, rule, path)
        if problem is not None:
            yield problem
        elif question is not None:
            yield from _test_fits(definition, rule, question, path)


def _leaves(rule: Rule, path: Path) -> Iterator[tuple[Rule, Path]]:
    if rule.question is not None:
        yield rule, path
    for key, inner in (("all", rule.all_), ("any", rule.any_)):
        for index, one in enumerate(inner or ()):
            yield from _leaves(one, (*path, key, index))
    if rule.not_ is not None:
        yield from _leaves(rule.not_, (*path, "not"))


def _question_of(definition: Definition, condition: Condition, rule: Rule, path: Path) -> tuple[Question | None, Problem | None]:
    """Find the question a test reads: earlier in the same form, or anywhere for a rule that stands outside forms."""
    reference = rule.question or ""
    if condition.form is None:
        problem = next(unknown_question(definition, reference, (*path, "question")), None)
        return (None, problem) if problem else (definition.question(reference)[1], None)
    before, after = _around(condition)
    for question in before:
        if question.id == reference:
            return question, None
    if reference in after:
        return None, Problem("question_comes_later", (*path, "question"), {"id": reference})
    known = suggest(reference, [question.id for question in before])
    return None, Problem("no_question_before", (*path, "question"), {"id": reference, **known})


def _around(condition: Condition) -> tuple[list[Question], set[str]]:
    """Split the questions of a form into those before the condition's own and the rest."""
    before: list[Question] = []
    after: set[str] = set()
    questions = condition.form.questions if condition.form else ()
    for question, path in placed(questions, condition.path[:3]):
        if after or path == condition.path[:-1]:
            after.add(question.id)
        elif question.type != "group":
            before.append(question)
    return before, after


def _test_fits(definition: Definition, rule: Rule, question: Question, path: Path) -> Iterator[Problem]:
    test = rule.tests[0]
    key = test.removesuffix("_")
    wrong_kind = Problem("test_unfit", path, {"test": key, "type": question.type, "id": question.id})
    if test in DATE_TESTS:
        if question.type != "date":
            yield wrong_kind
    elif test in AMOUNT_TESTS:
        if question.type not in COUNTED:
            yield wrong_kind
    elif test != "answered":
        yield from _values_fit(definition, rule, question, (*path, key), wrong_kind)


def _values_fit(definition: Definition, rule: Rule, question: Question, path: Path, wrong_kind: Problem) -> Iterator[Problem]:
    values = rule.one_of or tuple(value for value in (rule.is_, rule.includes) if value is not None)
    if question.type == "yes_no":
        if not all(isinstance(value, bool) or (question.prefer_not and value == PREFER_NOT) for value in values):
            yield Problem("yes_no_value", path)
    elif question.type in CHOOSING:
        known = values_of(question, definition)
        for value in values:
            if value not in known:
                yield Problem("no_option", path, {"value": str(value), "id": question.id, **suggest(str(value), known)})
    elif question.type == "date":
        if not all(as_date(value) for value in values):
            yield wrong_kind
    elif question.type in ("availability", "group") or (rule.includes is not None and question.type != "choices"):
        yield wrong_kind


def _questions_read(definition: Definition, condition: Condition) -> dict[str, Question]:
    if condition.form is not None:
        return {reference: condition.form.question(reference) for reference in condition.rule.questions}
    return {reference: definition.question(reference)[1] for reference in condition.rule.questions}
