"""From an incoming event's dates to what its page holds, as of now.

All that depends on today is here: what is clipped, what is over, what a cancelled
event's coming dates are.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule

from ..models.schedule import YEARS_ALLOWED
from ..recurrence import AHEAD, LOCAL, MOST_DATES, Span, expand, local_moment
from .records import (
    IncomingChange,
    IncomingDate,
    IncomingEvent,
    IncomingRule,
    IncomingSeries,
    Note,
    NoteKind,
)

LONGEST_DATE = timedelta(days=31)
"""One date that lasts longer is an exhibition: shown as a whole-day date."""
LONGEST_SHOWN = timedelta(days=365)
"""Of a longer one so much is shown, from today or its start, whichever is later."""
RENEW_BEFORE = timedelta(days=182)
"""What was cut short is taken further when less than this of it is left."""
MOST_STEPS = 20_000


class UnusableDateError(Exception):
    """A date that cannot be taken; the message says why."""


@dataclass(frozen=True)
class Moment:
    at: datetime
    is_whole_day: bool = False


def read_moment(value: object) -> Moment | None:
    """An ISO time or a bare date, which is a whole day in Helsinki; None for null."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    try:
        if len(text) == len("2026-11-21"):
            day = date.fromisoformat(text)
            check_year(day)
            return Moment(local_moment(day, time(0)), is_whole_day=True)
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"“{text[:40]}” is not a date"
        raise UnusableDateError(message) from error
    check_year(at)
    return Moment(in_utc(at))


def in_utc(at: datetime, zone: ZoneInfo = LOCAL) -> datetime:
    """A time without a zone is Helsinki's."""
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def check_year(day: date) -> None:
    first, last = YEARS_ALLOWED
    if not first <= day.year < last:
        message = f"the year {day.year} is outside {first}–{last}"
        raise UnusableDateError(message)


def read_date(start: object, end: object) -> tuple[IncomingDate | None, list[Note]]:
    """From Linked Events' start and end. An end too far away is clipped later.

    A bare date as the end means through that day.
    """
    begins = read_moment(start)
    if begins is None:
        return None, []
    try:
        ends = read_moment(end)
    except UnusableDateError as error:
        if str(end)[:4].isdigit() and int(str(end)[:4]) >= YEARS_ALLOWED[1]:
            ends = Moment(local_moment(date(YEARS_ALLOWED[1] - 1, 12, 31), time(0)))
        else:
            left_out = Note(NoteKind.DATES, f"end left out: {error}")
            return IncomingDate(begins.at, None, begins.is_whole_day), [left_out]
    if ends is None:
        return IncomingDate(begins.at, None, begins.is_whole_day), []
    ends_at = ends.at
    if ends.is_whole_day:
        last = ends.at.astimezone(LOCAL).date()
        ends_at = local_moment(last + timedelta(days=1), time(0))
    if ends_at < begins.at:
        note = Note(NoteKind.DATES, "end left out: it is before the start")
        return IncomingDate(begins.at, None, begins.is_whole_day), [note]
    if ends_at == begins.at or (
        ends_at == Span(begins.at).over_at and ends.is_whole_day
    ):
        # The same day, or no end beyond the day itself.
        return IncomingDate(begins.at, None, begins.is_whole_day), []
    return IncomingDate(begins.at, ends_at, begins.is_whole_day), []


@dataclass
class Plan:
    """What is written: rules, single dates, and changed dates."""

    rules: list[IncomingRule] = field(default_factory=list)
    dates: list[Span] = field(default_factory=list)
    changes: list[IncomingChange] = field(default_factory=list)
    ended_on: date | None = None
    """The last day of an event that is wholly past."""
    is_cut: bool = False
    """The source goes on beyond what is taken: a later run takes it further."""
    notes: list[Note] = field(default_factory=list)

    @property
    def has_dates(self) -> bool:
        return bool(self.rules or self.dates)

    def note(self, kind: NoteKind, sentence: str) -> None:
        self.notes.append(Note(kind, sentence))


def plan_dates(event: IncomingEvent, now: datetime) -> Plan:
    plan = Plan(rules=list(event.rules), changes=list(event.changes))
    for incoming in event.dates:
        span = clipped(incoming, now, plan)
        plan.dates.append(span)
        if incoming.is_cancelled:
            plan.changes.append(IncomingChange(span.starts_at))
    for series in event.series:
        plan.dates += written_out(series, now, plan)
    keep_most(plan, now)
    spans = expand(plan.rules, plan.dates, event.breaks, now)
    # Single dates beyond the horizon are still to come.
    coming = [span for span in [*spans, *plan.dates] if span.over_at > now]
    coming += [
        Span(change.new_start, change.new_end)
        for change in plan.changes
        if change.new_start and Span(change.new_start, change.new_end).over_at > now
    ]
    if event.is_cancelled:
        cancel_coming(plan, coming)
    still_runs = event.runs_until is not None and event.runs_until > now
    if not coming and not still_runs:
        ends = [span.over_at for span in [*spans, *plan.dates]]
        if event.runs_until:
            ends.append(event.runs_until)
        plan.ended_on = last_day(max(ends)) if ends else None
    return plan


