"""The event index: what is listed, and what is asked in an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventState, EventText
from tests import factories

INDEX = "/fi/tapahtumat/"


def titles(response):
    return [row.event.title for row in response.context["results"]]


def test_index_lists_what_is_to_come_soonest_first(client, event_index):
    now = timezone.now()
    later = factories.single_date(now + timedelta(days=3))
    sooner = factories.single_date(now + timedelta(days=1))
    past = factories.single_date(now - timedelta(days=3))
    factories.make_event(event_index, "Myöhemmin", dates=[later])
    factories.make_event(event_index, "Pian", dates=[sooner])
    factories.make_event(event_index, "Mennyt", dates=[past])
    factories.make_event(event_index, "Luonnos", live=False)
    paused = factories.make_event(event_index, "Tauolla")
    EventState.objects.create(event=paused, is_paused=True)

    assert titles(client.get(INDEX)) == ["Pian", "Myöhemmin"]


def test_weekly_group_is_one_card(client, event_index):
    factories.make_event(event_index, "Perhekahvila")

    response = client.get(INDEX)

    assert titles(response) == ["Perhekahvila"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("municipality=hamina", ["Haminan kuoro"]),
        ("municipality=hamina&municipality=kotka", ["Haminan kuoro", "Kotkan kahvila"]),
        ("type=course", ["Haminan kuoro"]),
        ("goal=meaningful-life", ["Haminan kuoro"]),
        ("goal=healthy-habits&municipality=kotka", ["Kotkan kahvila"]),
        ("free=1", ["Kotkan kahvila"]),
        ("no_signup=1", ["Kotkan kahvila"]),
        ("weekday=4", ["Haminan kuoro"]),
        ("time=evening", ["Haminan kuoro"]),
        ("language=sv", ["Haminan kuoro"]),
        ("group=youth", ["Haminan kuoro"]),
        ("q=kuoro", ["Haminan kuoro"]),
        ("remote=1", []),
        ("weekday=9&goal=nope&free=maybe", ["Haminan kuoro", "Kotkan kahvila"]),
    ],
)
def test_filters_narrow_the_list(client, event_index, query, found):
    choir = factories.make_event(
        event_index,
        "Haminan kuoro",
        kind="course",
        goals=[factories.goal("meaningful-life")],
        venue=factories.make_venue(municipality=factories.town("hamina")),
        rules=[
            factories.weekly_rule(
                weekdays=[4],
                start_time=timezone.datetime(2026, 1, 1, 18).time(),
                end_time=None,
            )
        ],
        spoken_languages=["fi", "sv"],
        sign_up="required",
        is_free=False,
    )
    choir.target_groups.set(choir.target_groups.model.objects.filter(key="youth"))
    choir.save()
    factories.make_event(
        event_index, "Kotkan kahvila", venue=factories.make_venue(), is_free=True
    )

    response = client.get(f"{INDEX}?{query}")

    assert response.status_code == 200
    assert sorted(titles(response)) == found


def test_ignored_values_are_named(client, event_index):
    response = client.get(f"{INDEX}?municipality=atlantis&weekday=9")

    assert response.context["form"].ignored == ["atlantis", "9"]
    assert "atlantis" in response.text


def test_thousand_repeated_keys_are_answered(client, event_index):
    factories.make_event(event_index, venue=factories.make_venue())

    response = client.get(INDEX + "?" + "&".join(["municipality=kotka"] * 900))

    assert response.status_code == 200
    assert response.context["form"].canonical_query() == "municipality=kotka"


@pytest.mark.parametrize("number", [1, 25])
def test_index_costs_the_same_whatever_its_length(
    client, event_index, number, settled, django_assert_max_num_queries
):
    for _each in range(number):
        factories.make_event(event_index, venue=factories.make_venue())
    settled()
    client.get("/fi/ei-ole/")
    client.get(INDEX, {"no_signup": 1})

    with django_assert_max_num_queries(12):
        response = client.get(INDEX)
    assert len(response.context["results"]) == min(number, 20)


def test_second_page_and_a_page_too_far(client, event_index):
    for _each in range(21):
        factories.make_event(event_index)

    assert len(client.get(INDEX, {"page": 2}).context["results"]) == 1
    assert client.get(INDEX, {"page": 3}).status_code == 404


def test_every_language_lists_every_event(client, event_indexes):
    factories.make_event(event_indexes["fi"], "Perhekahvila")

    for index in event_indexes.values():
        assert titles(client.get(index.url)) == ["Perhekahvila"]


def test_swedish_card_shows_the_swedish_text_and_marks_a_finnish_one(
    client, event_indexes
):
    factories.make_event(
        event_indexes["fi"],
        texts=[
            EventText(language="fi", title="Perhekahvila", lead="Tule."),
            EventText(language="sv", title="Familjekafé", lead="Kom."),
        ],
    )
    factories.make_event(event_indexes["fi"], "Kävelyporukka")

    text = client.get(event_indexes["sv"].url).text

    assert "Familjekafé" in text
    assert "Perhekahvila" not in text
    assert 'lang="fi"' in text


def test_index_address_is_fixed(event_indexes):
    index = event_indexes["sv"]
    index.slug = "nagot-annat"

    index.save()

    assert index.slug == "evenemang"
