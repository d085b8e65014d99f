import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from releve.audit.models import Event
from releve.people.roles import Duty
from releve.questionnaires.models import Response
from releve.surveys.models import Receipt, SurveyResponse
from tests.factories import enrolment, programs, surveys
from tests.factories.people import person
from tests.factories.relationships import pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return pair(cohort=surveys.closing_cohort())


def as_(someone):
    client = Client()
    client.force_login(someone)
    return client


def page(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"surveys:{name}", args=args)


def answer_page(receipt):
    return page("answer_survey", receipt.pk)


# --- answering


def test_form_says_truly_who_reads_the_answers(two):
    text = as_(two.chloe).get(answer_page(surveys.receipt(two.mentee))).content.decode()
    assert "The committee, with your name. Never your partner" in text
    assert "The program committee" in text
    assert "Totals only" not in text
    assert "Nobody reads individual answers" not in text
    assert "About your pairing with Benoît Dufour" in text


def test_reading_the_form_writes_nothing(two):
    as_(two.chloe).get(answer_page(surveys.receipt(two.mentee)))
    assert (SurveyResponse.objects.count(), Response.objects.filter(form__form_id="evaluation_mentee").count()) == (0, 0)


def test_answers_are_sent_then_only_read(two):
    receipt = surveys.receipt(two.mentee)
    client = as_(two.chloe)
    answer = client.post(answer_page(receipt), {"overall": "9", "change": surveys.SECRET, "_revision": "0"}, follow=True)
    text = answer.content.decode()
    assert "Your answers were sent on" in text
    assert surveys.SECRET in text
    again = client.post(answer_page(receipt), {"overall": "1", "_revision": "1"})
    assert surveys.SECRET in again.content.decode()
    assert SurveyResponse.objects.get().response.answers == {"overall": 9, "change": surveys.SECRET}


def test_second_click_sends_nothing_more(two):
    receipt = surveys.receipt(two.mentee)
    for _click in range(2):
        as_(two.chloe).post(answer_page(receipt), {"overall": "9", "_revision": "0"})
    assert Event.objects.filter(verb="survey.answer").count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"overall": ""}, "overall"),
        ({"overall": "11"}, "overall"),
        ({"overall": "5", "change": "x" * 3001}, "change"),
        ({"overall": "5", "helped": ["nothing_like_it"]}, "helped"),
    ],
)
def test_wrong_answers_are_said_beside_their_question_and_nothing_typed_is_lost(two, data, field):
    receipt = surveys.receipt(two.mentee)
    answer = as_(two.chloe).post(answer_page(receipt), data | {"missing": "À ne pas perdre", "_revision": "0"})
    assert list(answer.context["form"].problems) == [field]
    assert "À ne pas perdre" in answer.content.decode()
    assert Receipt.objects.get().answered_at is None


def test_draft_is_kept_by_button_and_by_the_page_itself_and_comes_back(two):
    receipt = surveys.receipt(two.mentee)
    client = as_(two.chloe)
    client.post(answer_page(receipt), {"change": "Un début", "_save": "1", "_revision": "0"})
    saved = client.post(page("save_answers", receipt.pk), {"change": "Un début, puis", "_revision": "1"})
    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    assert "Un début, puis" in client.get(answer_page(receipt)).content.decode()
    assert Receipt.objects.get().answered_at is None


def test_two_windows_show_both_and_lose_neither(two):
    receipt = surveys.receipt(two.mentee)
    client = as_(two.chloe)
    client.post(page("save_answers", receipt.pk), {"change": "Au bureau", "overall": "6", "_revision": "0"})
    answer = client.post(answer_page(receipt), {"change": "À la maison", "overall": "7", "_revision": "0"})
    text = answer.content.decode()
    assert "Au bureau" in text
    assert "À la maison" in text
    assert Receipt.objects.get().answered_at is None
    client.post(answer_page(receipt), {"change": "À la maison", "overall": "7", "_revision": answer.context["response"].revision})
    assert SurveyResponse.objects.get().response.answers == {"overall": 7, "change": "À la maison"}


def test_closed_survey_says_so_and_takes_nothing(two):
    receipt = surveys.receipt(two.mentee)
    cohort = receipt.cohort
    cohort.ends_on = timezone.localdate() - dt.timedelta(days=30)
    cohort.save()
    client = as_(two.chloe)
    for answer in (client.get(answer_page(receipt)), client.post(answer_page(receipt), {"overall": "9", "_revision": "0"})):
        assert "This questionnaire has closed" in answer.content.decode()
    assert client.post(page("save_answers", receipt.pk), {"overall": "9", "_revision": "0"}).status_code == 409
    assert SurveyResponse.objects.count() == 0


