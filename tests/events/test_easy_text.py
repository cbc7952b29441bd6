"""Easy Finnish texts made from a group's fields, word for word."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from events.date_rows import Starts, coming_dates
from events.easy_text import easy_text, heading_of, review_in_words
from events.easy_text.patterns import patterns
from events.enums import Kind, Leader, Pause
from events.languages import SPOKEN_LANGUAGES
from events.listing import Question, find
from events.models import (
    Break,
    EventPage,
    EventState,
    EventText,
    ExtraDate,
    OccurrenceChange,
    Venue,
)
from events.school_holidays import schedule_of
from home.models import Goal, Municipality, TargetGroup, Theme
from home.models.restrictions import restricted_paths
from tests import factories

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
SAMPLES = tomllib.loads(
    Path(__file__).with_name("easy_text.toml").read_text(encoding="utf-8")
)["sample"]
CLOCKS = ("start_time", "end_time")
MOMENTS = ("starts_at", "ends_at", "original_start", "new_start", "new_end")


def fields(row):
    """As the models have them: TOML has no bare clock before Python reads it."""
    read = dict(row)
    for name in CLOCKS:
        if name in read:
            read[name] = time.fromisoformat(read[name]) if read[name] else None
    for name in MOMENTS:
        if name in read:
            read[name] = datetime.fromisoformat(read[name]).replace(tzinfo=HELSINKI)
    return read


def made(index, sample):
    own = dict(sample.get("event", {}))
    price = own.pop("price", "")
    organisers = [
        factories.make_organisation(name={"fi": name})
        for name in own.pop("organisers", [])
    ]
    groups = [TargetGroup.objects.get(key=key) for key in own.pop("target_groups", [])]
    venue = dict(sample.get("venue", {}))
    if venue:
        venue["name"] = {"fi": venue["name"]}
        venue["municipality"] = factories.town(venue["municipality"])
        own["venue"] = factories.make_venue(**venue)
    return factories.make_event(
        index,
        texts=[EventText(language="fi", title="Ryhmä", lead="Lyhyt.", price=price)],
        rules=[
            factories.weekly_rule(**{"start_date": date(2026, 10, 27)} | fields(row))
            for row in sample.get("rule", [])
        ],
        dates=[ExtraDate(**fields(row)) for row in sample.get("date", [])],
        breaks=[Break(**row) for row in sample.get("break", [])],
        organisers=organisers,
        target_groups=groups,
        **{"contact_phone": "05 000 0000", "spoken_languages": []} | own,
    )


def told(event, state=None, now=NOW, changes=()):
    """By heading; a list's items after a hyphen."""
    dates = coming_dates(schedule_of(event), changes, Starts(), now)[:12]
    if state and state.is_paused:
        dates = []
    sections = easy_text(
        event,
        text=event.text_in("fi-simple"),
        schedule=schedule_of(event),
        dates=dates,
        breaks=event.breaks.all(),
        organisers=event.organisers.all(),
        state=state,
        now=now,
    )
    return {
        section.heading: [
            part
            for line in section.lines
            for part in (line.text, *(f"- {item}" for item in line.items))
        ]
        for section in sections
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_text_is_word_for_word_what_was_reviewed(event_index, sample):
    event = made(event_index, sample)
    state = EventState(event=event, **sample.get("state", {}))
    changes = [
        OccurrenceChange(event=event, **fields(row)) for row in sample.get("change", [])
    ]

    found = told(event, state, changes=changes)

    for heading, sentences in sample["expected"].items():
        assert found.get(heading, []) == sentences
    if sample.get("whole"):
        assert found == sample["expected"]


def test_there_are_enough_samples_and_each_kind_has_one():
    kinds = {sample.get("event", {}).get("kind", "group") for sample in SAMPLES}

    assert len(SAMPLES) >= 40
    assert kinds == set(Kind)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("kouvola", "Ryhmä on Kouvolassa."),
        ("kotka", "Ryhmä on Kotkassa."),
        ("hamina", "Ryhmä on Haminassa."),
        ("pyhtaa", "Ryhmä on Pyhtäällä."),
        ("virolahti", "Ryhmä on Virolahdella."),
        ("miehikkala", "Ryhmä on Miehikkälässä."),
    ],
)
def test_each_municipality_is_bent_as_people_say_it(event_index, key, sentence):
    event = factories.make_event(event_index, municipality=factories.town(key))

    assert told(event)["Missä?"][0] == sentence


