"""Something confidential of one person is otherwise, and what another person sees stays as it was.

So it is told neither in words nor by an order, a number or a gap: explanations, lists, the year's figures.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from releve.enrolment import actions as enrolment
from releve.enrolment.models import Participant
from releve.matching import actions as matching
from releve.questionnaires.models import Response
from releve.relationships.actions import withdraw_proposal
from releve.relationships.models import NotAgain, Relationship
from tests.confidentiality import story
from tests.confidentiality.comparing import Course, Observer
from tests.confidentiality.visits import taken_back
from tests.confidentiality.world import NOW, World

SEED = 7


@pytest.fixture
def observer(world, clock) -> Observer:
    return Observer(world)


def look(observer: Observer, people: list[str], *happenings: Callable[[World], Any]) -> Course:
    mail.outbox.clear()
    with taken_back():
        for happen in happenings:
            happen(observer.world)
        return Course(pages=observer.pages(people))


def tell(world: World, who: str, **answers: Any) -> None:
    """Let somebody have answered otherwise."""
    response = Response.objects.get(participant=world.places[who])
    response.answers = response.answers | answers
    response.save()


def wish(world: World, who: str, *wished: str) -> None:
    enrolment.set_wishes(world.places[who], [world.places[name] for name in wished], now=NOW)


def nothing(world: World) -> None:
    pass


def suggested_pair(world: World) -> None:
    """Pair Nadia and Ugo, who both switched suggestions on, out of a run of the engine."""
    helene = world.people["helene"]
    run = matching.run_suggestions(world.year, by=helene, seed=SEED, now=NOW)
    chosen = matching.Chosen(mentor=world.places["ugo"], mentee=world.places["nadia"], reason="Parce que.", run=run, score=80)
    matching.pair(world.year, chosen, by=helene, now=NOW)


def she_wished_for_him(world: World) -> None:
    wish(world, "nadia", "ugo")


def she_wished_for_another(world: World) -> None:
    wish(world, "nadia", "wilfrid")


def another_wished_for_him(world: World) -> None:
    wish(world, "dora", "ugo")


def another_mentor_avoids_her(world: World) -> None:
    tell(world, "wilfrid", conflicts=f"{world.people['nadia'].name}, {world.people['nadia'].email}")


def another_mentor_is_her_boss(world: World) -> None:
    tell(world, "nadia", line_manager=world.people["wilfrid"].email)


def an_earlier_pairing_was_not_kept(world: World) -> None:
    one, other = sorted([world.people["nadia"], world.people["wilfrid"]], key=lambda person: person.pk)
    NotAgain.objects.create(program=world.year.program, one=one, other=other)


EXPLAINED = {
    "ugo": [
        she_wished_for_him,
        she_wished_for_another,
        another_wished_for_him,
        another_mentor_avoids_her,
        another_mentor_is_her_boss,
        an_earlier_pairing_was_not_kept,
    ],
    "nadia": [another_wished_for_him, another_mentor_avoids_her, an_earlier_pairing_was_not_kept],
}


@pytest.mark.parametrize("who", EXPLAINED)
def test_an_explanation_tells_nothing_confidential_of_others(observer, who):
    as_it_is = look(observer, [who], suggested_pair)
    for happening in EXPLAINED[who]:
        assert as_it_is.differences(look(observer, [who], happening, suggested_pair)) == [], happening.__name__


def test_the_suggested_pair_is_explained_at_all(observer):
    by_hand = look(observer, ["nadia"], lambda world: pair_by_hand(world))
    assert by_hand.differences(look(observer, ["nadia"], suggested_pair)) != []


def pair_by_hand(world: World) -> None:
    chosen = matching.Chosen(mentor=world.places["ugo"], mentee=world.places["nadia"], reason="Parce que.")
    matching.pair(world.year, chosen, by=world.people["helene"], now=NOW)


@pytest.mark.parametrize(
    "people", [["wilfrid", "denise"], pytest.param(["ugo", "karim", "chloe", "ivan"], marks=pytest.mark.every)], ids=str
)
def test_nobody_learns_that_somebody_wished_for_them(observer, people):
    courses = [look(observer, people, lambda world, wished=wished: wish(world, "nadia", *wished)) for wished in ([], ["wilfrid", "ugo"])]
    assert courses[0].differences(courses[1]) == []


def prepared_pair(world: World) -> Relationship:
    two = (world.places["ugo"], world.places["nadia"])
    return story.decide(world.year, *two, pair="", by=world.people["helene"], now=NOW)


def dropped_pair(world: World) -> None:
    withdraw_proposal(prepared_pair(world), by=world.people["helene"], now=NOW)


@pytest.mark.parametrize("happening", [prepared_pair, dropped_pair], ids=["prepared", "dropped"])
def test_nobody_learns_of_a_pair_prepared_for_them(observer, happening):
    people = ["nadia", "ugo"]
    assert look(observer, people, nothing).differences(look(observer, people, happening)) == []


def test_a_partner_sees_nothing_of_a_request_for_help_or_an_evaluation(observer):
    def otherwise(world: World) -> None:
        chloe = world.membership("own", "chloe")
        chloe.help_requests.all().delete()
        given = Response.objects.get(survey_response__receipt__membership=chloe)
        given.answers = given.answers | {"overall": 0, "change": "Tout."}
        given.save()

    assert look(observer, ["benoit"], nothing).differences(look(observer, ["benoit"], otherwise)) == []


def test_the_directory_does_not_show_who_stays_out_of_it(observer):
    """Whether Nadia, who is not in the directory, registered or not is nobody's business among the mentors."""

    def without(world: World) -> None:
        Participant.objects.filter(pk=world.places["nadia"].pk).delete()

    assert look(observer, ["denise"], nothing).differences(look(observer, ["denise"], without)) == []
