"""The groups in memory: right after every change, in the asked order."""

import random
from datetime import datetime, time, timedelta

import numpy as np
import pytest
from django.utils import timezone

from events.derived import refresh_search_row
from events.enums import Feature, TimeOfDay
from events.languages import LANGUAGE_BITS
from events.listing import Point, Question, Sort, find, similar_events
from events.listing.columns import Columns
from events.listing.table import TABLE
from events.models import EventState, OccurrenceChange, RemovedRow, SearchRow
from events.recurrence import LOCAL
from home.models import ContentVersion, Goal, Municipality, Theme
from tests import factories


def names(found):
    return [card.title for card in found.cards(0, 100)]


def local(day, clock):
    return datetime.combine(day, clock, tzinfo=LOCAL)


def test_published_unpublished_and_deleted_groups_are_known_at_once(event_index):
    first = factories.make_event(event_index, "Kuoro")
    assert names(find(Question())) == ["Kuoro"]

    second = factories.make_event(event_index, "Kerho")
    assert find(Question()).total == 2

    first.unpublish()
    assert names(find(Question())) == ["Kerho"]

    first.save_revision().publish()
    assert find(Question()).total == 2

    second.delete()
    assert names(find(Question())) == ["Kuoro"]
    assert RemovedRow.objects.count() == 1


def test_paused_group_goes_and_comes_back(event_index):
    event = factories.make_event(event_index, "Kuoro")
    find(Question())

    state = EventState.objects.create(event=event, is_paused=True)
    assert find(Question()).total == 0

    state.is_paused = False
    state.save()
    assert names(find(Question())) == ["Kuoro"]


def test_change_is_seen_without_reading_everything(
    event_index, settled, django_assert_max_num_queries
):
    events = [factories.make_event(event_index) for _number in range(3)]
    find(Question())
    events[0].is_free = True
    events[0].save()

    # The version, the changed and the removed rows, and the taxonomies.
    settled()
    with django_assert_max_num_queries(8):
        assert find(Question(features=[Feature.FREE])).total == 1
    with django_assert_max_num_queries(0):
        find(Question(features=[Feature.FREE])).event_ids(0, 20)


def test_time_passing_moves_groups_to_their_next_date(event_index, monkeypatch):
    now = timezone.now()
    first = factories.single_date(now + timedelta(minutes=1))
    second = factories.single_date(now + timedelta(days=1))
    factories.make_event(event_index, "Kaksi kertaa", dates=[first, second])
    factories.make_event(event_index, "Kerran", dates=[first])
    assert find(Question()).total == 2

    later = first.ends_at + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    found = find(Question())

    assert names(found) == ["Kaksi kertaa"]
    (card,) = found.cards(0, 20)
    assert card.next_start == second.starts_at.replace(microsecond=0)


def test_weekday_that_is_over_is_no_longer_found(event_index, monkeypatch):
    now = timezone.now()
    tomorrow = factories.single_date(now + timedelta(days=1))
    later_on = factories.single_date(now + timedelta(days=3))
    factories.make_event(event_index, dates=[tomorrow, later_on])
    weekday = timezone.localtime(tomorrow.starts_at).isoweekday()
    assert find(Question(weekdays=[weekday])).total == 1

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=2))

    assert find(Question(weekdays=[weekday])).total == 0
    assert find(Question()).total == 1


def test_weekday_and_part_of_day_belong_together(event_index):
    factories.make_event(
        event_index,
        rules=[
            factories.weekly_rule(weekdays=[1], start_time=time(9), end_time=None),
            factories.weekly_rule(weekdays=[2], start_time=time(18), end_time=None),
        ],
    )

    def total(weekdays, times):
        return find(Question(weekdays=weekdays, times=times)).total

    assert total([1], [TimeOfDay.MORNING]) == 1
    assert total([2], [TimeOfDay.EVENING]) == 1
    assert total([1], [TimeOfDay.EVENING]) == 0
    found = find(Question(times=[TimeOfDay.EVENING]))
    assert found.weekday_counts() == [0, 1, 0, 0, 0, 0, 0]
    assert found.time_counts() == [1, 0, 1]


