"""Advice in the door while somebody writes, and beside the moderators."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import MODERATORS
from events.models import Submission
from tests import factories
from tests.editing import staff_client

from .door import client_of, make_contact
from .sent import send_new

# Wagtail's mail to moderators still asks Django for a connection in the old way.
pytestmark = pytest.mark.filterwarnings("ignore:get_connection")

ADVICE = "/fi/ilmoita/advice/what/"


@pytest.fixture
def writer(event_index):
    return client_of(make_contact(factories.make_organisation()))


def test_a_pausing_writer_is_advised_and_nothing_is_stored(writer):
    answer = writer.post(ADVICE, {"title_fi": "PERUTTU Kävely", "lead_fi": "Tule."})

    [advice] = answer.json()["advice"]
    assert (advice["field"], advice["key"]) == ("title_fi", "cancelled")
    assert "PERUTTU" in advice["text"]
    assert "no-store" in answer["Cache-Control"]
    assert not Submission.objects.exists()


def test_the_advice_is_in_the_language_of_the_address(writer):
    english = writer.post(
        "/en/submit/advice/what/", {"title_fi": "Kävely klo 14"}
    ).json()["advice"]

    assert english[0]["text"].startswith("“klo 14” belongs to the times.")


def test_a_clean_text_gets_none(writer):
    assert writer.post(ADVICE, {"title_fi": "Tiistaikerho"}).json() == {"advice": []}


def test_others_are_not_answered_nor_led_anywhere(event_index, client):
    answer = client.post(ADVICE, {"title_fi": "PERUTTU"})

    assert answer.status_code == 403
    assert answer.json() == {"advice": []}


def test_it_takes_the_token_and_only_what_is_sent(writer):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = writer.cookies

    assert strict.post(ADVICE, {"title_fi": "PERUTTU"}).status_code == 403
    assert writer.get(ADVICE).status_code == 405
    assert writer.post("/fi/ilmoita/advice/muu/", {}).status_code == 404


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x00", "PERUTTU %s %(x)s"]
)
def test_odd_texts_are_answered(writer, text):
    assert writer.post(ADVICE, {"title_fi": text, "kind": text}).status_code == 200


def test_moderators_read_the_advice_with_the_name_of_the_field(event_index):
    moderator = staff_client(MODERATORS)
    dirty = send_new("<b>PERUTTU</b> Kävely")
    clean = send_new("Kävely")
    heading = "advice-heading"

    def page_of(submission):
        address = reverse("event_staff:submission", args=[submission.pk])
        return moderator.get(address).text

    advised = page_of(dirty).partition(heading)[2].partition("</section>")[0]
    assert "PERUTTU" in advised
    assert "<b>" not in advised
    assert heading not in page_of(clean)