def last_day(over_at: datetime) -> date:
    """The day on which something that is over at the moment was last held."""
    return (over_at - timedelta(seconds=1)).astimezone(LOCAL).date()


def clipped(incoming: IncomingDate, now: datetime, plan: Plan) -> Span:
    """A date of more than 31 days becomes whole days, at most a year of them."""
    starts_at, ends_at = incoming.starts_at, incoming.ends_at
    if ends_at is None or ends_at - starts_at <= LONGEST_DATE:
        return Span(starts_at, ends_at, incoming.is_all_day)
    first = starts_at.astimezone(LOCAL).date()
    last = last_day(ends_at)
    shown_first = first
    if ends_at > now:
        shown_first = max(first, now.astimezone(LOCAL).date())
    shown_last = min(last, shown_first + LONGEST_SHOWN)
    plan.is_cut |= shown_last < last and ends_at > now
    plan.note(
        NoteKind.CLIPPED,
        f"lasts {first} to {last}: taken as whole days {shown_first} to {shown_last}",
    )
    return Span(
        local_moment(shown_first, time(0)),
        local_moment(shown_last + timedelta(days=1), time(0)),
        is_all_day=True,
    )


def written_out(series: IncomingSeries, now: datetime, plan: Plan) -> list[Span]:
    """The series' dates up to two years ahead, in local wall-clock time."""
    left_out = set(series.left_out)
    horizon = now + AHEAD
    spans: list[Span] = []
    for span in spans_of_series(series):
        if span.starts_at > horizon:
            plan.is_cut = True
            break
        if span.starts_at not in left_out:
            spans.append(span)
    return spans


def spans_of_series(series: IncomingSeries) -> "list[Span] | islice[Span]":
    zone = ZoneInfo(series.zone)
    moments = rrule.rrulestr(series.rule, dtstart=series.starts_at)
    last_year = YEARS_ALLOWED[1]

    def spans():  # type: ignore[no-untyped-def]  # a generator beside its loop
        for moment in moments:
            if moment.year >= last_year:
                return
            starts_at = in_utc(moment, zone)
            ends_at = None
            if series.duration:
                # The wall clock again, so that 14-15 stays 14-15.
                ends_at = in_utc(moment + series.duration, zone)
            if ends_at is not None and ends_at <= starts_at:
                ends_at = None
            yield Span(starts_at, ends_at, series.is_all_day)

    return islice(spans(), MOST_STEPS)


def keep_most(plan: Plan, now: datetime) -> None:
    """At most 500 single dates: those to come before the newest past ones."""
    by_start = {span.starts_at: span for span in plan.dates}
    spans = sorted(by_start.values(), key=lambda span: span.starts_at)
    coming = [span for span in spans if span.over_at > now]
    past = [span for span in spans if span.over_at <= now]
    if len(coming) > MOST_DATES:
        plan.is_cut = True
    room = max(0, MOST_DATES - len(coming))
    plan.dates = (past[-room:] if room else []) + coming[:MOST_DATES]
    if dropped := len(spans) - len(plan.dates):
        plan.note(
            NoteKind.CLIPPED, f"{dropped} of {len(spans)} dates left out: 500 are taken"
        )
    elif plan.is_cut and len(spans) > 1:
        plan.note(
            NoteKind.CLIPPED, f"repeats without end: {len(spans)} dates are taken"
        )


def cancel_coming(plan: Plan, coming: list[Span]) -> None:
    """Every coming date is cancelled; rules without an end get one."""
    changed = {change.original_start for change in plan.changes if not change.new_start}
    moved = {change.new_start for change in plan.changes if change.new_start}
    starts = sorted({span.starts_at for span in coming} - changed - moved)
    plan.changes = [
        # A moved date that is cancelled is cancelled where it was.
        replace(change, new_start=None, new_end=None) if change.new_start else change
        for change in plan.changes
    ]
    known = {change.original_start for change in plan.changes}
    plan.changes += [IncomingChange(start) for start in starts if start not in known]
    if plan.rules and coming:
        last = max(span.starts_at for span in coming).astimezone(LOCAL).date()
        plan.rules = [
            rule
            if rule.end_date and rule.end_date <= last
            else replace(rule, end_date=max(last, rule.start_date))
            for rule in plan.rules
        ]
    plan.note(NoteKind.CANCELLED, f"cancelled: {len(starts)} coming dates")