def test_any_meeting_between_the_days_counts(event_index):
    today = timezone.localdate()
    days = [today + timedelta(days=3), today + timedelta(days=200)]
    factories.make_event(
        event_index,
        dates=[factories.single_date(local(day, time(12))) for day in days],
    )

    def total(first, last):
        return find(Question(first_day=first, last_day=last)).total

    assert total(days[0], days[0]) == 1
    assert total(days[1], None) == 1
    assert total(days[0] + timedelta(days=1), days[1] - timedelta(days=1)) == 0
    assert total(None, days[0] - timedelta(days=1)) == 0
    assert total(days[1] + timedelta(days=1), None) == 0


def test_cancelled_date_is_not_found_by_its_day(event_index):
    today = timezone.localdate()
    soon = local(today + timedelta(days=2), time(12))
    later = local(today + timedelta(days=9), time(12))
    event = factories.make_event(
        event_index, dates=[factories.single_date(day) for day in (soon, later)]
    )

    OccurrenceChange.objects.create(
        event=event, original_start=soon, kind="cancelled", note={}
    )

    assert find(Question(last_day=today + timedelta(days=3))).total == 0
    assert find(Question(last_day=today + timedelta(days=10))).total == 1


def test_nearest_groups_come_first_and_far_ones_not_at_all(event_index):
    near = factories.make_venue(latitude=60.47, longitude=26.94)
    nearer = factories.make_venue(latitude=60.4664, longitude=26.9458)
    far = factories.make_venue(
        latitude=60.87, longitude=26.70, municipality=factories.town("kouvola")
    )
    factories.make_event(event_index, "Lähellä", venue=near)
    factories.make_event(event_index, "Aivan vieressä", venue=nearer)
    factories.make_event(event_index, "Kouvolassa", venue=far)
    factories.make_event(event_index, "Verkossa", attendance="online")

    found = find(Question(near=Point(60.4664, 26.9458), sort=Sort.NEAR))

    assert names(found) == ["Aivan vieressä", "Lähellä"]
    assert [round(card.distance_km, 1) for card in found.cards(0, 9)] == [0.0, 0.5]


def test_protected_address_is_as_far_as_the_middle_of_its_municipality(event_index):
    venue = factories.make_venue(latitude=60.55, longitude=26.80)
    factories.make_event(event_index, venue=venue, is_address_protected=True)

    row = SearchRow.objects.get()

    town = factories.town()
    assert (row.latitude, row.longitude) == (town.latitude, town.longitude)
    assert row.venue is None


def test_by_name_puts_a_with_a_ring_last(event_index):
    for name in ("Äitikerho", "Zumba", "Ompeluseura", "Åbo-ryhmä", "aamukahvit"):
        factories.make_event(event_index, name)

    assert names(find(Question(sort=Sort.NAME))) == [
        *("aamukahvit", "Ompeluseura", "Zumba", "Åbo-ryhmä", "Äitikerho")
    ]


def test_ages_without_limits_fit_everybody(event_index):
    factories.make_event(event_index, "Kaikille")
    factories.make_event(event_index, "Nuorille", min_age=13, max_age=29)
    factories.make_event(event_index, "Aikuisille", min_age=18)

    assert sorted(names(find(Question(age=15)))) == ["Kaikille", "Nuorille"]
    assert sorted(names(find(Question(age=80)))) == ["Aikuisille", "Kaikille"]


