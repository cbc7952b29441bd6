"""The place of a group: which one is meant, and whose it is to write."""

from typing import Any

import pytest
from django.test import Client

from events import moderation
from events.door import erasure
from events.models import EventPage, Organisation, Submission, Venue
from home.models import ContentVersion
from tests import factories

from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    plain_what,
    plain_when,
    plain_where,
    plain_whom,
    send,
)
from .sent import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture(autouse=True)
def organisation(event_index: Any) -> Organisation:
    return factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def client() -> Client:
    return client_of(make_contact(email="a@yhdistys.example"))


@pytest.fixture
def other() -> Client:
    return client_of(make_contact(email="b@yhdistys.example"))


def address(draft: Submission, page: str, start: str = START) -> str:
    return f"{start}draft/{draft.key}/{page}/"


def place(name: str = "Uusi talo", street: str = "Katu 1", **fields: Any) -> dict:
    municipality = str(factories.town("kotka").pk)
    return {"venue": name, "street_address": street, "municipality": municipality} | (
        fields
    )


def sent(client: Client, **where: Any) -> Submission:
    draft = fill_in(client, where=where)
    assert send(client, draft).status_code == 302
    draft.refresh_from_db()
    return draft


def venue_of(draft: Submission) -> Venue:
    draft.refresh_from_db()
    assert draft.revision
    return draft.revision.as_object().venue


def approve(draft: Submission) -> EventPage:
    moderation.approve(draft, draft.revision_id, factories.make_administrator())
    return EventPage.objects.get(pk=draft.event_id)


def page_of(event: EventPage) -> str:
    ContentVersion.forget()
    return Client().get(event.path_in("fi")).text


def write_again(client: Client, draft: Submission, **where: Any) -> None:
    client.post(address(draft, "withdraw"))
    response = client.post(address(draft, "where"), plain_where(**where))
    assert response.status_code == 302
    assert send(client, draft).status_code == 302


# Whose it is


def test_a_place_that_nobody_has_approved_is_not_known_to_others(
    client: Client, other: Client
) -> None:
    sent(client, **place())
    other.post(f"{START}new/")
    draft = Submission.objects.latest("pk")
    other.post(address(draft, "what"), plain_what())
    response = other.post(address(draft, "where"), plain_where(venue="Uusi talo"))
    assert response.status_code == 422
    assert 'href="#id_street_address"' in response.text


def test_what_is_written_anew_never_changes_where_others_meet(
    client: Client, other: Client
) -> None:
    mine, theirs = sent(client, **place()), sent(other, **place())
    group = approve(theirs)
    write_again(client, mine, **place("Paha talo", "Pahakatu 666"))
    assert "Pahakatu 666" not in page_of(group)
    assert "Katu 1" in page_of(group)
    assert venue_of(mine).street_address == "Pahakatu 666"


def test_a_place_that_staff_use_for_another_group_is_not_rewritten(
    client: Client, event_index: Any
) -> None:
    mine = sent(client, **place())
    group = make_public(event_index, "Kuoro", venue=venue_of(mine))
    write_again(client, mine, **place("Paha talo", "Pahakatu 666"))
    assert "Katu 1" in page_of(group)
    assert venue_of(mine).street_address == "Pahakatu 666"


def test_a_place_of_ones_own_that_waits_can_be_corrected(client: Client) -> None:
    mine = sent(client, **place())
    before = venue_of(mine)
    write_again(client, mine, **place(street="Katu 2", directions="Sisäpiha."))
    after = venue_of(mine)
    assert (after.pk, after.street_address) == (before.pk, "Katu 2")
    assert str(after.directions) == "Sisäpiha."


def test_an_approved_place_is_known_by_its_name(client: Client, other: Client) -> None:
    mine = sent(client, **place())
    approve(mine)
    theirs = sent(other, venue="Uusi talo")
    assert venue_of(theirs) == venue_of(mine)


def test_a_place_that_was_never_approved_is_forgotten_with_its_group(
    client: Client,
) -> None:
    mine = sent(client, **place())
    client.post(address(mine, "withdraw"))
    mine.refresh_from_db()
    erasure.forget_what_is_old(mine.saved_at + erasure.DRAFTS_KEPT * 2)
    assert not Venue.objects.filter(name__fi="Uusi talo").exists()


# Which one is meant


def test_a_typed_address_is_not_thrown_away(client: Client) -> None:
    factories.make_venue(name={"fi": "Seurakuntatalo"}, street_address="Kirkkokatu 1")
    hamina = factories.town("hamina")
    draft = sent(
        client,
        venue="Seurakuntatalo",
        street_address="Rantatie 3",
        postal_code="49400",
        municipality=str(hamina.pk),
    )
    found = venue_of(draft)
    assert (found.street_address, found.municipality) == ("Rantatie 3", hamina)


def test_the_typed_address_says_which_of_two_namesakes(client: Client) -> None:
    for street in ("Kirkkokatu 1", "Rantatie 3"):
        factories.make_venue(name={"fi": "Seurakuntatalo"}, street_address=street)
    draft = sent(client, **place("Seurakuntatalo", "rantatie 3"))
    assert venue_of(draft).street_address == "Rantatie 3"
    assert Venue.objects.count() == 2


def test_a_chosen_place_with_another_address_beside_it_is_asked_about(
    client: Client,
) -> None:
    factories.make_venue(name={"fi": "Seurakuntatalo"}, street_address="Kirkkokatu 1")
    client.post(f"{START}new/")
    draft = Submission.objects.latest("pk")
    client.post(address(draft, "what"), plain_what())
    response = client.post(
        address(draft, "where"),
        plain_where(**place("Seurakuntatalo, Kirkkokatu 1, Kotka", "Rantatie 3")),
    )
    assert response.status_code == 422
    assert 'href="#id_street_address"' in response.text
    assert '<details class="door-more" open>' in response.text


def test_a_place_chosen_in_swedish_stays_chosen_in_finnish(client: Client) -> None:
    chosen = factories.make_venue(name={"fi": "Esimerkkitalo", "sv": "Exempelhuset"})
    label = "Exempelhuset, Esimerkkikatu 1, Kotka"
    swedish = "/sv/anmal/"
    client.post(f"{swedish}new/")
    draft = Submission.objects.latest("pk")
    for step, fields in (
        ("what", plain_what()),
        ("when", plain_when()),
        ("where", plain_where(venue=label)),
        ("whom", plain_whom()),
    ):
        client.post(address(draft, step, swedish), fields)
    assert client.get(address(draft, "check")).context["missing"] == []
    assert send(client, draft).status_code == 302
    assert venue_of(draft) == chosen


def test_an_untouched_place_stays_though_another_has_its_name_and_address(
    event_index: Any,
) -> None:
    _first, second = (
        factories.make_venue(name={"fi": "Kirjasto"}) for _number in range(2)
    )
    group = make_public(event_index, "Lukupiiri", venue=second)
    client = client_of(make_contact(group.organisers.get()))
    client.post(f"{START}change/{group.pk}/")
    draft = Submission.objects.get()
    what = draft.typed_in("what") | {"lead_fi": "Luetaan yhdessä."}
    client.post(address(draft, "what"), what)
    assert send(client, draft).status_code == 302
    assert venue_of(draft) == second
