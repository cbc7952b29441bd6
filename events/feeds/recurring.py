"""Which of an event's dates a recurrence rule can speak for. Pure.

The dates are the rows, whatever the rules say: a closed series with a break goes on
longer, a date that has been edited away stays in the past. So a rule is only used for
rows that fall on its days; days of it without a row are left out one by one, and
rows that no rule explains are entries of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..models.occurrences import Occurrence
from ..recurrence import LOCAL, Rule, days_of, local_moment

WEEKDAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Series:
    """A rule, the rows it speaks for, soonest first, and its days without one."""

    position: int
    """Of the rule among the event's rules: a rule written anew keeps its UID."""
    rule: Rule
    rows: list[Occurrence]
    left_out: list[datetime]

    @property
    def starts_at(self) -> datetime:
        return self.rows[0].original_start

    @property
    def ends_at(self) -> datetime | None:
        if not self.rule.end_time:
            return None
        past_midnight = self.rule.end_time <= self.rule.start_time
        day = self.starts_at.astimezone(LOCAL).date() + timedelta(days=past_midnight)
        return local_moment(day, self.rule.end_time)

    @property
    def changed_rows(self) -> list[Occurrence]:
        """Those that are not just as the first one on another day.

        Calendars repeat the length, not the clock time of the end: a night over a
        clock change is among these.
        """
        length = self.ends_at - self.starts_at if self.ends_at else None
        return [
            row
            for row in self.rows
            if row.status != Occurrence.Status.SCHEDULED
            or row.ends_at != (row.starts_at + length if length else None)
        ]

    @property
    def recurrence(self) -> dict[str, Any]:
        """The parts of RRULE. It ends with the last known date: beyond nobody knows."""
        names = [WEEKDAY_NAMES[day - 1] for day in sorted(self.rule.weekdays)]
        parts: dict[str, Any] = {"FREQ": self.rule.frequency.upper()}
        if self.rule.interval > 1:
            parts["INTERVAL"] = self.rule.interval
        if self.rule.frequency == "monthly":
            parts["BYDAY"] = [f"{self.rule.nth or 1}{name}" for name in names]
        else:
            parts["BYDAY"] = names
            parts["WKST"] = "MO"
        parts["UNTIL"] = self.rows[-1].original_start
        return parts


def split(
    rules: Iterable[Rule], rows: Iterable[Occurrence]
) -> tuple[list[Series], list[Occurrence]]:
    """Every row once: in a series, or among the rows that stand alone."""
    left = {row.original_start: row for row in rows}
    series: list[Series] = []
    for position, rule in enumerate(rules, start=1):
        if found := series_of(rule, position, left):
            series.append(found)
            for row in found.rows:
                del left[row.original_start]
    return series, sorted(left.values(), key=lambda row: row.original_start)


def series_of(
    rule: Rule, position: int, left: dict[datetime, Occurrence]
) -> Series | None:
    """None for a single row, or when the rule would leave out more than it explains."""
    timed = {start for start, row in left.items() if not row.is_all_day}
    if not timed:
        return None
    last_day = max(timed).astimezone(LOCAL).date()
    starts = [local_moment(day, rule.start_time) for day in days_of(rule, last_day)]
    known = [start for start in starts if start in timed]
    if len(known) < 2:
        return None
    starts = [start for start in starts if known[0] <= start <= known[-1]]
    left_out = [start for start in starts if start not in timed]
    # A time that the clocks skip: calendars disagree on when that is.
    is_skipped = any(
        start.astimezone(LOCAL).time() != rule.start_time for start in starts
    )
    if is_skipped or len(left_out) > len(known):
        return None
    return Series(position, rule, [left[start] for start in known], left_out)
