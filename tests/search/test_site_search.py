"""Searching the whole site."""

import pytest
from django.core.management import call_command

from tests import factories

SEARCH = "/fi/haku/"


@pytest.fixture
def pages(guide_indexes, event_index):
    guide = factories.make_guide(
        guide_indexes["fi"], title="Parempi uni", slug="parempi-uni"
    )
    factories.make_guide(
        guide_indexes["sv"],
        title="Bättre sömn",
        slug="battre-somn",
        translation_key=guide.translation_key,
    )
    factories.make_guide(guide_indexes["fi"], title="Uni luonnos", live=False)
    factories.make_event(event_index, "Unikoulu uni")
    call_command("update_index", verbosity=0)
    return guide


def found(client, words, address=SEARCH):
    answer = client.get(address, {"q": words, "format": "json"}).json()
    return {result["title"] for result in answer["results"]}


def test_finds_guides_and_events_but_no_drafts(client, pages):
    assert found(client, "uni") == {"Parempi uni", "Unikoulu uni"}


def test_json_has_the_fields_that_others_rely_on(client, pages):
    answer = client.get(SEARCH, {"q": "parempi", "format": "json"}).json()

    assert answer["total"] == 1
    (result,) = answer["results"]
    assert {"id", "type", "title", "url", "lang"} <= set(result)
    assert (result["type"], result["lang"]) == ("guide", "fi")
    assert client.get(result["url"]).status_code == 200


def test_swedish_reader_gets_the_swedish_page_once(client, pages):
    assert found(client, "sömn", "/sv/sok/") == {"Bättre sömn"}


@pytest.mark.parametrize(
    "words",
    ['"', "\x00", "   ", "'", "😀", "a" * 10_000, "(", "uni\x00", "%", "-", "*"],
)
def test_anything_typed_gets_an_ordinary_answer(client, pages, words):
    response = client.get(SEARCH, {"q": words})

    assert response.status_code == 200
    assert 'name="q"' in response.text


@pytest.mark.parametrize("number", [1, 15])
def test_search_costs_the_same_whatever_the_number_of_results(
    client, guide_index, event_index, number, settled, django_assert_max_num_queries
):
    for each in range(number):
        factories.make_guide(guide_index, title=f"Uni {each}")
        factories.make_event(event_index, f"Uni {each}")
    call_command("update_index", verbosity=0)
    settled()
    client.get("/fi/ei-ole/")

    with django_assert_max_num_queries(14):
        response = client.get(SEARCH, {"q": "uni"})
    assert response.context["results"].paginator.count == number * 2
