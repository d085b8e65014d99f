"""What there is to read in a cohort, for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from releve.core.visibility import Visibility
from releve.enrolment.models import Participant
from releve.people.models import Person
from releve.programs.definition import Definition
from releve.programs.definition.journey import Document, Resource, Step
from releve.programs.models import Cohort, Program

from .models import ReadMark

OUTSIDE = frozenset({Participant.State.WITHDRAWN, Participant.State.REFUSED})
OPEN_TO_PARTICIPANTS = frozenset({Visibility.PUBLIC, Visibility.DIRECTORY, Visibility.SITE})
OPEN_TO_STAFF = OPEN_TO_PARTICIPANTS | {Visibility.COMMITTEE}


@dataclass(frozen=True)
class Reader:
    """In what quality somebody reads: the roles they take, and whether they run the program. Nobody in particular has neither."""

    person: Person | None
    roles: frozenset[str] = frozenset()
    is_staff: bool = False

    @property
    def keeps_marks(self) -> bool:
        """Say whether what they read is marked: for those who take part."""
        return bool(self.roles)

    def may_read(self, document: Document) -> bool:
        if document.kind != "read":
            return False
        if self.is_staff:
            return document.visibility in OPEN_TO_STAFF
        if document.visibility == Visibility.PUBLIC and not self.roles:
            return not document.roles
        return bool(self.roles) and document.visibility in OPEN_TO_PARTICIPANTS and self._is_for(document.roles)

    def may_see(self, resource: Resource) -> bool:
        return self.is_staff or (bool(self.roles) and self._is_for(resource.roles))

    def _is_for(self, roles: Iterable[str]) -> bool:
        return not roles or bool(self.roles & set(roles))


@dataclass(frozen=True)
class Shown:
    """A document of the shelf, and whether its reader marked it."""

    document: Document
    read: bool


@dataclass(frozen=True)
class Shelf:
    """What there is to read at one step; without a step, what belongs to none."""

    step: Step | None
    documents: tuple[Shown, ...]
    resources: tuple[Resource, ...]


def cohort_to_read(cohort: UUID, person: Person | None) -> Cohort | None:
    """Return a cohort whose documents somebody may look for: a public one, or one of their own."""
    allowed = Q(state__in=[Cohort.State.OPEN, Cohort.State.CLOSED])
    if person is not None:
        mine = Participant.objects.filter(person=person).exclude(state__in=OUTSIDE)
        allowed |= Q(pk__in=mine.values("cohort")) | Q(program__in=Program.objects.staffed_by(person).values("pk"))
    return Cohort.objects.filter(allowed, pk=cohort).select_related("program", "version").first()


def reader_of(cohort: Cohort, person: Person | None) -> Reader:
    """Say in what quality a person, or a visitor, reads in a cohort."""
    if person is None:
        return Reader(None)
    places = cohort.participants.filter(person=person).exclude(state__in=OUTSIDE)
    is_staff = Program.objects.staffed_by(person).filter(pk=cohort.program_id).exists()
    return Reader(person, frozenset(places.values_list("role", flat=True)), is_staff)


def readable(definition: Definition, reader: Reader) -> list[Document]:
    """Return every document that somebody may read, each once. Order: that of the journey, then of the definition."""
    ordered = [document_id for step in definition.steps for document_id in step.documents]
    ids = dict.fromkeys([*ordered, *(document.id for document in definition.documents)])
    documents = [definition.document(document_id) for document_id in ids]
    return [document for document in documents if reader.may_read(document)]


def read_by(cohort: Cohort, reader: Reader) -> set[str]:
    """Return the ids of the documents that a reader marked as read, in this program."""
    marks = ReadMark.objects.filter(person=reader.person, program=cohort.program_id) if reader.keeps_marks else ReadMark.objects.none()
    return set(marks.values_list("document", flat=True))


def shelves(cohort: Cohort, reader: Reader) -> list[Shelf]:
    """Lay out what there is to read, step by step; a document that serves several steps stands at each."""
    definition, read = cohort.definition, read_by(cohort, reader)
    documents = {document.id: Shown(document, document.id in read) for document in readable(definition, reader)}
    resources = [resource for resource in definition.resources if reader.may_see(resource)]
    found = [
        Shelf(
            step,
            tuple(documents[document_id] for document_id in step.documents if document_id in documents),
            tuple(resource for resource in resources if step.id in resource.steps),
        )
        for step in definition.steps
    ]
    placed = {document_id for step in definition.steps for document_id in step.documents}
    found.append(
        Shelf(
            None,
            tuple(shown for document_id, shown in documents.items() if document_id not in placed),
            tuple(resource for resource in resources if not resource.steps),
        )
    )
    return [shelf for shelf in found if shelf.documents or shelf.resources]
