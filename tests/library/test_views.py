import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from releve.enrolment.models import Participant
from releve.library.models import ReadMark
from releve.library.queries import reader_of, shelves
from releve.people.roles import Duty
from releve.programs.models import Cohort
from tests.factories import enrolment, library, programs
from tests.factories.people import person

pytestmark = pytest.mark.django_db

READING = ["advice", "roles", "roles_by_phase", "contact_guide"]


@pytest.fixture
def cohort():
    return programs.cohort()


def as_(someone):
    client = Client()
    if someone is not None:
        client.force_login(someone)
    return client


def page(cohort, document=None, language="en"):
    with translation.override(language):
        if document is None:
            return reverse("library:list_documents", args=[cohort.pk])
        return reverse("library:read_document", args=[cohort.pk, document])


def texts(cohort, someone):
    """Return the documents that somebody opens, out of all."""
    ids = [document.id for document in cohort.definition.documents]
    return [document for document in ids if as_(someone).get(page(cohort, document)).status_code == 200]


# --- who reads


def test_participants_and_staff_read_what_is_open_to_the_program_and_never_the_text_to_sign(cohort):
    staff = [programs.staff(cohort, duty, name=duty) for duty in Duty]
    for someone in (enrolment.mentor(cohort).person, enrolment.mentee(cohort, state="invited").person, *staff):
        assert texts(cohort, someone) == READING


@pytest.mark.parametrize("state", [Participant.State.WITHDRAWN, Participant.State.REFUSED])
def test_those_who_left_or_were_refused_read_nothing(cohort, state):
    someone = enrolment.mentee(cohort, state=state).person
    assert texts(cohort, someone) == []
    assert as_(someone).get(page(cohort)).status_code == 404


def test_outsiders_find_no_page_and_visitors_are_asked_to_sign_in(cohort):
    other = programs.cohort()
    outsiders = [person("Dan"), enrolment.mentee(other).person, programs.staff(other)]
    for address in (page(cohort), page(cohort, "advice")):
        for someone in outsiders:
            assert as_(someone).get(address).status_code == 404
            assert as_(someone).post(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert ReadMark.objects.count() == 0


def test_public_document_is_open_to_everyone_in_a_public_cohort_and_nothing_else_is():
    cohort = programs.cohort(definition=library.with_readers(advice="public", roles="committee"))
    for someone in (None, person("Dan")):
        assert texts(cohort, someone) == ["advice"]
        assert [[shown.document.id for shown in shelf.documents] for shelf in as_(someone).get(page(cohort)).context["shelves"]] == [
            ["advice"]
        ] * 3
        assert "leadscanada" not in as_(someone).get(page(cohort)).content.decode()
    assert texts(cohort, enrolment.mentor(cohort).person) == ["advice", "roles_by_phase", "contact_guide"]
    assert texts(cohort, programs.staff(cohort)) == READING
    Cohort.objects.filter(pk=cohort.pk).update(state="draft")
    assert [texts(cohort, someone) for someone in (None, person("Dan"))] == [[], []]


def test_document_for_one_role_is_read_by_that_role_and_by_staff():
    documents = [one.model_dump(mode="json") for one in programs.first_blueprint().documents]
    definition = programs.changed(documents=[one | ({"roles": ["mentor"]} if one["id"] == "roles" else {}) for one in documents])
    cohort = programs.cohort(definition=definition)
    both = enrolment.mentor(cohort, name="Zoé").person
    enrolment.mentee(cohort, person=both)
    assert texts(cohort, enrolment.mentor(cohort).person) == READING
    assert texts(cohort, enrolment.mentee(cohort).person) == ["advice", "roles_by_phase", "contact_guide"]
    assert texts(cohort, both) == READING
    assert texts(cohort, programs.staff(cohort)) == READING


@pytest.mark.parametrize("document", ["nothing", "commitment", "advice-2", "x" * 300])
def test_unknown_document_is_no_page(cohort, document):
    assert as_(enrolment.mentee(cohort).person).get(page(cohort, document)).status_code == 404


# --- reading


def test_documents_stand_at_every_step_they_serve_with_the_resources_of_the_step(cohort):
    found = {shelf.step.id: shelf for shelf in shelves(cohort, reader_of(cohort, enrolment.mentee(cohort).person))}
    assert {step: [shown.document.id for shown in shelf.documents] for step, shelf in found.items()} == {
        "reading": ["advice", "roles", "roles_by_phase"],
        "pairing": ["roles", "roles_by_phase"],
        "contact": ["contact_guide"],
        "expectations": ["contact_guide", "advice", "roles", "roles_by_phase"],
        "first_meeting": ["contact_guide", "roles_by_phase"],
        "meetings": ["advice", "roles_by_phase"],
        "reflection": ["roles_by_phase"],
    }
    assert [resource.id for resource in found["first_meeting"].resources] == ["leads"]


def test_marking_as_read_leads_to_the_next_page_and_counts_once(cohort):
    client = as_(enrolment.mentee(cohort).person)
    for _click in range(2):
        assert client.post(page(cohort, "advice"))["Location"] == page(cohort, "roles")
    assert client.post(page(cohort, "contact_guide"))["Location"] == page(cohort)
    assert sorted(ReadMark.objects.values_list("document", flat=True)) == ["advice", "contact_guide"]
    answer = client.get(page(cohort))
    marks = [(shown.document.id, shown.read) for shelf in answer.context["shelves"] for shown in shelf.documents]
    assert (answer.context["read"], answer.context["total"], marks.count(("advice", True)), len(marks)) == (2, 4, 3, 15)


def test_mark_follows_the_person_into_the_next_cohort_of_the_program_and_nowhere_else(cohort):
    someone = enrolment.mentee(cohort).person
    as_(someone).post(page(cohort, "advice"))
    following, elsewhere = programs.cohort(cohort.program), programs.cohort()
    for one in (following, elsewhere):
        enrolment.mentor(one, person=someone)
    assert as_(someone).get(page(following, "advice")).context["is_read"]
    assert not as_(someone).get(page(elsewhere, "advice")).context["is_read"]


def test_reading_marks_nothing_by_itself_and_staff_keep_no_marks(cohort):
    as_(enrolment.mentee(cohort).person).get(page(cohort, "advice"))
    answer = as_(programs.staff(cohort)).post(page(cohort, "advice"))
    assert (answer.status_code, ReadMark.objects.count()) == (200, 0)


def test_pages_lead_to_the_one_before_and_the_one_after(cohort):
    answer = as_(enrolment.mentee(cohort).person).get(page(cohort, "roles"))
    assert (answer.context["before"].id, answer.context["after"].id) == ("advice", "roles_by_phase")


def test_page_speaks_the_language_of_its_address(cohort):
    client = as_(enrolment.mentee(cohort).person)
    assert "Making the relationship work" in client.get(page(cohort, "advice")).content.decode()
    assert "Pour que la relation porte fruit" in client.get(page(cohort, "advice", language="fr")).content.decode()


def test_list_takes_the_same_queries_whatever_was_read(cohort, django_assert_max_num_queries):
    client = as_(enrolment.mentee(cohort).person)
    client.get(page(cohort))
    with django_assert_max_num_queries(40) as captured:
        client.get(page(cohort))
    few = len(captured)
    for document in READING:
        client.post(page(cohort, document))
    client.get(page(cohort))
    with django_assert_max_num_queries(few):
        client.get(page(cohort))
