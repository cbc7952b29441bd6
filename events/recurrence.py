"""From rules to dates. Pure: no database, no current time of its own.

Rules speak local time in Helsinki, so a group at 14:00 stays at 14:00 when the
clocks change. What comes out is aware, in UTC. A time that the night of the change
has twice is the first of the two; one that it skips is an hour later (RFC 5545).
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from dateutil import rrule
from dateutil.relativedelta import relativedelta

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


@dataclass(frozen=True)
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


class Breaks:
    """Answers quickly for any number of them: a rule may have run since 2000."""

    def __init__(self, breaks: Iterable[Pause]) -> None:
        self.first_days: list[date] = []
        self.last_days: list[date] = []
        for pause in sorted(breaks, key=lambda pause: pause.start_date):
            if self.last_days and pause.start_date <= self.last_days[-1]:
                self.last_days[-1] = max(self.last_days[-1], pause.end_date)
            elif pause.end_date >= pause.start_date:
                self.first_days.append(pause.start_date)
                self.last_days.append(pause.end_date)

    def __contains__(self, day: date) -> bool:
        place = bisect_right(self.first_days, day)
        return place > 0 and day <= self.last_days[place - 1]


def days_of(rule: Rule, last: date, since: date | None = None) -> Iterator[date]:
    """The rule's days without regard to breaks or its number of meetings.

    “Every second Tuesday” counts from its first Tuesday, whatever weekday the rule's
    first day is. With `since`, days long before it are passed over.
    """
    until = min(rule.end_date or last, last)
    begin: date | None = rule.start_date
    if rule.interval > 1:
        begin = next(days_in_steps(rule, 1, rule.start_date, until), None)
    if begin is None:
        return
    if since is not None and since > begin:
        begin = moved_towards(rule, begin, since)
    yield from days_in_steps(rule, rule.interval, begin, until)


def days_in_steps(
    rule: Rule, interval: int, begin: date, until: date
) -> Iterator[date]:
    if not rule.weekdays:
        return
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
        dtstart=datetime.combine(begin, time(0)),
        interval=interval,
        byweekday=weekdays,
        wkst=rrule.MO,
        until=datetime.combine(until, time(0)),
    )
    for moment in moments:
        yield moment.date()


def moved_towards(rule: Rule, begin: date, since: date) -> date:
    """Another beginning with the same dates from `since` on, whole steps later."""
    if rule.frequency == "monthly":
        months = (since.year - begin.year) * 12 + since.month - begin.month
        steps = months // rule.interval - 1
        if steps <= 0:
            return begin
        return begin.replace(day=1) + relativedelta(months=steps * rule.interval)
    weeks = (since - begin).days // 7
    steps = max(0, weeks // rule.interval - 1)
    return begin + timedelta(weeks=steps * rule.interval)


def spans_of(
    rule: Rule,
    breaks: Iterable[Pause],
    last: date,
    *,
    since: date | None = None,
    held: Collection[datetime] = (),
) -> Iterator[Span]:
    """A series of n meetings has n meetings: one that a break skips comes later.

    One that has been held counts, although a break has been written over it since.
    """
    closed = Breaks(breaks)
    meetings = 0
    # A series is counted from its beginning.
    for day in days_of(rule, last, None if rule.count else since):
        if rule.count and meetings >= rule.count:
            return
        if day in closed and local_moment(day, rule.start_time) not in held:
            continue
        meetings += 1
        yield span_on(rule, day)


def first_day_of(rule: Rule, breaks: Iterable[Pause], today: date) -> date:
    """Of its first meeting: the day that a rule begins on may be any weekday."""
    meetings = spans_of(rule, breaks, max(today, rule.start_date) + AHEAD)
    span = next(meetings, None)
    return span.starts_at.astimezone(LOCAL).date() if span else rule.start_date


def last_day_of(rule: Rule, breaks: Iterable[Pause], today: date) -> date | None:
    """Of a series that of its last meeting; None when it has no end in sight."""
    if rule.count:
        last = max(today, rule.start_date) + AHEAD
        meetings = list(spans_of(rule, breaks, last))
        if len(meetings) == rule.count:
            return meetings[-1].starts_at.astimezone(LOCAL).date()
    return rule.end_date


def is_over(rule: Rule, breaks: Iterable[Pause], today: date) -> bool:
    last = last_day_of(rule, breaks, today)
    return last is not None and last < today


def span_on(rule: Rule, day: date) -> Span:
    starts_at = local_moment(day, rule.start_time)
    if rule.end_time is None:
        return Span(starts_at)
    # Ending "before" it starts means past midnight.
    past_midnight = rule.end_time <= rule.start_time
    last = day + timedelta(days=past_midnight)
    ends_at = local_moment(last, rule.end_time)
    if ends_at <= starts_at:
        # It begins in the hour that the clocks skip: it lasts as long as ever.
        ends_at = starts_at + (
            datetime.combine(last, rule.end_time)
            - datetime.combine(day, rule.start_time)
        )
    return Span(starts_at, ends_at)


def expand(
    rules: Iterable[Rule],
    extra_dates: Iterable[SingleDate],
    breaks: Iterable[Pause],
    now: datetime,
    *,
    held: Collection[datetime] = (),
    most: int = MOST_DATES,
) -> list[Span]:
    """All dates, soonest first: at most two years ahead and 500 in number.

    The dates to come are kept before past ones; of the past, the newest. `held` are
    the starts of past dates that are known to have taken place.
    """
    rules, breaks, singles = list(rules), list(breaks), list(extra_dates)
    horizon = now + AHEAD
    last = horizon.astimezone(LOCAL).date()

    def spans_since(since: date | None) -> list[Span]:
        by_start: dict[datetime, Span] = {}
        for rule in rules:
            for span in spans_of(rule, breaks, last, since=since, held=held):
                known = by_start.get(span.starts_at)
                # Of two with the same start, whatever their order, the longer.
                if known is None or (known.ends_at or known.starts_at) < (
                    span.ends_at or span.starts_at
                ):
                    by_start[span.starts_at] = span
        for single in singles:
            starts_at = single.starts_at.astimezone(UTC)
            ends_at = single.ends_at.astimezone(UTC) if single.ends_at else None
            by_start[starts_at] = Span(starts_at, ends_at, single.is_all_day)
        spans = sorted(by_start.values(), key=lambda span: span.starts_at)
        return [span for span in spans if span.starts_at <= horizon]

    longest_ago = now - BEHIND
    # Two days more for what goes on past midnight.
    spans = spans_since(longest_ago.astimezone(LOCAL).date() - timedelta(days=2))
    coming = [span for span in spans if span.over_at > now][:most]
    if coming:
        past = [span for span in spans if longest_ago < span.over_at <= now]
    else:
        past = spans_since(None)
    room = most - len(coming)
    return (past[-room:] if room else []) + coming
