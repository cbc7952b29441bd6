"""A place's page, and the list of places; a protected address has neither."""

import pytest

from events.models import EventState
from tests import factories

ADDRESSES = {
    "fi": "/fi/paikat/",
    "sv": "/sv/platser/",
    "en": "/en/venues/",
    "fi-simple": "/fi-simple/paikat/",
}


@pytest.fixture
def place(event_index):
    return factories.make_venue(
        name={"fi": "Asukastalo Myllypelto", "sv": "Invånarhuset Myllypelto"},
        slug="myllypelto",
        street_address="Myllykatu 7",
        postal_code="48600",
        directions={"fi": "Ovi on pihan puolella."},
        nearest_stop="Myllyn tori",
        step_free_entrance=True,
        lift=False,
    )


def test_page_tells_how_to_get_there_and_what_is_known_of_access(
    client, event_index, place
):
    factories.make_event(event_index, "Kahvihetki", venue=place)

    text = client.get("/fi/paikat/myllypelto/").text

    for part in (
        "<h1>Asukastalo Myllypelto</h1>",
        "Myllykatu 7, 48600 Kotka",
        "Ovi on pihan puolella.",
        "Myllyn tori",
        'is-yes">Esteetön sisäänkäynti: <strong>kyllä',
        'is-no">Hissi: <strong>ei<',
        'is-unknown">Luiska: <strong>ei tiedossa',
        "Kahvihetki",
    ):
        assert part in text


def test_page_is_in_every_language_and_leads_to_the_others(client, event_index, place):
    factories.make_event(event_index, venue=place)

    for language, address in ADDRESSES.items():
        text = client.get(f"{address}myllypelto/").text

        assert f'<html lang="{language}"' in text
        assert (
            f'<link rel="canonical" href="http://testserver{address}myllypelto/">'
            in text
        )
        for path in ADDRESSES.values():
            assert f'<a href="{path}myllypelto/"' in text


def test_group_that_hides_its_address_is_nowhere_on_the_places_page(
    client, event_index, place
):
    factories.make_event(event_index, "Avoin ryhmä", venue=place)
    factories.make_event(
        event_index, "Suojattu ryhmä", venue=place, is_address_protected=True
    )
    paused = factories.make_event(
        event_index, "Suojattu tauolla", venue=place, is_address_protected=True
    )
    EventState.objects.create(event=paused, is_paused=True)

    text = client.get("/fi/paikat/myllypelto/").text

    assert "Avoin ryhmä" in text
    assert "Suojattu" not in text
    assert text.count('class="card event-card') == 1


def test_place_used_by_hidden_groups_only_has_no_page(client, event_index, place):
    factories.make_event(event_index, "Ryhmä", venue=place, is_address_protected=True)

    for address in ADDRESSES.values():
        assert client.get(f"{address}myllypelto/").status_code == 404
    assert "Myllypelto" not in client.get("/fi/paikat/").text
    assert "myllypelto" not in client.get("/sitemap-venues.xml").text


def test_place_with_a_protected_address_has_no_page(client, event_index, place):
    factories.make_event(event_index, "Ryhmä", venue=place)
    assert client.get("/fi/paikat/myllypelto/").status_code == 200

    place.is_address_protected = True
    place.save()

    for address in ADDRESSES.values():
        assert client.get(f"{address}myllypelto/").status_code == 404
    assert "Myllypelto" not in client.get("/fi/paikat/").text
    assert "myllypelto" not in client.get("/sitemap-venues.xml").text
    assert "myllypelto" not in client.get("/fi/tapahtumat/ryhma/").text.lower()


def test_place_without_a_live_group_has_no_page(client, event_index, place):
    event = factories.make_event(event_index, venue=place)
    event.unpublish()

    assert client.get("/fi/paikat/myllypelto/").status_code == 404
    assert "Myllypelto" not in client.get("/fi/paikat/").text


def test_page_costs_the_same_with_few_and_many_groups(
    client, event_index, place, settled, django_assert_num_queries
):
    factories.make_event(event_index, venue=place)
    settled()
    client.get("/fi/ei-ole/")
    client.get("/sv/platser/myllypelto/")
    with django_assert_num_queries(6):
        client.get("/fi/paikat/myllypelto/")

    for _number in range(8):
        factories.make_event(event_index, venue=place)
    settled()
    client.get("/fi/ei-ole/")
    client.get("/sv/platser/myllypelto/")
    with django_assert_num_queries(6):
        client.get("/fi/paikat/myllypelto/")


def test_list_names_places_where_groups_meet(client, event_index, place):
    factories.make_event(event_index, venue=place)
    factories.make_venue(name={"fi": "Tyhjä talo"})

    text = client.get("/sv/platser/").text

    assert "Invånarhuset Myllypelto" in text
    assert "Tyhjä talo" not in text
    assert "/fi/paikat/myllypelto/" in client.get("/sitemap-venues.xml").text
