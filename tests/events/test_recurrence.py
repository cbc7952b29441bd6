"""From rules to dates, in local time."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from events.breaks import standing_breaks
from events.enums import Pause
from events.models import Break, ExtraDate, ScheduleRule
from events.recurrence import (
    AHEAD,
    LOCAL,
    MOST_DATES,
    days_of,
    expand,
    local_moment,
    span_on,
    spans_of,
)

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def rule(**fields):
    return ScheduleRule(
        **{
            "frequency": "weekly",
            "weekdays": [2],
            "start_date": date(2026, 9, 1),
            "end_date": date(2026, 12, 31),
            "start_time": time(14),
            "end_time": time(15, 30),
        }
        | fields
    )


def local_starts(rules, breaks=(), extra_dates=(), now=NOW):
    return [
        span.starts_at.astimezone(LOCAL).replace(tzinfo=None)
        for span in expand(rules, extra_dates, breaks, now)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2026, 10, 20), date(2026, 10, 27)), (date(2027, 3, 23), date(2027, 3, 30))],
)
def test_weekly_group_keeps_its_clock_time_over_the_change_of_clocks(before, after):
    starts = local_starts([rule(end_date=date(2027, 6, 1))])

    assert datetime.combine(before, time(14)) in starts
    assert datetime.combine(after, time(14)) in starts


def test_utc_time_moves_with_the_clocks():
    spans = expand([rule()], [], [], NOW)
    by_day = {span.starts_at.date(): span.starts_at.hour for span in spans}

    assert by_day[date(2026, 10, 20)] == 11
    assert by_day[date(2026, 10, 27)] == 12


def test_every_second_week():
    starts = local_starts([rule(interval=2, end_date=date(2026, 10, 1))])

    assert [start.date() for start in starts] == [
        date(2026, 9, 1),
        date(2026, 9, 15),
        date(2026, 9, 29),
    ]


def test_first_monday_and_last_wednesday_of_the_month():
    first = rule(frequency="monthly", weekdays=[1], nth=1, end_date=date(2026, 11, 30))
    last = rule(frequency="monthly", weekdays=[3], nth=-1, end_date=date(2026, 10, 31))

    assert [start.date() for start in local_starts([first])] == [
        date(2026, 9, 7),
        date(2026, 10, 5),
        date(2026, 11, 2),
    ]
    assert [start.date() for start in local_starts([last])] == [
        date(2026, 9, 30),
        date(2026, 10, 28),
    ]


def test_series_of_six_meets_six_times_though_a_break_skips_one():
    autumn = Break(start_date=date(2026, 10, 12), end_date=date(2026, 10, 18))

    starts = local_starts(
        [rule(count=6, end_date=None, start_date=date(2026, 9, 15))], [autumn]
    )

    assert len(starts) == 6
    assert datetime(2026, 10, 13, 14) not in starts
    assert starts[-1] == datetime(2026, 10, 27, 14)


def test_single_dates_stand_beside_rules_and_outside_breaks_count():
    extra = ExtraDate(starts_at=datetime(2026, 9, 5, 7, tzinfo=UTC))

    starts = local_starts([rule(end_date=date(2026, 9, 8))], extra_dates=[extra])

    assert starts == [
        datetime(2026, 9, 1, 14),
        datetime(2026, 9, 5, 10),
        datetime(2026, 9, 8, 14),
    ]


def test_several_rules_make_one_list_in_order():
    starts = local_starts(
        [
            rule(weekdays=[4], end_date=date(2026, 9, 10)),
            rule(weekdays=[2], end_date=date(2026, 9, 10)),
        ]
    )

    assert [start.isoweekday() for start in starts] == [2, 4, 2, 4]


def test_evening_that_ends_past_midnight_ends_the_next_day():
    (span,) = expand(
        [rule(end_date=date(2026, 9, 1), start_time=time(22), end_time=time(1))],
        [],
        [],
        NOW,
    )

    assert (span.ends_at - span.starts_at).total_seconds() == 3 * 3600


def test_never_more_than_500_dates_nor_more_than_two_years_ahead():
    everyday = rule(weekdays=[1, 2, 3, 4, 5, 6, 7], end_date=None)

    spans = expand([everyday], [], [], NOW)

    assert len(spans) == MOST_DATES
    assert max(span.starts_at for span in spans).year <= 2028


def test_dates_to_come_are_kept_before_past_ones():
    everyday = rule(
        weekdays=[1, 2, 3, 4, 5, 6, 7], start_date=date(2025, 1, 1), end_date=None
    )

    spans = expand([everyday], [], [], NOW)

    assert all(span.over_at > NOW for span in spans)


def test_date_without_an_end_is_over_at_the_next_local_midnight():
    (span,) = expand([rule(end_time=None, end_date=date(2026, 9, 1))], [], [], NOW)

    assert span.over_at.astimezone(LOCAL) == datetime(2026, 9, 2, tzinfo=LOCAL)


# Every n weeks


def days(rules, **more):
    return [start.date() for start in local_starts(rules, **more)]


def test_every_second_week_goes_on_over_the_53rd_week_and_a_break():
    christmas = Break(start_date=date(2026, 12, 21), end_date=date(2027, 1, 6))

    held = days(
        [rule(interval=2, start_date=date(2026, 12, 1), end_date=date(2027, 2, 1))],
        breaks=[christmas],
    )

    # 29 December, in week 53, falls in the break: two weeks more, not one.
    assert held == [
        date(2026, 12, 1),
        date(2026, 12, 15),
        date(2027, 1, 12),
        date(2027, 1, 26),
    ]
    assert date(2026, 12, 29).isocalendar().week == 53


def test_every_second_tuesday_counts_from_its_first_tuesday():
    """Whoever writes “from Thursday the 3rd” means the Tuesday after it."""
    held = days(
        [rule(interval=2, start_date=date(2026, 9, 3), end_date=date(2026, 10, 1))]
    )

    assert held == [date(2026, 9, 8), date(2026, 9, 22)]


def test_every_second_week_on_two_days_keeps_them_in_the_same_week():
    held = days(
        [
            rule(
                interval=2,
                weekdays=[2, 4],
                start_date=date(2026, 9, 2),
                end_date=date(2026, 9, 30),
            )
        ]
    )

    assert held == [
        date(2026, 9, 3),
        date(2026, 9, 15),
        date(2026, 9, 17),
        date(2026, 9, 29),
    ]


def test_every_second_month_counts_from_its_first_meeting():
    held = days(
        [
            rule(
                frequency="monthly",
                nth=1,
                weekdays=[1],
                interval=2,
                start_date=date(2026, 9, 15),
                end_date=date(2027, 3, 1),
            )
        ]
    )

    assert held == [date(2026, 10, 5), date(2026, 12, 7), date(2027, 2, 1)]


def test_last_weekday_of_february_and_of_a_month_with_five():
    held = days(
        [
            rule(
                frequency="monthly",
                nth=-1,
                weekdays=[7],
                start_date=date(2027, 1, 1),
                end_date=date(2027, 2, 28),
            )
        ]
    )

    assert held == [date(2027, 1, 31), date(2027, 2, 28)]


# Series and breaks


def test_six_meetings_every_second_week_are_six_over_christmas_and_public_holidays():
    closed = standing_breaks(
        [Pause.CHRISTMAS, Pause.PUBLIC_HOLIDAYS],
        [],
        date(2026, 11, 1),
        date(2027, 12, 31),
    )

    held = days(
        [
            rule(
                interval=2,
                weekdays=[5],
                count=6,
                start_date=date(2027, 2, 26),
                end_date=None,
            )
        ],
        breaks=closed,
    )

    assert len(held) == 6
    assert date(2027, 3, 26) not in held  # Good Friday
    assert held[-1] == date(2027, 5, 21)


def test_meeting_held_counts_although_a_break_is_written_over_it_later():
    autumn = Break(start_date=date(2026, 9, 7), end_date=date(2026, 9, 13))
    series = rule(count=3, end_date=None)
    now = datetime(2026, 9, 20, tzinfo=UTC)
    second = datetime(2026, 9, 8, 11, tzinfo=UTC)

    planned = expand([series], [], [autumn], now)
    held = expand([series], [], [autumn], now, held={second})

    assert [span.starts_at.day for span in planned] == [1, 15, 22]
    assert [span.starts_at.day for span in held] == [1, 8, 15]


def test_breaks_that_overlap_or_run_backwards_do_no_harm():
    breaks = [
        Break(start_date=date(2026, 9, 10), end_date=date(2026, 9, 30)),
        Break(start_date=date(2026, 9, 7), end_date=date(2026, 9, 12)),
        Break(start_date=date(2026, 9, 20), end_date=date(2026, 9, 21)),
        Break(start_date=date(2026, 10, 9), end_date=date(2026, 10, 1)),
    ]

    assert days([rule(end_date=date(2026, 10, 13))], breaks=breaks) == [
        date(2026, 9, 1),
        date(2026, 10, 6),
        date(2026, 10, 13),
    ]


def test_single_date_is_held_in_a_break():
    extra = ExtraDate(starts_at=datetime(2026, 9, 8, 7, tzinfo=UTC))
    autumn = Break(start_date=date(2026, 9, 7), end_date=date(2026, 9, 13))

    held = days(
        [rule(end_date=date(2026, 9, 15))], breaks=[autumn], extra_dates=[extra]
    )

    assert held == [date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 15)]


def test_single_date_at_the_start_of_a_rules_date_takes_its_place():
    starts_at = local_moment(date(2026, 9, 8), time(14))
    extra = ExtraDate(starts_at=starts_at, ends_at=starts_at + timedelta(hours=4))

    spans = expand([rule(end_date=date(2026, 9, 8))], [extra], [], NOW)

    assert [span.ends_at - span.starts_at for span in spans] == [
        timedelta(minutes=90),
        timedelta(hours=4),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_rules_with_the_same_start_the_longer_counts(turned):
    rules = [rule(end_time=time(17)), rule(end_time=time(15)), rule(end_time=None)]

    spans = expand(rules[::-1] if turned else rules, [], [], NOW)

    assert {span.ends_at - span.starts_at for span in spans} == {timedelta(hours=3)}


# The nights when the clocks change


def night(day, start, end):
    return span_on(rule(start_time=start, end_time=end), day)


def test_time_that_the_autumn_night_has_twice_is_the_first_of_the_two():
    span = night(date(2026, 10, 25), time(3, 30), time(4, 30))

    assert span.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert span.ends_at == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def test_time_that_the_spring_night_skips_is_an_hour_later():
    span = night(date(2027, 3, 28), time(3, 30), time(5))

    assert span.starts_at.astimezone(LOCAL).time() == time(4, 30)
    assert span.ends_at.astimezone(LOCAL).time() == time(5)


def test_meeting_in_the_skipped_hour_lasts_as_long_as_ever():
    span = night(date(2027, 3, 28), time(3, 30), time(4, 15))

    assert span.starts_at.astimezone(LOCAL).time() == time(4, 30)
    assert span.ends_at - span.starts_at == timedelta(minutes=45)


def test_night_over_the_change_of_clocks_ends_by_the_clock():
    span = night(date(2026, 10, 24), time(22), time(6))

    assert span.ends_at.astimezone(LOCAL).time() == time(6)
    assert span.ends_at - span.starts_at == timedelta(hours=9)


# Long ago and far ahead


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"interval": 26},
        {"interval": 3, "weekdays": [1, 4, 7]},
        {"frequency": "monthly", "nth": -1, "interval": 5},
        {"frequency": "monthly", "nth": 2, "weekdays": [3, 6], "interval": 12},
    ],
)
def test_rule_of_2000_has_the_same_dates_when_most_of_them_are_passed_over(fields):
    old = rule(start_date=date(2000, 1, 27), end_date=None, **fields)
    last, since = date(2027, 1, 1), date(2026, 6, 1)

    every = [day for day in days_of(old, last) if day >= since]
    some = [day for day in days_of(old, last, since) if day >= since]

    assert some == every


def test_group_whose_breaks_cover_all_of_last_year_keeps_its_older_dates():
    closed = Break(start_date=date(2025, 1, 1), end_date=date(2100, 1, 1))
    old = rule(start_date=date(2024, 12, 1), end_date=None)

    assert days([old], breaks=[closed])[-1] == date(2024, 12, 31)


def test_rule_without_weekdays_has_no_dates():
    assert not days([rule(weekdays=[])])


# Any rule, against going through the days one by one


def plain_days(found, breaks, first, last):
    """What `spans_of` should give, as one would tick it off on a calendar."""

    def fits(day):
        if day.isoweekday() not in found.weekdays:
            return False
        if found.frequency == "weekly":
            return True
        turned = day + timedelta(weeks=-1 if found.nth > 0 else 1)
        if found.nth == -1:
            return turned.month != day.month
        return (day.day - 1) // 7 + 1 == found.nth

    def step(day):
        if found.frequency == "weekly":
            return (day - timedelta(days=day.weekday())).toordinal() // 7
        return day.year * 12 + day.month

    begun, held = None, []
    day = first
    while day <= last:
        if day >= found.start_date and fits(day):
            begun = step(day) if begun is None else begun
            is_on = (step(day) - begun) % found.interval == 0
            is_closed = any(b.start_date <= day <= b.end_date for b in breaks)
            within = found.end_date is None or day <= found.end_date
            room = found.count is None or len(held) < found.count
            if is_on and within and room and not is_closed:
                held.append(day)
        day += timedelta(days=1)
    return held


def random_rule(chance):
    start = date(2026, 1, 1) + timedelta(days=chance.randrange(500))
    monthly = chance.random() < 0.4
    return rule(
        frequency="monthly" if monthly else "weekly",
        nth=chance.choice([1, 2, 3, 4, -1]) if monthly else None,
        interval=chance.choice([1, 1, 2, 2, 3, 4, 7, 26]),
        weekdays=sorted(chance.sample(range(1, 8), chance.randint(1, 3))),
        start_date=start,
        end_date=chance.choice([None, start + timedelta(chance.randrange(400))]),
        count=chance.choice([None, None, 1, 6, 40]),
    )


def random_break(chance):
    start = date(2026, 1, 1) + timedelta(days=chance.randrange(700))
    return Break(start_date=start, end_date=start + timedelta(chance.randrange(60)))


@pytest.mark.parametrize("seed", range(150))
def test_any_rule_gives_the_days_that_one_would_tick_off_on_a_calendar(seed):
    chance = Random(seed)
    found = random_rule(chance)
    breaks = [random_break(chance) for _each in range(chance.randrange(5))]
    last = date(2028, 6, 30)

    spans = list(spans_of(found, breaks, last))

    held = [span.starts_at.astimezone(LOCAL) for span in spans]
    assert [start.date() for start in held] == plain_days(
        found, breaks, date(2026, 1, 1), last
    )
    assert {start.time() for start in held} <= {time(14)}


@pytest.mark.parametrize("seed", range(50))
def test_any_schedule_is_in_order_without_doubles_and_within_its_bounds(seed):
    chance = Random(1000 + seed)
    rules = [random_rule(chance) for _each in range(chance.randint(1, 4))]
    breaks = [random_break(chance) for _each in range(3)]
    now = datetime(2027, 1, 15, 12, tzinfo=UTC)

    spans = expand(rules, [], breaks, now)

    starts = [span.starts_at for span in spans]
    assert starts == sorted(set(starts))
    assert len(starts) <= MOST_DATES
    wanted = {
        day
        for found in rules
        for day in plain_days(found, breaks, date(2026, 1, 1), date(2029, 1, 20))
        if datetime.combine(day, time(14), LOCAL) <= now + AHEAD
    }
    coming = {start.astimezone(LOCAL).date() for start in starts if start > now}
    assert coming == {
        day for day in wanted if datetime.combine(day, time(14), LOCAL) > now
    }
