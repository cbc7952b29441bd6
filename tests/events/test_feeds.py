"""Feeds of any list: the same groups as on its page, in the forms machines read."""

import json
import random
import re
from datetime import timedelta
from xml.etree import ElementTree

import icalendar
import pytest
from django.utils import timezone
from django.utils.http import urlencode

from events.enums import Attendance, Kind, TimeOfDay
from events.feeds import views
from events.filters import EventFilterForm
from events.models import EventPage, EventState, EventText, OccurrenceChange
from home.models import Goal, TargetGroup
from tests import factories

INDEX = "/fi/tapahtumat/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def small_pages(monkeypatch):
    """So that a few groups make several pieces."""
    monkeypatch.setattr(views, "MOST_GROUPS", 3)
    monkeypatch.setattr(views.json_feed, "GROUPS_ON_A_PAGE", 4)


def in_days(days, hour=14):
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def once(index, title, *days, **fields):
    dates = [factories.single_date(in_days(number)) for number in days or (3,)]
    return factories.make_event(index, title, dates=dates, **fields)


# The same groups everywhere


def ids_of_html(client, query):
    """Over all pages of the list; the first number of pages is in its links."""
    ids, number = [], 1
    while True:
        response = client.get(f"{INDEX}?{query}&page={number}")
        if response.status_code == 404:
            return ids
        results = response.text.partition('id="results"')[2].partition("</section>")[0]
        slugs = re.findall(rf'class="card-title"><a href="{INDEX}([\w-]+)/"', results)
        if not slugs:
            return ids
        known = dict(EventPage.objects.values_list("slug", "pk"))
        ids += [known[slug] for slug in slugs]
        number += 1


def ids_of_json(client, query):
    ids, address = [], f"{INDEX}feed.json?{query}"
    while address:
        feed = json.loads(client.get(address).content)
        ids += [int(item["id"]) for item in feed["items"]]
        address = feed.get("next_url")
    return ids


def channel_of(response):
    return ElementTree.fromstring(response.content)[0]  # noqa: S314 - Our own.


def ids_of_rss(client, query):
    ids, address = [], f"{INDEX}feed.rss?{query}"
    while address:
        channel = channel_of(client.get(address))
        ids += [int(item.findtext("guid")) for item in channel.iter("item")]
        following = channel.find(f"{ATOM}link[@rel='next']")
        address = following.get("href") if following is not None else None
    return ids


def ids_of_ics(client, query):
    """Without an order: a calendar sorts by time."""
    ids, number = set(), 1
    keys = {str(key): pk for key, pk in EventPage.objects.values_list(
        "translation_key", "pk")}  # fmt: skip
    while True:
        response = client.get(f"{INDEX}feed.ics?{query}&page={number}")
        if response.status_code == 404:
            return ids
        entries = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
        ids |= {keys[entry["UID"][:36]] for entry in entries}
        number += 1


def random_group(chance, index, number, terms):
    attendance = chance.choice([*Attendance])
    return factories.make_event(
        index,
        f"{chance.choice(['Kävely', 'Vertais', 'Äiti'])}ryhmä {number}",
        dates=[
            factories.single_date(in_days(day, chance.choice([9, 13, 18])))
            for day in chance.sample(range(1, 40), chance.randrange(1, 4))
        ],
        goals=chance.sample(terms["goals"], chance.randrange(1, 3)),
        kind=chance.choice([*Kind]),
        attendance=attendance,
        municipality=factories.town(chance.choice(["kotka", "kouvola", "hamina"])),
        is_free=chance.choice([True, False, None]),
        is_sensitive=chance.random() < 0.1,
        sign_up=chance.choice(["none", "required"]),
        min_age=chance.choice([None, 13, 65]),
        buddy_available=chance.choice([True, None]),
        spoken_languages=chance.choice([["fi"], ["fi", "sv"], ["en"]]),
    )  # fmt: skip


