"""The pages of core: the style guide and the pages of what went wrong; and what a first page weighs."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

KILOBYTE = 1000
PARTS = ["", "lists/", "confirm/", "400/", "403/", "csrf/", "404/", "500/"]


@pytest.fixture
def developing(settings):
    settings.DEMO = True


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_style_guide_is_shown_to_those_who_develop(client, developing, language, part):
    page = client.get(f"/{language}/styleguide/{part}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_the_style_guide_is_not_found_on_a_real_server(client, part):
    assert client.get(f"/fr/styleguide/{part}").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_no_page_holds_an_inline_style_or_script(client, developing, part):
    html = client.get(f"/en/styleguide/{part}").content.decode()
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html) == []
    assert re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", html) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_id_of_a_page_is_its_own(client, developing, part):
    ids = re.findall(r"\sid=\"([^\"]+)\"", client.get(f"/fr/styleguide/{part}").content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("language", "words"), [("fr", "Cette page est introuvable"), ("en", "This page cannot be found")])
def test_a_missing_page_says_so_in_the_language_of_its_address(client, language, words):
    page = client.get(f"/{language}/nothing/here/")
    assert page.status_code == 404
    assert f"<h1>{words}</h1>" in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_of_our_own_faults_need_neither_request_nor_database(name, django_assert_num_queries):
    with translation.override("en"), django_assert_num_queries(0):
        html = render_to_string(name)
    assert '<html lang="en">' in html
    assert 'href="/"' in html


def test_a_form_that_was_open_too_long_is_explained(client):
    client.handler.enforce_csrf_checks = True
    page = client.post("/fr/account/login/", {})
    assert page.status_code == 403
    assert "Ce formulaire est resté ouvert trop longtemps" in page.content.decode()


def test_what_was_written_in_a_form_open_too_long_comes_back(client):
    client.handler.enforce_csrf_checks = True
    sent = {"text": "Une phrase assez longue.", "password": "deux mots"}
    page = client.post("/fr/account/login/", sent, headers={"Referer": "http://testserver/fr/account/login/"})
    assert page.status_code == 403
    assert "Une phrase assez longue." in page.content.decode()
    assert "deux mots" not in page.content.decode()
    elsewhere = client.post("/fr/account/login/", sent, headers={"Referer": "http://evil.example/"})
    assert "Une phrase assez longue." not in elsewhere.content.decode()


def test_an_address_that_only_takes_forms_explains_itself(client):
    page = client.get("/fr/demo/somebody/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Il n’y a rien à lire à cette adresse" in page.content.decode()


def test_a_first_page_weighs_less_than_150_kilobytes(client, developing):
    html = client.get("/fr/styleguide/").content
    links = re.findall(r"(?:src|href)=\"/static/([^\"?]+)", html.decode())
    files = {path for path in links if not path.endswith(".svg")} | {"core/fonts/fraunces.woff2", "core/icon.svg"}
    weights = {"page": len(gzip.compress(html))}
    for path in files:
        data = Path(finders.find(path)).read_bytes()
        weights[path] = len(data) if path.endswith(".woff2") else len(gzip.compress(data))
    assert {path for path in files if path.endswith(".woff2")} == {"core/fonts/atkinson.woff2", "core/fonts/fraunces.woff2"}
    assert sum(weights.values()) < 150 * KILOBYTE, weights


def test_the_frame_asks_nothing_of_the_database_for_a_visitor(client, developing, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/fr/styleguide/lists/")
