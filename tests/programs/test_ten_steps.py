"""What the pages of the first program say and lead to, where it takes several rooms to say it."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from releve.enrolment.eligibility import may_take_role
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.people.roles import Duty
from releve.relationships import actions
from releve.relationships.models import Relationship, State
from releve.relationships.queries import count_free
from releve.workspace.models import Goal
from tests.factories import programs, workspace
from tests.factories.enrolment import MENTEE, MENTOR, participant
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db

OWNERS_PAGE = "https://leadscanada.net/site/framework"
LEADS_DOMAINS = ("lead self", "engage others", "achieve results", "develop coalitions", "systems transformation")
LEADS_DOMAINS_FR = ("leadership de soi", "mobiliser les autres", "atteindre des résultats", "transformation des systèmes")


def shown(someone, name, *args, language="en"):
    """Open a page as somebody and return what it says."""
    client = Client()
    client.force_login(someone)
    with translation.override(language):
        answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def told(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


# --- S1.2


@pytest.mark.parametrize(("first", "second"), [(MENTOR, MENTEE), (MENTEE, MENTOR)])
def test_whoever_has_one_role_may_take_the_other(first, second):
    cohort = programs.cohort()
    one = participant(cohort, first)
    assert may_take_role(cohort, one.person, second)


def test_the_committee_is_a_list_of_people_with_their_parts():
    cohort = programs.cohort()
    amina = programs.staff(cohort, name="Amina Diallo")
    programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    page = shown(amina, "programs:list_staff", cohort.pk)
    assert (
        page.index("Amina Diallo") < page.index("Program coordinator") < page.index("Zoé Roy") < page.index("Mentorship committee member")
    )


# --- S1.8


def test_two_presentation_sheets_stand_side_by_side_where_a_pair_is_decided():
    cohort = programs.cohort()
    mentor = participant(cohort, MENTOR, name="Louise Morin", offers="Trente ans de soins à domicile.", region="estrie")
    mentee = participant(cohort, MENTEE, name="Jade Roy", seeks="Apprendre à dire non.", region="outaouais")
    page = shown(programs.staff(cohort, Duty.COMMITTEE), "matching:decide_pair", cohort.pk, mentee.pk, mentor.pk)
    assert "Apprendre à dire non." in page
    assert "Trente ans de soins à domicile." in page
    assert page.index("Outaouais") < page.index("Estrie")


# --- S1.10


def test_the_reading_of_the_step_stands_beside_the_list_of_expectations():
    two = pair(State.ACCEPTED)
    cohort = two.mentee.participant.cohort
    page = shown(two.chloe, "workspace:fill_together", two.relationship.pk, "expectations")
    with translation.override("en"):
        addresses = {name: reverse("library:read_document", args=[cohort.pk, name]) for name in _documents_to_read(cohort)}
    found = {name for name, address in addresses.items() if address in page}
    assert found == {"contact_guide", "advice", "roles", "roles_by_phase"}


def _documents_to_read(cohort):
    return [document.id for document in cohort.definition.documents]


# --- S1.12


def test_the_committee_sees_that_both_signed_and_no_word_of_what():
    two = pair(State.ACCEPTED)
    workspace.added(two.mentor)
    zoe = programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé Roy")
    for member in (two.mentor, two.mentee):
        assert "Signed" not in shown(zoe, "relationships:follow_relationship", two.relationship.pk)
        workspace.signed(member, name="Signé de ma main")
    page = shown(zoe, "relationships:follow_relationship", two.relationship.pk)
    assert page.count("Signed") == 2
    assert workspace.SECRET_ADDITION not in page
    assert "Signé de ma main" not in page


# --- S1.13


@pytest.mark.parametrize("name", ["workspace:list_goals", "workspace:add_goal"])
def test_leads_is_a_link_to_its_owners_beside_the_goals(name):
    two = pair(State.ACCEPTED)
    page = shown(two.chloe, name, two.relationship.pk)
    assert f'href="{OWNERS_PAGE}"' in page
    assert "Themes are optional" in page


def test_no_page_and_no_theme_speaks_in_the_words_of_leads():
    """The names of its domains stand among the aliases alone, by which the columns of a form service are recognized."""

    def said(part):
        if isinstance(part, dict):
            return {name: said(inner) for name, inner in part.items() if name not in {"aliases", "headers"}}
        return [said(inner) for inner in part] if isinstance(part, list) else part

    words = json.dumps(said(programs.first_blueprint().as_data()), ensure_ascii=False).lower()
    assert "bringing a team along" in words  # what is looked through holds the words of the lists
    assert [name for name in (*LEADS_DOMAINS, *LEADS_DOMAINS_FR) if name in words] == []


# --- S1.17


def test_a_pair_that_goes_on_closes_the_record_and_keeps_what_it_wrote():
    two = pair()
    goal = workspace.goal(two.mentee)
    client = Client()
    client.force_login(two.chloe)
    with translation.override("en"):
        client.post(reverse("relationships:complete", args=[two.relationship.pk]), {"continues": "yes"})
    closed = Relationship.objects.get(pk=two.relationship.pk)
    assert (closed.state, closed.continues, closed.ending) == (State.COMPLETED, True, "term")
    for someone in (two.chloe, two.benoit):
        assert workspace.SECRET_GOAL in shown(someone, "workspace:list_goals", two.relationship.pk)
    assert Goal.objects.get().pk == goal.pk


# --- S1.18


def test_a_pair_that_met_its_goals_is_celebrated_and_nobody_is_sought():
    two = pair()
    programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé Roy")
    actions.end_early(two.relationship, "goals_met", by=two.chloe, now=timezone.now())
    assert told("relationship_goals_met") == ["Benoît Dufour", "Chloé Bergeron"]
    letter = two.chloe.letters.get(kind="relationship_goals_met")
    celebrated = two.mentee.participant.cohort.definition.letter("ended_goals_met").subject
    assert preview(letter.kind, letter.ids, two.chloe).subject == celebrated.in_language(two.chloe.language)
    assert (told("committee_pair_ended"), told("relationship_seeks_new")) == ([], [])
    assert count_free(two.mentee.participant.cohort)["mentee"] == 0


def test_of_a_pair_that_did_not_suit_the_committee_learns_it_and_looks_for_somebody_else():
    two = pair()
    zoe = programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé Roy")
    actions.end_early(two.relationship, "not_working", by=two.chloe, now=timezone.now())
    assert "Zoé Roy" in told("committee_pair_ended")
    assert count_free(two.mentee.participant.cohort)["mentee"] == 1
    reason = "It is not what we hoped for"
    assert reason in shown(zoe, "relationships:follow_relationship", two.relationship.pk)
    assert reason not in shown(two.benoit, "home:show_relationship", two.relationship.pk)
    assert reason not in shown(two.benoit, "home:show_today")


# --- S1.19


def test_the_advice_to_talk_courteously_first_stands_before_the_way_to_the_committee():
    page = shown((two := pair()).chloe, "relationships:ask_for_help", two.relationship.pk)
    advice, form = page.index("Talk to each other first, if you can."), page.index("Write to someone who can help")
    assert advice < page.index("Stay courteous") < form
    french = shown(two.chloe, "relationships:ask_for_help", two.relationship.pk, language="fr")
    assert "Parlez-vous d’abord, si vous le pouvez." in french