def random_query(chance):
    possible = {
        "q": ["kävelyryhmä", "ryhmä"],
        "type": Kind.values,
        "goal": ["healthy-habits", "meaningful-life", "tuntematon"],
        "theme": ["sleep", "falls", "tuntematon"],
        "municipality": ["kotka", "kouvola", "hamina"],
        "weekday": ["1", "2", "3", "4", "5"],
        "time": TimeOfDay.values,
        "language": ["fi", "sv", "en"],
        "from": [in_days(7).date().isoformat(), "2001-01-01"],
        "to": [in_days(30).date().isoformat()],
        "age": ["15", "70"],
        "free": ["1"],
        "remote": ["1"],
        "no_signup": ["1"],
        "buddy": ["1"],
        "near": ["48100"],
        "sort": ["soonest", "name", "near"],
    }
    keys = chance.sample(sorted(possible), chance.randrange(4))
    pairs = []
    for key in keys:
        values = possible[key]
        several = key in EventFilterForm.REPEATABLE
        many = chance.randrange(1, 3) if several else 1
        pairs += [
            (key, value) for value in chance.sample(values, min(many, len(values)))
        ]
    return urlencode(pairs)  # fmt: skip


def test_same_groups_in_html_and_every_feed_for_50_random_filters(
    client, event_index, settled, monkeypatch
):
    monkeypatch.setattr(views, "MOST_GROUPS", 25)
    monkeypatch.setattr(views.json_feed, "GROUPS_ON_A_PAGE", 20)
    chance = random.Random(3)
    terms = {
        "goals": list(Goal.objects.all()),
        "groups": list(TargetGroup.objects.all()),
    }
    for number in range(45):
        random_group(chance, event_index, number, terms)
    settled()
    sizes = set()

    for query in ["", *(random_query(chance) for _number in range(50))]:
        shown = ids_of_html(client, query)
        assert ids_of_json(client, query) == shown, query
        assert ids_of_rss(client, query) == shown, query
        assert ids_of_ics(client, query) == set(shown), query
        sizes.add(len(shown))

    assert len(sizes) > 5
    assert max(sizes) == 45


# JSON Feed


def feed_of(client, query="", language_index=INDEX):
    return json.loads(client.get(f"{language_index}feed.json?{query}").content)


def test_json_tells_what_a_card_tells(client, event_index):
    event = once(
        event_index,
        "Perhekahvila",
        3,
        venue=factories.make_venue(name={"fi": "Esimerkkitalo"}),
        is_free=True,
    )
    EventState.objects.create(event=event, confirmed_on=in_days(-4).date())

    feed = feed_of(client)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == f"http://testserver{INDEX}"
    assert feed["feed_url"] == f"http://testserver{INDEX}feed.json"
    assert feed["language"] == "fi"
    assert "next_url" not in feed
    (item,) = feed["items"]
    assert item["id"] == str(event.pk)
    assert item["url"] == f"http://testserver{INDEX}perhekahvila/"
    assert (item["title"], item["summary"]) == ("Perhekahvila", "Tule mukaan.")
    assert item["language"] == "fi"
    assert "Esimerkkitalo, Kotka" in item["content_text"]
    assert "expired" not in item
    group = item["_group"]
    assert group["next_start"] == in_days(3).isoformat()
    assert group["next_end"] == in_days(3, hour=15).isoformat()
    assert group["municipality"] == "kotka"
    assert group["venue"] == "Esimerkkitalo"
    assert group["is_free"] is True
    assert group["confirmed_on"] == in_days(-4).date().isoformat()


def test_offset_is_that_of_helsinki_on_the_day(client, event_index):
    summer = timezone.localtime().replace(month=7, day=1, hour=14) + timedelta(days=365)
    factories.make_event(event_index, dates=[factories.single_date(summer)])

    assert "+03:00" in feed_of(client)["items"][0]["_group"]["next_start"]


def test_each_language_has_its_feed_with_texts_that_exist(client, event_index):
    factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Kahvila", lead="Kahvia."),
            EventText(language="sv", title="Kafé", lead="Kaffe."),
        ],
        slug="kahvila",
    )
    once(event_index, "Kävely", 20)

    feed = feed_of(client, language_index="/sv/evenemang/")

    assert feed["language"] == "sv"
    told = [(item["title"], item["language"], item["url"]) for item in feed["items"]]
    assert told == [
        ("Kafé", "sv", "http://testserver/sv/evenemang/kahvila/"),
        ("Kävely", "fi", "http://testserver/sv/evenemang/kavely/"),
    ]


