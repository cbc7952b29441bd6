"""What may not be seen is in no output: a sensitive subject, a protected address."""

import re
from datetime import timedelta
from urllib.parse import unquote

import icalendar
import pytest
from django.utils import timezone

from events.models import EventText, OccurrenceChange
from tests import factories

SUBJECT = ("Kanarialintu", "kanarialintu", "Keltavarpunen", "keltavarpunen")
"""Words of the name, slug, lead, note, organiser and contact."""
ADDRESS = (
    "Harmaahaikara",
    "harmaahaikara",
    "Koskikara",
    "KO-49871",
    "60.9871",
    "26.9871",
)
"""Words of the venue, its street, its code, its directions, and where it stands."""
FEEDS = ("feed.ics", "feed.rss", "feed.json")
INDEXES = ("/fi/tapahtumat/", "/sv/evenemang/", "/en/events/", "/fi-simple/tapahtumat/")


def make_protected(event_index, *, by_venue=False, **fields):
    """A group with canaries in every field that could tell where it meets."""
    venue = factories.make_venue(
        name={"fi": "Harmaahaikara-talo", "sv": "Harmaahaikara"},
        slug="harmaahaikara",
        street_address="Koskikarankatu 3",
        postal_code="KO-49871",
        directions={"fi": "Koskikaran takana."},
        nearest_stop="Koskikara P",
        latitude=60.9871,
        longitude=26.9871,
        is_address_protected=by_venue,
    )
    return factories.make_event(
        event_index,
        texts=[
            EventText(
                language="fi",
                title="Kanarialintu",
                lead="Keltavarpunen kertoo.",
                place_note="Koskikaran ovesta.",
            )
        ],
        slug="kanarialintu",
        venue=venue,
        is_address_protected=not by_venue,
        contact_name="Kanarialinnun neuvoja",
        contact_email="kanarialintu@example.org",
        contact_phone="05 000 1234",
        organisers=[
            factories.make_organisation(
                name={"fi": "Keltavarpunen ry"},
                slug="keltavarpunen-ry",
                email="ry@keltavarpunen.example",
            )
        ],
        goals=[factories.goal("healthy-habits")],
        **fields,
    )


@pytest.fixture(params=["by the page", "by the venue"])
def event(request, event_index):
    event = make_protected(
        event_index, by_venue=request.param == "by the venue", is_sensitive=True
    )
    first, second, *_rest = event.occurrences.upcoming()
    OccurrenceChange.objects.create(
        event=event,
        original_start=first.original_start,
        kind="cancelled",
        note={"fi": "Keltavarpunen on kipeä."},
    )
    OccurrenceChange.objects.create(
        event=event,
        original_start=second.original_start,
        kind="moved",
        new_start=second.starts_at + timedelta(days=1),
        note={"fi": "Keltavarpusen vuoksi."},
    )
    return event