def test_similar_groups_share_a_theme_and_are_near(event_index):
    theme, other = Theme.objects.all()[:2]
    event = factories.make_event(
        event_index, "Täysi ryhmä", municipality=factories.town()
    )
    for name, chosen, town in (
        ("Sama teema, Kotka", theme, "kotka"),
        ("Sama teema, Kouvola", theme, "kouvola"),
        ("Muu teema", other, "kotka"),
    ):
        made = factories.make_event(
            event_index, name, municipality=factories.town(town)
        )
        made.themes = [chosen]
        made.save()
    event.themes = [theme]
    event.save()

    found = [card.title for card in similar_events(event)]

    assert found == ["Sama teema, Kotka", "Sama teema, Kouvola", "Muu teema"]


def test_similar_groups_have_room_and_are_no_more_sensitive(event_index):
    theme = Theme.objects.first()
    event = factories.make_event(event_index, "Ryhmä")
    full = factories.make_event(event_index, "Täynnä")
    sensitive = factories.make_event(event_index, "Arka aihe", is_sensitive=True)
    fitting = factories.make_event(event_index, "Sopiva")
    for each in (event, full, sensitive, fitting):
        each.themes = [theme]
        each.save()
    EventState.objects.create(event=full, is_full=True)

    assert [card.title for card in similar_events(event)] == ["Sopiva"]
    assert {card.title for card in similar_events(sensitive)} == {
        "Ryhmä",
        "Sopiva",
    }


# Against a plain count


def fill(event_index, number):
    """Groups of every sort, the same each time."""
    chance = random.Random(7)
    goals = list(Goal.objects.all())
    towns = list(Municipality.objects.all())
    for each in range(number):
        town = chance.choice([*towns, None])
        event = factories.make_event(
            event_index,
            f"Ryhmä {each}",
            kind=chance.choice(["group", "event", "course"]),
            goals=chance.sample(goals, 2),
            municipality=town,
            attendance=chance.choice(["on-site", "online", "mixed"]),
            is_free=chance.choice([True, False, None]),
            sign_up=chance.choice(["none", "required"]),
            spoken_languages=chance.sample(["fi", "sv", "en"], 2),
            min_age=chance.choice([None, 13, 18]),
            rules=[
                factories.weekly_rule(
                    weekdays=chance.sample(range(1, 8), 2),
                    start_time=time(chance.choice([9, 13, 18])),
                    end_time=None,
                )
            ],
        )
        if each % 5 == 0:
            event.unpublish()


def rows_and_starts():
    """Each listed row with its coming starts, as the database has them."""
    rows = SearchRow.objects.exclude(next_start=None).select_related("event")
    return [
        (
            row,
            [
                timezone.localtime(each.starts_at)
                for each in row.event.upcoming_dates().held()
            ],
        )
        for row in rows
    ]


def plainly(question, groups):
    """The groups that fit, one by one."""
    fitting = set()
    for row, starts in groups:
        slots = {
            (start.isoweekday(), TimeOfDay.of_hour(start.hour)) for start in starts
        }
        asked = [
            not question.kinds or row.kind in question.kinds,
            not question.goals or any(row.goals >> bit & 1 for bit in question.goals),
            not question.languages
            or any(row.languages >> bit & 1 for bit in question.languages),
            not question.municipalities
            or row.municipality_id in question.municipalities,
            all(row.features >> feature & 1 for feature in question.features),
            question.age is None
            or (row.min_age or 0) <= question.age <= (row.max_age or 255),
            not (question.weekdays or question.times)
            or any(
                (not question.weekdays or day in question.weekdays)
                and (not question.times or part in question.times)
                for day, part in slots
            ),
            question.last_day is None
            or any(start.date() <= question.last_day for start in starts),
        ]
        if all(asked):
            fitting.add(row.pk)
    return fitting


