"""The directory shows what each chose, and wishes go to those who pair."""

import pytest
from django.utils import timezone

from releve.enrolment import actions
from releve.enrolment.models import Participant, ParticipantConsent, Wish
from releve.enrolment.queries import Quality, sheet_rows
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, NEVER_SHOWN, mentee, mentor

from .pages import ALL, address, get, post, queries_of, words

State = Participant.State
NOW = timezone.now()


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def chloe(cohort):
    return mentee(cohort, consents=ALL)


@pytest.fixture
def benoit(cohort):
    return mentor(cohort, consents=ALL, shown=["region"], offers="Trente ans de pratique.", career="Né à Gaspé.", phone="418 555-9999")


def ranked(place):
    return list(place.wishes.order_by("rank").values_list("rank", "wished"))


# --- what a sheet shows


def test_the_directory_shows_what_every_sheet_has_and_what_was_chosen(benoit):
    labels = {row.label for row in sheet_rows(benoit, Quality.DIRECTORY)}
    assert labels == {"Profession", "Région", "Domaines", "Ce que j’offre"}


def test_a_partner_reads_the_whole_sheet_and_the_work_contact(benoit):
    rows = {row.label: row.text for row in sheet_rows(benoit, Quality.PARTNER)}
    assert rows["Courriel"] == benoit.person.email
    assert rows["Téléphone"] == "418 555-9999"
    assert rows["Parcours"] == "Né à Gaspé."
    assert "Relève de" not in rows
    assert "Motivations" not in rows


def test_a_partner_s_address_is_that_of_the_account(benoit):
    benoit.person.email = "moved@example.org"
    assert {row.label: row.text for row in sheet_rows(benoit, Quality.PARTNER)}["Courriel"] == "moved@example.org"


def test_no_reader_of_a_sheet_sees_what_is_for_pairing(benoit):
    for quality in Quality:
        assert NEVER_SHOWN not in str(sheet_rows(benoit, quality))


# --- the directory


def test_a_participant_browses_the_other_role(client, cohort, chloe, benoit):
    mentor(cohort, name="Caché Discret")
    mentor(cohort, name="Importé Silencieux", state=State.INVITED)
    mentee(cohort, name="Autre Mentorée", consents=ALL)
    page = words(get(client, chloe.person, "browse_sheets", cohort.pk))
    assert "Benoît Dufour" in page
    assert "Trente ans de pratique." in page
    for hidden in ("Caché", "Importé", "Autre Mentorée", "Né à Gaspé", "418 555-9999", benoit.person.email, NEVER_SHOWN):
        assert hidden not in page


def test_the_directory_speaks_french(client, cohort, chloe, benoit):
    page = words(get(client, chloe.person, "browse_sheets", cohort.pk, language="fr"))
    assert "Avec qui j’aimerais être en dyade" in page
    assert "Soins infirmiers" in page


@pytest.mark.parametrize("who", ["outsider", "staff", "imported", "left"])
def test_nobody_else_browses(client, cohort, benoit, who):
    people = {
        "outsider": lambda: mentee(programs.cohort(), consents=ALL).person,
        "staff": lambda: programs.staff(cohort),
        "imported": lambda: mentee(cohort, state=State.INVITED).person,
        "left": lambda: mentee(cohort, state=State.WITHDRAWN).person,
    }
    reader = people[who]()
    answer = get(client, reader, "browse_sheets", cohort.pk)
    assert answer.status_code == (302 if who == "imported" else 404)
    assert get(client, reader, "show_sheet", benoit.pk).status_code == 404


def test_a_sheet_taken_down_is_gone_at_once(client, cohort, chloe, benoit):
    assert words(get(client, chloe.person, "show_sheet", benoit.pk))
    post(client, benoit.person, "withdraw_consent", benoit.pk, "directory")
    assert get(client, chloe.person, "show_sheet", benoit.pk).status_code == 404
    assert "Benoît" not in words(get(client, chloe.person, "browse_sheets", cohort.pk))


