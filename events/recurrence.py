"""From rules to dates. Pure: no database, no current time of its own.

Rules speak local time in Helsinki, so a group at 14:00 stays at 14:00 when the
clocks change. What comes out is aware, in UTC.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from dateutil import rrule

LOCAL = ZoneInfo("Europe/Helsinki")
MOST_DATES = 500
AHEAD = timedelta(days=731)
BEHIND = timedelta(days=366)


class Rule(Protocol):
    """What a `ScheduleRule` has, and what an importer reads."""

    @property
    def frequency(self) -> str: ...
    @property
    def interval(self) -> int: ...
    @property
    def weekdays(self) -> list[int]: ...
    @property
    def nth(self) -> int | None: ...
    @property
    def start_date(self) -> date: ...
    @property
    def end_date(self) -> date | None: ...
    @property
    def count(self) -> int | None: ...
    @property
    def start_time(self) -> time: ...
    @property
    def end_time(self) -> time | None: ...


class SingleDate(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def is_all_day(self) -> bool: ...


class Pause(Protocol):
    @property
    def start_date(self) -> date: ...
    @property
    def end_date(self) -> date: ...


@dataclass(frozen=True, order=True)
class Span:
    """One date: when it begins and ends (UTC), and when it counts as over."""

    starts_at: datetime
    ends_at: datetime | None = None
    is_all_day: bool = False

    @property
    def over_at(self) -> datetime:
        """Its end; without one, the next local midnight (as in Linked Events)."""
        return over_at(self.starts_at, self.ends_at)


def over_at(starts_at: datetime, ends_at: datetime | None) -> datetime:
    if ends_at and ends_at > starts_at:
        return ends_at
    next_day = starts_at.astimezone(LOCAL).date() + timedelta(days=1)
    return local_moment(next_day, time(0))


def local_moment(day: date, clock: time) -> datetime:
    """The moment of a local wall-clock time, in UTC."""
    return datetime.combine(day, clock, tzinfo=LOCAL).astimezone(UTC)


def days_of(rule: Rule, last: date) -> Iterator[date]:
    """The rule's days without regard to breaks or its number of meetings."""
    begin = datetime.combine(rule.start_date, time(0))
    until = datetime.combine(min(rule.end_date or last, last), time(0))
    frequency: Literal[1, 2]
    if rule.frequency == "monthly":
        nth = rule.nth or 1
        weekdays = [rrule.weekday(day - 1)(nth) for day in rule.weekdays]
        frequency = rrule.MONTHLY
    else:
        weekdays = [rrule.weekday(day - 1) for day in rule.weekdays]
        frequency = rrule.WEEKLY
    moments = rrule.rrule(
        frequency,
        dtstart=begin,
        interval=rule.interval,
        byweekday=weekdays,
        wkst=rrule.MO,
        until=until,
    )
    for moment in moments:
        yield moment.date()


def spans_of(rule: Rule, breaks: list[Pause], last: date) -> Iterator[Span]:
    """A series of n meetings has n meetings: one that a break skips comes later."""
    held = 0
    for day in days_of(rule, last):
        if any(pause.start_date <= day <= pause.end_date for pause in breaks):
            continue
        if rule.count and held >= rule.count:
            return
        held += 1
        ends_at = None
        if rule.end_time:
            # Ending "before" it starts means past midnight.
            past_midnight = rule.end_time <= rule.start_time
            ends_at = local_moment(day + timedelta(days=past_midnight), rule.end_time)
        yield Span(local_moment(day, rule.start_time), ends_at)


def expand(
    rules: Iterable[Rule],
    extra_dates: Iterable[SingleDate],
    breaks: Iterable[Pause],
    now: datetime,
) -> list[Span]:
    """All dates, soonest first: at most two years ahead and 500 in number.

    The dates to come are kept before past ones; of the past, the newest.
    """
    horizon = now + AHEAD
    pauses = list(breaks)
    by_start: dict[datetime, Span] = {}
    for rule in rules:
        for span in spans_of(rule, pauses, horizon.astimezone(LOCAL).date()):
            by_start[span.starts_at] = span
    for extra in extra_dates:
        starts_at = extra.starts_at.astimezone(UTC)
        ends_at = extra.ends_at.astimezone(UTC) if extra.ends_at else None
        by_start[starts_at] = Span(starts_at, ends_at, extra.is_all_day)
    spans = sorted(
        (span for span in by_start.values() if span.starts_at <= horizon),
        key=lambda span: span.starts_at,
    )
    coming = [span for span in spans if span.over_at > now][:MOST_DATES]
    past = [span for span in spans if span.over_at <= now]
    if coming:
        past = [span for span in past if span.over_at > now - BEHIND]
    room = MOST_DATES - len(coming)
    return (past[-room:] if room else []) + coming
