"""What staff see of the people of a cohort and do about them; the letters that follow."""

import pytest

from releve.audit.models import Event
from releve.enrolment.models import Participant
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.people.models import Person
from releve.people.roles import Duty
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, NEVER_SHOWN, mentee, mentor, participant
from tests.factories.people import person

from .pages import address, get, post, queries_of, words

State = Participant.State
SECRET = "Une chose que personne ne doit lire"


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def chloe():
    return person("Chloé Bélanger", language="en")


@pytest.fixture
def amina(cohort):
    return programs.staff(cohort)


def place_of(who, role=MENTEE):
    return Participant.objects.get(person=who, role=role)


def test_the_list_counts_finds_and_sorts(client, cohort, amina):
    for name in ("Zoé Ångström", "Élise Ouellet", "Łukasz Kowalczyk"):
        mentee(cohort, name=name)
    mentor(cohort, name="Bo Imported", state=State.INVITED, region="laval")
    page = words(get(client, amina, "list_people", cohort.pk))
    assert "All 4 Invited 1 Registered 3" in page
    places = [page.index(name) for name in ("Bo Imported", "Élise", "Łukasz", "Zoé")]
    assert places == sorted(places)
    back = words(get(client, amina, "list_people", cohort.pk, query="?sort=-name"))
    assert back.index("Zoé") < back.index("Bo Imported")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=angstrom", {"Zoé"}),
        ("?search=ciusss+zoe", {"Zoé"}),
        ("?search=patron", set()),  # a line manager's address is for those who pair, and in no list
        ("?role=mentor", {"Bo"}),
        ("?state=invited", {"Bo"}),
        ("?q_region=laval", {"Bo"}),
        ("?q_language=fr&q_profession=nursing", {"Zoé", "Bo"}),
        ("?q_region=atlantis&role=x&state=x&sort=x&page=x", {"Zoé", "Bo"}),
    ],
)
def test_the_list_is_narrowed(client, cohort, amina, query, found):
    mentee(cohort, name="Zoé Ångström")
    mentor(cohort, name="Bo Imported", state=State.INVITED, region="laval")
    page = words(get(client, amina, "list_people", cohort.pk, query=query))
    assert {name for name in ("Zoé", "Bo") if f"{name} " in page.split("Show", 1)[1]} == found


def test_lists_take_as_many_queries_for_many_people(client, cohort, amina):
    mentee(cohort)
    mentor(cohort, state=State.INVITED)
    client.force_login(amina)
    pages = [address(name, cohort.pk) for name in ("list_people", "invite_people")]
    few = [queries_of(client, page) for page in pages]
    for number in range(30):
        participant(cohort, (MENTEE, MENTOR)[number % 2], name=f"Person {number:02}", state=(State.REGISTERED, State.INVITED)[number % 2])
    assert [queries_of(client, page) for page in pages] == few


STAFF_PAGES = ("list_people", "add_person", "invite_people")


@pytest.mark.parametrize(
    ("duty", "allowed"),
    [(Duty.COORDINATOR, set(STAFF_PAGES)), (Duty.COMMITTEE, {"list_people"}), (Duty.READER, set()), (None, set())],
)
def test_who_opens_which_page_of_staff(client, cohort, duty, allowed):
    mentee(cohort, name="Chloé Bélanger", state=State.INVITED)
    who = programs.staff(cohort, duty, name="Staff") if duty else mentor(cohort).person
    opened = {name for name in STAFF_PAGES if get(client, who, name, cohort.pk).status_code == 200}
    assert opened == allowed


def test_staff_of_another_program_see_nobody(client, cohort):
    place = mentee(cohort)
    stranger = programs.staff(programs.cohort())
    for name, pk in (
        ("list_people", cohort.pk),
        ("show_participant", place.pk),
        ("withdraw_person", place.pk),
        ("invite_people", cohort.pk),
    ):
        assert get(client, stranger, name, pk).status_code == 404
    assert post(client, stranger, "change_waiting_list", cohort.pk, data={"participant": place.pk, "to": "waiting"}).status_code == 404
    place.refresh_from_db()
    assert place.state == State.REGISTERED


def test_those_who_pair_read_what_is_written_for_pairing_and_it_is_noted(client, cohort):
    place, committee = mentee(cohort), programs.staff(cohort, Duty.COMMITTEE)
    page = words(get(client, committee, "show_participant", place.pk))
    assert NEVER_SHOWN in page
    assert Event.objects.filter(verb="pairing_facts.read").count() == 1