def test_a_person_does_not_meet_their_own_sheet(client, cohort, benoit):
    both = mentee(cohort, person=benoit.person, consents=ALL)
    assert get(client, both.person, "show_sheet", benoit.pk).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=benoit", {"Benoît Dufour"}),
        ("?search=lukasz", {"Łukasz Kowalczyk"}),
        ("?search=pratique+trente", {"Benoît Dufour"}),
        ("?search=gaspe", set()),  # in Benoît's career, which he does not show
        ("?search=capitale", {"Benoît Dufour"}),
        ("?q_region=capitale_nationale", {"Benoît Dufour"}),  # Łukasz works there too and does not show it
        ("?q_areas=finance", {"Benoît Dufour", "Łukasz Kowalczyk"}),
        ("?q_areas=governance", set()),
        ("?q_region=nonsense&role=nobody&page=99&sort=x", {"Benoît Dufour", "Łukasz Kowalczyk"}),
        ("?search=" + "%25" * 3, {"Benoît Dufour", "Łukasz Kowalczyk"}),
    ],
)
def test_filters_look_only_at_what_is_shown(client, cohort, chloe, benoit, query, found):
    mentor(cohort, name="Łukasz Kowalczyk", consents=ALL)
    page = words(get(client, chloe.person, "browse_sheets", cohort.pk, query=query))
    assert {name for name in ("Benoît Dufour", "Łukasz Kowalczyk") if name in page} == found


def test_the_directory_takes_as_many_queries_for_many_sheets(client, cohort, chloe, benoit):
    actions.set_wishes(chloe, [benoit], now=NOW)
    client.force_login(chloe.person)
    page = address("browse_sheets", cohort.pk)
    few = queries_of(client, page)
    for number in range(20):
        mentor(cohort, name=f"Mentor {number:02}", consents=ALL)
    assert queries_of(client, page) == few


# --- wishes


def test_wishes_are_named_in_order_and_at_most_three(client, cohort, chloe):
    mentors = [mentor(cohort, name=f"Mentor {letter}", consents=ALL) for letter in "ABCD"]
    for one in mentors:
        post(client, chloe.person, "change_wishes", chloe.pk, data={"wished": one.pk, "move": "add"})
    assert ranked(chloe) == [(1, mentors[0].pk), (2, mentors[1].pk), (3, mentors[2].pk)]


@pytest.mark.parametrize(
    ("which", "move", "order"),
    [
        (2, "up", "ACB"),
        (0, "down", "BAC"),
        (0, "up", "ABC"),
        (2, "down", "ABC"),
        (1, "remove", "AC"),
        (1, "nonsense", "ABC"),
        (1, "add", "ABC"),
    ],
)
def test_buttons_move_and_take_out_wishes(client, cohort, chloe, which, move, order):
    mentors = {letter: mentor(cohort, name=f"Mentor {letter}", consents=ALL) for letter in "ABC"}
    actions.set_wishes(chloe, list(mentors.values()), now=NOW)
    wished = list(mentors.values())[which]
    answer = post(client, chloe.person, "change_wishes", chloe.pk, data={"wished": wished.pk, "move": move})
    assert answer.status_code == 302
    assert ranked(chloe) == [(rank, mentors[letter].pk) for rank, letter in enumerate(order, 1)]


