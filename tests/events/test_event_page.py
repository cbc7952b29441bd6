"""An event's page, in each language's own address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.listing import Question, find
from events.models import Break, EventState, EventText, OccurrenceChange
from home.models import Goal, Municipality, TargetGroup, Theme
from home.models.restrictions import restricted_paths
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


def cost(client, address, settled):
    """The queries of a request that no cache answers."""
    settled()
    client.get("/fi/ei-ole/")
    for model in (Goal, Theme, TargetGroup, Municipality):
        model.objects.in_memory()
    restricted_paths()
    find(Question())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def rich_event(index, number, **fields):
    """With so many of each thing that a page lists."""
    today = timezone.localdate()
    return factories.make_event(
        index,
        rules=[factories.weekly_rule(weekdays=[1 + n % 7]) for n in range(number)],
        breaks=[
            Break(start_date=today + timedelta(days=9), end_date=today + timedelta(10))
            for _number in range(number)
        ],
        organisers=[factories.make_organisation() for _number in range(number)],
        goals=list(Goal.objects.all()[:number]),
        target_groups=list(TargetGroup.objects.all()[:number]),
        venue=factories.make_venue(),
        contact_phone="05 000 0000",
        **fields,
    )


def test_page_costs_the_same_with_few_and_many_of_everything(
    client, event_index, settled
):
    few, many = rich_event(event_index, 1), rich_event(event_index, 4)

    assert cost(client, few.path_in("fi"), settled) == 6
    assert cost(client, many.path_in("fi"), settled) == 6


@pytest.mark.parametrize(
    "state",
    [
        {"is_full": True},
        {"is_paused": True},
        {"ended_on": timezone.localdate() - timedelta(days=2)},
    ],
)
def test_page_with_similar_groups_costs_no_more_than_eight_queries(
    client, event_index, settled, state
):
    event = rich_event(event_index, 3)
    for _number in range(5):
        rich_event(event_index, 2)
    EventState.objects.create(event=event, **state)

    assert cost(client, event.path_in("fi"), settled) <= 8


def test_page_without_a_coming_date_costs_no_more_than_eight_queries(
    client, event_index, settled
):
    event = factories.make_event(
        event_index, dates=[factories.single_date(timezone.now() - timedelta(days=9))]
    )
    EventState.objects.create(event=event, is_full=True)
    factories.make_event(event_index)

    assert cost(client, event.path_in("fi"), settled) <= 8


def test_goals_and_target_groups_are_shown_on_and_off_the_index(client, event_index):
    event = factories.make_event(
        event_index,
        goals=[factories.goal("safe-everyday")],
        target_groups=[TargetGroup.objects.get(key="carers")],
    )

    def shows_them():
        text = client.get(event.path_in("fi")).text
        return "look-shelter" in text and "Omaishoitajat" in text

    assert shows_them()
    EventState.objects.create(event=event, is_paused=True)
    assert shows_them()


@pytest.mark.parametrize(
    "state",
    [
        {"is_full": True},
        {"is_paused": True},
        {"ended_on": timezone.localdate() - timedelta(days=2)},
    ],
)
def test_three_similar_groups_stand_in_for_one_that_cannot_be_joined(
    client, event_index, state
):
    event = factories.make_event(event_index, "Täynnä")
    others = [
        factories.make_event(event_index, f"Samanlainen {number}")
        for number in range(5)
    ]
    assert "Samanlainen" not in client.get(event.path_in("fi")).text

    EventState.objects.create(event=event, **state)
    text = client.get(event.path_in("fi")).text

    assert text.count('class="card event-card') == 3
    assert sum(other.title in text for other in others) == 3
    assert 'href="#similar"' in text


def test_full_group_still_tells_its_dates_and_a_paused_one_does_not(
    client, event_index
):
    full = factories.make_event(event_index)
    paused = factories.make_event(event_index)
    EventState.objects.create(event=full, is_full=True)
    EventState.objects.create(event=paused, is_paused=True)

    assert '<ul class="dates">' in client.get(full.path_in("fi")).text
    assert '<ul class="dates">' not in client.get(paused.path_in("fi")).text


def test_buddy_has_a_number_its_own_or_the_groups(client, event_index):
    own = factories.make_event(
        event_index, buddy_available=True, buddy_phone="05 111 1111"
    )
    shared = factories.make_event(
        event_index, buddy_available=True, contact_phone="05 222 2222"
    )
    without = factories.make_event(event_index, buddy_available=False)

    for event, number in ((own, "tel:051111111"), (shared, "tel:052222222")):
        text = client.get(event.path_in("fi")).text
        buddy = text[text.index('class="buddy') :]
        assert number in buddy[: buddy.index("</p>")]
    assert 'class="buddy' not in client.get(without.path_in("fi")).text


def test_access_facts_say_yes_no_and_not_known(client, event):
    text = client.get(event.path_in("fi")).text

    assert 'is-yes">Esteetön sisäänkäynti: <strong>kyllä' in text
    assert 'is-no">Hissi: <strong>ei<' in text
    assert 'is-unknown">Luiska: <strong>ei tiedossa' in text


def test_page_leads_to_its_organiser_and_its_place(client, event):
    text = client.get(event.path_in("sv")).text
    paths = [event.organisers.get().path_in("sv"), event.venue.path_in("sv")]

    for path in paths:
        assert f'href="{path}"' in text
        assert f'href="{path}#groups"' in text
        assert client.get(path).status_code == 200


def test_each_date_and_the_series_go_to_ones_own_calendar(
    client, event, django_capture_on_commit_callbacks
):
    first, second = event.occurrences.upcoming()[:2]
    moved = first.original_start + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        OccurrenceChange.objects.create(
            event=event,
            original_start=first.original_start,
            kind="moved",
            new_start=moved,
        )
        OccurrenceChange.objects.create(
            event=event, original_start=second.original_start, kind="cancelled"
        )
    text = client.get(event.path_in("fi")).text

    def address(moment):
        day = timezone.localdate(moment).isoformat()
        return f'href="/fi/tapahtumat/perhekahvila/{day}.ics"'

    assert 'href="/fi/tapahtumat/perhekahvila.ics"' in text
    assert address(first.original_start) in text
    assert address(moved) not in text
    assert address(second.original_start) not in text


def test_break_among_the_shown_dates_is_told(client, event_index):
    today = timezone.localdate()
    event = factories.make_event(
        event_index,
        breaks=[
            Break(
                start_date=today + timedelta(weeks=2),
                end_date=today + timedelta(weeks=4),
                reason={"fi": "hiihtoloma"},
            ),
            Break(
                start_date=today + timedelta(weeks=60),
                end_date=today + timedelta(weeks=61),
                reason={"fi": "vuoden päästä"},
            ),
        ],
    )

    text = client.get(event.path_in("fi")).text

    assert "hiihtoloma" in text
    assert "vuoden päästä" not in text


def test_venue_with_a_protected_address_is_not_told(client, event_index):
    venue = factories.make_venue(
        name={"fi": "Salainen talo"},
        street_address="Piilokuja 3",
        directions={"fi": "Soita ovikelloa."},
        is_address_protected=True,
    )
    event = factories.make_event(event_index, venue=venue)

    text = client.get(event.path_in("fi")).text

    for part in ("Salainen talo", "Piilokuja", "ovikelloa", venue.slug):
        assert part not in text
    assert "Kotka" in text


def test_page_behind_a_password_is_not_shown_without_it(client, event):
    PageViewRestriction.objects.create(
        page=event, restriction_type="password", password="avain"
    )

    for language in ("fi", "sv"):
        assert "Leikimme ja juttelemme." not in client.get(event.path_in(language)).text


def test_address_of_an_unknown_group_is_404(client, event):
    for address in ("/fi/tapahtumat/ei-ole/", "/fi/tapahtumat/perhekahvila/lisaa/"):
        assert client.get(address).status_code == 404
