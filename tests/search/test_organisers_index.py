"""Organisers and places in the search: groups are found by their names of today."""

import pytest
from django.core.management import call_command

from search.documents import ORGANISERS_FROM
from search.models import IndexedDocument
from tests import factories

pytestmark = pytest.mark.usefixtures("either_way")


@pytest.fixture
def organiser(event_index):
    return factories.make_organisation(
        name={"fi": "Majakka ry", "sv": "Fyren rf"},
        description={"fi": "Olemme neulojien yhteisö."},
    )


@pytest.fixture
def group(event_index, organiser):
    """Beside another one that has nothing to do with it."""
    other = factories.make_organisation(name={"fi": "Kallio ry"})
    factories.make_event(event_index, "Shakkipiiri", organisers=[other])
    return factories.make_event(event_index, "Iltakahvit", organisers=[organiser])


def found(client, words, address="/fi/haku/"):
    answer = client.get(address, {"q": words, "format": "json", "exact": "1"}).json()
    return {result["title"] for result in answer["results"]}


def test_organiser_is_found_by_its_name_and_its_description(client, group):
    assert found(client, "majakka") == {"Majakka ry", "Iltakahvit"}
    assert found(client, "fyren") == {"Majakka ry", "Iltakahvit"}
    assert found(client, "neulojien") == {"Majakka ry"}


def test_organiser_is_named_in_the_readers_language(client, group):
    assert found(client, "fyren", "/sv/sok/") == {"Fyren rf", "Iltakahvit"}


def test_organiser_stands_below_the_group_of_the_same_name(client, group, event_index):
    factories.make_event(event_index, "Majakka")

    answer = client.get("/fi/haku/", {"q": "majakka", "format": "json"}).json()

    assert [each["title"] for each in answer["results"]][:2] == [
        "Majakka",
        "Majakka ry",
    ]


def test_link_leads_to_the_organisers_page(client, group, organiser):
    answer = client.get("/fi/haku/", {"q": "neulojien", "format": "json"}).json()

    (result,) = answer["results"]
    assert (result["type"], result["id"]) == ("organisation", organiser.pk)
    assert result["url"] == f"/fi/jarjestajat/{organiser.slug}/"
    assert client.get(result["url"]).status_code == 200


def test_renamed_organiser_and_its_groups_are_found_by_the_new_name(
    client, group, organiser
):
    assert found(client, "majakka") == {"Majakka ry", "Iltakahvit"}

    organiser.name = {"fi": "Satama ry"}
    organiser.save()

    assert found(client, "majakka") == found(client, "fyren") == set()
    assert found(client, "satama") == {"Satama ry", "Iltakahvit"}


def test_renamed_venue_leads_to_its_groups_by_the_new_name(client, event_index):
    venue = factories.make_venue(name={"fi": "Majakka"})
    factories.make_event(event_index, "Iltakahvit", venue=venue)
    factories.make_event(event_index, "Shakkipiiri", venue=factories.make_venue())
    assert found(client, "majakka") == {"Iltakahvit"}

    venue.name = {"fi": "Satama"}
    venue.save()

    assert found(client, "majakka") == set()
    assert found(client, "satama") == {"Iltakahvit"}


def test_deleted_organiser_is_found_no_more_nor_its_groups_by_its_name(
    client, group, organiser
):
    assert found(client, "majakka") == {"Majakka ry", "Iltakahvit"}

    organiser.delete()

    assert found(client, "majakka") == set()
    assert found(client, "iltakahvit") == {"Iltakahvit"}


def test_draft_with_an_organiser_does_not_come_to_the_index(client, event_index):
    organiser = factories.make_organisation(name={"fi": "Majakka ry"})
    factories.make_event(event_index, "Julkinen", organisers=[organiser])
    factories.make_event(event_index, "Luonnos", organisers=[organiser], live=False)

    organiser.name = {"fi": "Satama ry"}
    organiser.save()

    assert found(client, "satama") == {"Satama ry", "Julkinen"}


def test_rebuild_reads_organisers_too(client, group, organiser):
    document_id = ORGANISERS_FROM + organiser.pk
    IndexedDocument.objects.get(document_id=document_id)
    before = found(client, "majakka")
    assert before

    call_command("rebuild_search", verbosity=0)

    assert found(client, "majakka") == before
    assert IndexedDocument.objects.filter(document_id=document_id).count() == 1
