"""Error pages help on: with a way to the page in another language, and with numbers."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from home import chrome
from home.models import ContentVersion
from tests import factories


def test_missing_page_offers_the_languages_that_have_it(client, guide_indexes):
    swedish = factories.make_guide(
        guide_indexes["sv"], title="Bättre sömn", slug="battre-somn"
    )
    finnish = factories.make_guide(
        guide_indexes["fi"],
        title="Parempi uni",
        slug="parempi-uni",
        translation_key=swedish.translation_key,
    )

    response = client.get("/en/guides/parempi-uni/")

    assert response.status_code == 404
    assert finnish.url in response.text
    assert swedish.url in response.text
    assert "Bättre sömn" in response.text


def test_missing_page_offers_no_draft(client, guide_index):
    draft = factories.make_guide(guide_index, slug="keskenerainen", live=False)

    response = client.get("/sv/guider/keskenerainen/")

    assert response.status_code == 404
    assert draft.title not in response.text


@pytest.mark.parametrize("address", ["/fi/ei-ole/", "/ei-ole/", "/xx/", "/fi/a/b/c/d/"])
def test_unknown_address_is_404_with_a_search_box(client, home, address):
    response = client.get(address)

    assert response.status_code == 404
    assert 'name="q"' in response.text


def test_error_page_helps_when_the_database_is_away(client, home, rf):
    factories.make_crisis_contact(key="hatanumero", number="112", is_emergency=True)
    client.get("/fi/")  # This process has seen the list once.
    client.raise_request_exception = False

    def refuse(execute, sql, params, many, context):
        raise DatabaseError("away")

    with connection.execute_wrapper(refuse):
        response = client.get("/fi/oppaat/")

    assert response.status_code == 500
    assert 'href="tel:112"' in response.text


def test_error_page_helps_in_a_process_that_has_seen_nothing(client, db):
    chrome._last_seen.clear()
    client.raise_request_exception = False

    def refuse(execute, sql, params, many, context):
        raise DatabaseError("away")

    with connection.execute_wrapper(refuse):
        response = client.get("/fi/")

    assert response.status_code == 500
    assert 'href="tel:112"' in response.text


def test_wrong_host_gets_a_page_that_helps(client, db):
    response = client.get("/fi/", headers={"host": "paha.example"})

    assert response.status_code == 400
    assert 'href="tel:112"' in response.text


def test_form_sent_from_elsewhere_gets_a_page_that_helps(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/fi/palaute/", {"text": "Uni"})

    assert response.status_code == 403
    assert 'href="tel:112"' in response.text
    assert "DEBUG" not in response.text


def test_error_without_the_database_has_the_security_headers(client, home):
    client.raise_request_exception = False

    def refuse(execute, sql, params, many, context):
        raise DatabaseError("away")

    ContentVersion.forget()
    with connection.execute_wrapper(refuse):
        response = client.get("/fi/oppaat/")

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
