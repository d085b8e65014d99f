"""Read one row as one person in one role: who it is, what it answers, what is wrong beside which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from releve.enrolment.intake import ROLE_QUESTION, about_account
from releve.programs.definition import Definition, Role
from releve.questionnaires.check import asked, asked_answers, problems_with_answers
from releve.questionnaires.conditions import is_answered
from releve.questionnaires.definition import Form, Question

from .cells import Remark, read_cell, read_day
from .choices import Choices, bilingual_forms, choices_of
from .cleaning import fold, tidy
from .mapping import ENTRY, ROLE, STATUS, SUBMITTED, Columns, questions_of
from .refusals import CellProblem

LONGEST_ENTRY = 80
FINISHED = frozenset(
    {
        *("submitted", "complete", "completed", "finished", "done", "reviewed", "approved", "final"),
        *("soumis", "soumise", "envoye", "envoyee", "complet", "complete", "termine", "terminee", "transmis", "transmise"),
    }
)
KIND_WORDS = {
    "mentor": ("mentor", "mentore", "mentors", "mentores", "mentor·e", "mentor ou mentore"),
    "mentee": ("mentoré", "mentorée", "mentoré·e", "mentorés", "mentee", "mentees", "protégé", "protégée", "personne mentorée"),
    "supervisor": ("superviseur", "superviseure", "supervisor"),
    "adviser": ("conseiller", "conseillère", "adviser", "advisor"),
}


@dataclass(frozen=True)
class PersonRow:
    """What one row says, before other rows and known people are looked at."""

    number: int
    entry: str
    role: str  # empty when the row does not say, like the address when it cannot be used
    email: str
    name: str
    language: str
    unfinished: str  # what the source calls it, when it was never submitted
    submitted: str
    answers: dict[str, Any]
    problems: tuple[CellProblem, ...]

    @property
    def identity(self) -> tuple[Any, ...]:
        """What two rows must share to be one entry sent twice."""
        wrong = [(problem.code, problem.target, str(problem.facts)) for problem in self.problems if problem.blocks]
        return fold(self.name), self.answers, wrong


class RowReader:
    """Reads the rows of one file by one definition and one mapping of columns."""

    def __init__(self, definition: Definition, columns: Columns) -> None:
        self.definition, self.columns = definition, columns
        self.form: Form = definition.intake_form
        self.questions = {question.id: question for question in questions_of(definition)}
        self.asks_role = any(question.id == ROLE_QUESTION for question in self.form.flat)

    def read(self, number: int, cells: Sequence[str]) -> PersonRow:
        """Read one row, its corrections already in place."""
        problems: list[CellProblem] = []
        role = self._role(cells, problems)
        answers = self._checked(self._answers(cells, problems), role, problems)
        language = answers.get(self.id_of("language"), "")
        status = tidy(self._cell(STATUS, cells))
        submitted = self._submitted(cells, problems)
        return PersonRow(
            number=number,
            entry=tidy(self._cell(ENTRY, cells))[:LONGEST_ENTRY],
            role=role,
            email=answers.get(self.id_of("email"), ""),
            name=self._name(answers, problems),
            language=language if language in self.definition.languages else "",
            unfinished=status if status and fold(status) not in FINISHED else "",
            submitted=submitted,
            answers=answers,
            problems=tuple(problems),
        )

    def missing_columns(self, role: str) -> list[Question]:
        """List the questions that this role must answer and that no column holds."""
        wanted = [question for question in self.questions.values() if question.required and question.applies_to(role)]
        return [question for question in wanted if self.columns.place_of(question.id) is None and question.person_field != "name"]

    def say_the_same(self, place: int, one: str, other: str) -> bool:
        """Compare two texts of one column: by their spaces, and by their choices where it holds several."""
        question = self.questions.get(self.columns.held.get(place, ""))
        if question is not None and question.type == "choices":
            return choices_of(question).split(one) == choices_of(question).split(other)
        return tidy(one) == tidy(other)

    @cached_property
    def name_questions(self) -> list[Question]:
        return about_account(self.form, "name")

    @cached_property
    def _roles(self) -> Choices:
        labels: list[tuple[str, list[str]]] = []
        asked_role = next((question for question in self.form.flat if question.id == ROLE_QUESTION), None)
        for role in self.roles:
            option = asked_role.option(role.id) if asked_role else None
            own = [*bilingual_forms(role.name), *bilingual_forms(role.plural)]
            asked_as = [*bilingual_forms(option.text), *option.aliases] if option else []
            alone = sum(other.kind == role.kind for other in self.roles) == 1
            labels.append((role.id, [*own, *asked_as, *(KIND_WORDS.get(role.kind, ()) if alone else ())]))
        return Choices(labels)

    @cached_property
    def roles(self) -> list[Role]:
        return [role for role in self.definition.roles if role.enrols]

    def id_of(self, what: str) -> str:
        """Name the question whose answer sets the account's address or language."""
        return next((question.id for question in about_account(self.form, what)), "")

    def _name(self, answers: Mapping[str, Any], problems: list[CellProblem]) -> str:
        name = self.name_in(answers)
        if not name:
            target = self.name_questions[0].id if self.name_questions else ""
            problems.append(CellProblem("no_name", target, self.columns.place_of(target)))
        return name[:200]

    def name_in(self, answers: Mapping[str, Any]) -> str:
        """Join what the form asks of a name, in its order."""
        return " ".join(answers[question.id] for question in self.name_questions if answers.get(question.id))

    def _cell(self, target: str, cells: Sequence[str]) -> str:
        place = self.columns.place_of(target)
        return cells[place] if place is not None and place < len(cells) else ""

    def _role(self, cells: Sequence[str], problems: list[CellProblem]) -> str:
        place = self.columns.place_of(ROLE)
        cell = tidy(self._cell(ROLE, cells))
        if not cell and self.columns.everyone:
            return self.columns.everyone
        role = self._roles.find(cell) if cell else None
        if role is None:
            facts = {"cell": cell[:60]} if cell else {}
            problems.append(CellProblem("unknown_role" if cell else "no_role", ROLE, place, facts))
        return role or ""

    def _answers(self, cells: Sequence[str], problems: list[CellProblem]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for place, target in self.columns.held.items():
            question = self.questions.get(target)
            if question is None or place >= len(cells):
                continue
            answer, remarks = read_cell(question, cells[place])
            problems += [_beside(remark, question, place) for remark in remarks]
            if question.person_field == "email" and not is_answered(answer):
                problems.append(CellProblem("no_email", question.id, place))
            if is_answered(answer):
                answers[question.id] = answer
        return answers

    def _checked(self, answers: dict[str, Any], role: str, problems: list[CellProblem]) -> dict[str, Any]:
        """Keep what is asked of this role and in order; say what is not, and what is still missing."""
        whole = answers | ({ROLE_QUESTION: role} if role and self.asks_role else {})
        kept = asked_answers(self.form, whole, role or None)
        known = {problem.target for problem in problems if problem.blocks}
        for name in [name for name in answers if role and name not in kept]:
            problems.append(
                CellProblem("not_asked", name, self.columns.place_of(name), {"role": self.definition.role(role).plural}, blocks=False)
            )
        for name, sentence in problems_with_answers(self.form, kept, role or None, ignore_required=True):
            if name not in known:
                problems.append(CellProblem("not_accepted", name, self.columns.place_of(name), {"sentence": sentence}))
        problems += self._empty(kept, role, known)
        wrong = {problem.target for problem in problems if problem.blocks}
        return {name: answer for name, answer in kept.items() if name not in wrong}

    def _empty(self, answers: Mapping[str, Any], role: str, known: set[str]) -> list[CellProblem]:
        """Say which required answers are missing although they have a column: the person gives them when confirming."""
        missing = [
            question.id
            for question in asked(self.form, answers, role or None)
            if question.required and question.id not in {*answers, *known} and question.person_field not in {"email", "name"}
        ]
        places = {name: self.columns.place_of(name) for name in missing}
        return [CellProblem("empty", name, place, blocks=False) for name, place in places.items() if place is not None]

    def _submitted(self, cells: Sequence[str], problems: list[CellProblem]) -> str:
        cell = self._cell(SUBMITTED, cells)
        if not tidy(cell):
            return ""
        day, remarks = read_day(cell)
        place = self.columns.place_of(SUBMITTED)
        problems += [CellProblem(remark.code, SUBMITTED, place, remark.facts, blocks=False) for remark in remarks]
        return tidy(cell) if day else ""


def _beside(remark: Remark, question: Question, place: int) -> CellProblem:
    return CellProblem(remark.code, question.id, place, remark.facts, remark.blocks)
