"""From rules to dates, in local time."""

from datetime import UTC, date, datetime, time

import pytest

from events.models import Break, ExtraDate, ScheduleRule
from events.recurrence import LOCAL, MOST_DATES, expand

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
