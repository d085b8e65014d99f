"""The definition of one program, whole."""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import Field

from releve.questionnaires.definition import Form, Option, Question
from releve.questionnaires.options import with_options
from releve.questionnaires.parts import BilingualText, Identifier, Many, Part

from .journey import (
    CheckIn,
    ContactRules,
    Document,
    Event,
    Goals,
    Letter,
    Notice,
    Phase,
    Resource,
    Step,
    Task,
)
from .measures import Certificate, Credit, Survey
from .pairing import Pairing, RelationshipShape, RollOver
from .people import (
    Conflict,
    Consent,
    Contact,
    Intake,
    NamedDate,
    Period,
    Privacy,
    Role,
    Setting,
    SettingValue,
    Site,
    Staff,
)


class Table(Part):
    """A comparison, column by column."""

    columns: Many[BilingualText]
    rows: Many[Many[BilingualText]]


class Section(Part):
    """One section of the public page: text or a table."""

    id: Identifier
    title: BilingualText
    body: BilingualText | None = None
    table: Table | None = None


class Parent(Part):
    """The version of another definition that this one starts from."""

    id: Identifier
    version: Annotated[int, Field(ge=1)]


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=HasId)


class UnknownIdError(KeyError):
    """A part of a definition was asked for by an id that it does not have."""

    def __str__(self) -> str:
        return "the definition has no {} called {!r}".format(*self.args)


def find(items: tuple[Named, ...], wanted: str, kind: str) -> Named:
    """Find one part by its id. Raises: UnknownIdError."""
    for item in items:
        if item.id == wanted:
            return item
    raise UnknownIdError(kind, wanted)


class Definition(Part):
    """Everything that makes one program different from another."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    id: Identifier
    name: BilingualText
    summary: BilingualText
    operator: BilingualText | None = None
    modelled_on: BilingualText | None = None
    languages: Many[Literal["fr", "en"]] = ("fr", "en")
    child_of: Parent | None = None
    public_page: Many[Section] = ()
    settings: Many[Setting] = ()
    vocabularies: dict[Identifier, Many[Option]] = Field(default_factory=dict)
    roles: Many[Role]
    staff: Many[Staff] = ()
    intake: Intake
    calendar: Annotated[Many[NamedDate], Field(max_length=100)] = ()
    periods: Many[Period] = ()
    sites: Many[Site] = ()
    forms: Many[Form]
    consents: Many[Consent] = ()
    relationship: RelationshipShape
    pairing: Pairing
    phases: Many[Phase] = ()
    steps: Many[Step]
    documents: Many[Document] = ()
    notices: Many[Notice] = ()
    goals: Goals
    contact: ContactRules
    check_ins: Many[CheckIn] = ()
    conflict: Conflict
    contacts: Many[Contact]
    events: Many[Event] = ()
    resources: Many[Resource] = ()
    letters: Many[Letter] = ()
    surveys: Many[Survey] = ()
    credits: Many[Credit] = ()
    certificates: Many[Certificate] = ()
    privacy: Privacy
    roll_over: RollOver | None = None

    def __hash__(self) -> int:
        return hash(self.digest)

    def role(self, role_id: str) -> Role:
        return find(self.roles, role_id, "role")

    def form(self, form_id: str) -> Form:
        """Find one form, the options of shared vocabularies filled in. Raises: UnknownIdError."""
        return find(self.filled_forms, form_id, "form")

    @cached_property
    def filled_forms(self) -> tuple[Form, ...]:
        """List the forms as people answer them: each stands by itself, whatever becomes of a vocabulary."""
        return tuple(with_options(form, self.vocabularies) for form in self.forms)

    def document(self, document_id: str) -> Document:
        return find(self.documents, document_id, "document")

    def letter(self, letter_id: str) -> Letter:
        return find(self.letters, letter_id, "letter")

    def step(self, step_id: str) -> Step:
        return find(self.steps, step_id, "step")

    def survey(self, survey_id: str) -> Survey:
        return find(self.surveys, survey_id, "survey")

    def consent(self, consent_id: str) -> Consent:
        return find(self.consents, consent_id, "consent")

    def event(self, event_id: str) -> Event:
        return find(self.events, event_id, "event")

    def site(self, site_id: str) -> Site:
        return find(self.sites, site_id, "site")

    def contact_called(self, contact_id: str) -> Contact:
        return find(self.contacts, contact_id, "contact")

    def vocabulary(self, name: str) -> tuple[Option, ...]:
        """List the options of one vocabulary. Raises: UnknownIdError."""
        if name not in self.vocabularies:
            raise UnknownIdError("vocabulary", name)
        return self.vocabularies[name]

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """List what can be chosen, from the question or from the vocabulary that it names."""
        return self.vocabulary(question.options_from) if question.options_from else question.options

    @property
    def tasks(self) -> tuple[Task, ...]:
        """List every task in the order of the journey."""
        return tuple(task for step in self.steps for task in step.tasks)

    def task(self, task_id: str) -> Task:
        """Find one task by its id, or by step.task. Raises: UnknownIdError."""
        step_id, dot, name = task_id.partition(".")
        return find(self.step(step_id).tasks, name, "task") if dot else find(self.tasks, task_id, "task")

    def step_of(self, task: Task) -> Step:
        """Find the step at which a task is owed."""
        for step in self.steps:
            if task in step.tasks:
                return step
        raise UnknownIdError("task", task.id)

    def question(self, reference: str) -> tuple[Form, Question]:
        """Find a question named form.question, or by itself: in the intake form first, then in any other.

        Raises: UnknownIdError.
        """
        form_id, dot, name = reference.partition(".")
        forms = (self.form(form_id),) if dot else (self.intake_form, *self.forms)
        for form in forms:
            for question in form.flat:
                if question.id == (name if dot else reference):
                    return form, question
        raise UnknownIdError("question", reference)

    @property
    def intake_form(self) -> Form:
        return self.form(self.intake.form)

    def roles_of_kind(self, kind: str) -> tuple[Role, ...]:
        return tuple(role for role in self.roles if role.kind == kind)

    def declared_setting(self, setting_id: str) -> Setting:
        return find(self.settings, setting_id, "setting")

    def setting(self, setting_id: str, cohort_settings: dict[str, Any] | None = None) -> SettingValue:
        """Read a setting: the cohort's own value, else the default."""
        declared = self.declared_setting(setting_id)
        return (cohort_settings or {}).get(setting_id, declared.default)

    def value(self, written: Any, cohort_settings: dict[str, Any] | None = None) -> Any:
        """Read a value that may be written `setting:name`."""
        if isinstance(written, str) and written.startswith("setting:"):
            return self.setting(written.removeprefix("setting:"), cohort_settings)
        return written

    def as_data(self) -> dict[str, Any]:
        """Write the definition as plain data; what equals its default is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    @cached_property
    def canonical(self) -> str:
        """Write the resolved definition as one line of JSON, always the same for the same content."""
        return json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()
