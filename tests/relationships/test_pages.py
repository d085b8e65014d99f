"""What members and staff see and do about a relationship, and what outsiders do not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releve.people.roles import Duty
from releve.relationships import actions
from releve.relationships.models import HelpRequest, Relationship, State
from tests.factories import programs, relationships
from tests.factories.people import person

pytestmark = pytest.mark.django_db

SECRET = "Nous ne nous entendons pas sur le rythme."


@pytest.fixture
def pair():
    return relationships.confirmed()


@pytest.fixture
def members(pair):
    return relationships.memberships(pair)


def help_address(pair):
    return f"/fr/pair/{pair.pk}/help/"


def test_a_request_for_help_reaches_the_committee_and_never_the_partner(client, pair, members):
    mentor, mentee = members
    client.force_login(mentee.participant.person)
    client.post(help_address(pair), {"contact": "committee", "text": SECRET} | _contact(pair))
    assert [request.text for request in HelpRequest.objects.all()] == [SECRET]
    client.force_login(mentor.participant.person)
    assert SECRET not in client.get(help_address(pair)).content.decode()
    client.force_login(programs.staff(pair.program, Duty.COMMITTEE, name="Zoé Roy"))
    assert SECRET in client.get(f"/fr/manage/pairs/{pair.pk}/").content.decode()


def _contact(pair):
    cohort = pair.terms.get().cohort
    return {"contact": cohort.definition.contacts[0].id}


def test_staff_who_are_members_follow_every_pair_but_their_own(client, pair, members):
    mentor, mentee = members
    actions.ask_for_help(mentee, contact=_contact(pair)["contact"], text=SECRET, spoke_first=False, now=timezone.now())
    programs.staff(pair.program, Duty.COORDINATOR, who=mentor.participant.person)
    client.force_login(mentor.participant.person)
    assert client.get(f"/fr/manage/pairs/{pair.pk}/").status_code == 404
    assert SECRET not in client.get(f"/fr/manage/{pair.terms.get().cohort_id}/pairs/").content.decode()
    assert list(Relationship.objects.followed_by(mentor.participant.person)) == []
    other = relationships.introduced(pair.terms.get().cohort, relationships.two(pair.terms.get().cohort, "Bo Tran", "Léa Lalonde"))
    assert list(Relationship.objects.followed_by(mentor.participant.person)) == [other]


def test_a_request_for_help_sent_twice_alike_is_one_request(client, pair, members):
    committee = programs.staff(pair.program, Duty.COMMITTEE, name="Zoé Roy")
    client.force_login(members[1].participant.person)
    for _click in range(2):
        assert client.post(help_address(pair), _contact(pair) | {"text": SECRET}).status_code == 302
    assert HelpRequest.objects.count() == 1
    assert committee.letters.filter(kind="committee_help_asked").count() == 1
    client.post(help_address(pair), _contact(pair) | {"text": "Autre chose encore."})
    assert HelpRequest.objects.count() == 2


@pytest.mark.parametrize("text", ["", "Merci de nous écrire. " * 400])
def test_an_answer_that_cannot_be_sent_stays_in_its_field(client, pair, members, text):
    actions.ask_for_help(members[1], contact=_contact(pair)["contact"], text=SECRET, spoke_first=False, now=timezone.now())
    asked = HelpRequest.objects.get()
    client.force_login(programs.staff(pair.program, Duty.COMMITTEE))
    page = client.post(f"/fr/manage/pairs/{pair.pk}/help/{asked.pk}/", {"text": text}).content.decode()
    assert f'id="id_{asked.pk.hex}_text_error"' in page
    assert text in page


def test_an_answer_that_comes_second_is_not_lost(client, pair, members):
    actions.ask_for_help(members[1], contact=_contact(pair)["contact"], text=SECRET, spoke_first=False, now=timezone.now())
    asked = HelpRequest.objects.get()
    actions.answer_help(asked, text="Je vous appelle demain.", by=programs.staff(pair.program, name="Zoé Roy"), now=timezone.now())
    client.force_login(programs.staff(pair.program, Duty.COMMITTEE))
    page = client.post(f"/fr/manage/pairs/{pair.pk}/help/{asked.pk}/", {"text": "Voici ce que je propose."}).content.decode()
    assert "Quelqu’un a répondu à cette demande entre-temps" in page
    assert "Voici ce que je propose." in page
    assert HelpRequest.objects.get().answer == "Je vous appelle demain."


def test_staff_pause_a_pair_and_let_it_go_on(client, pair):
    client.force_login(programs.staff(pair.program, Duty.COMMITTEE))
    for move, state in (("pause", State.PAUSED), ("resume", State.CONFIRMED)):
        address = f"/fr/manage/pairs/{pair.pk}/{move}/"
        assert address in client.get(f"/fr/manage/pairs/{pair.pk}/").content.decode()
        assert client.post(address).status_code == 302
        assert Relationship.objects.get(pk=pair.pk).state == state


@pytest.mark.parametrize("page", ["answer", "help", "end", "complete"])
def test_nobody_but_a_member_opens_the_pages_of_a_pair(client, pair, page):
    address = f"/fr/pair/{pair.pk}/{page}/"
    assert client.get(address).status_code == 302
    for outsider in (person("Dan"), programs.staff(pair.program), programs.staff(pair.program, Duty.READER)):
        client.force_login(outsider)
        assert client.get(address).status_code == 404


def test_a_wrong_answer_is_said_beside_the_field(client):
    pair = relationships.introduced()
    client.force_login(relationships.memberships(pair)[0].participant.person)
    page = client.post(f"/fr/pair/{pair.pk}/answer/", {"suits": "peut-être"})
    assert page.status_code == 200
    assert 'id="id_suits_error"' in page.content.decode()


def test_an_answer_is_sealed_and_destroyed_once_it_is_read(client):
    pair = relationships.introduced()
    for membership in relationships.memberships(pair):
        client.force_login(membership.participant.person)
        client.post(f"/en/pair/{pair.pk}/answer/", {"suits": "yes"})
    with connection.cursor() as cursor:
        cursor.execute("select suits from relationships_contactanswer")
        sealed = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(sealed) == 2
    assert len({len(one) for one in sealed}) == 1
    assert actions.settle_contacts(timezone.now()) == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from relationships_contactanswer")
        assert cursor.fetchone() == (0,)


def test_a_pair_that_ends_for_good_reason_is_told_so_and_for_another_is_not(client, pair, members):
    mentor, mentee = members
    client.force_login(mentee.participant.person)
    client.post(f"/fr/pair/{pair.pk}/end/", {"reason": "not_working"})
    pair.refresh_from_db()
    assert (pair.state, pair.ending) == (State.ENDED, "not_working")
    kinds = set(mentor.participant.person.letters.values_list("kind", flat=True))
    assert "relationship_seeks_new" in kinds
    assert "relationship_goals_met" not in kinds


def test_the_list_of_pairs_takes_as_many_queries_for_three_as_for_one(client, pair):
    cohort = pair.terms.get().cohort
    client.force_login(programs.staff(cohort))
    address = f"/fr/manage/{cohort.pk}/pairs/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2):
        relationships.introduced(cohort, relationships.two(cohort, f"Mentor {number}", f"Mentee {number}"))
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