def test_nobody_opens_the_questionnaire_of_another_not_even_staff_or_the_partner(two):
    receipts = [surveys.drafted(two.mentee), surveys.answered(two.mentor)]
    others = {
        receipts[0]: [two.benoit, person("Dan"), pair().chloe, programs.staff(two.relationship.program)],
        receipts[1]: [two.chloe, person("Eve"), programs.staff(two.relationship.program, Duty.COMMITTEE, name="Zoé")],
    }
    for receipt, people in others.items():
        for someone in people:
            client = as_(someone)
            statuses = [
                client.get(answer_page(receipt)).status_code,
                client.post(answer_page(receipt), {"overall": "1"}).status_code,
                client.post(page("save_answers", receipt.pk), {"overall": "1"}).status_code,
            ]
            assert statuses == [404, 404, 404]
        assert Client().get(answer_page(receipt)).status_code == 302


def test_questionnaire_is_kept_by_no_cache(two):
    assert "no-store" in as_(two.chloe).get(answer_page(surveys.receipt(two.mentee)))["Cache-Control"]


# --- what staff read


def results(cohort, someone, survey="evaluation_mentee", **more):
    query = "&".join(f"{name}={value}" for name, value in {"survey": survey, **more}.items())
    return as_(someone).get(f"{page('list_evaluations', cohort.pk)}?{query}")


def told(answer):
    return [total for section in answer.context["sections"] for total in section.totals]


@pytest.fixture
def cohort():
    return surveys.closing_cohort()


@pytest.fixture
def amina(cohort):
    return programs.staff(cohort, Duty.COMMITTEE)


def evaluated(cohort, count, **answers):
    """Let mentees evaluate their year, and leave one more with a draft and one asked."""
    found = []
    for number in range(count):
        members = enrolment.mentor(cohort, name=f"Mentor {number}"), enrolment.mentee(cohort, name=f"Personne {number}")
        two = pair(cohort=cohort, members=members)
        surveys.answered(two.mentee, change=f"{surveys.SECRET} {number}", **answers)
        found.append(two)
    return found


def test_committee_reads_counts_totals_and_each_answer_sent_and_no_draft(cohort, amina):
    for overall in (6, 7, 8, 9, 10):
        evaluated(cohort, 1, overall=overall)
    surveys.drafted(pair(cohort=cohort).mentee, change="Encore un brouillon")
    answer = results(cohort, amina)
    text = answer.content.decode()
    assert (answer.context["asked"], answer.context["answered"]) == (6, 5)
    assert text.count(surveys.SECRET) == 5
    assert "Encore un brouillon" not in text
    (overall,) = [total for total in told(answer) if total.mean]
    assert (overall.mean, overall.answered) == ("8.0 out of 10", 5)
    assert [share.count for share in overall.shares] == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert Event.objects.get(verb="evaluations.read").facts == {"survey": "evaluation_mentee", "count": 5}


def test_totals_wait_for_the_program_s_limit_and_so_does_each_question(cohort, amina):
    evaluated(cohort, 4, helped=["trust"])
    assert told(results(cohort, amina)) == []
    evaluated(cohort, 1)
    totals = {total.question: total for total in told(results(cohort, amina))}
    assert totals["What helped most?"].hidden
    assert totals["What helped most?"].answered == 4
    assert not totals["All things considered, how would you rate your year?"].hidden


@pytest.mark.parametrize("duty", [Duty.COORDINATOR, Duty.COMMITTEE])
def test_staff_who_take_part_see_nothing_of_their_own_pairing_not_even_in_a_number(cohort, duty):
    karim = enrolment.mentor(cohort, name="Karim")
    programs.staff(cohort, duty, who=karim.person)
    own = pair(cohort=cohort, members=[karim, enrolment.mentee(cohort)])
    surveys.answered(own.mentee, overall=0, change="Karim n’écoutait jamais")
    evaluated(cohort, 5, overall=10)
    answer = results(cohort, karim.person)
    assert (answer.context["asked"], answer.context["answered"], answer.context["page"].paginator.count) == (5, 5, 5)
    (overall,) = [total for total in told(answer) if total.mean]
    assert overall.mean == "10.0 out of 10"
    text = answer.content.decode()
    assert "Karim n’écoutait jamais" not in text
    assert "Answers about your own pairing are left out" in text
    others = results(cohort, programs.staff(cohort, Duty.COMMITTEE, name="Hélène"))
    assert "Karim n’écoutait jamais" in others.content.decode()
    assert "You take part in this cohort yourself" not in others.content.decode()


