"""Pairing where there are many: what a run says is worked out once, shown by pages, and people are found by name."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from releve.matching import actions
from releve.matching.engine import Reader, explain_pair, explain_reach, read_problem, read_result
from releve.matching.forms import MOST_OFFERED
from releve.matching.looking_back import fit_of, fits_in, reaches_in
from releve.people.roles import Duty
from tests.factories import programs
from tests.factories.enrolment import MENTEE, MENTOR, participant

SWITCHED_ON = ("participation", "suggestions")


@pytest.fixture
def cohort():
    return programs.cohort()


@pytest.fixture
def committee(cohort, client):
    someone = programs.staff(cohort, Duty.COMMITTEE, name="Zoé Roy")
    client.force_login(someone)
    return someone


def many(cohort, role, count, name="Personne", **more):
    return [participant(cohort, role, name=f"{name} {n:03}", consents=SWITCHED_ON, line_manager=None, **more) for n in range(count)]


def opened(client, view, cohort, **query):
    with translation.override("en"):
        return client.get(reverse(f"matching:{view}", args=[cohort.pk]), query)


def test_what_is_kept_of_a_run_is_what_the_engine_explains_to_the_committee(cohort, committee):
    many(cohort, MENTOR, 2, places=1)
    many(cohort, MENTEE, 4, areas=["finance"])
    run = actions.run_suggestions(cohort, by=committee, seed=3, now=timezone.now())
    problem, result = read_problem(run.problem), read_result(run.result)
    everyone = set(run.people)
    expected = [fit_of(explain_pair(problem, paired.mentee, paired.mentor, reader=Reader.COMMITTEE)) for paired in result.pairs]
    assert fits_in(run.looked_back, everyone) == expected
    assert [fit.parts for fit in fits_in(run.looked_back, everyone)] == [fit.parts for fit in expected]
    reaches = [explain_reach(problem, mentee, reader=Reader.COMMITTEE) for mentee in result.unpaired]
    assert [(one.mentee, one.open, one.without_places) for one in reaches_in(run.looked_back, everyone)] == [
        (one.mentee, one.open, one.without_places) for one in reaches
    ]
    assert len(reaches) == 2


def test_two_people_are_explained_alike_with_and_without_the_others(cohort, committee):
    many(cohort, MENTOR, 2, places=1, conflicts="Pas avec Personne 001.")
    many(cohort, MENTEE, 3)
    run = actions.run_suggestions(cohort, by=committee, seed=3, now=timezone.now())
    whole = read_problem(run.problem)
    for mentee in whole.mentees:
        for mentor in whole.mentors:
            alone = read_problem(run.problem, only={mentee.id, mentor.id})
            assert explain_pair(alone, mentee.id, mentor.id, reader=Reader.COMMITTEE) == explain_pair(
                whole, mentee.id, mentor.id, reader=Reader.COMMITTEE
            )


def test_suggestions_come_by_pages_the_best_first_then_those_without_anybody(client, cohort, committee):
    many(cohort, MENTOR, 20, places=1)
    many(cohort, MENTEE, 30)
    actions.run_suggestions(cohort, by=committee, seed=3, now=timezone.now())
    first, second = (opened(client, "show_pairing", cohort, page=page).context for page in (1, 2))
    rows = [[one["row"] for one in page["rows"]] for page in (first, second)]
    assert [[row.mentor is not None for row in page] for page in rows] == [[True] * 20 + [False] * 5, [False] * 5]
    shown = [row.fit.shown for row in rows[0][:20]]
    assert shown == sorted(shown, reverse=True)
    assert (first["board"].paired, first["waiting"], first["switched_on"]) == (20, {"mentee": 30, "mentor": 20}, 50)
    names = [row.mentee.person.name for row in [*rows[0][20:], *rows[1]]]
    assert names == sorted(names)
    assert len(set(names)) == 10


def test_of_many_people_the_first_are_offered_and_a_search_finds_the_others(client, cohort, committee):
    many(cohort, MENTEE, MOST_OFFERED + 1)
    many(cohort, MENTOR, 2, name="Mentore")
    page = opened(client, "choose_by_hand", cohort)
    assert "There are more than these 100 people." in page.content.decode()
    assert "Personne 099" in page.content.decode()
    assert "Personne 100" not in page.content.decode()
    form = page.context["form"]
    assert "search_mentee" in form.fields
    assert "search_mentor" not in form.fields
    found = opened(client, "choose_by_hand", cohort, search="1", search_mentee="100 PERSONNE").content.decode()
    assert "Personne 100" in found
    assert "Personne 099" not in found
    assert "Choose a person." not in found


def test_who_was_chosen_stays_chosen_while_the_other_is_searched(client, cohort, committee):
    mentee = many(cohort, MENTEE, MOST_OFFERED + 1)[-1]
    mentor = many(cohort, MENTOR, 1, name="Mentore")[0]
    query = {"search": "1", "search_mentee": "personne 00", "mentee": str(mentee.pk), "mentor": str(mentor.pk)}
    page = opened(client, "choose_by_hand", cohort, **query).content.decode()
    assert f'<option value="{mentee.pk}" selected>Personne 100</option>' in page
    assert f'<option value="{mentor.pk}" selected>Mentore 000</option>' in page
    del query["search"]
    with translation.override("en"):
        compared = reverse("matching:decide_pair", args=[cohort.pk, mentee.pk, mentor.pk])
    assert opened(client, "choose_by_hand", cohort, **query).url == compared