def test_a_person_is_added_by_hand_then_invited(client, cohort, amina):
    data = {"name": "Dan Walsh", "email": "Dan.Walsh@Example.org ", "language": "en", "role": MENTEE}
    post(client, amina, "add_person", cohort.pk, data=data)
    dan = Person.objects.get(name="Dan Walsh")
    assert (dan.email, place_of(dan).state, Letter.objects.count()) == ("dan.walsh@example.org", State.INVITED, 0)
    again = words(post(client, amina, "add_person", cohort.pk, data=data))
    assert "This person has this place already (Invited)." in again
    post(client, amina, "invite_people", cohort.pk, data={"send": "1"})
    assert list(Letter.objects.values_list("person", "kind")) == [(dan.pk, "invitation")]


@pytest.mark.parametrize("data", [{}, {"email": "x@", "name": " ", "role": "committee", "language": "de"}])
def test_adding_says_what_is_wrong(client, cohort, amina, data):
    page = words(post(client, amina, "add_person", cohort.pk, data=data))
    assert "Write the person’s name." in page
    assert "complete email address" in page or "Write the person’s email address." in page
    assert not Participant.objects.exists()


def test_invitations_are_tried_before_they_leave(client, cohort, amina):
    mentee(cohort, name="Éloïse Fortin", state=State.INVITED)
    mentor(cohort, person=person("Dan Walsh", language="en"), state=State.INVITED)
    answer = get(client, amina, "invite_people", cohort.pk)
    page = words(answer)
    assert "2 invitations are ready" in page
    assert "Bonjour Éloïse," in page
    assert "Hello Dan," in page
    assert "come-in" not in answer.content.decode()  # a link that lets somebody in is not for other eyes
    assert Letter.objects.count() == 0


def test_only_those_ticked_are_invited(client, cohort, amina):
    ticked, other = mentee(cohort, state=State.INVITED), mentor(cohort, state=State.INVITED)
    done = mentee(cohort, name="Registered Already")
    chosen = [str(ticked.pk), str(done.pk), "x"]
    page = words(post(client, amina, "invite_people", cohort.pk, data={"participant": chosen}))
    assert "1 invitation is ready" in page
    assert "1 of those you ticked is left out" in page
    post(client, amina, "invite_people", cohort.pk, data={"participant": chosen, "send": "1"})
    assert list(Letter.objects.values_list("person", flat=True)) == [ticked.person_id]
    other.refresh_from_db()
    assert other.invited_at is None


def test_an_invitation_lets_its_reader_in_and_leads_to_the_form(client, cohort, amina):
    imported = mentee(cohort, state=State.INVITED)
    content = preview("invitation", {"participant": str(imported.pk)}, imported.person)
    assert "come-in" in content.path
    assert f"next=%2Ffr%2Fjoin%2F{cohort.pk}%2Fmentee%2F" in content.path
    assert preview("invitation", {"participant": str(imported.pk)}, person("Dan")) is None
    Participant.objects.update(state=State.REGISTERED)
    assert preview("invitation", {"participant": str(imported.pk)}, imported.person) is None


def test_the_waiting_list_from_the_list(client, cohort, amina):
    place = mentee(cohort)
    for to, state in (("waiting", State.WAITING), ("registered", State.REGISTERED)):
        answer = post(client, amina, "change_waiting_list", cohort.pk, data={"participant": [place.pk], "to": to})
        place.refresh_from_db()
        assert (answer["Location"], place.state) == (address("list_people", cohort.pk), state)


def test_a_place_is_closed_with_a_reason(client, cohort, amina):
    place = mentee(cohort)
    assert "Say why in a few words." in words(post(client, amina, "withdraw_person", place.pk))
    post(client, amina, "withdraw_person", place.pk, data={"reason": "A changé d’emploi."})
    place.refresh_from_db()
    assert (place.state, place.withdrawal_reason) == (State.WITHDRAWN, "A changé d’emploi.")
    assert "A changé d’emploi." in words(get(client, place.person, "show_place", place.pk))


@pytest.mark.parametrize("kind", ["registration_received", "waiting", "withdrawn_by_staff"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_letters_speak_their_reader_s_language_and_only_when_true(cohort, kind, language):
    states = {"registration_received": State.REGISTERED, "waiting": State.WAITING, "withdrawn_by_staff": State.WITHDRAWN}
    place = mentee(cohort, person=person("Chloé", language=language), state=states[kind])
    content = preview(kind, {"participant": str(place.pk)}, place.person)
    assert content.body_markdown.startswith({"fr": "Bonjour Chloé", "en": "Hello Chloé"}[language])
    Participant.objects.update(state=State.STARTED)
    assert preview(kind, {"participant": str(place.pk)}, place.person) is None