def test_a_municipality_that_cannot_be_bent_stands_as_it_is(event_index):
    town = factories.town("kotka")
    town.in_name = {}
    town.save()
    event = factories.make_event(event_index, municipality=town)

    assert told(event)["Missä?"][0] == "Kunta on Kotka."


def test_every_choice_of_the_fields_has_its_words():
    known = patterns()

    assert set(known["kinds"]) == set(Kind)
    assert len({frozenset(words) for words in known["kinds"].values()}) == 1
    assert set(known["pauses"]) == set(Pause)
    assert set(known["leaders"]) == set(Leader)
    assert set(known["languages"]) == set(SPOKEN_LANGUAGES)
    assert set(Venue.ACCESS_FACTS) == set(known["access"])
    assert set(EventPage.FIRST_VISIT_FACTS) <= set(known["first_time"])


def test_every_target_group_has_its_words(db):
    keys = set(TargetGroup.objects.values_list("key", flat=True))

    assert keys == set(patterns()["target_groups"])


def test_a_target_group_that_staff_add_is_named_as_it_is(event_index):
    added = TargetGroup.objects.create(key="new", name={"fi": "Kesämökkiläiset"})
    event = factories.make_event(event_index, target_groups=[added])

    assert told(event)["Kenelle?"][0] == "Kenelle: Kesämökkiläiset."


def test_every_sentence_is_short_and_says_nothing_of_selkokieli():
    def sentences(part):
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            yield from part
        else:
            for value in part.values():
                yield from sentences(value)

    for sentence in sentences(patterns()):
        assert "selko" not in sentence.lower()
        assert len(sentence.split()) <= 12, sentence


def test_the_organisers_words_in_another_language_are_not_put_among_the_finnish(
    event_index,
):
    event = factories.make_event(
        event_index,
        main_language="sv",
        texts=[
            EventText(language="sv", title="Kafé", lead="Kaffe.", price="5 € per gång")
        ],
        contact_hours="må–fre kl. 9–12",
    )

    said = str(told(event))

    assert "per gång" not in said
    assert "må–fre" not in said


def test_braces_in_an_organisers_words_are_words(event_index):
    event = factories.make_event(
        event_index,
        texts=[EventText(language="fi", title="R", lead="L.", price="{0} {name}")],
    )

    assert told(event)["Mitä se maksaa?"] == ["Hinta: {0} {name}."]


def test_staff_are_told_that_nobody_has_reviewed_the_sentences():
    with translation.override("en"):
        assert "reviewed its sentences yet" in review_in_words()


@pytest.fixture
def event(event_index):
    return factories.make_event(
        event_index,
        "Perhekahvila",
        venue=factories.make_venue(name={"fi": "Esimerkkitalo"}),
        is_free=True,
    )


def test_readers_of_easy_finnish_get_the_text_above_the_organisers_own(client, event):
    text = client.get(event.path_in("fi-simple")).text

    assert heading_of(event) in text
    assert "Ryhmä kokoontuu tiistaisin." in text
    assert "Paikka on Esimerkkitalo." in text
    own = text.index("Järjestäjän oma teksti")
    assert text.index("Ryhmä kokoontuu tiistaisin.") < own < text.index("Juttua.")
    assert "Tämä teksti on tavallista suomea." in text


