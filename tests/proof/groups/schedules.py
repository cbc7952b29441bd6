"""Ten coming dates for each group: once, twice or five times a week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from events.date_rows import values_of
from events.derived import values_of_dates
from events.models import Occurrence, OccurrenceChange, ScheduleRule, SearchRow
from events.recurrence import Span, expand
from tests.proof.databases import Template, prepared

SHAPES = ((1, 10, 0), (2, 5, 5), (5, 2, 8))
"""Weekdays, weeks, and the latest week to begin in."""
PAIRS = ((1, 3), (1, 4), (2, 4), (2, 5), (3, 5))


@dataclass(frozen=True)
class Schedule:
    first_day: date
    weekdays: tuple[int, ...]
    weeks: int
    start_time: time

    @property
    def rule(self) -> dict[str, Any]:
        end = datetime.combine(self.first_day, self.start_time) + timedelta(minutes=90)
        return {
            "frequency": "weekly",
            "interval": 1,
            "weekdays": list(self.weekdays),
            "start_date": self.first_day,
            "end_date": self.first_day + timedelta(weeks=self.weeks, days=-1),
            "start_time": self.start_time,
            "end_time": end.time(),
        }


class Schedules:
    """A schedule's rows, ready for the database but for their ids and the group's."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.spans = cache(self._spans)
        self.rule = cache(self._rule)
        self.dates = cache(self._dates)
        self.row_values = cache(self._row_values)

    def _spans(self, schedule: Schedule) -> list[Span]:
        return expand([ScheduleRule(**schedule.rule)], [], [], self.now)

    def _rule(self, schedule: Schedule) -> tuple[Any, ...]:
        return prepared(ScheduleRule(**schedule.rule))[2:]

    def change(self, schedule: Schedule) -> tuple[Any, ...]:
        return prepared(self.cancelled(schedule))[2:]

    def cancelled(self, schedule: Schedule) -> OccurrenceChange:
        return OccurrenceChange(
            original_start=self.spans(schedule)[0].starts_at,
            kind=OccurrenceChange.Kind.CANCELLED,
            note={"fi": "Ohjaaja on poissa."},
            changed_at=self.now,
        )

    def occurrences(self, schedule: Schedule, is_cancelled: bool) -> list[Occurrence]:
        """The first one may be cancelled."""
        change = self.cancelled(schedule) if is_cancelled else None
        return [
            Occurrence(
                original_start=span.starts_at,
                **values_of(span, change if place == 0 else None),
            )
            for place, span in enumerate(self.spans(schedule))
        ]

    def _dates(self, schedule: Schedule, is_cancelled: bool) -> list[tuple[Any, ...]]:
        dates = self.occurrences(schedule, is_cancelled)
        return [prepared(date)[2:] for date in dates]

    def _row_values(self, schedule: Schedule, is_cancelled: bool) -> dict[str, Any]:
        """What a search row holds of the dates."""
        dates = self.occurrences(schedule, is_cancelled)
        values = values_of_dates([date for date in dates if not date.is_cancelled])
        template = Template(SearchRow(**values))
        return {name: template.values[name] for name in values}


def some_schedule(random: Random, tomorrow: date) -> Schedule:
    days, weeks, latest = random.choices(SHAPES, (60, 30, 10))[0]
    if days == 1:
        weekdays = (random.choices(range(1, 8), (9, 9, 9, 9, 6, 3, 2))[0],)
    else:
        weekdays = random.choice(PAIRS) if days == 2 else (1, 2, 3, 4, 5)
    hour = random.choice((9, 10, 11, 13, 14, 16, 17, 18))
    return Schedule(
        first_day=tomorrow + timedelta(weeks=random.randint(0, latest)),
        weekdays=weekdays,
        weeks=weeks,
        start_time=time(hour, random.choice((0, 30))),
    )