def test_next_date_is_right_before_the_rows_have_been_rolled_on(client, event_index):
    """`roll_events` comes some minutes after the date is over."""
    event = once(event_index, "Kerho", 2, 9)
    first = event.occurrences.first()
    event.search_row.next_start = first.starts_at - timedelta(days=7)
    event.search_row.next_over = first.over_at - timedelta(days=7)
    event.search_row.save()

    group = feed_of(client)["items"][0]["_group"]

    assert group["next_start"] == in_days(2).isoformat()


def test_next_date_passes_over_a_cancelled_one(client, event_index):
    event = once(event_index, "Kerho", 2, 9)
    cancel_first(event)

    group = feed_of(client)["items"][0]["_group"]

    assert group["next_start"] == in_days(9).isoformat()


def test_json_comes_in_pages_that_link_on(client, event_index, small_pages):
    for number in range(9):
        once(event_index, f"Kerho {number}", number + 1, is_free=number < 7)

    first = feed_of(client, "municipality=&free=1&kampanja=x")

    assert len(first["items"]) == 4
    assert first["next_url"] == f"http://testserver{INDEX}feed.json?free=1&page=2"
    second = feed_of(client, "free=1&page=2")
    assert [item["title"] for item in second["items"]] == [
        "Kerho 4",
        "Kerho 5",
        "Kerho 6",
    ]
    assert "next_url" not in second


# RSS


def test_rss_is_named_by_its_filters_and_holds_the_groups(client, event_index):
    event = once(event_index, "Perhekahvila", is_free=True)

    response = client.get(f"{INDEX}feed.rss?free=1")

    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = channel_of(response)
    assert channel.findtext("title").startswith("Ryhmät ja tapahtumat: ")
    assert channel.findtext("link") == f"http://testserver{INDEX}?free=1"
    assert channel.findtext("language") == "fi"
    own = channel.find(f"{ATOM}link[@rel='self']")
    assert own.get("href") == f"http://testserver{INDEX}feed.rss?free=1"
    (item,) = channel.iter("item")
    assert item.findtext("title") == "Perhekahvila"
    assert item.findtext("guid") == str(event.pk)
    assert item.findtext("link") == f"http://testserver{INDEX}perhekahvila/"
    assert "Tule mukaan." in item.findtext("description")


def test_rss_says_which_part_it_holds(client, event_index, small_pages):
    for number in range(5):
        once(event_index, f"Kerho {number}", number + 1)

    channel = channel_of(client.get(f"{INDEX}feed.rss"))

    assert "1–3" in channel.findtext("description")
    assert "5" in channel.findtext("description")


@pytest.mark.parametrize("ending", ["rss", "json", "ics"])
def test_characters_that_xml_forbids_are_left_out(client, event_index, ending):
    once(event_index, "Kerho\x0b <b>&amp;</b> \x1f\ufffe", slug="kerho")

    response = client.get(f"{INDEX}feed.{ending}?q=%0B%1F")

    assert response.status_code == 200
    if ending == "rss":
        assert channel_of(response).tag == "channel"
    if ending == "ics":
        icalendar.Calendar.from_ical(response.content)


# iCalendar


def cancel_first(event):
    date = event.occurrences.upcoming().first()
    OccurrenceChange.objects.create(
        event=event, original_start=date.original_start, kind="cancelled"
    )
    return date


def entries_of(client, query=""):
    response = client.get(f"{INDEX}feed.ics?{query}")
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_calendar_holds_four_weeks_and_at_least_the_next_date(client, event_index):
    once(event_index, "Viikoittain", 1, 8, 15, 22, 29, 36)
    once(event_index, "Keväällä", 100, 107)

    found = [(str(entry["SUMMARY"]), entry.start) for entry in entries_of(client)]

    assert found == [
        *(("Viikoittain", in_days(day)) for day in (1, 8, 15, 22)),
        ("Keväällä", in_days(100)),
    ]


