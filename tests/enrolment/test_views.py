"""Registering, taking stock and one's own place, as people meet them on a page."""

import datetime as dt

import pytest
from django.utils import timezone

from releve.enrolment.models import Participant, ParticipantConsent, SelfAssessment
from releve.notifications.models import Letter
from releve.notifications.queries import preview
from releve.people.signup import may_open_account
from releve.programs.models import Cohort
from releve.questionnaires.models import Response
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, NEVER_SHOWN, answers, mentee, mentor
from tests.factories.people import person
from tests.factories.questionnaires import posted

from .pages import ALL, address, get, post, words

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


def sent(cohort, role=MENTEE, consents=("participation",), revision=0, **more):
    """Write a registration as a browser sends it."""
    form = cohort.definition.intake_form
    return posted(form, answers(role, **more)) | {f"consent-{item}": "on" for item in consents} | {"_revision": revision}


def place_of(who, role=MENTEE):
    return Participant.objects.get(person=who, role=role)


# --- registering


def test_a_visitor_may_open_an_account_on_the_way_to_an_open_registration(client, cohort):
    page = address("register", cohort.pk, MENTEE)
    assert get(client, None, "register", cohort.pk, MENTEE).status_code == 302
    closed = programs.cohort(starts_on=timezone.localdate() + dt.timedelta(days=10))
    not_yet = programs.cohort(starts_on=timezone.localdate() + dt.timedelta(days=400))
    assert may_open_account(page)
    assert not may_open_account(address("register", closed.pk, MENTEE))
    assert not may_open_account(address("register", cohort.pk, "committee"))
    assert may_open_account(address("assess_readiness", not_yet.pk, MENTEE))
    assert not may_open_account(address("assess_readiness", closed.pk, MENTEE))
    assert not may_open_account(address("list_people", cohort.pk))


def test_the_form_asks_the_role_s_questions_and_nothing_known(client, cohort, chloe):
    page = words(get(client, chloe, "register", cohort.pk, MENTEE))
    assert "What are you looking for in a mentor?" in page
    assert "What can you offer?" not in page
    assert "I am registering as a" not in page
    assert f"You are registering with the address {chloe.email} ." in page
    assert not Participant.objects.exists()  # looking is not registering


def test_the_form_says_who_reads_what_and_what_becomes_of_it(client, cohort, chloe):
    page = words(get(client, chloe, "register", cohort.pk, MENTEE))
    assert "The program committee" in page
    assert page.count("Only those who do the pairing") == 2
    assert "Registration is kept 24 months after the cohort ends" in page
    assert page.count("I agree –") == 3


def test_no_agreement_is_ticked_beforehand(client, cohort, chloe):
    html = get(client, chloe, "register", cohort.pk, MENTEE).content.decode()
    assert html.count('name="consent-') == 3
    assert all("checked" not in part[:200] for part in html.split('name="consent-')[1:])


def test_somebody_registers_in_french(client, cohort, chloe):
    answer = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, consents=ALL), language="fr")
    assert answer["Location"] == address("show_received", cohort.pk, MENTEE, language="fr")
    place = place_of(chloe)
    assert (place.state, place.given_answers["seeks"]) == (State.REGISTERED, "Une écoute franche.")
    assert sorted(place.consents.values_list("purpose", "language")) == [
        ("directory", "fr"),
        ("participation", "fr"),
        ("suggestions", "fr"),
    ]
    assert "Votre inscription est arrivée" in words(get(client, chloe, "show_received", cohort.pk, MENTEE, language="fr"))
    letter = Letter.objects.get()
    assert preview(letter.kind, letter.ids, chloe).path.endswith(f"/place/{place.pk}/")


def test_nothing_typed_is_lost_when_something_is_to_be_mended(client, cohort, chloe):
    wrong = sent(cohort, consents=["suggestions"], seeks=None, region="atlantis", motivations="Mes mots à moi.", line_manager="x@")
    page = post(client, chloe, "register", cohort.pk, MENTEE, data=wrong)
    said = words(page)
    for sentence in (
        "Answer this question.",
        "This answer is not among the choices: choose one of those shown.",
        "Write one complete email address, for example name@example.org.",
        "This agreement is needed to take part.",
        "Mes mots à moi.",
    ):
        assert sentence in said
    html = page.content.decode()
    assert 'value="x@"' in html
    assert "checked" in html.split('name="consent-suggestions"')[1][:120]
    assert not Participant.objects.exists()


