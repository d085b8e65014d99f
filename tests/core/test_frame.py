"""The frame around every page."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from releve.core import frame
from releve.core.frame import Link


@pytest.fixture(autouse=True)
def _no_rooms(monkeypatch):
    monkeypatch.setattr(frame, "_providers", {"nav": [], "account": [], "footer": []})


def current(address: str) -> list[str]:
    return [link.label for link in frame.links("nav", RequestFactory().get(address)) if link.current]


def test_rooms_add_their_links_in_the_order_they_registered():
    frame.register_nav(lambda request: [Link("/fr/a/", "A")])
    frame.register_nav(lambda request: [Link("/fr/b/", "B"), Link("/fr/c/", "C")])
    assert [link.label for link in frame.links("nav", RequestFactory().get("/fr/"))] == ["A", "B", "C"]


def test_the_nearest_link_is_current_when_several_lead_towards_the_page():
    frame.register_nav(lambda request: [Link("/fr/", "Start"), Link("/fr/people/", "People")])
    assert current("/fr/people/3/") == ["People"]
    assert current("/fr/other/") == ["Start"]
    assert current("/en/") == []


def test_a_provider_may_say_itself_which_link_is_current():
    frame.register_nav(lambda request: [Link("/fr/", "Start"), Link("/x/", "X", current=True)])
    assert current("/fr/") == ["X"]


def test_the_other_language_leads_to_the_same_page_with_its_query():
    with translation.override("fr"):
        [other] = frame.other_languages(RequestFactory().get("/fr/styleguide/?page=2&sort=-name"))
    assert (other.code, other.name, other.url) == ("en", "English", "/en/styleguide/?page=2&sort=-name")


def test_the_other_language_leads_to_the_start_when_the_page_does_not_exist():
    with translation.override("en"):
        [other] = frame.other_languages(RequestFactory().get("/en/nothing/here/"))
    assert (other.name, other.url) == ("Français", "/fr/")
