"""Breaks that return by themselves, and groups that keep school holidays."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import MODERATORS
from events import school_break_changes
from events.breaks import StandingBreak, public_holiday_name, standing_breaks
from events.enums import Pause
from events.models import EventState, OccurrenceChange, SchoolBreak, SearchRow
from events.recurrence import local_moment
from events.school_break_changes import one_refresh
from tests import factories
from tests.editing import staff_client, was_taken

TODAY = timezone.localdate()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())
SUNDAY = MONDAY + timedelta(days=6)
TUESDAY = MONDAY + timedelta(days=1)


# Which days


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fi", "Helatorstai"),
        ("fi-simple", "Helatorstai"),
        ("sv", "Kristi himmelsfärdsdag"),
        ("en", "Ascension Day"),
    ],
)
def test_public_holiday_has_its_name_in_the_language(language, name):
    assert public_holiday_name(date(2027, 5, 6), language) == name


def test_ordinary_day_is_no_holiday():
    assert public_holiday_name(date(2027, 5, 7)) is None


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 6),  # Independence Day
        date(2027, 3, 26),  # Good Friday
        date(2027, 6, 25),  # Midsummer Eve
        date(2027, 12, 24),
    ],
)
def test_public_holidays_and_the_great_eves_are_breaks(day):
    breaks = standing_breaks([Pause.PUBLIC_HOLIDAYS], [], day, day)

    assert breaks == [StandingBreak(day, day)]


def test_christmas_goes_over_the_new_year_and_july_is_a_month():
    breaks = standing_breaks(
        [Pause.JULY, Pause.CHRISTMAS], [], date(2027, 1, 2), date(2027, 12, 1)
    )

    assert breaks == [
        StandingBreak(date(2026, 12, 21), date(2027, 1, 6)),
        StandingBreak(date(2027, 7, 1), date(2027, 7, 31)),
    ]


def test_school_holidays_count_only_for_those_who_keep_them():
    autumn = StandingBreak(date(2026, 10, 12), date(2026, 10, 18))
    first, last = date(2026, 9, 1), date(2026, 12, 1)

    assert standing_breaks([Pause.SCHOOL_BREAKS], [autumn], first, last) == [autumn]
    assert standing_breaks([Pause.JULY], [autumn], first, last) == []
    assert standing_breaks([], [autumn], first, last) == []


# Groups


def holiday(*towns, start=MONDAY, end=SUNDAY):
    with one_refresh():
        made = SchoolBreak.objects.create(
            name={"fi": "Syysloma"}, start_date=start, end_date=end
        )
        made.municipalities.set(factories.town(key) for key in towns)
    return made


def group(index, town="kotka", **fields):
    return factories.make_event(
        index,
        municipality=factories.town(town),
        **{"pauses": ["school-breaks"]} | fields,
    )


def meets(event):
    """Whether it meets on the Tuesday that the tests are about."""
    start = local_moment(TUESDAY, time(14))
    return event.occurrences.filter(original_start=start).exists()


def test_group_that_keeps_pauses_has_no_dates_in_them(event_index):
    event = factories.make_event(event_index, pauses=list(Pause))

    days = [timezone.localdate(row.starts_at) for row in event.occurrences.upcoming()]

    assert days
    assert not [day for day in days if day.month == 7 or public_holiday_name(day)]


def test_series_keeps_its_number_over_the_pauses(event_index):
    holiday("kotka")
    rule = factories.weekly_rule(start_date=MONDAY, count=6)

    event = group(event_index, rules=[rule])

    assert event.occurrences.count() == 6
    assert not meets(event)


def test_new_school_holiday_of_the_town_takes_dates_away(event_index):
    kotka = group(event_index)
    hamina = group(event_index, "hamina")
    not_keeping = group(event_index, pauses=["july"])
    assert meets(kotka)

    holiday("kotka")

    assert not meets(kotka)
    assert meets(hamina)
    assert meets(not_keeping)


def test_school_holiday_without_municipalities_is_everybodys(event_index):
    groups = [group(event_index), group(event_index, "hamina")]
    homeless = factories.make_event(event_index, pauses=["school-breaks"])

    SchoolBreak.objects.create(
        name={"fi": "Joululoma"}, start_date=MONDAY, end_date=SUNDAY
    )

    assert not any(meets(event) for event in [*groups, homeless])


def test_venue_tells_the_town(event_index):
    venue = factories.make_venue(municipality=factories.town("hamina"))
    event = group(event_index, "kotka", venue=venue)

    holiday("kotka")
    assert meets(event)
    holiday("hamina")
    assert not meets(event)


def test_venue_that_moves_takes_its_groups_to_other_holidays(event_index):
    holiday("hamina")
    venue = factories.make_venue(municipality=factories.town("kotka"))
    event = group(event_index, venue=venue)
    assert meets(event)

    venue.municipality = factories.town("hamina")
    venue.save()

    assert not meets(event)


def test_changed_days_and_deleting_bring_the_dates_back(event_index):
    event = group(event_index)
    autumn = holiday("kotka")
    assert not meets(event)

    autumn.start_date = TUESDAY + timedelta(days=1)
    autumn.save()
    assert meets(event)

    autumn.start_date = MONDAY
    autumn.save()
    assert not meets(event)
    autumn.delete()
    assert meets(event)


def test_towns_that_no_longer_have_it_get_their_dates_back(event_index):
    kotka, hamina = group(event_index), group(event_index, "hamina")
    autumn = holiday("kotka")

    autumn.municipalities.set([factories.town("hamina")])

    assert meets(kotka)
    assert not meets(hamina)


def test_other_dates_keep_their_ids_and_other_towns_all_of_them(event_index):
    kotka, hamina = group(event_index), group(event_index, "hamina")
    before = dict(kotka.occurrences.values_list("original_start", "pk"))
    untouched = list(hamina.occurrences.values())

    holiday("kotka")

    after = dict(kotka.occurrences.values_list("original_start", "pk"))
    assert len(after) == len(before) - 1
    assert {start: before[start] for start in after} == after
    assert list(hamina.occurrences.values()) == untouched


def test_cancellation_waits_through_the_holiday(event_index):
    event = group(event_index)
    start = local_moment(TUESDAY, time(14))
    OccurrenceChange.objects.create(event=event, original_start=start, kind="cancelled")

    autumn = holiday("kotka")
    assert not meets(event)
    autumn.delete()

    assert event.occurrences.get(original_start=start).is_cancelled


def test_holiday_that_is_over_changes_nothing(event_index):
    event = group(event_index)
    past = holiday(
        "kotka", start=TODAY - timedelta(days=20), end=TODAY - timedelta(days=8)
    )
    rows = list(event.occurrences.values())
    assert any(row["over_at"] < timezone.now() for row in rows)

    past.delete()

    assert list(event.occurrences.values()) == rows


def test_index_row_follows(event_index):
    event = group(event_index)
    row = SearchRow.objects.get(event=event)
    first = timezone.localdate(row.next_start)

    holiday("kotka", start=TODAY, end=SUNDAY)

    after = SearchRow.objects.get(event=event)
    assert after.version > row.version
    assert timezone.localdate(after.next_start) > max(first, SUNDAY)
    assert after.next_start == event.occurrences.upcoming().first().starts_at
    assert after.first_day == timezone.localdate(after.next_start)


def test_same_rows_as_saving_the_group_would_write(event_index):
    event = group(event_index)
    holiday("kotka")
    fields = [field.name for field in SearchRow._meta.fields if field.name != "version"]
    followed = SearchRow.objects.filter(event=event).values(*fields).get()

    event.save()

    assert SearchRow.objects.filter(event=event).values(*fields).get() == followed


def test_ended_and_unpublished_groups_do_not_come_back(event_index):
    ended, hidden = group(event_index), group(event_index)
    EventState.objects.create(event=ended, ended_on=TODAY - timedelta(days=1))
    hidden.unpublish()

    holiday("kotka").delete()

    assert not SearchRow.objects.exists()
    assert not ended.occurrences.upcoming().exists()


@pytest.mark.parametrize("number", [1, 6])
def test_many_groups_follow_in_as_many_queries_as_few(
    event_index, number, django_assert_max_num_queries
):
    groups = [group(event_index) for _each in range(number)]

    with django_assert_max_num_queries(36):
        holiday("kotka")

    assert not any(meets(event) for event in groups)


def test_more_groups_than_one_transaction_should_hold_follow_in_parts(
    event_index, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(school_break_changes, "AT_ONCE", 2)
    groups = [group(event_index) for _each in range(5)]

    with django_capture_on_commit_callbacks(execute=True):
        holiday("kotka")

    assert not any(meets(event) for event in groups)


def test_staff_write_a_holiday_for_a_town_and_no_other_group_is_touched(event_index):
    kotka, hamina = group(event_index), group(event_index, "hamina")
    untouched = list(hamina.occurrences.values())

    response = staff_client(MODERATORS).post(
        reverse("wagtailsnippets_events_schoolbreak:add"),
        {
            "name_fi": "Syysloma",
            "start_date": MONDAY.isoformat(),
            "end_date": SUNDAY.isoformat(),
            "municipalities": [str(factories.town("kotka").pk)],
        },
    )

    assert was_taken(response)
    assert not meets(kotka)
    assert list(hamina.occurrences.values()) == untouched