def test_no_change_of_an_answer_about_their_own_pairing_changes_what_staff_read(cohort):
    """Two worlds that differ in one such answer alone look the same to the one it is about."""
    karim = enrolment.mentor(cohort, name="Karim")
    programs.staff(cohort, Duty.COMMITTEE, who=karim.person)
    own = pair(cohort=cohort, members=[karim, enrolment.mentee(cohort)])
    evaluated(cohort, 5)

    def seen():
        context = results(cohort, karim.person).context
        return [context[name] for name in ("asked", "answered", "sections")] + [one.rows for one in context["people"]]

    before = seen()
    surveys.answered(own.mentee, overall=0, helped=["trust"])
    assert seen() == before


def test_former_partner_reads_nothing_about_the_pairing_that_ended(cohort):
    karim = enrolment.mentor(cohort, name="Karim", places=2)
    programs.staff(cohort, Duty.COMMITTEE, who=karim.person)
    ended = pair("ended", cohort=cohort, members=[karim, enrolment.mentee(cohort, name="Mireille")])
    surveys.answered(ended.mentee, change="Enfin fini")
    assert "Enfin fini" not in results(cohort, karim.person).content.decode()


def test_results_are_closed_to_everybody_else(cohort, amina):
    (two,) = evaluated(cohort, 1)
    outsiders = [
        two.benoit,
        two.chloe,
        person("Dan"),
        programs.staff(cohort, Duty.READER, name="Rita"),
        programs.staff(programs.cohort(), name="Jeanne"),
    ]
    for someone in outsiders:
        assert results(cohort, someone).status_code == 404
    assert Client().get(page("list_evaluations", cohort.pk)).status_code == 302
    assert surveys.SECRET in results(cohort, amina).content.decode()


def test_empty_results_say_what_will_be_there(cohort, amina):
    assert "Nobody was asked yet" in results(cohort, amina).content.decode()
    surveys.receipt(pair(cohort=cohort).mentee)
    assert "No answers yet" in results(cohort, amina).content.decode()
    assert Event.objects.filter(verb="evaluations.read").count() == 0


@pytest.mark.parametrize("query", [{"survey": "nothing"}, {"survey": "evaluation_mentor", "page": "99"}, {"page": "x"}])
def test_strange_addresses_are_no_error(cohort, amina, query):
    evaluated(cohort, 1)
    assert results(cohort, amina, **query).status_code == 200


def test_many_answers_come_page_by_page_in_the_same_number_of_queries(cohort, amina, django_assert_max_num_queries):
    evaluated(cohort, 5)
    client, address = as_(amina), f"{page('list_evaluations', cohort.pk)}?survey=evaluation_mentee"
    client.get(address)
    with django_assert_max_num_queries(60) as captured:
        client.get(address)
    few = len(captured)
    evaluated(cohort, 17)
    with django_assert_max_num_queries(few):
        answer = client.get(address)
    assert (len(answer.context["people"]), answer.context["page"].paginator.num_pages) == (20, 2)


def test_words_of_people_say_their_language_and_are_never_taken_for_markup(cohort, amina):
    evaluated(cohort, 1, missing="<script>alert(1)</script>")
    text = results(cohort, amina).content.decode()
    assert "<script>alert" not in text
    assert f'lang="fr">{surveys.SECRET} 0' in text


def test_most_chosen_answer_comes_first_and_a_scale_keeps_its_order(cohort, amina):
    evaluated(cohort, 2, helped=["trust"], fit=5)
    evaluated(cohort, 3, helped=["goals", "trust"], fit=3)
    totals = {total.question: [(share.label, share.count) for share in total.shares] for total in told(results(cohort, amina))}
    assert totals["What helped most?"][:3] == [("Trust", 5), ("Clear goals", 3), ("Meeting regularly", 0)]
    assert totals["My mentor had the experience I needed."] == [("1 (Not at all)", 0), ("2", 0), ("3", 3), ("4", 0), ("5 (Completely)", 2)]
