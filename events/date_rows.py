"""An event's dates as rows: what its schedule and the changes of single dates give."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from itertools import batched
from typing import TYPE_CHECKING, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from .models.changes import EventState, OccurrenceChange
from .models.occurrences import Occurrence
from .recurrence import LOCAL, MOST_DATES, Span, over_at
from .schedules import Schedule
from .school_holidays import schedule_of

if TYPE_CHECKING:
    from .models import EventPage

ROWS_AT_ONCE = 500


class Row(NamedTuple):
    """An occurrence as it is read: model instances would cost as much again."""

    event_id: int
    pk: int
    original_start: datetime
    starts_at: datetime
    ends_at: datetime | None
    over_at: datetime
    is_all_day: bool
    status: str
    note: dict


def rows_of(event_ids: Iterable[int]) -> dict[int, list[Row]]:
    """By event."""
    found = Occurrence.objects.filter(event__in=list(event_ids)).order_by()
    by_event: dict[int, list[Row]] = defaultdict(list)
    for values in found.values_list(*Row._fields):
        row = Row._make(values)
        by_event[row.event_id].append(row)
    return by_event


def refresh_occurrences(event: "EventPage", now: datetime | None = None) -> None:
    """Past dates are never rewritten; a date keeps its row while its start stays.

    A group that has been ended has no dates after its last day.
    """
    now = now or timezone.now()
    ended_on = (
        EventState.objects.filter(event=event)
        .values_list("ended_on", flat=True)
        .first()
    )
    rows = rows_of([event.pk])[event.pk]
    write_dates([Dates(event, rows, schedule_of(event), now, ended_on)])


class Dates:
    """An event's dates as they stand in the database, and as they should be.

    A change whose date no longer exists waits in its table: should the date return,
    it is cancelled or moved again.
    """

    def __init__(
        self,
        event: "EventPage",
        rows: list[Row],
        schedule: Schedule,
        now: datetime,
        ended_on: date | None,
    ) -> None:
        self.now = now
        self.changes = {
            change.original_start: change for change in event.occurrence_changes.all()
        }
        self.rows: dict[datetime, Row | Occurrence] = {
            row.original_start: row for row in rows
        }
        self.ended_on = ended_on
        held = {row.original_start for row in rows if row.over_at <= now}
        spans = {span.starts_at: span for span in schedule.spans(now, held=held)}
        coming = {row.original_start for row in rows if not self.is_past(row)}
        # The start of a past date is taken: no other date is moved onto it.
        free = spans.keys() - (self.rows.keys() - coming)
        self.places = carried(coming, free, self.changes)
        self.carried: dict[datetime, datetime] = {}
        for new, old in self.places.items():
            self.carried.setdefault(old, new)
        self.carry_changes()
        spans = {
            start: span for start, span in spans.items() if not self.is_after_end(start)
        }
        self.gone: list[int] = []
        self.new: list[Occurrence] = []
        self.changed: list[Occurrence] = []
        for row in rows:
            start = self.carried.get(row.original_start, row.original_start)
            span = spans.pop(start, None)
            if not self.is_past(row):
                if span is None:
                    self.gone.append(row.pk)
                    del self.rows[row.original_start]
                else:
                    self.write_over(row, span)
            elif row.over_at > now and self.is_after_end(row.original_start):
                self.gone.append(row.pk)
                del self.rows[row.original_start]
            elif row.status != Occurrence.Status.SCHEDULED or (
                row.original_start in self.changes
            ):
                # The past follows cancellations and moves, and nothing else.
                self.write_over(row, span_held(row))
        for start, span in spans.items():
            if span.over_at > now or not rows or start in self.changes:
                made = Occurrence(
                    event=event,
                    original_start=start,
                    **values_of(span, self.changes.get(start)),
                )
                self.new.append(made)
                self.rows[start] = made

    def carry_changes(self) -> None:
        """A change goes with its date; one that waited at the new start ends there."""
        self.moved_changes: list[tuple[OccurrenceChange, datetime]] = []
        self.new_changes: list[OccurrenceChange] = []
        self.gone_changes: list[int] = []
        for new, old in self.places.items():
            change = self.changes.get(old)
            if change is None:
                continue
            if waiting := self.changes.get(new):
                self.gone_changes.append(waiting.pk)
            if self.carried[old] == new:
                self.moved_changes.append((change, new))
                self.changes[new] = change
            else:
                self.changes[new] = OccurrenceChange(
                    event_id=change.event_id,
                    original_start=new,
                    kind=change.kind,
                    note=change.note,
                )
                self.new_changes.append(self.changes[new])
        for change, _new in self.moved_changes:
            del self.changes[change.original_start]

    def is_after_end(self, start: datetime) -> bool:
        """A date counts on the day on which it is held, whenever it was to be."""
        change = self.changes.get(start)
        held_at = (change.new_start if change else None) or start
        return self.ended_on is not None and (
            timezone.localdate(held_at) > self.ended_on
        )

    def is_past(self, row: Row) -> bool:
        """One that was moved from a past day belongs to the past's plan, too."""
        start = row.original_start
        return row.over_at <= self.now or (start in self.changes and start <= self.now)

    def write_over(self, row: Row, span: Span) -> None:
        start = self.carried.get(row.original_start, row.original_start)
        wanted = {"original_start": start} | values_of(span, self.changes.get(start))
        if any(getattr(row, name) != value for name, value in wanted.items()):
            made = Occurrence(pk=row.pk, event_id=row.event_id, **wanted)
            self.changed.append(made)
            del self.rows[row.original_start]
            self.rows[start] = made

    def differ(self) -> bool:
        return bool(self.gone or self.new or self.changed)

    def coming_and_held(self) -> list[Row | Occurrence]:
        """Once they are written; soonest first."""
        coming = (row for row in self.rows.values() if row.over_at > self.now)
        return sorted(
            (row for row in coming if row.status != Occurrence.Status.CANCELLED),
            key=lambda row: (row.starts_at, row.pk),
        )


