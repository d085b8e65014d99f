"""What people type into the pages themselves, sent, refused or saved on the way, stays with its readers."""

import logging
import re
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from django.core import mail
from django.utils.translation import override

from tests.confidentiality import filling
from tests.confidentiality.covering import cover
from tests.confidentiality.crawling import ALIKE, crawl, unconcerned
from tests.confidentiality.dumping import cells
from tests.confidentiality.visits import Visitor, path_of, tick
from tests.confidentiality.world import NOW, World

TOO_LONG = 400  # repetitions


class Typing(NamedTuple):
    """Somebody fills in a page; `draft` is where it is saved on the way, `rests` where its words may lie open."""

    who: str
    page: str
    at: str
    draft: str = ""
    rests: str = ""
    day: str = ""


SEALED = [
    Typing("nadia", "enrolment:assess_readiness", "cohort:year mentee", draft="enrolment:save_assessment"),
    Typing("chloe", "workspace:add_goal", "pair:own"),
    Typing("benoit", "workspace:change_goal", "thing:goal.own"),
    Typing("chloe", "workspace:fill_together", "pair:own expectations"),
    Typing("benoit", "workspace:fill_together", "pair:own reflection"),
    Typing("denise", "workspace:sign_document", "pair:accepted commitment"),
    Typing("chloe", "meetings:plan_meeting", "pair:own"),
    Typing("chloe", "meetings:change_meeting", "thing:planned.own"),
    Typing("benoit", "meetings:report_meeting", "thing:due.own"),
    Typing("benoit", "meetings:log_meeting", "pair:own", day="2027-06-01"),
    Typing("chloe", "meetings:write_notes", "thing:held.own"),
]
REGISTERING = Typing(
    "rose", "enrolment:register", "cohort:year mentee", draft="enrolment:save_registration", rests="questionnaires_response."
)
OPEN = [
    Typing("chloe", "relationships:ask_for_help", "pair:own", rests="relationships_helprequest.text"),
    Typing("emile", "surveys:answer_survey", "thing:evaluation.draft", draft="surveys:save_answers", rests="questionnaires_response."),
    REGISTERING,
]
WRITERS = ["chloe", "benoit", "denise", "nadia"]
KNOWN = {"minutes": "1 h 30"}  # lines that take no words


def spell(typing: Typing, how: str, line: str) -> str:
    """Write a word for one line of a form, unlike every other."""
    return re.sub(r"[^a-z]+", "-", f"typed {typing.who} {typing.page} {typing.at} {how} {line} end")


def type_in(world: World, typing: Typing, how: str) -> tuple[list[str], list[int]]:
    """Fill every form of a page that has lines to write in; return the words and how the server answered."""
    visitor, words, answers = Visitor(world.people[typing.who]), [], []
    with override(world.people[typing.who].language):
        path = path_of(typing.page, world.arguments(typing.at))
        draft = path_of(typing.draft, world.arguments(typing.at)) if typing.draft else ""
    forms, _links = filling.read(filling.page_of(visitor.open(path)))
    for form in forms:
        if form.method != "post" or not form.lines:
            continue
        written = {line: spell(typing, how, line) for line in form.lines if line not in KNOWN}
        times = TOO_LONG if how == "refused" else 1
        data = form.filled(KNOWN | {"day": typing.day} | {line: word * times for line, word in written.items()})
        to = draft if how == "draft" else urljoin(path, form.action)
        answers.append(visitor.send(to, data).status_code)
        words += written.values()
    return words, answers


def places_of(words: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, text in cells():
        if "typed-" in text:
            for word in words:
                if word in text:
                    found.setdefault(word, set()).add(place.partition(".")[2])
    return found


@pytest.mark.parametrize("how", ["draft", "refused", "sent"])
def test_words_typed_for_oneself_or_for_two_are_in_no_column_log_or_session(world, caplog, record_property, how):
    caplog.set_level(logging.DEBUG)
    words: list[str] = []
    typings = [typing for typing in SEALED if typing.draft or how != "draft"]
    for typing in typings:
        typed, answers = type_in(world, typing, how)
        assert typed, typing
        assert how == "refused" or 302 in answers or 204 in answers or 200 in answers, (typing, answers)
        words += typed
    assert places_of(words) == {}
    assert "typed-" not in caplog.text
    if how == "sent":
        cover(record_property, "typed words", forms=len(typings), words=len(words))


def test_typed_words_reach_their_readers_and_no_committee(world, clock):
    """Also those that are not sent yet: Rose saves on the way, Chloé goes back to answers that she sent."""
    words = [word for typing in SEALED for word in type_in(world, typing, "sent")[0]]
    drafts = [word for who in ("rose", "chloe") for word in type_in(world, REGISTERING._replace(who=who), "draft")[0]]
    tick(NOW)
    read = {who: "\n".join(texts_of(world, who).values()) for who in [*WRITERS, "amina", "emile"]}
    assert {word for word in words if not any(word in read[who] for who in WRITERS)} == set()
    assert [(who, word) for who in ("amina", "emile") for word in [*words, *drafts] if word in read[who]] == []
    assert [word for word in drafts if word in read["benoit"]] == []
    letters = "".join(f"{message.subject} {message.body} {message.alternatives}" for message in mail.outbox)
    assert "typed-" not in letters


def texts_of(world: World, who: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    crawl(world, who, world.people[who].language, limits=ALIKE | dict.fromkeys(unconcerned(), 0), texts=texts)
    return texts


@pytest.mark.parametrize("how", ["draft", "refused", "sent"])
def test_words_for_the_committee_rest_in_one_place_and_in_no_log(world, caplog, how):
    caplog.set_level(logging.DEBUG)
    for typing in OPEN:
        if how == "draft" and not typing.draft:
            continue
        words, _answers = type_in(world, typing, how)
        found = places_of(words)
        assert {place for places in found.values() for place in places if not place.startswith(typing.rests)} == set(), typing
        assert found or how == "refused", typing
    assert "typed-" not in caplog.text