def test_a_missing_agreement_is_said_at_the_top_when_every_question_is_answered(client, cohort, chloe):
    page = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, consents=[])).content.decode()
    assert page.count("There is one thing to mend") == 1
    assert page.index("data-focus") < page.index("data-question")


def test_a_forged_role_or_address_changes_nothing(client, cohort, chloe):
    forged = sent(cohort) | {"role": MENTOR, "email": "amina@example.org"}
    post(client, chloe, "register", cohort.pk, MENTEE, data=forged)
    place = place_of(chloe)
    assert (place.given_answers["role"], place.given_answers["email"]) == (MENTEE, chloe.email)


def test_hostile_and_huge_values_get_sentences(client, cohort, chloe):
    wild = sent(cohort, title="<script>alert(1)</script>", motivations="x" * 30_000, years_experience="31/02")
    page = post(client, chloe, "register", cohort.pk, MENTEE, data=wild | {"areas": ["a"] * 400, "availability": ["mon:x"]})
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
    said = words(page)
    assert "take out 27,000 characters" in said
    assert "Write a number in digits" in said
    assert not Participant.objects.exists()


def test_a_second_registration_is_filled_in_from_the_first(client, cohort, chloe):
    mentee(programs.cohort(), person=chloe, motivations="Déjà dit une fois.", region="estrie")
    html = get(client, chloe, "register", cohort.pk, MENTEE).content.decode()
    assert "Déjà dit une fois." in html
    assert '<option value="estrie" selected>' in html
    other = get(client, person("Dan"), "register", cohort.pk, MENTEE).content.decode()
    assert "Déjà dit une fois." not in other


def test_a_name_on_the_account_is_split_where_two_are_asked(client, cohort, chloe):
    html = get(client, chloe, "register", cohort.pk, MENTEE).content.decode()
    assert 'name="given_name" value="Chloé"' in html
    assert 'name="family_name" value="Bélanger"' in html


@pytest.mark.parametrize(("days", "sentence"), [(400, "You can register from"), (10, "The last day to register was")])
def test_outside_the_dates_the_page_says_when_and_offers_to_take_stock(client, chloe, days, sentence):
    cohort = programs.cohort(starts_on=timezone.localdate() + dt.timedelta(days=days))
    page = words(get(client, chloe, "register", cohort.pk, MENTEE))
    assert sentence in page
    assert "Take stock" in page
    assert post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort)).status_code == 200
    assert post(client, chloe, "save_registration", cohort.pk, MENTEE, data=sent(cohort)).status_code == 404
    assert not Participant.objects.exists()


@pytest.mark.parametrize("role", ["committee", "nonsense"])
def test_no_page_for_a_role_nobody_registers_for(client, cohort, chloe, role):
    assert get(client, chloe, "register", cohort.pk, role).status_code == 404
    assert get(client, chloe, "assess_readiness", cohort.pk, role).status_code == 404


def test_no_page_for_a_cohort_in_preparation(client, chloe):
    assert get(client, chloe, "register", programs.cohort(state=Cohort.State.DRAFT).pk, MENTEE).status_code == 404


# --- drafts and two windows


def test_a_draft_is_saved_by_itself_and_read_by_nobody(client, cohort, chloe, amina):
    answer = post(client, chloe, "save_registration", cohort.pk, MENTEE, data={"motivations": SECRET, "_revision": 0})
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert SECRET in get(client, chloe, "register", cohort.pk, MENTEE).content.decode()
    place = place_of(chloe)
    assert (place.state, place.given_answers) == (State.STARTED, {})
    assert SECRET not in words(get(client, amina, "show_participant", place.pk))
    assert Response.objects.get(participant=place).answers["motivations"] == SECRET  # there was something to read


def test_saving_for_later_needs_nothing_else(client, cohort, chloe):
    answer = post(client, chloe, "register", cohort.pk, MENTEE, data={"motivations": "À suivre", "_revision": 0, "_save": "1"})
    assert answer["Location"] == address("register", cohort.pk, MENTEE)
    page = words(get(client, chloe, "register", cohort.pk, MENTEE))
    assert "nobody reads them before you send them" in page
    assert "À suivre" in page


