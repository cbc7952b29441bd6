"""An event's page, in each language's own address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventState, EventText, OccurrenceChange
from tests import factories


@pytest.fixture
def event(event_indexes):
    return factories.make_event(
        event_indexes["fi"],
        texts=[
            EventText(
                language="fi",
                title="Perhekahvila",
                lead="Kahvia ja seuraa.",
                body="<p>Leikimme ja juttelemme.</p>",
                first_visit="<p>Ohjaaja on ovella.</p>",
            ),
            EventText(language="sv", title="Familjekafé", lead="Kaffe och sällskap."),
        ],
        venue=factories.make_venue(
            name={"fi": "Esimerkkitalo, Kotka"}, step_free_entrance=True, lift=False
        ),
        organisers=[factories.make_organisation(name={"fi": "Esimerkkiseurakunta"})],
        come_alone_ok=True,
        is_free=True,
    )


def test_page_tells_what_one_needs_to_come(client, event):
    text = client.get(event.path_in("fi")).text

    for part in (
        "Perhekahvila",
        "Leikimme ja juttelemme.",
        "Ohjaaja on ovella.",
        "Esimerkkitalo, Kotka",
        "Esimerkkikatu 1",
        "Esimerkkiseurakunta",
        "tel:0000000000",
        "14.00",
    ):
        assert part in text


def test_each_language_has_its_address_and_text(client, event):
    swedish = client.get("/sv/evenemang/perhekahvila/").text

    assert "Familjekafé" in swedish
    assert '<html lang="sv"' in swedish
    assert client.get("/en/events/perhekahvila/").status_code == 200


def test_without_a_text_the_main_one_is_shown_and_canonical_points_there(client, event):
    text = client.get("/en/events/perhekahvila/").text

    assert '<html lang="en"' in text
    assert 'lang="fi"' in text
    assert (
        '<link rel="canonical" href="http://testserver/fi/tapahtumat/perhekahvila/">'
        in text
    )


def test_cancelled_date_is_shown_as_cancelled(
    client, event, django_capture_on_commit_callbacks
):
    date = event.occurrences.upcoming().first()
    with django_capture_on_commit_callbacks(execute=True):
        OccurrenceChange.objects.create(
            event=event,
            original_start=date.original_start,
            kind="cancelled",
            note={"fi": "Ohjaaja on sairas."},
        )

    text = client.get(event.path_in("fi")).text

    assert "Peruttu" in text
    assert "Ohjaaja on sairas." in text


def test_ended_group_says_so(client, event, django_capture_on_commit_callbacks):
    EventState.objects.create(
        event=event, ended_on=timezone.localdate() - timedelta(days=2)
    )

    assert "päättynyt" in client.get(event.path_in("fi")).text.lower()


def test_protected_address_is_nowhere(client, event_index):
    venue = factories.make_venue(
        name={"fi": "Salainen talo"}, street_address="Piilokuja 3"
    )
    event = factories.make_event(
        event_index, "Turvallinen arki", venue=venue, is_address_protected=True
    )

    for address in (event.path_in("fi"), "/fi/tapahtumat/", "/fi/"):
        text = client.get(address).text
        assert "Piilokuja" not in text
        assert "Salainen talo" not in text
    assert "Kotka" in client.get(event.path_in("fi")).text


def test_sensitive_group_has_a_neutral_title_and_a_way_out(client, event_index):
    event = factories.make_event(
        event_index,
        "Läheisen tuki",
        is_sensitive=True,
        venue=factories.make_venue(),
    )

    text = client.get(event.path_in("fi")).text
    title = text[text.index("<title>") : text.index("</title>")]

    assert "Läheisen tuki" not in title
    assert 'property="og:title" content="Läheisen' not in text
    assert "quick-exit" in text


def test_unpublished_event_is_404_in_every_language(client, event):
    event.unpublish()

    for language in ("fi", "sv", "en", "fi-simple"):
        assert client.get(event.path_in(language)).status_code == 404


def test_main_text_gives_the_page_its_title_and_slug(event):
    assert event.title == "Perhekahvila"
    assert event.slug == "perhekahvila"


def test_event_costs_the_same_whatever_its_number_of_dates(
    client, event_index, settled, django_assert_max_num_queries
):
    event = factories.make_event(
        event_index, rules=[factories.weekly_rule(weekdays=[1, 2, 3, 4, 5, 6, 7])]
    )
    settled()
    client.get("/fi/ei-ole/")

    with django_assert_max_num_queries(18):
        client.get(event.path_in("fi"))