def tells(response):
    """Headers and body, unfolded, with escapes undone."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    body = response.text.replace("\r\n ", "").replace("\\u00", "%")
    return unquote(f"{headers}\n{body}")


def found(words, text):
    return [word for word in words if word in text]


def days_of(event):
    starts = event.occurrences.values_list("original_start", flat=True)
    return sorted({timezone.localdate(start) for start in starts})


@pytest.mark.parametrize("index", INDEXES)
def test_calendar_tells_neither_subject_nor_address(client, event, index):
    addresses = [f"{index}kanarialintu.ics", f"{index}feed.ics"]
    addresses += [f"{index}kanarialintu/{day}.ics" for day in days_of(event)[:6]]

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert not found((*SUBJECT, *ADDRESS), tells(response)), address
        assert "05 000 1234" in tells(response)
        for entry in icalendar.Calendar.from_ical(response.content).walk("VEVENT"):
            assert entry["CLASS"] == "PRIVATE"
            for name in ("URL", "ORGANIZER", "CONTACT", "GEO", "CATEGORIES"):
                assert name not in entry


def test_calendar_calls_it_by_its_kind_and_town(client, event):
    response = client.get("/fi/tapahtumat/kanarialintu.ics")

    entry = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert entry["SUMMARY"] == "Ryhmä Kotkassa"
    assert entry["LOCATION"] == "Kotka"
    assert 'filename="ryhma-kotkassa.ics"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("feed", FEEDS)
def test_feeds_tell_the_subject_in_the_link_to_the_page_only(
    client, event, index, feed
):
    text = tells(client.get(f"{index}{feed}"))

    assert not found((*SUBJECT, *ADDRESS), text.replace(f"{index}kanarialintu/", ""))
    if feed != "feed.ics":
        assert f"{index}kanarialintu/" in text


@pytest.mark.parametrize("index", INDEXES)
def test_tab_and_share_preview_are_neutral(client, event, index):
    text = client.get(f"{index}kanarialintu/").text

    head = text[: text.index("</head>")]
    assert not found(SUBJECT, re.sub(r'(href|content)="http[^"]*"', "", head))
    assert "Kanarialintu" in text


def test_address_is_on_no_page(client, event, homes):
    factories.make_goal_page(homes["fi"], "healthy-habits")
    addresses = [
        "/fi/",
        "/fi/healthy-habits/",
        "/fi/haku/?q=kanarialintu",
        "/fi/jarjestajat/",
        "/fi/jarjestajat/keltavarpunen-ry/",
        "/fi/tapahtumat/?near=48100",
        "/fi/tapahtumat/?sort=near&near=48100",
        "/sitemap-pages.xml",
        "/sitemap-events.xml",
        *INDEXES,
        *(f"{index}kanarialintu/" for index in INDEXES),
    ]

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not found(ADDRESS, tells(response)), address


def test_protected_venue_has_no_page(client, event_index):
    make_protected(event_index, by_venue=True)

    assert client.get("/fi/paikat/harmaahaikara/").status_code == 404
    for address in ("/fi/paikat/", "/sitemap-venues.xml"):
        assert not found(ADDRESS, client.get(address).text), address


def test_page_of_a_venue_does_not_tell_of_a_group_that_hides_there(client, event_index):
    event = make_protected(event_index)
    factories.make_event(event_index, "Kuoro", venue=event.venue)

    text = client.get("/fi/paikat/harmaahaikara/").text

    assert "Kuoro" in text
    assert not found(SUBJECT, text)


def test_search_by_the_venue_does_not_find_who_hides_there(client, event_index):
    make_protected(event_index)

    for word in ("Harmaahaikara", "Koskikarankatu"):
        text = client.get(f"/fi/tapahtumat/feed.json?q={word}").text
        assert "kanarialintu" not in text


def test_protected_group_that_is_not_sensitive_keeps_its_name(client, event_index):
    make_protected(event_index)

    for feed in FEEDS:
        text = tells(client.get(f"/fi/tapahtumat/{feed}"))
        assert "Kanarialintu" in text
        assert not found(ADDRESS, text)
    series = tells(client.get("/fi/tapahtumat/kanarialintu.ics"))
    assert "SUMMARY;LANGUAGE=fi:Kanarialintu" in series
    assert not found(ADDRESS, series)


def test_sensitive_group_with_an_open_address_tells_the_street_alone(
    client, event_index
):
    """Those who come have to find there, but the name of a house may tell too much."""
    factories.make_event(
        event_index,
        "Kanarialintu",
        venue=factories.make_venue(
            name={"fi": "Harmaahaikara-klinikka"}, latitude=60.98, longitude=26.98
        ),
        is_sensitive=True,
    )

    text = tells(client.get("/fi/tapahtumat/kanarialintu.ics"))

    assert "LOCATION:Esimerkkikatu 1\\, 48100 Kotka" in text
    assert not found(("Harmaahaikara", "GEO"), text)
