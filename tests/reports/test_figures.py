"""The year in figures, as those who follow pairs and those who read totals only see it."""

import pytest
from django.utils import timezone

from releve.people.roles import Duty
from releve.relationships import actions
from releve.reports.figures import figures_of
from tests.factories import programs, relationships

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    """Six pairs were introduced; five confirmed, and one did not suit."""
    made = programs.cohort()
    for number in range(5):
        relationships.confirmed(made, relationships.two(made, f"Mentor {number}", f"Mentee {number}"))
    last = relationships.introduced(made, relationships.two(made, "Louise", "Jade"))
    actions.release(last, by=programs.staff(made, name="Zoé"), now=timezone.now())
    return made


def counts(cohort, duty):
    who = programs.staff(cohort, duty, name=f"Reader {duty}")
    return {figure.key: figure.count for group in figures_of(cohort, who) for figure in group.figures}


def test_the_committee_reads_every_count(cohort):
    read = counts(cohort, Duty.COMMITTEE)
    assert (read["introduced"], read["confirmed"], read["dissolved"]) == (6, 5, 1)


def test_whoever_reads_totals_cannot_work_out_that_one_pair_did_not_suit(cohort):
    read = counts(cohort, Duty.READER)
    assert (read["introduced"], read["confirmed"], read["dissolved"]) == (6, None, None)


def test_the_hours_of_a_few_pairs_are_not_shown_to_whoever_reads_totals():
    few = programs.cohort()
    relationships.confirmed(few, relationships.two(few))
    read = counts(few, Duty.READER)
    assert (read["introduced"], read["meetings"], read["minutes"]) == (None, None, None)


def test_the_page_of_figures_says_a_hidden_count_is_not_shown_whatever_its_size(client, cohort):
    client.force_login(programs.staff(cohort, Duty.READER))
    page = client.get(f"/fr/manage/{cohort.pk}/figures/").content.decode()
    assert "non montré" in page
    assert "trop peu" not in page


def test_a_page_of_mostly_hidden_figures_says_why_before_them(client, cohort):
    small = programs.cohort()
    relationships.confirmed(small)
    for made, said in ((small, True), (cohort, False)):
        client.force_login(programs.staff(made, Duty.READER, name=f"Reader of {made.pk}"))
        assert client.get(f"/en/manage/{made.pk}/figures/").context["mostly_hidden"] is said
    client.force_login(programs.staff(small, Duty.COMMITTEE, name="Bo"))
    assert client.get(f"/en/manage/{small.pk}/figures/").context["mostly_hidden"] is False


@pytest.mark.parametrize(("duty", "back"), [(Duty.READER, "/en/manage/"), (Duty.COMMITTEE, "/en/manage/{cohort}/")])
def test_the_way_back_from_the_figures_never_leads_to_the_figures_again(client, cohort, duty, back):
    client.force_login(programs.staff(cohort, duty))
    page = client.get(f"/en/manage/{cohort.pk}/figures/").content.decode()
    trail = page[page.index('class="crumbs"') :]
    assert trail[trail.index('href="') :].startswith(f'href="{back.format(cohort=cohort.pk)}"')