def test_the_older_of_two_windows_sees_both_and_sends_again(client, cohort, chloe):
    post(client, chloe, "save_registration", cohort.pk, MENTEE, data={"motivations": "Ailleurs", "_revision": 0})
    page = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, motivations="Ici"))
    said = words(page)
    assert "These answers were also changed elsewhere" in said
    assert "Ailleurs" in said
    assert "Ici" in said
    assert place_of(chloe).state == State.STARTED
    post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, motivations="Ici", revision=1))
    assert place_of(chloe).given_answers["motivations"] == "Ici"


def test_a_window_left_behind_with_a_fault_still_meets_the_newer_answers(client, cohort, chloe):
    post(client, chloe, "save_registration", cohort.pk, MENTEE, data={"motivations": "Ailleurs", "_revision": 0})
    page = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, seeks=None)).content.decode()
    assert 'name="_revision" value="0"' in page


def test_sending_twice_is_sending_once(client, cohort, chloe):
    for _ in range(2):
        answer = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort))
        assert answer.status_code == 302
    assert (Participant.objects.count(), Letter.objects.count()) == (1, 1)


def test_answers_are_changed_afterwards_without_asking_agreements_again(client, cohort, chloe):
    place = mentee(cohort, person=chloe, consents=ALL)
    page = get(client, chloe, "register", cohort.pk, MENTEE).content.decode()
    assert 'name="consent-' not in page
    answer = post(client, chloe, "register", cohort.pk, MENTEE, data=sent(cohort, region="laval", consents=(), revision=1))
    assert answer["Location"] == address("show_place", place.pk)
    assert place_of(chloe).given_answers["region"] == "laval"
    assert place.consents.filter(withdrawn_at__isnull=True).count() == 3


def test_an_imported_person_sees_what_is_missing_and_confirms(client, cohort):
    imported = mentee(cohort, state=State.INVITED, seeks=None)
    page = words(get(client, imported.person, "register", cohort.pk, MENTEE))
    assert "Someone else filled this in for you" in page
    assert "One answer is still missing: What are you looking for in a mentor?" in page
    answer = post(client, imported.person, "register", cohort.pk, MENTEE, data=sent(cohort, revision=imported.registration.revision))
    assert answer["Location"] == address("show_received", cohort.pk, MENTEE)
    assert place_of(imported.person).is_confirmed


def test_a_refused_role_says_why_and_whom_to_ask(client):
    roles = programs.first_blueprint().as_data()["roles"]
    rule = {"question": "years_experience", "at_least": 5, "because": {"fr": "Cinq ans.", "en": "Five years in the field are needed."}}
    strict = programs.cohort(definition=programs.changed(roles=[roles[0] | {"eligibility": rule}, roles[1]]))
    dan = person("Dan", language="en")
    post(client, dan, "register", strict.pk, MENTOR, data=sent(strict, MENTOR, years_experience=1))
    page = words(get(client, dan, "show_received", strict.pk, MENTOR))
    assert "Five years in the field are needed." in page
    assert "You may also ask a person to look at it" in page


# --- for oneself


def assessment(client, who, cohort, **data):
    return post(client, who, "assess_readiness", cohort.pk, MENTEE, data={"_revision": 0} | data)


def test_taking_stock_says_ones_own_answers_back(client, cohort, chloe):
    answer = assessment(client, chloe, cohort, change=SECRET, time="yes", feedback="partly", lead="no", try_out="no")
    assert answer["Location"] == address("read_assessment", cohort.pk, MENTEE)
    page = get(client, chloe, "read_assessment", cohort.pk, MENTEE)
    said = words(page)
    assert "Yes 1 I can set aside two hours a month for mentoring, and defend them. Partly 1" in said
    assert "No 2 I am willing to suggest dates" in said
    assert SECRET in said
    assert "Only you" in said
    assert "no-store" in page["Cache-Control"]


def test_what_one_notes_for_oneself_is_nowhere_else(client, cohort, chloe, amina):
    place = mentee(cohort, person=chloe, consents=ALL)
    assessment(client, chloe, cohort, change=SECRET)
    post(client, chloe, "save_assessment", cohort.pk, MENTEE, data={"change": SECRET, "_revision": 1})
    assert SelfAssessment.objects.get().response.answers["change"] == SECRET
    assert Response.objects.exclude(plain_answers=None).filter(plain_answers__icontains="personne ne doit").count() == 0
    benoit = mentor(cohort, consents=ALL)
    for who in (amina, benoit.person, person("Dan")):
        for name, args in (
            ("show_participant", [place.pk]),
            ("show_sheet", [place.pk]),
            ("read_assessment", [cohort.pk, MENTEE]),
            ("list_people", [cohort.pk]),
        ):
            assert SECRET not in get(client, who, name, *args).content.decode()