def test_a_series_that_a_past_break_has_put_off_goes_on_beside_another(
    client, event_index
):
    today = timezone.localdate()
    day = today.isoweekday()
    week_of_break = today - timedelta(weeks=2)

    def with_series(breaks):
        first = today - timedelta(weeks=4)
        return factories.make_event(
            event_index,
            rules=[
                factories.weekly_rule(weekdays=[day], start_date=first, count=4),
                factories.weekly_rule(weekdays=[1 + day % 7]),
            ],
            breaks=breaks,
        )

    put_off = with_series([Break(start_date=week_of_break, end_date=week_of_break)])
    in_time = with_series([])

    told_so = f"Ryhmä kokoontuu {patterns()['weekdays']['every'][day - 1]}."
    assert told_so in client.get(put_off.path_in("fi-simple")).text
    assert told_so not in client.get(in_time.path_in("fi-simple")).text


def test_other_languages_have_no_such_text(client, event):
    for language in ("fi", "sv", "en"):
        text = client.get(event.path_in(language)).text
        assert "Ryhmä kokoontuu tiistaisin." not in text, language


def test_an_easy_text_by_staff_is_not_called_ordinary_finnish(client, event_index):
    event = factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Kahvila", lead="Kahvia."),
            EventText(
                language="fi-simple", title="Kahvila", lead="K.", body="<p>Selkeä.</p>"
            ),
        ],
    )

    text = client.get(event.path_in("fi-simple")).text

    assert "Ryhmä kokoontuu tiistaisin." in text
    assert "Selkeä." in text
    assert "Tämä teksti on tavallista suomea." not in text


def test_a_protected_address_is_nowhere_in_easy_finnish_either(client, event_index):
    venue = factories.make_venue(
        name={"fi": "Salainen talo"},
        street_address="Piilokuja 3",
        nearest_stop="Piilopysäkki",
        locality="Piilokylä",
    )
    event = factories.make_event(event_index, venue=venue, is_address_protected=True)
    by_venue = factories.make_event(
        event_index,
        venue=factories.make_venue(
            name={"fi": "Salainen talo"}, is_address_protected=True
        ),
    )

    for hidden in (event, by_venue):
        text = client.get(hidden.path_in("fi-simple")).text
        assert "Ryhmä on Kotkassa." in text
        for secret in ("Salainen", "Piilo"):
            assert secret not in text


def test_what_nobody_has_confirmed_is_not_said_as_if_it_were_so(
    client, event, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        EventState.objects.create(event=event, stage="unconfirmed")

    text = client.get(event.path_in("fi-simple")).text

    assert "Emme tiedä, pitävätkö tiedot paikkansa." in text
    assert "Ryhmä kokoontuu tiistaisin." not in text


def test_a_cancelled_date_is_told_at_once(
    client, event, django_capture_on_commit_callbacks
):
    first = event.occurrences.upcoming().first()
    with django_capture_on_commit_callbacks(execute=True):
        OccurrenceChange.objects.create(
            event=event, original_start=first.original_start, kind="cancelled"
        )

    text = client.get(event.path_in("fi-simple")).text

    assert "on peruttu." in text
    assert "Ryhmä ei kokoonnu silloin." in text


def cost(client, address, settled):
    settled()
    client.get("/fi/ei-ole/")
    client.get("/fi-simple/ei-ole/")
    for model in (Goal, Theme, TargetGroup, Municipality):
        model.objects.in_memory()
    restricted_paths()
    find(Question())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_text_asks_no_more_of_the_database_than_the_page_does(
    client, event_index, settled
):
    def rich(number):
        today = timezone.localdate()
        return factories.make_event(
            event_index,
            rules=[factories.weekly_rule(weekdays=[1 + n % 7]) for n in range(number)],
            breaks=[Break(start_date=today, end_date=today) for _n in range(number)],
            organisers=[factories.make_organisation() for _n in range(number)],
            target_groups=list(TargetGroup.objects.all()[:number]),
            venue=factories.make_venue(),
        )

    few, many = rich(1), rich(4)

    in_finnish = cost(client, few.path_in("fi"), settled)
    assert cost(client, few.path_in("fi-simple"), settled) == in_finnish
    assert cost(client, many.path_in("fi-simple"), settled) == in_finnish