@pytest.mark.parametrize("wished", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_wish_for_nobody_is_refused_in_a_sentence(client, chloe, wished):
    answer = post(client, chloe.person, "change_wishes", chloe.pk, data={"wished": wished, "move": "add"})
    assert "Your wishes stay as they were" in words(client.get(answer["Location"]))
    assert not Wish.objects.exists()


def test_a_wish_for_somebody_hidden_is_refused(client, cohort, chloe):
    hidden = mentor(cohort)
    answer = post(client, chloe.person, "change_wishes", chloe.pk, data={"wished": hidden.pk, "move": "add"})
    assert "Your wishes stay as they were" in words(client.get(answer["Location"]))
    with pytest.raises(actions.EnrolmentRefused):
        actions.set_wishes(chloe, [hidden], now=NOW)
    assert not Wish.objects.exists()


def test_a_wish_for_somebody_who_hid_their_sheet_says_so_instead_of_leading_nowhere(client, chloe, benoit):
    actions.set_wishes(chloe, [benoit], now=NOW)
    sheet = address("show_sheet", benoit.pk)
    pages = (address("show_place", chloe.pk), address("browse_sheets", chloe.cohort.pk))
    client.force_login(chloe.person)
    for page in pages:
        assert f'href="{sheet}"' in client.get(page).content.decode()
    ParticipantConsent.objects.filter(participant=benoit, purpose="directory").update(withdrawn_at=NOW)
    for page in pages:
        shown = client.get(page).content.decode()
        assert f'href="{sheet}"' not in shown
        assert benoit.person.name in shown
        assert "This sheet is no longer shown." in shown


def test_only_the_role_that_may_wish_does(cohort, chloe, benoit):
    with pytest.raises(actions.EnrolmentRefused):
        actions.set_wishes(benoit, [chloe], now=NOW)


def test_the_same_wish_twice_is_refused(chloe, benoit):
    with pytest.raises(actions.EnrolmentRefused):
        actions.set_wishes(chloe, [benoit, benoit], now=NOW)


def test_nobody_changes_another_s_wishes(client, cohort, chloe, benoit):
    other = mentee(cohort, name="Zoé", consents=ALL)
    for who in (other.person, programs.staff(cohort), benoit.person):
        assert post(client, who, "change_wishes", chloe.pk, data={"wished": benoit.pk, "move": "add"}).status_code == 404
    assert not Wish.objects.exists()


def test_the_person_wished_for_never_learns_it(client, cohort, chloe, benoit):
    actions.set_wishes(chloe, [benoit], now=NOW)
    for name, args in (
        ("show_place", [benoit.pk]),
        ("browse_sheets", [cohort.pk]),
        ("show_sheet", [chloe.pk]),
        ("choose_sheet", [benoit.pk]),
    ):
        answer = get(client, benoit.person, name, *args)
        before = words(answer)
        chloe.wishes.all().delete()
        assert words(get(client, benoit.person, name, *args)) == before
        actions.set_wishes(chloe, [benoit], now=NOW)


def test_who_pairs_reads_wishes_and_a_committee_member_who_mentors_does_not(client, cohort, chloe, benoit):
    actions.set_wishes(chloe, [benoit], now=NOW)
    amina = programs.staff(cohort, "committee")
    assert "Would like to be paired with" in words(get(client, amina, "show_participant", chloe.pk))
    mentor(cohort, person=amina)
    page = words(get(client, amina, "show_participant", chloe.pk))
    assert "Would like to be paired with" not in page
    assert NEVER_SHOWN not in page
    assert "Une écoute franche." in page  # the registration itself stays the committee's to read


def test_both_roles_give_two_directories(client, cohort, chloe, benoit):
    mentor(cohort, person=chloe.person, consents=("participation",))
    mentee(cohort, name="Autre Mentorée", consents=ALL)
    assert "Benoît" in words(get(client, chloe.person, "browse_sheets", cohort.pk, query=f"?role={MENTOR}"))
    other = words(get(client, chloe.person, "browse_sheets", cohort.pk, query=f"?role={MENTEE}"))
    assert "Autre Mentorée" in other
    assert "Put on my list" not in other  # a mentor names no wishes in this program


def test_anonymous_visitors_see_no_sheet(client, cohort, chloe, benoit):
    for name, pk in (("browse_sheets", cohort.pk), ("show_sheet", benoit.pk)):
        answer = get(client, None, name, pk)
        assert answer.status_code == 302
        assert "Beno" not in answer.content.decode()
    assert ParticipantConsent.objects.filter(purpose="directory").count() == 2
