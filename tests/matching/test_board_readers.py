"""What the board keeps from staff who take part, and where it leads back to."""

import re

import pytest
from django.utils import timezone, translation

from releve.matching import actions
from releve.matching.actions import Seen
from releve.matching.looking_back import Fit
from releve.matching.wording.reasons import reasons
from releve.people.roles import Duty
from tests.factories import programs, relationships
from tests.factories.enrolment import MENTEE, MENTOR, participant
from tests.matching.board_cast import SWITCHED_ON, someone

pytestmark = pytest.mark.django_db


def text(response):
    body = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", response.content.decode())
    return " ".join(body.split())


@pytest.fixture
def address(cohort, run):
    return f"/en/manage/{cohort.pk}/pairing/"


@pytest.fixture
def own(cohort):
    """Somebody of the committee who mentors too, whom finance interests as it does Chloé."""
    return programs.staff(cohort, Duty.COMMITTEE, name="Nadia Own")


@pytest.fixture
def own_place(cohort, own):
    return participant(cohort, MENTOR, person=own, consents=SWITCHED_ON, line_manager=None, areas=["finance"], places=1)


def keep(cohort, by, mentee, mentor, seen, verb=actions.keep_together):
    return verb(cohort, (mentee, mentor), seen=Seen(seen), by=by, now=timezone.now())


def test_what_counts_for_a_pair_is_said_in_units_a_reader_knows_and_no_more_than_three(cohort):
    translation.activate("en")
    parts = [
        ["areas", 26_000, 40_000, 2, 3, []],
        ["style", 12_000, 15_000, 800, 1000, []],
        ["region", 1_000, 5_000, 76, 300, []],
        ["wishes", 9_000, 15_000, 2, 3, []],
        ["setting", 5_000, 5_000, 1, 1, []],
    ]
    ids = {one.id for one in cohort.definition.pairing.criteria}
    said = [chip.label.replace("\N{NO-BREAK SPACE}", " ") for chip in reasons(cohort.definition, Fit("a", "b", 60, parts))]
    assert {"areas", "wishes", "style", "region"} <= ids
    assert said == ["Areas in common: 2 of 3", "Working style", "Wish no. 2"]
    far = Fit("a", "b", 5, [["region", 1_000, 5_000, 76, 300, []]])
    assert reasons(cohort.definition, far) == []


def test_a_change_leads_back_to_the_board_as_it_was_narrowed(client, address, committee, people):
    client.force_login(committee)
    pair = f"{people['Chloé'].pk},{people['Karim'].pk}"
    for seen, narrowed, then in [(1, "shown=locked&sort=mentee", "?shown=locked&sort=mentee"), (2, "//elsewhere.example", None)]:
        sent = {"adjust": f"lock:{pair}", "seen": seen, "narrowed": narrowed}
        answer = client.post(f"{address}adjust/", sent)
        assert answer.url.startswith(address + (then or "?"))
    assert 'name="narrowed" value="shown=locked&amp;page=1"' in client.get(f"{address}?shown=locked&page=1").content.decode()


def test_staff_who_take_part_do_not_read_which_rules_left_somebody_without_a_mentor(client, address, cohort, committee, own, own_place):
    noor = someone(cohort, MENTEE, "Noor", language="en", areas=["finance"])
    keep(cohort, committee, noor, own_place, 1, actions.keep_apart)
    client.force_login(committee)
    assert "“Kept apart” rules out 1 mentor." in text(client.get(address))
    client.force_login(own)
    said = text(client.get(address))
    assert "Nobody yet" in said
    assert "rules out" not in said
    assert "Not shown to you: you take part, and the reasons may concern you." in said


def test_staff_who_take_part_find_no_page_about_a_mentee_suggested_to_them(client, address, cohort, committee, own, own_place, people):
    keep(cohort, committee, people["Chloé"], own_place, 1)
    client.force_login(committee)
    assert "Why Nadia for Chloé?" in text(client.get(f"{address}why/{people['Chloé'].pk}/")).replace("Nadia Own", "Nadia")
    client.force_login(own)
    assert client.get(f"{address}why/{people['Chloé'].pk}/").status_code == 404
    assert client.get(f"{address}why/{people['Jade'].pk}/").status_code == 200


def test_staff_who_take_part_compare_no_run_that_gave_them_somebody(client, address, cohort, committee, own, own_place, people):
    keep(cohort, committee, people["Chloé"], own_place, 1)
    client.force_login(committee)
    assert "Chloé" in text(client.get(f"{address}runs/1/and/2/"))
    client.force_login(own)
    said = text(client.get(f"{address}runs/1/and/2/"))
    assert "Chloé" not in said
    assert "1 mentee keeps the same mentor." in said


def test_a_pair_kept_by_the_committee_says_that_nothing_else_was_weighed(client, address, cohort, committee, people):
    keep(cohort, committee, people["Chloé"], people["Karim"], 1)
    client.force_login(committee)
    said = text(client.get(f"{address}why/{people['Chloé'].pk}/"))
    assert "The committee keeps these two together, so nobody else was weighed against them." in said
    assert "has no price in points" not in said


def test_costs_of_a_run_from_before_somebody_was_introduced_say_so(client, address, cohort, committee, people):
    client.force_login(committee)
    pages = [address, f"{address}why/{people['Chloé'].pk}/"]
    for page in pages:
        assert "Since this run, people it compared were introduced or left" not in text(client.get(page))
    relationships.introduced(cohort, [people["Karim"], people["Jade"]])
    for page in pages:
        assert "Since this run, people it compared were introduced or left" in text(client.get(page))


def test_groups_too_small_to_conclude_anything_are_set_apart(client, address, cohort, committee):
    for number in range(5):
        someone(cohort, MENTEE, f"Noor {number}", language="en", areas=["finance"])
    actions.run_suggestions(cohort, by=committee, now=timezone.now())
    client.force_login(committee)
    page = client.get(address)
    assert {group.mentees for group in page.context["large"]} == {5, 6, 7}
    assert {group.mentees for group in page.context["small"]} <= {1, 2, 3, 4}
    assert "0 / " not in re.search(r"How well do pairs fit\?(.*?)How many mentees", text(page))[1]
    assert "1 mentee: 2 mentors" in text(page)
