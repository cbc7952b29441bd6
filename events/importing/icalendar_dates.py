"""The dates of an iCalendar event: rules, single dates, changed dates."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..models.schedule import YEARS_ALLOWED
from ..recurrence import LOCAL, Span, local_moment, spans_of
from .records import (
    IncomingBreak,
    IncomingChange,
    IncomingDate,
    IncomingEvent,
    IncomingRule,
    IncomingSeries,
    Note,
    NoteKind,
)
from .schedule import UnusableDateError, check_year, in_utc, spans_of_series
from .texts import one_line

FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
MOST_TIMES_A_DAY = 24
COMPARED = 120
"""So many dates of a rule of ours have to be those of the source's rule."""

Component = Any
"""icalendar's components are dictionaries with values of many types."""


def zone_called(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def sequence(component: Component) -> int:
    try:
        return int(component.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def has_status(component: Component, status: str = "CANCELLED") -> bool:
    return one_line(str(component.get("STATUS", ""))).upper() == status


class Times:
    """A component's times, with the zone they were written in."""

    def __init__(self, component: Component, zone: ZoneInfo) -> None:
        self.zone = zone
        start = component.get("DTSTART")
        if start is None or not isinstance(getattr(start, "dt", None), date):
            message = "it has no start"
            raise UnusableDateError(message)
        self.start: date = start.dt
        check_year(self.start)
        self.is_all_day = not isinstance(self.start, datetime)
        if isinstance(self.start, datetime) and self.start.tzinfo:
            self.zone = zone_of(self.start, zone)
        self.notes: list[Note] = []
        self.duration = self.read_duration(component)

    def read_duration(self, component: Component) -> timedelta | None:
        end, duration = component.get("DTEND"), component.get("DURATION")
        if end is not None and isinstance(getattr(end, "dt", None), date):
            try:
                length = self.wall(end.dt) - self.wall(self.start)
                if length < timedelta(0):
                    self.notes.append(
                        Note(NoteKind.DATES, "end left out: it is before the start")
                    )
            except (OverflowError, ValueError):
                return None
        elif duration is not None and isinstance(duration.dt, timedelta):
            length = duration.dt
        else:
            return None
        if length <= timedelta(0) or (self.is_all_day and length <= timedelta(days=1)):
            return None
        return length

    def wall(self, moment: date) -> datetime:
        """The series' own wall clock, without a zone."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time(0))
        if moment.tzinfo:
            moment = moment.astimezone(self.zone)
        return moment.replace(tzinfo=None)

    def utc(self, moment: date) -> datetime:
        """A whole day begins at Helsinki's midnight, whatever zone wrote it."""
        if not isinstance(moment, datetime):
            return local_moment(moment, time(0))
        return in_utc(moment, self.zone)

    @property
    def own_date(self) -> IncomingDate:
        starts_at = self.utc(self.start)
        ends_at = None
        if self.duration:
            zone = LOCAL if self.is_all_day else self.zone
            ends_at = in_utc(self.wall(self.start) + self.duration, zone)
        return IncomingDate(starts_at, ends_at, self.is_all_day)


def zone_of(moment: datetime, otherwise: ZoneInfo) -> ZoneInfo:
    """The named zone, or UTC; an unnamed offset falls back on the calendar's."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return moment.tzinfo
    name = str(getattr(moment.tzinfo, "key", "") or moment.tzname() or "")
    if found := zone_called(name):
        return found
    if moment.utcoffset() == timedelta(0):
        return ZoneInfo("UTC")
    same = moment.replace(tzinfo=otherwise).utcoffset() == moment.utcoffset()
    return otherwise if same else ZoneInfo("UTC")


def many(component: Component, name: str) -> list[Any]:
    value = component.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def listed(component: Component, name: str) -> Iterator[Any]:
    """The values of RDATE or EXDATE, each on a line of its own or several on one."""
    for line in many(component, name):
        for item in getattr(line, "dts", []):
            yield item.dt


def with_times(
    event: IncomingEvent, component: Component, times: Times
) -> IncomingEvent:
    rules = many(component, "RRULE")
    left_out = {times.utc(moment) for moment in listed(component, "EXDATE")}
    # A whole day in EXDATE leaves out that day's date, whatever its time.
    days_out = {
        moment
        for moment in listed(component, "EXDATE")
        if not isinstance(moment, datetime)
    }
    own = times.own_date
    notes = list(times.notes)
    dates = [own, *extra_dates(component, times)]
    if own.starts_at in left_out:
        dates = dates[1:]
    all_series: list[IncomingSeries] = []
    our_rules: list[IncomingRule] = []
    breaks: list[IncomingBreak] = []
    for rule in rules:
        series, sentence = read_series(rule, times)
        if series is None:
            notes.append(Note(NoteKind.DATES, sentence))
            continue
        ours = our_rule(series, rule, times) if len(rules) == 1 else None
        if ours is None:
            spans = [] if not days_out else [*spans_of_series(series)]
            skipped = left_out | {
                span.starts_at
                for span in spans
                if span.starts_at.astimezone(LOCAL).date() in days_out
            }
            all_series.append(replace(series, left_out=tuple(sorted(skipped))))
            continue
        our_rules.append(ours)
        breaks += breaks_of(series, left_out, days_out)
        dates = [item for item in dates if item != own]
    if not any(True for rule in our_rules for _date in first_dates(rule, breaks)):
        our_rules, breaks = [], []
    if all_series and not any(
        span.starts_at not in series.left_out
        for series in all_series
        for span in islice(spans_of_series(series), 2000)
    ):
        all_series = []
    if not (dates or our_rules or all_series):
        message = "all its dates are left out"
        raise UnusableDateError(message)
    return replace(
        event,
        dates=tuple(unique(dates)),
        rules=tuple(our_rules),
        breaks=tuple(breaks),
        series=tuple(all_series),
        notes=(*event.notes, *notes),
    )


def unique(dates: list[IncomingDate]) -> list[IncomingDate]:
    return sorted(
        {item.starts_at: item for item in dates}.values(),
        key=lambda item: item.starts_at,
    )


def first_dates(rule: IncomingRule, breaks: list[IncomingBreak]) -> Iterator[Span]:
    last = rule.end_date or rule.start_date + timedelta(days=3660)
    return islice(spans_of(rule, list(breaks), last), 1)


def extra_dates(component: Component, times: Times) -> list[IncomingDate]:
    """RDATE: a moment, a day, or a period with an end of its own."""
    dates = []
    for value in listed(component, "RDATE"):
        moment, end = value if isinstance(value, tuple) else (value, None)
        try:
            check_year(moment)
        except UnusableDateError:
            continue
        starts_at = times.utc(moment)
        ends_at: datetime | None
        if isinstance(end, timedelta):
            ends_at = starts_at + end
        elif isinstance(end, datetime):
            ends_at = times.utc(end)
        else:
            ends_at = starts_at + times.duration if times.duration else None
        is_all_day = not isinstance(moment, datetime)
        dates.append(IncomingDate(starts_at, ends_at, is_all_day))
    return dates


def read_series(rule: Any, times: Times) -> tuple[IncomingSeries | None, str]:
    """The recurrence with UNTIL in its own wall clock, or why it is not taken."""
    parts = {str(name).upper(): value for name, value in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if frequency not in FREQUENCIES:
        return None, f"repeats {frequency.lower() or 'somehow'}: one date is taken"
    times_a_day = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times_a_day *= max(1, len(parts.get(name, [])))
    days = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"} & parts.keys()
    if times_a_day > MOST_TIMES_A_DAY or (frequency in {"DAILY", "WEEKLY"} and days):
        return None, "repeats in a way that is not understood: one date is taken"
    text = []
    for name, value in rule.items():
        name = str(name).upper()
        if name == "UNTIL":
            until = times.wall(value[0])
            if not isinstance(value[0], datetime) and not times.is_all_day:
                until = until.replace(hour=23, minute=59, second=59)
            if until.year >= YEARS_ALLOWED[1]:
                continue
            text.append(f"UNTIL={until:%Y%m%dT%H%M%S}")
        elif name == "COUNT":
            text.append(f"COUNT={max(1, int(value[0]))}")
        else:
            values = ",".join(
                item.to_ical().decode() if hasattr(item, "to_ical") else str(item)
                for item in value
            )
            text.append(f"{name}={values}")
    series = IncomingSeries(
        rule=";".join(text),
        starts_at=times.wall(times.start),
        zone=str(LOCAL if times.is_all_day else times.zone),
        duration=times.duration,
        is_all_day=times.is_all_day,
    )
    try:
        first = next(iter(spans_of_series(series)), None)
    except (ValueError, IndexError, TypeError, OverflowError):
        first = None
    if first is None:
        return None, "repeats in a way that is not understood: one date is taken"
    return series, ""


def our_rule(series: IncomingSeries, rule: Any, times: Times) -> IncomingRule | None:
    """A `ScheduleRule` with the very same dates, or None when there is none.

    Rather than reasoning about zones, week starts and positions, the guess is
    compared with the source's own dates.
    """
    frequency = str(rule.get("FREQ", [""])[0]).lower()
    if series.is_all_day or frequency not in {"weekly", "monthly"}:
        return None
    if series.duration and series.duration > timedelta(days=1):
        return None
    theirs = list(islice(spans_of_series(series), COMPARED))
    if not theirs or theirs[0].starts_at != times.utc(times.start):
        return None
    begins = theirs[0].starts_at.astimezone(LOCAL)
    if begins.replace(tzinfo=None) != series.starts_at:
        return None  # another zone's clock: a rule of ours would drift from it
    weekdays, nth = weekdays_of(rule, begins)
    if frequency == "monthly" and nth is None:
        return None
    end_date = None
    if "COUNT" in series.rule or "UNTIL" in series.rule:
        *_before, last = spans_of_series(series)
        end_date = last.starts_at.astimezone(LOCAL).date()
    ends = theirs[0].ends_at.astimezone(LOCAL).time() if theirs[0].ends_at else None
    try:
        interval = int(rule.get("INTERVAL", [1])[0])
    except (TypeError, ValueError):
        return None
    if not 1 <= interval <= 26:
        return None
    ours = IncomingRule(
        frequency=frequency,
        interval=interval,
        weekdays=weekdays,
        nth=nth if frequency == "monthly" else None,
        start_date=begins.date(),
        end_date=end_date,
        count=None,
        start_time=begins.time(),
        end_time=ends,
    )
    bounded = replace(ours, end_date=theirs[-1].starts_at.astimezone(LOCAL).date())
    same = [span_of(span) for span in dates_of(bounded)] == [
        span_of(span) for span in theirs
    ]
    return ours if same else None


def dates_of(rule: IncomingRule) -> list[Span]:
    """As `recurrence` will write them."""
    return list(spans_of(rule, [], rule.end_date or rule.start_date))


def span_of(span: Span) -> tuple[datetime, datetime | None]:
    return span.starts_at, span.ends_at


def weekdays_of(rule: Any, begins: datetime) -> tuple[list[int], int | None]:
    """ISO weekdays, and which one of the month."""
    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    weekdays, places = set(), set()
    for value in rule.get("BYDAY", []):
        match = re.fullmatch(r"([+-]?\d*)([A-Z]{2})", str(value).upper())
        if match and match[2] in names:
            weekdays.add(names.index(match[2]) + 1)
            places.add(int(match[1]) if match[1] else 0)
    places |= {int(place) for place in rule.get("BYSETPOS", [])}
    places.discard(0)
    nth = places.pop() if len(places) == 1 else None
    if nth not in {1, 2, 3, 4, -1}:
        nth = None
    return sorted(weekdays) or [begins.isoweekday()], nth


def breaks_of(
    series: IncomingSeries, left_out: set[datetime], days_out: set[date]
) -> list[IncomingBreak]:
    """Dates left out one after another are one break from the first to the last."""
    if not left_out and not days_out:
        return []
    last_out = max(
        [
            *left_out,
            *(local_moment(day + timedelta(days=1), time(0)) for day in days_out),
        ]
    )
    breaks: list[IncomingBreak] = []
    previous_is_out = False
    for span in spans_of_series(series):
        if span.starts_at > last_out:
            break
        day = span.starts_at.astimezone(LOCAL).date()
        is_out = span.starts_at in left_out or day in days_out
        if is_out and previous_is_out:
            breaks[-1] = IncomingBreak(breaks[-1].start_date, day)
        elif is_out:
            breaks.append(IncomingBreak(day, day))
        previous_is_out = is_out
    return breaks


def with_overrides(
    event: IncomingEvent, overrides: list[Component], zone: ZoneInfo
) -> IncomingEvent:
    """Each RECURRENCE-ID: a date cancelled or moved; other differences are told."""
    latest: dict[datetime, Component] = {}
    notes: list[Note] = []
    for item in sorted(overrides, key=sequence):
        latest[original_start(item, event, zone)] = item
    changes, dates = [], list(event.dates)
    by_start = {date_.starts_at: date_ for date_ in dates}
    for original, item in latest.items():
        if has_status(item):
            changes.append(IncomingChange(original))
            continue
        try:
            times = Times(item, zone)
        except UnusableDateError as error:
            notes.append(Note(NoteKind.DATES, f"a changed date left out: {error}"))
            continue
        own = times.own_date
        is_same = own.starts_at == original and (
            original not in by_start or by_start[original].ends_at == own.ends_at
        )
        if is_same and not changed_length(event, own):
            sentence = f"{original.astimezone(LOCAL):%d.%m.%Y}: only its time is read"
            notes.append(
                Note(NoteKind.CHECK, f"a changed date keeps its time, {sentence}")
            )
            continue
        changes.append(IncomingChange(original, own.starts_at, own.ends_at))
    return replace(
        event,
        dates=tuple(unique(dates)),
        changes=tuple(sorted(changes, key=lambda change: change.original_start)),
        notes=(*event.notes, *notes),
    )


def changed_length(event: IncomingEvent, own: IncomingDate) -> bool:
    """True when a date of the series lasts otherwise than the series does."""
    length = own.ends_at - own.starts_at if own.ends_at else None
    if event.rules:
        rule = event.rules[0]
        if rule.end_time is None:
            return length is not None
        begins = datetime.combine(rule.start_date, rule.start_time)
        ends = datetime.combine(rule.start_date, rule.end_time)
        return length != (ends - begins) % timedelta(days=1)
    return bool(event.series) and length != event.series[0].duration


def original_start(item: Component, event: IncomingEvent, zone: ZoneInfo) -> datetime:
    """When the changed date was to begin; a bare day means that day's date."""
    moment = item.get("RECURRENCE-ID").dt
    if isinstance(moment, datetime):
        zone = zone_of(moment, zone) if moment.tzinfo else zone
        return in_utc(moment, zone)
    if event.rules:
        return local_moment(moment, event.rules[0].start_time)
    if event.series and not event.series[0].is_all_day:
        series = event.series[0]
        start = datetime.combine(moment, series.starts_at.time())
        return in_utc(start, ZoneInfo(series.zone))
    return local_moment(moment, time(0))
