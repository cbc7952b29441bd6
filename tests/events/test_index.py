"""The event index: what is listed, and what is asked in an address."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.models import EventState, EventText
from tests import factories

INDEX = "/fi/tapahtumat/"


def titles(response):
    return [card.title for card in response.context["results"]]


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


# What is asked, in words and in addresses


def test_title_and_heading_say_what_is_shown(client, event_index):
    response = client.get(f"{INDEX}?municipality=kotka&weekday=2&free=1")

    assert "<title>Ryhmät ja tapahtumat: Kotkassa, tiistai, maksuton" in response.text
    assert "Kotkassa, tiistai, maksuton" in response.text.split("<h1>")[1]


def test_counts_beside_filters_say_what_they_would_give(client, event_index):
    for town in ("kotka", "kotka", "hamina"):
        factories.make_event(event_index, municipality=factories.town(town))
    factories.make_event(
        event_index, municipality=factories.town("hamina"), is_free=True
    )
    factories.make_event(
        event_index, municipality=factories.town("kouvola"), live=False
    )

    page = client.get(f"{INDEX}?municipality=kotka").text
    shown = re.findall(
        r'name="(\w+)" value="([\w-]+)".*?class="option-count">(\d+)', page
    )
    counts = {(name, value): int(count) for name, value, count in shown}

    towns = [counts["municipality", town] for town in ("kotka", "hamina", "kouvola")]
    assert towns == [2, 2, 0]
    assert counts["type", "group"] == 2
    assert (counts["free", "1"], counts["no_signup", "1"]) == (0, 2)


def test_filter_address_has_one_order(client, event_index):
    response = client.get(
        f"{INDEX}?weekday=4&weekday=2&municipality=kotka&q=kuoro&sort=soonest&x=1"
    )

    expected = "q=kuoro&municipality=kotka&weekday=2&weekday=4&sort=soonest"
    assert response.context["canonical_query"] == expected


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sort=soonest", ""),
        ("sort=near", ""),
        ("near=48100&sort=near", "near=48100"),
        ("near=481 00", "near=48100"),
        ("near=48100&sort=name", "near=48100&sort=name"),
        ("age=017", "age=17"),
    ],
)
def test_what_goes_without_saying_is_left_out(client, event_index, query, kept):
    assert client.get(f"{INDEX}?{query}").context["canonical_query"] == kept


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("near=00100", "00100"),
        ("near=kotka", "kotka"),
        ("age=999", "0"),
        ("age=-1", "120"),
        ("from=2099-01-01", "2099-01-01"),
        ("to=0001-01-01", "0001-01-01"),
        ("from=9999-12-31", "9999-12-31"),
        ("to=ensi%20viikolla", "ensi viikolla"),
        ("page=-1", "-1"),
        ("page=0", "0"),
        ("page=abc", "abc"),
        ("sort=paras", "paras"),
        ("free=joskus", "joskus"),
    ],
)
def test_what_was_left_out_is_said(client, event_index, query, said):
    factories.make_event(event_index, "Kuoro")

    response = client.get(f"{INDEX}?{query}")

    form = response.context["form"]
    assert response.status_code == 200
    assert titles(response) == ["Kuoro"]
    assert any(said in text for text in [*form.explanations, *form.ignored])
    assert said in response.text


def test_last_day_before_the_first_is_left_out(client, event_index):
    today = timezone.localdate()
    query = {"from": today.isoformat(), "to": (today - timedelta(days=1)).isoformat()}

    response = client.get(INDEX, query)

    assert response.context["canonical_query"] == f"from={today.isoformat()}"
    assert response.context["form"].explanations


def test_more_keys_than_anybody_needs_are_refused(client, event_index):
    query = "&".join(f"weekday={number}" for number in range(1100))

    assert client.get(f"{INDEX}?{query}").status_code == 400


def test_narrowed_lists_are_not_for_search_engines(client, event_index):
    noindex = '<meta name="robots" content="noindex">'

    assert noindex not in client.get(INDEX).text
    assert noindex not in client.get(f"{INDEX}?municipality=kotka").text
    assert noindex in client.get(f"{INDEX}?municipality=kotka&weekday=2").text
    assert noindex in client.get(f"{INDEX}?from={timezone.localdate()}").text


# When nothing fits


def ways(response):
    return {way.label: way.count for way in response.context["ways_on"]}


def test_nothing_found_offers_what_comes_closest(client, event_index):
    factories.make_event(
        event_index, municipality=factories.town("kotka"), is_free=False
    )
    factories.make_event(
        event_index, municipality=factories.town("hamina"), is_free=True
    )
    factories.make_event(event_index, attendance="online", is_free=True)

    response = client.get(f"{INDEX}?municipality=kotka&free=1")

    assert ways(response) == {
        "Ilman valintaa ”Kotka”": 2,
        "Ilman valintaa ”Maksuton”": 1,
        "Haminassa": 1,
        "Ryhmät, joihin voit osallistua verkossa": 1,
        "Kaikki ryhmät ja tapahtumat": 3,
    }
    for way in response.context["ways_on"]:
        found = client.get(f"{INDEX}?{way.query}").context["results"]
        assert found.paginator.count == way.count


def test_far_from_anything_each_choice_by_itself_is_offered(client, event_index):
    factories.make_event(event_index, municipality=factories.town("kotka"))

    response = client.get(f"{INDEX}?municipality=kotka&free=1&age=5&remote=1")

    assert ways(response)["Vain ”Kotka”"] == 1


def test_without_any_groups_there_is_a_phone_number(client, event_index):
    event_index.advice_phone = "000 000 0000"
    event_index.save()

    response = client.get(f"{INDEX}?free=1")

    assert ways(response) == {}
    assert 'href="tel:0000000000"' in response.text


# Near me


def test_postal_code_is_where_its_venues_are(client, event_index):
    factories.make_event(
        event_index,
        "Karhulassa",
        venue=factories.make_venue(
            postal_code="48600", latitude=60.515, longitude=26.955
        ),
    )
    factories.make_event(
        event_index,
        "Turvassa",
        venue=factories.make_venue(
            postal_code="48600",
            latitude=60.40,
            longitude=26.80,
            is_address_protected=True,
        ),
    )

    response = client.get(f"{INDEX}?near=48600")
    codes = {
        code: place
        for code, *place in client.get(f"{INDEX}postal-codes.json").json()["codes"]
    }

    assert titles(response)[0] == "Karhulassa"
    assert "alle 1 km" in response.text
    assert codes["48600"] == [60.515, 26.955]
    town = factories.town("kouvola")
    assert codes["45100"] == [round(town.latitude, 4), round(town.longitude, 4)]


def test_protected_address_shows_no_distance(client, event_index):
    factories.make_event(
        event_index,
        "Turvassa",
        municipality=factories.town("kotka"),
        is_address_protected=True,
    )

    response = client.get(f"{INDEX}?near=48100")

    assert titles(response) == ["Turvassa"]
    assert "km päässä" not in response.text


def test_card_gives_the_number_of_the_buddy(client, event_index):
    factories.make_event(
        event_index, "Kuoro", buddy_available=True, buddy_phone="000 000 0099"
    )
    factories.make_event(event_index, "Kerho", buddy_phone="000 000 0098")

    response = client.get(f"{INDEX}?buddy=1")

    assert titles(response) == ["Kuoro"]
    assert "tel:0000000099" in response.text


def test_group_that_not_everybody_may_see_is_in_no_list(client, event_index):
    event = factories.make_event(event_index, "Vain jäsenille")
    assert titles(client.get(INDEX)) == ["Vain jäsenille"]

    restriction = PageViewRestriction.objects.create(
        page=event, restriction_type=PageViewRestriction.LOGIN
    )
    assert titles(client.get(INDEX)) == []

    restriction.delete()
    assert titles(client.get(INDEX)) == ["Vain jäsenille"]


def test_group_named_feed_gets_another_address(event_index):
    assert factories.make_event(event_index, "Feed").slug == "feed-1"