def write_dates(several: Iterable[Dates]) -> None:
    several = list(several)
    gone = [pk for dates in several for pk in dates.gone]
    changed = [row for dates in several for row in dates.changed]
    for some in batched(gone, ROWS_AT_ONCE):
        # Nothing hangs on a date; a signal for each would raise the version for each.
        Occurrence.objects.filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS)
    Occurrence.objects.bulk_create(
        (row for dates in several for row in dates.new), ROWS_AT_ONCE
    )
    Occurrence.objects.bulk_update(
        changed,
        [
            *("original_start", "starts_at", "ends_at", "over_at"),
            *("is_all_day", "status", "note"),
        ],
        ROWS_AT_ONCE,
    )
    # Without signals: the dates that follow from it are written just here.
    gone_changes = [pk for dates in several for pk in dates.gone_changes]
    for some in batched(gone_changes, ROWS_AT_ONCE):
        OccurrenceChange.objects.filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS)
    moved = [pair for dates in several for pair in dates.moved_changes]
    for change, start in moved:
        change.original_start = start
    OccurrenceChange.objects.bulk_update(
        (change for change, _start in moved), ["original_start"], ROWS_AT_ONCE
    )
    OccurrenceChange.objects.bulk_create(
        (change for dates in several for change in dates.new_changes), ROWS_AT_ONCE
    )


def carried(
    old: Collection[datetime],
    new: Collection[datetime],
    changes: Mapping[datetime, OccurrenceChange],
) -> dict[datetime, datetime]:
    """New starts, each with the old one that a rule has moved within the day.

    Such a date stays: with its id, and cancelled if it was. On a day with several,
    in their order, when there are as many as before. A day on which all was cancelled
    stays so, however many there are: then the last old one stands for the rest.
    """
    before, come = by_day(old), by_day(set(new) - set(old))
    places: dict[datetime, datetime] = {}
    for day, gone in by_day(set(old) - set(new)).items():
        is_cancelled = all(
            start in changes and changes[start].kind == OccurrenceChange.Kind.CANCELLED
            for start in before[day]
        )
        if len(gone) == len(come[day]) or is_cancelled:
            last = len(gone) - 1
            places |= {
                start: gone[min(place, last)] for place, start in enumerate(come[day])
            }
    return places


def by_day(starts: Iterable[datetime]) -> dict[date, list[datetime]]:
    """Each day's in their order."""
    days: dict[date, list[datetime]] = defaultdict(list)
    for start in sorted(starts):
        days[timezone.localdate(start)].append(start)
    return days


class Starts(NamedTuple):
    """When the dates that are written were to begin."""

    held: Collection[datetime] = ()
    coming: Collection[datetime] = ()


def starts_of(event: "EventPage", now: datetime) -> Starts:
    if not event.pk:
        return Starts()
    found = list(event.occurrences.values_list("original_start", "over_at"))
    return Starts(
        held={start for start, over in found if over <= now},
        coming={start for start, over in found if over > now},
    )


def dates_of_draft(event: "EventPage", now: datetime) -> list[Occurrence]:
    """What the rules on the page would give from now on. Written nowhere."""
    changes = list(event.occurrence_changes.all()) if event.pk else []
    return coming_dates(schedule_of(event), changes, starts_of(event, now), now)


def coming_dates(
    schedule: Schedule,
    changes: Iterable[OccurrenceChange],
    written: Starts,
    now: datetime,
    most: int = MOST_DATES,
) -> list[Occurrence]:
    """Of a schedule that may be in a form only, with the changes made meanwhile."""
    spans = schedule.spans(now, held=written.held, most=most)
    by_start = {change.original_start: change for change in changes}
    # One that was moved from a past day belongs to the past's plan.
    old = {start for start in written.coming if start > now or start not in by_start}
    free = {span.starts_at for span in spans}.difference(written.held)
    by_start |= {
        new: by_start[start]
        for new, start in carried(old, free, by_start).items()
        if start in by_start
    }
    dates = [
        Occurrence(
            original_start=span.starts_at,
            **values_of(span, by_start.get(span.starts_at)),
        )
        for span in spans
    ]
    coming = [date for date in dates if date.over_at > now]
    return sorted(coming, key=lambda date: date.starts_at)


def span_held(row: Row) -> Span:
    """A past date's span, before it was moved."""
    length = row.ends_at - row.starts_at if row.ends_at else None
    ends_at = row.original_start + length if length is not None else None
    return Span(row.original_start, ends_at, row.is_all_day)


def values_of(span: Span, change: OccurrenceChange | None) -> dict:
    """A row's values: the span's, as a cancellation or a move alters them."""
    starts_at, ends_at, status, note = span.starts_at, span.ends_at, "scheduled", {}
    is_all_day = span.is_all_day
    if change is not None:
        status, note = change.kind, dict(change.note)
        # One that is cancelled after it was moved stays where residents look for it.
        if change.new_start:
            length = span.ends_at - span.starts_at if span.ends_at else None
            starts_at = change.new_start
            ends_at = change.new_end or (starts_at + length if length else None)
            # Moved to an hour, it is no longer a whole day.
            is_all_day &= starts_at.astimezone(LOCAL).time() == time(0)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "over_at": over_at(starts_at, ends_at),
        "is_all_day": is_all_day,
        "status": status,
        "note": note,
    }
