"""A Django form made from a questionnaire, for one person in one role."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .check import ANOTHER_LENGTH, asked, problems_with_answers, too_long, walk
from .conditions import Dates, Rule, is_answered
from .definition import ANOTHER, PREFER_NOT, Form, Question
from .fields import WITH_PREFER_NOT, AnotherField, AnswerField, PreferNotField, initial_of
from .layout import AskedQuestion, Section, walk_sections, when_of
from .reading import LARGEST, clean_text
from .wording import in_words


def build(
    form_definition: Form,
    *,
    role: str | None = None,
    data: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    ignore_required: bool = False,
    dates: Dates | None = None,
    prefix: str | None = None,
) -> "AnswersForm":
    """Make the form of a questionnaire.

    `data` is what was sent, `answers` what was answered before. `ignore_required` lets gaps pass, as in a draft.
    """
    return AnswersForm(
        form_definition, role=role, data=data, answers=answers or {}, ignore_required=ignore_required, dates=dates, prefix=prefix
    )


class AnswersForm(forms.Form):
    """The questions of a questionnaire as fields named by their ids.

    What is written beside the options is in `<id>.another`, the box of a question in words in `<id>.prefer_not`:
    no id has a dot.
    """

    use_required_attribute = False

    def __init__(
        self,
        definition: Form,
        *,
        role: str | None,
        data: Mapping[str, Any] | None,
        answers: Mapping[str, Any],
        ignore_required: bool,
        dates: Dates | None,
        prefix: str | None,
    ) -> None:
        super().__init__(data=data, prefix=prefix)
        self.definition, self.role = definition, role
        self.ignore_required, self.dates = ignore_required, dates
        self._typed: dict[str, Any] = {}
        self._questions: dict[str, Question] = {}
        for question, groups in walk(definition):
            if all(part.applies_to(role) for part in (*groups, question)):
                rules = [part.enable_when for part in (*groups, question) if part.enable_when]
                self._questions[question.id] = question
                self._add(question, rules, answers.get(question.id))

    def _add(self, question: Question, rules: list[Rule], answer: Any) -> None:
        preferred_not = question.prefer_not and answer == PREFER_NOT
        beside = question.prefer_not and question.type not in WITH_PREFER_NOT
        self.fields[question.id] = AnswerField(question, help_text=self._help(question, rules))
        self.initial[question.id] = None if preferred_not and beside else initial_of(question, answer)
        if question.another:
            self.fields[f"{question.id}.{ANOTHER}"] = AnotherField()
            values = answer if isinstance(answer, list) else [answer]
            written = [value.get(ANOTHER, "") for value in values if isinstance(value, dict)]
            self.initial[f"{question.id}.{ANOTHER}"] = "".join(written)
        if beside:
            self.fields[f"{question.id}.{PREFER_NOT}"] = PreferNotField()
            self.initial[f"{question.id}.{PREFER_NOT}"] = preferred_not

    def _help(self, question: Question, rules: list[Rule]) -> str:
        """Say the condition before the help: without a script the question is always on the page."""
        condition = " ".join(self._condition(rule) for rule in rules)
        help_text = str(question.help) if question.help else ""
        if not condition:
            return help_text
        return format_html("<span data-when-words>{} </span>{}", condition, help_text)

    def _condition(self, rule: Rule) -> str:
        try:
            return _("Answer this if %(condition)s.") % {"condition": in_words(rule, self.definition.question)}
        except KeyError:  # about a question of another form
            return _("Answer this if it applies to you.")

    def clean(self) -> None:
        for question in self._questions.values():
            answer = self._folded(question)
            if is_answered(answer):
                self._typed[question.id] = answer
        open_ids = {question.id for question in self._asked}
        for name in list(self.errors):
            if name.partition(".")[0] not in open_ids:
                del self.errors[name]
        faulty = set(self.problems)
        for problem in problems_with_answers(
            self.definition, self._typed, self.role, dates=self.dates, ignore_required=self.ignore_required
        ):
            if problem.question_id not in faulty:
                self.add_error(problem.question_id, problem.message)

    def _folded(self, question: Question) -> Any:
        """Join the value of a question with the boxes beside it."""
        name = question.id
        if name in self.errors:  # unreadable: kept as typed, for a draft
            return clean_text(str(self[name].data))
        answer = self.cleaned_data.get(name)
        if self.cleaned_data.get(f"{name}.{PREFER_NOT}"):
            if is_answered(answer):
                self.add_error(name, _("You answered and also ticked “I prefer not to say”: keep one of the two."))
                return answer
            return PREFER_NOT
        return self._with_another(question, answer) if question.another else answer

    def _with_another(self, question: Question, answer: Any) -> Any:
        box = f"{question.id}.{ANOTHER}"
        text = self.cleaned_data.get(box, "")
        chosen = answer if isinstance(answer, list) else [] if answer is None else [answer]
        for message in too_long(text, ANOTHER_LENGTH):
            self.add_error(box, message)
        if ANOTHER in chosen and not text and not self.ignore_required:
            self.add_error(box, _("Write your other answer, or take out this choice."))
        if not text:
            kept = [value for value in chosen if value != ANOTHER]
        elif question.type == "choice" and chosen and ANOTHER not in chosen:
            self.add_error(box, _("You chose an answer and also wrote another one: keep one of the two."))
            kept = chosen
        else:
            kept = [*(value for value in chosen if value != ANOTHER), {ANOTHER: text}]
        if question.type == "choice":
            return kept[0] if kept else None
        return kept or None

    @cached_property
    def _asked(self) -> list[Question]:
        return asked(self.definition, self._typed, self.role, self.dates)

    def answers(self) -> dict[str, Any]:
        """Give the answers that are in order, as plain JSON, to the questions that are asked."""
        faulty = set(self.problems)
        return {
            question.id: self._typed[question.id] for question in self._asked if question.id in self._typed and question.id not in faulty
        }

    def draft_answers(self) -> dict[str, Any]:
        """Give everything that was typed, also what is still to be mended or hidden at the moment."""
        self.is_valid()  # makes Django look at what was sent
        return {name: answer for name, answer in self._typed.items() if not isinstance(answer, str) or len(answer) <= LARGEST}

    @property
    def problems(self) -> dict[str, list[str]]:
        """List what is to mend by question, the boxes beside it included."""
        found: dict[str, list[str]] = {}
        for name, messages in self.errors.items():
            found.setdefault(name.partition(".")[0], []).extend(str(message) for message in messages)
        return found

    def sections(self) -> list[Section]:
        """Lay the questions out for the page."""
        sections = []
        for heading, questions in walk_sections(self.definition.questions, self.role):
            section = Section(questions=[self._asked_question(question, rules) for question, rules in questions])
            if heading is not None:
                section.id, section.title = heading.id, str(heading.text)
                section.help = str(heading.help) if heading.help else ""
            if section.title or section.questions:
                sections.append(section)
        return sections

    def _asked_question(self, question: Question, rules: list[Rule]) -> AskedQuestion:
        another, prefer_not = f"{question.id}.{ANOTHER}", f"{question.id}.{PREFER_NOT}"
        own = question.visibility
        return AskedQuestion(
            question=question,
            field=self[question.id],
            another=self[another] if another in self.fields else None,
            prefer_not=self[prefer_not] if prefer_not in self.fields else None,
            when=when_of(rules),
            reads=own if own and own != self.definition.visibility else "",
        )
