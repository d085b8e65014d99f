"""What people do, in order, and what helps them: steps, documents, goals, contact, events."""

from typing import Annotated, Literal

from pydantic import Field

from releve.questionnaires.conditions import RelativeDate
from releve.questionnaires.parts import (
    BilingualText,
    Identifier,
    Many,
    NumberOrSetting,
    Part,
    Positive,
    ReadBy,
    Url,
)

from .ids import (
    Audience,
    ConsentId,
    DocumentId,
    EventId,
    FormId,
    LetterId,
    MaterialId,
    PhaseId,
    RoleId,
    SiteId,
    StepId,
    SurveyId,
    TopicId,
)
from .people import Before, Duty

TaskKind = Literal[
    "form",
    "read",
    "sign",
    "answer",
    "meeting",
    "joint_form",
    "goals",
    "survey",
    "reflection",
    "wait",
    "wishes",
    "review",
    "event",
    "journal",
    "report_hours",
    "product",
]


class Phase(Part):
    """A stretch of the journey, several steps long."""

    id: Identifier
    name: BilingualText


class Task(Part):
    """What one person, or the relationship together, owes at a step."""

    id: Identifier
    kind: TaskKind
    title: BilingualText
    why: BilingualText | None = None
    button: BilingualText | None = None
    form: FormId | None = None
    forms: dict[RoleId, FormId] = Field(default_factory=dict)
    document: DocumentId | None = None
    documents: Many[DocumentId] = ()
    survey: SurveyId | None = None
    surveys: dict[RoleId, SurveyId] = Field(default_factory=dict)
    event: EventId | None = None
    consent: ConsentId | None = None
    topic: TopicId | None = None
    roles: Many[Audience] = ()
    reviewed_by: Many[Duty] = ()
    times: NumberOrSetting = 1
    per: Literal["person", "relationship"] = "person"
    optional: bool = False
    gate: Literal["none", "soft", "hard"] = "none"
    before: Before | None = None
    due: RelativeDate | None = None
    minutes: Positive | None = None

    def form_for(self, role: str) -> str | None:
        """Name the form that a person in this role fills in."""
        return self.forms.get(role, self.form)

    def survey_for(self, role: str) -> str | None:
        """Name the survey that a person in this role answers."""
        return self.surveys.get(role, self.survey)


class Step(Part):
    """One stage of the journey."""

    id: Identifier
    number: Positive
    title: BilingualText
    purpose: BilingualText
    phase: PhaseId | None = None
    audience: Many[Audience]
    starts: RelativeDate | None = None
    visibility: ReadBy
    documents: Many[DocumentId] = ()
    tasks: Many[Task] = ()

    def audience_of(self, task: Task) -> tuple[str, ...]:
        """Name the roles that owe a task: its own, else everyone at the step."""
        return task.roles or self.audience


class Document(Part):
    """A text to read or to sign, in Markdown."""

    id: Identifier
    kind: Literal["read", "sign"]
    title: BilingualText
    body: BilingualText
    visibility: ReadBy
    roles: Many[RoleId] = ()


class Notice(Part):
    """A sentence that people must meet where it matters, such as a safety rule."""

    id: Identifier
    text: BilingualText
    shown_on: Many[Literal["registration", "pairing", "meeting", "journal", "survey"]]
    roles: Many[RoleId] = ()


class Tag(Part):
    """One word of a pack of tags."""

    value: Identifier
    text: BilingualText


class Link(Part):
    """An outside address with its title."""

    url: Url
    title: BilingualText


class Tags(Part):
    """A pack of tags that goals may carry."""

    title: BilingualText
    link: Link | None = None
    items: Many[Tag] = ()


class Goals(Part):
    """How goals are written."""

    frame: Literal["smart", "list", "topics", "timeline", "none"]
    most_at_start: Annotated[int, Field(ge=1, le=20)] | None = None
    form: FormId | None = None
    tags: Tags | None = None


class Minimum(Part):
    """The least contact expected within a window: one amount."""

    hours: Positive | None = None
    meetings: Positive | None = None
    events: Positive | None = None
    window: Literal["month", "term", "year", "relationship", "topic"]
    per_role: Many[RoleId] = ()


class Topic(Part):
    """A set subject of a meeting."""

    id: Identifier
    title: BilingualText
    body: BilingualText | None = None


class ContactRules(Part):
    """How often and by which way members meet."""

    minimum: Minimum | None = None
    rhythm_days: NumberOrSetting | None = None
    channels: Many[Literal["in_person", "phone", "video", "chat", "email"]]
    leads: Literal["both", "mentee", "mentor", "group", "staff"]
    topics: Many[Topic] = ()
    silence_days: NumberOrSetting = 45
    log_messages: bool = False


class Every(Part):
    """A rhythm in months or in days."""

    months: Positive = 0
    days: Positive = 0


class CheckIn(Part):
    """A question that the program asks its people from time to time."""

    id: Identifier
    title: BilingualText
    every: Every | None = None
    at: Many[RelativeDate] = ()
    to: Many[RoleId]
    form: FormId | None = None
    by: Duty | None = None
    letter: LetterId | None = None


class Event(Part):
    """Something that happens on a day, for many."""

    id: Identifier
    kind: Literal["orientation", "workshop", "symposium", "social", "group", "interview", "support"]
    title: BilingualText
    body: BilingualText | None = None
    when: RelativeDate
    minutes: Positive | None = None
    audience: Many[Audience] = ()
    per_site: bool = False
    sites: Many[SiteId] = ()
    consent: ConsentId | None = None
    letter: LetterId | None = None
    materials: Many[MaterialId] = ()


class Resource(Part):
    """An outside address worth knowing."""

    id: Identifier
    title: BilingualText
    help: BilingualText | None = None
    url: Url
    roles: Many[RoleId] = ()
    steps: Many[StepId] = ()


class Letter(Part):
    """A letter, whole, in both languages."""

    id: Identifier
    subject: BilingualText
    body: BilingualText
