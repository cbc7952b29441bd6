"""Forms on cached pages: no token, ours only, nothing kept on the way."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from home.models import HomePage
from home.stateless import LONGEST_POST, is_from_here, stateless

pytestmark = pytest.mark.django_db
CANARY = "kanarialintu"


@stateless
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("answer", ""))


@stateless
def broken(request: HttpRequest) -> HttpResponse:
    answer = request.POST["answer"]
    raise ValueError(len(answer))


def post(view=echo, headers=None, **data):
    request = RequestFactory().post("/fi/", data, headers=headers or {})
    return view(request)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "https://paha.example"}, False),
        ({"Origin": "null"}, False),
        ({}, True),
    ],
)
def test_only_our_own_pages_may_send(headers, is_ours):
    assert is_from_here(RequestFactory().post("/", headers=headers)) == is_ours
    response = post(answer=CANARY, headers=headers)

    assert response.status_code == (200 if is_ours else 403)
    assert (CANARY in response.text) == is_ours
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_long_is_not_read():
    assert post(answer="x" * 1000).status_code == 200
    assert post(answer="x" * LONGEST_POST).status_code == 400


def test_looking_at_the_form_may_be_cached():
    response = echo(RequestFactory().get("/fi/"))

    assert "Cache-Control" not in response.headers


def test_report_of_an_error_holds_nothing_of_what_was_sent():
    request = RequestFactory().post("/fi/", {"answer": CANARY})
    with pytest.raises(ValueError, match=str(len(CANARY))) as caught:
        broken(request)

    reporter = ExceptionReporter(request, caught.type, caught.value, caught.tb)

    assert request.POST["answer"] == CANARY
    assert "broken" in reporter.get_traceback_text()
    assert CANARY not in reporter.get_traceback_text()
    assert CANARY not in reporter.get_traceback_html()


def test_page_without_a_form_takes_none(home: HomePage):
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(strict, method)("/fi/")

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert response.headers["Cache-Control"] == "no-store"
    assert strict.get("/fi/").status_code == 200


@pytest.mark.parametrize("charset", ["hex", "rot13", "idna", "utf-16", "utf-7"])
def test_a_body_in_an_odd_coding_is_refused(homes, client, charset):
    for kind in (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
    ):
        response = client.generic(
            "POST", "/fi/palaute/", b"--x--", content_type=f"{kind}; charset={charset}"
        )
        assert response.status_code == 400
