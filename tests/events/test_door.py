"""An organisation sends in a group: from the first mail to the moderators' queue."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from events.models import Contact, EventPage, Organisation, Submission, Venue

from ..factories import make_organisation, make_venue
from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def venue(event_index: Any) -> Venue:
    return make_venue(name={"fi": "Esimerkkitalo"})


@pytest.fixture
def client(organisation: Organisation, venue: Venue) -> Client:
    return client_of(make_contact(organisation))


def test_a_plain_group_goes_to_the_moderators(client: Client) -> None:
    draft = fill_in(client)
    response = send(client, draft)
    assert response.status_code == 302, response.text
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT
    event = draft.event
    assert (event.title, event.live) == ("Olohuone", False)
    assert draft.revision == event.latest_revision
    assert Client().get(f"/fi/tapahtumat/{event.slug}/").status_code == 404


def test_sent_twice_it_is_one_group(client: Client) -> None:
    draft = fill_in(client)
    send(client, draft)
    send(client, draft)
    assert EventPage.objects.count() == 1


def test_pages_can_be_read(client: Client) -> None:
    draft = fill_in(client)
    for step in ("what", "when", "where", "whom", "check"):
        response = client.get(f"{START}draft/{draft.key}/{step}/")
        assert response.status_code == 200
    preview = client.get(f"{START}draft/{draft.key}/preview/fi/")
    assert preview.status_code == 200, preview.headers
    assert "Olohuone" in preview.text
