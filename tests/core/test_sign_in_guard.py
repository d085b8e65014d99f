"""A session that ends between two htmx requests leads to sign-in, never into a piece of the page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import reverse

from releve.core.sign_in_guard import sign_in_guard

SIGN_IN = reverse("account_request_login_code")
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/fr/goals/?tab=2"}


def answered(response: HttpResponse, **headers: str) -> HttpResponse:
    return sign_in_guard(lambda request: response)(RequestFactory().get("/fr/goals/piece/", headers=headers))


def test_a_whole_page_is_redirected_as_ever():
    response = HttpResponseRedirect(f"{SIGN_IN}?next=/fr/goals/piece/")
    assert answered(response) is response


def test_a_piece_sends_the_page_to_sign_in_and_back_to_the_page_not_to_the_piece():
    response = answered(HttpResponseRedirect(f"{SIGN_IN}?next=/fr/goals/piece/"), **HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (200, f"{SIGN_IN}?next=%2Ffr%2Fgoals%2F%3Ftab%3D2")
    assert response.content == b""


def test_a_page_of_another_site_is_not_come_back_to():
    headers = HTMX | {"HX-Current-URL": "https://example.org/fr/goals/"}
    assert answered(HttpResponseRedirect(SIGN_IN), **headers)["HX-Redirect"] == SIGN_IN


def test_other_redirects_and_answers_are_left_alone():
    for response in (HttpResponseRedirect("/fr/goals/"), HttpResponse("piece")):
        assert answered(response, **HTMX) is response