def test_cancelled_date_to_come_is_in_the_calendar_as_cancelled(client, event_index):
    event = once(event_index, "Kerho", 1, 8)
    date = cancel_first(event)

    first, second = entries_of(client)

    assert (first.start, first["STATUS"]) == (date.starts_at, "CANCELLED")
    assert (second.start, second["STATUS"]) == (in_days(8), "CONFIRMED")


def test_date_is_the_same_in_the_calendar_of_a_list_and_in_its_own(client, event_index):
    once(event_index, "Kerho", 3)
    day = in_days(3).date()

    own = client.get(f"{INDEX}kerho/{day}.ics").content

    (entry,) = entries_of(client)
    (alone,) = icalendar.Calendar.from_ical(own).walk("VEVENT")
    # When each was written: a second may pass between them.
    assert abs(entry.pop("DTSTAMP").dt - alone.pop("DTSTAMP").dt) < timedelta(minutes=1)
    assert alone == entry


def test_calendar_says_what_it_holds(client, event_index, small_pages):
    for number in range(5):
        once(event_index, f"Kerho {number}", number + 1, is_free=True)

    calendar = icalendar.Calendar.from_ical(
        client.get(f"{INDEX}feed.ics?free=1").content
    )

    assert "1–3" in calendar["X-WR-CALDESC"]
    assert calendar["X-WR-CALNAME"] == calendar["NAME"]
    assert calendar["NAME"].startswith("Ryhmät ja tapahtumat: ")
    assert len(calendar.walk("VEVENT")) == 3


# All of them

ENDINGS = pytest.mark.parametrize("ending", ["ics", "rss", "json"])


@ENDINGS
def test_feed_of_nothing_is_a_feed(client, event_index, ending):
    response = client.get(f"{INDEX}feed.{ending}?municipality=miehikkala")

    assert response.status_code == 200
    assert "charset=utf-8" in response.headers["Content-Type"]


@ENDINGS
def test_feed_may_be_read_from_anywhere_and_is_kept_like_a_page(
    client, event_index, settled, ending
):
    once(event_index, "Kerho")
    settled()

    response = client.get(f"{INDEX}feed.{ending}?kampanja=1&free=")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert f"feed.{ending}" in response.headers["Content-Disposition"]
    assert not response.cookies
    again = client.get(
        f"{INDEX}feed.{ending}?free=",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304


@ENDINGS
@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=0",
        "page=x",
        "page=%EF%BC%91",
        "sort=x",
        "municipality=x",
        "near=99999",
        "from=2031-01-01&to=1990-01-01",
        "age=1e9",
        "weekday=8",
    ],
)
def test_what_nobody_knows_is_ignored(client, event_index, ending, query):
    once(event_index, "Kerho")

    response = client.get(f"{INDEX}feed.{ending}?{query}")

    assert response.status_code == 200
    assert b"Kerho" in response.content


@ENDINGS
def test_page_after_the_last_is_404(client, event_index, ending):
    once(event_index, "Kerho")

    for number in ("2", "99999999999999999999"):
        address = f"{INDEX}feed.{ending}?page={number}"
        assert client.get(address).status_code == 404


@ENDINGS
def test_thousand_keys_are_a_bad_request(client, event_index, ending):
    query = "&".join(["goal=x"] * 1001)

    assert client.get(f"{INDEX}feed.{ending}?{query}").status_code == 400


@ENDINGS
def test_nul_in_a_value_is_no_error(client, event_index, ending):
    response = client.get(f"{INDEX}feed.{ending}?municipality=%00&near=%00")

    assert response.status_code in {200, 400}


@pytest.mark.parametrize(
    ("ending", "most_queries"), [("json", 8), ("rss", 8), ("ics", 10)]
)
def test_feed_costs_the_same_whatever_its_length(
    client, event_index, settled, django_assert_max_num_queries, ending, most_queries
):
    for number in range(3):
        if number:
            for more in range(8):
                event = once(
                    event_index,
                    f"Kerho {number} {more}",
                    1,
                    60,
                    venue=factories.make_venue() if more % 2 else None,
                    municipality=factories.town(),
                    organisers=[factories.make_organisation()],
                )
                cancel_first(event)
        settled()
        client.get(f"{INDEX}feed.{ending}?free=1")
        with django_assert_max_num_queries(most_queries):
            client.get(f"{INDEX}feed.{ending}")