def random_question(chance):
    def some(values, chosen=2):
        return chance.sample(values, chance.randint(1, chosen))

    towns = list(Municipality.objects.values_list("pk", flat=True))
    choices = {
        "kinds": lambda: some(["group", "event", "course"]),
        "goals": lambda: some([goal.bit for goal in Goal.objects.all()]),
        "languages": lambda: some(list(LANGUAGE_BITS.values())[:3]),
        "municipalities": lambda: some(towns),
        "features": lambda: some(list(Feature), 1),
        "age": lambda: chance.randint(0, 90),
        "weekdays": lambda: some([1, 2, 3, 4, 5, 6, 7], 3),
        "times": lambda: some(list(TimeOfDay)),
        "last_day": lambda: timezone.localdate() + timedelta(chance.randint(0, 9)),
    }
    asked = chance.sample(sorted(choices), chance.randint(0, 3))
    return Question(**{name: choices[name]() for name in asked})


def test_everything_found_and_counted_agrees_with_a_plain_count(event_index):
    fill(event_index, 40)
    groups = rows_and_starts()
    chance = random.Random(3)

    for _time in range(60):
        question = random_question(chance)
        found = find(question)
        assert set(found.event_ids(0, 1000)) == plainly(question, groups)
        goals = [
            len(plainly(Question(**{**vars(question), "goals": [bit]}), groups))
            for bit in range(len(found.counts("goals")))
        ]
        assert found.counts("goals") == goals
        days = [
            len(plainly(Question(**{**vars(question), "weekdays": [day]}), groups))
            for day in range(1, 8)
        ]
        assert found.weekday_counts() == days
        if Feature.FREE not in question.features:
            free = [*question.features, Feature.FREE]
            assert found.feature_count(Feature.FREE) == len(
                plainly(Question(**{**vars(question), "features": free}), groups)
            )


def test_pages_neither_overlap_nor_leave_out(event_index):
    fill(event_index, 30)
    found = find(Question())

    in_pages = [
        pk for start in range(0, 30, 7) for pk in found.event_ids(start, start + 7)
    ]

    assert in_pages == found.event_ids(0, 100)
    assert len(set(in_pages)) == found.total


def test_changes_one_by_one_lead_to_what_reading_everything_gives(event_index):
    fill(event_index, 12)
    find(Question())
    fill(event_index, 8)
    for row in SearchRow.objects.select_related("event")[:3]:
        refresh_search_row(row.event)
    find(Question())
    by_changes = snapshot(TABLE.columns)

    TABLE.forget()
    find(Question())

    assert by_changes == snapshot(TABLE.columns)


def snapshot(columns: Columns):
    found = {}
    for slot in range(columns.used):
        bits = columns.bits[:, slot >> 6] >> np.uint64(slot & 63) & np.uint64(1)
        if not bits.any():
            continue
        days = [plane[slot] for plane in columns.planes if plane is not None]
        found[int(columns.ids[slot])] = (
            bits.tolist(),
            [int(day) for day in days],
            int(columns.next_start[slot]),
            int(columns.soonest[slot]),
            columns.name[slot].tolist(),
        )
    return found


@pytest.mark.parametrize("number", [1, 3000])
def test_there_is_room_for_more_groups_than_were_foreseen(event_index, number):
    columns = Columns(0, current_layout())
    rows = [row_of(pk) for pk in range(1, number + 1)]

    longer = columns.with_room_for(number)
    longer.write(rows)

    assert longer.used == number
    assert longer.lookup(np.array([number, number + 1]))[0].tolist() == [True, False]


def current_layout():
    find(Question())
    return TABLE.columns.layout


def row_of(pk):
    start = timezone.now() + timedelta(hours=pk)
    day = timezone.localdate(start)
    return (
        *(pk, "group", "kuoro", start, start, day, b"\x01", 1, None, None, None, None),
        *(1, 0, 0, 1, 1, None, None),
    )


def test_rolled_back_publishing_is_forgotten(event_index):
    factories.make_event(event_index, "Kuoro")
    find(Question())
    version = ContentVersion.current()

    TABLE.version = version + 5
    ContentVersion.forget()

    assert find(Question()).total == 1
    assert TABLE.version == version


def test_day_of_the_epoch_is_a_monday(event_index):
    find(Question())

    assert TABLE.columns.epoch.weekday() == 0
    assert TABLE.columns.epoch <= timezone.localdate()
