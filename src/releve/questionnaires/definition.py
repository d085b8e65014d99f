"""Forms and questions as data, in the words of the FHIR Questionnaire where it has one."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from releve.core.bilingual import Text
from releve.core.visibility import Visibility

from .conditions import Amount, Answers, Dates, Rule, holds
from .parts import BilingualText, Identifier, Many, Part, Positive, ReadBy, Refers, VocabularyRef

QuestionType = Literal[
    "text", "long_text", "email", "phone", "choice", "choices", "scale", "number", "date", "availability", "yes_no", "group"
]
PersonField = Literal["name", "called", "language", "email"]

PREFER_NOT = "prefer_not"
ANOTHER = "another"
CHOOSING = frozenset({"choice", "choices"})

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOMENTS = ("morning", "noon", "afternoon", "evening")
SLOTS = tuple(f"{day}_{moment}" for day in DAYS for moment in MOMENTS)

OptionValue = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,63}$")]


class Option(Part):
    """One thing that can be chosen. An exclusive one empties the others ("none of these")."""

    value: OptionValue
    text: BilingualText
    exclusive: bool = False
    aliases: Many[str] = ()


class Scale(Part):
    """A row of whole numbers with words at both ends."""

    least: Annotated[int, Field(ge=-10, le=10)] = 1
    most: Annotated[int, Field(ge=-10, le=20)] = 5
    least_text: BilingualText
    most_text: BilingualText

    @property
    def points(self) -> range:
        """List the numbers one can choose."""
        return range(self.least, self.most + 1)


class Question(Part):
    """One question and who may read its answer."""

    id: Identifier
    type: QuestionType
    text: BilingualText
    short: BilingualText | None = None  # a word or two, for columns, filters and sheets
    help: BilingualText | None = None
    required: bool = False
    options: Many[Option] = ()
    options_from: VocabularyRef | None = None
    another: bool = False
    prefer_not: bool = False
    least: Amount | None = None
    most: Amount | None = None
    step: Annotated[Amount, Field(gt=0)] | None = None
    max_length: Annotated[int, Field(ge=1, le=100_000)] | None = None
    scale: Scale | None = None
    enable_when: Rule | None = None
    visibility: ReadBy | None = None
    sensitive: bool = False
    work_contact: bool = False
    in_directory: Literal["never", "chosen", "always"] = "never"
    for_matching: bool = False
    roles: Many[Annotated[Identifier, Refers("role")]] = ()
    headers: Many[str] = ()
    person_field: PersonField | None = None
    questions: "Many[Question]" = ()

    @property
    def label(self) -> Text:
        """Name the question where there is room for a word or two."""
        return self.short or self.text

    def option(self, value: str) -> Option | None:
        """Find one option by its value."""
        return next((option for option in self.options if option.value == value), None)

    def applies_to(self, role: str | None) -> bool:
        """Say whether a person in this role is asked; without roles everyone is."""
        return not self.roles or role is None or role in self.roles

    def is_enabled(self, answers: Answers, dates: Dates | None = None) -> bool:
        """Say whether the answers given so far call for this question."""
        return self.enable_when is None or holds(self.enable_when, answers, dates)


class Form(Part):
    """An ordered list of questions with one answer to "who reads this?"."""

    id: Identifier
    title: BilingualText
    intro: BilingualText | None = None
    visibility: ReadBy
    roles: Many[Annotated[Identifier, Refers("role")]] = ()
    questions: Many[Question]
    minutes: Positive | None = None

    @cached_property
    def flat(self) -> tuple[Question, ...]:
        """List every question that takes an answer, groups opened, in order."""
        return tuple(_flatten(self.questions))

    def question(self, question_id: str) -> Question:
        """Find one question, inside groups too. Raises: KeyError when the form has none of that name."""
        for question in self.flat:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def with_questions(self, questions: "tuple[Question, ...]") -> "Form":
        """Make the same form with other questions. A copy would keep `flat` as it was computed for the first ones."""
        parts = {name: getattr(self, name) for name in Form.model_fields}
        return Form.model_validate(parts | {"questions": questions})

    def visibility_of(self, question: Question) -> Visibility:
        """Say who reads the answer: the question's own word, else the form's."""
        return question.visibility or self.visibility


def _flatten(questions: tuple[Question, ...]) -> "list[Question]":
    flat = []
    for question in questions:
        flat += _flatten(question.questions) if question.type == "group" else [question]
    return flat