def test_a_draft_for_oneself_is_sealed_from_the_first_word(client, cohort, chloe):
    post(client, chloe, "save_assessment", cohort.pk, MENTEE, data={"change": SECRET, "_revision": 0})
    response = SelfAssessment.objects.get().response
    assert (response.plain_answers, response.is_submitted) == (None, False)
    assert SECRET in get(client, chloe, "assess_readiness", cohort.pk, MENTEE).content.decode()


def test_two_windows_of_a_self_assessment_lose_neither(client, cohort, chloe):
    assessment(client, chloe, cohort, change="Ailleurs")
    page = words(assessment(client, chloe, cohort, change="Ici"))
    assert "These answers were also changed elsewhere" in page
    assert "Ailleurs" in page
    assert SelfAssessment.objects.get().response.answers == {"change": "Ailleurs"}


# --- one's place


def test_my_place_shows_my_answers_and_agreements(client, cohort, chloe):
    place = mentee(cohort, person=chloe)
    page = words(get(client, chloe, "show_place", place.pk))
    for said in ("Une écoute franche.", NEVER_SHOWN, "Only those who do the pairing", "Not in the directory", "You did not agree"):
        assert said in page


def test_agreements_are_given_and_ended_in_one_tap(client, cohort, chloe):
    place = mentee(cohort, person=chloe)
    post(client, chloe, "give_consent", place.pk, "suggestions", language="en")
    given = ParticipantConsent.objects.get(purpose="suggestions")
    assert (given.language, given.withdrawn_at, given.text[:19]) == ("en", None, "Pairing suggestions")
    post(client, chloe, "withdraw_consent", place.pk, "suggestions")
    given.refresh_from_db()
    assert given.withdrawn_at is not None


@pytest.mark.parametrize("purpose", ["participation", "nonsense"])
def test_an_agreement_that_cannot_end_alone_is_refused(client, cohort, chloe, purpose):
    place = mentee(cohort, person=chloe)
    assert post(client, chloe, "withdraw_consent", place.pk, purpose).status_code == 404
    assert place.consents.filter(withdrawn_at__isnull=True).count() == 1


def test_imported_people_agree_on_the_form_alone(client, cohort):
    imported = mentee(cohort, state=State.INVITED)
    assert post(client, imported.person, "give_consent", imported.pk, "suggestions").status_code == 404


@pytest.mark.parametrize("name", ["show_place", "choose_sheet", "leave_cohort"])
def test_a_place_is_its_person_s_alone(client, cohort, chloe, amina, name):
    place = mentee(cohort, person=chloe, consents=ALL)
    assert NEVER_SHOWN in words(get(client, chloe, "show_place", place.pk))
    for other in (amina, mentor(cohort).person, person("Dan")):
        assert get(client, other, name, place.pk).status_code == 404
        assert post(client, other, "withdraw_consent", place.pk, "directory").status_code == 404
    assert get(client, None, name, place.pk).status_code == 302
    assert place.consents.filter(withdrawn_at__isnull=True).count() == 3


def test_a_sheet_is_chosen_answer_by_answer(client, cohort, chloe):
    place = mentee(cohort, person=chloe)
    post(client, chloe, "choose_sheet", place.pk, data={"shown": ["region", "seeks"]})
    assert place_of(chloe).shown_answers == ["region", "seeks"]
    page = words(get(client, chloe, "choose_sheet", place.pk))
    assert "Capitale-Nationale" in page
    assert "Mener mon budget." not in page
    wrong = post(client, chloe, "choose_sheet", place.pk, data={"shown": ["line_manager"]})
    assert wrong.status_code == 200
    assert place_of(chloe).shown_answers == ["region", "seeks"]


def test_leaving_asks_first(client, cohort, chloe):
    place = mentee(cohort, person=chloe)
    assert "Leave this cohort?" in words(get(client, chloe, "leave_cohort", place.pk))
    assert place_of(chloe).state == State.REGISTERED
    post(client, chloe, "leave_cohort", place.pk)
    assert place_of(chloe).state == State.WITHDRAWN
    assert "You left this cohort on" in words(get(client, chloe, "show_place", place.pk))
