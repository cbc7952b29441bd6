"""Writes what is derived from an event: its dates and its row in the index.

Both are written in the transaction that changes the event, so no list waits for a
worker (decision 6).
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils import timezone

from home.collation import sort_key
from home.models import ContentVersion

from .enums import Attendance, Feature, SignUp, TimeOfDay
from .languages import LANGUAGE_BITS
from .masks import mask
from .models.changes import EventState, OccurrenceChange
from .models.occurrences import Occurrence
from .models.search_rows import TIME_BITS, RemovedRow, SearchRow, slot_bit
from .recurrence import LOCAL, MOST_DATES, Span, over_at
from .schedules import Schedule
from .school_holidays import SchoolHolidays, schedule_of

if TYPE_CHECKING:
    from .models import EventPage


LEAST_AHEAD = timedelta(days=365)
REMOVED_ROWS_KEPT = timedelta(days=7)
EVENTS_AT_ONCE = 100
ROWS_AT_ONCE = 500
NAME_LENGTH = 40
DAYS_IN_WEEK = 7


@transaction.atomic
def refresh_derived_rows(event: "EventPage") -> None:
    """Call after every change of a live event, or when it goes off the site."""
    if event.live:
        refresh_occurrences(event)
    refresh_search_row(event)


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
    dates = Dates(event, schedule_of(event), now, ended_on)
    write_dates([dates])


class Dates:
    """An event's dates as they stand in the database, and as they should be.

    A change whose date no longer exists waits in its table: should the date return,
    it is cancelled or moved again.
    """

    def __init__(
        self,
        event: "EventPage",
        schedule: Schedule,
        now: datetime,
        ended_on: date | None,
    ) -> None:
        self.now = now
        self.changes = {
            change.original_start: change for change in event.occurrence_changes.all()
        }
        self.rows = {row.original_start: row for row in event.occurrences.all()}
        spans = {
            span.starts_at: span
            for span in schedule.spans(now, held=self.starts_held())
            if ended_on is None or timezone.localdate(span.starts_at) <= ended_on
        }
        settled = {start: row for start, row in self.rows.items() if self.is_past(row)}
        self.gone = [
            row.pk
            for start, row in self.rows.items()
            if start not in spans and start not in settled
        ]
        self.new: list[Occurrence] = []
        self.changed: list[Occurrence] = []
        for start, row in settled.items():
            # The past follows cancellations and moves, and nothing else.
            if start in self.changes or row.status != Occurrence.Status.SCHEDULED:
                self.write_into(row, span_held(row))
        for start, span in spans.items():
            if start in self.rows:
                if start not in settled:
                    self.write_into(self.rows[start], span)
            elif span.over_at > now or not self.rows or start in self.changes:
                values = values_of(span, self.changes.get(start))
                self.new.append(Occurrence(event=event, original_start=start, **values))

    def starts_held(self) -> set[datetime]:
        return {start for start, row in self.rows.items() if row.over_at <= self.now}

    def is_past(self, row: Occurrence) -> bool:
        """One that was moved from a past day belongs to the past's plan, too."""
        start = row.original_start
        return row.over_at <= self.now or (start in self.changes and start <= self.now)

    def write_into(self, row: Occurrence, span: Span) -> None:
        wanted = values_of(span, self.changes.get(span.starts_at))
        if any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            self.changed.append(row)

    def differ(self) -> bool:
        return bool(self.gone or self.new or self.changed)

    def coming_and_held(self) -> list[Occurrence]:
        """After the writing, soonest first."""
        gone = set(self.gone)
        return sorted(
            (
                row
                for row in [*self.rows.values(), *self.new]
                if row.pk not in gone and row.over_at > self.now
                if row.status != Occurrence.Status.CANCELLED
            ),
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
        ["starts_at", "ends_at", "over_at", "is_all_day", "status", "note"],
        ROWS_AT_ONCE,
    )


@transaction.atomic
def refresh_dates_of(events: "models.QuerySet[EventPage]") -> int:
    """The same for many live groups at once, with their rows in the index.

    A fixed number of queries for each hundred. Gives how many groups have changed.
    """
    now = timezone.now()
    school = SchoolHolidays.of_all_towns()
    # The version first, then the rows: the order in which saving a page locks them.
    version = ContentVersion.raise_and_read()
    ids = list(events.order_by("pk").values_list("pk", flat=True))
    found = events.model.objects.select_related(
        "venue__municipality", "municipality", "state"
    ).prefetch_related(
        "rules", "extra_dates", "breaks", "occurrences", "occurrence_changes"
    )
    number = 0
    for some in batched(ids, EVENTS_AT_ONCE):
        differing = {}
        for event in found.filter(pk__in=some):
            state = getattr(event, "state", None)
            ended_on = state.ended_on if state else None
            dates = Dates(event, schedule_of(event, school), now, ended_on)
            if dates.differ():
                differing[event.pk] = dates
        write_dates(differing.values())
        rows = list(SearchRow.objects.filter(pk__in=list(differing)))
        for row in rows:
            row.version = version
            values = values_of_dates(differing[row.pk].coming_and_held())
            for name, value in values.items():
                setattr(row, name, value)
        SearchRow.objects.bulk_update(
            rows, ["version", "next_start", "next_over", "first_day", "days", "slots"]
        )
        number += len(differing)
    return number


def dates_of_draft(event: "EventPage", now: datetime) -> list[Occurrence]:
    """What the rules on the page would give from now on. Written nowhere."""
    changes = list(event.occurrence_changes.all()) if event.pk else []
    return coming_dates(schedule_of(event), changes, starts_held(event, now), now)


def coming_dates(
    schedule: Schedule,
    changes: Iterable[OccurrenceChange],
    held: Collection[datetime],
    now: datetime,
    most: int = MOST_DATES,
) -> list[Occurrence]:
    """Of a schedule that may be in a form only, with the changes made meanwhile."""
    by_start = {change.original_start: change for change in changes}
    dates = [
        Occurrence(
            original_start=span.starts_at,
            **values_of(span, by_start.get(span.starts_at)),
        )
        for span in schedule.spans(now, held=held, most=most)
    ]
    coming = [date for date in dates if date.over_at > now]
    return sorted(coming, key=lambda date: date.starts_at)


def starts_held(event: "EventPage", now: datetime) -> set[datetime]:
    """When the dates that are over were to begin."""
    if not event.pk:
        return set()
    past = event.occurrences.filter(over_at__lte=now)
    return set(past.values_list("original_start", flat=True))


def span_held(row: Occurrence) -> Span:
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


def refresh_search_row(event: "EventPage", now: datetime | None = None) -> None:
    """Removes the row of what residents should not find, else writes it anew."""
    now = now or timezone.now()
    state = EventState.objects.filter(event=event).first()
    ended = state and state.ended_on and state.ended_on < timezone.localdate(now)
    if not event.live or (state and state.is_paused) or ended:
        SearchRow.objects.filter(event=event).delete()
        return
    # The version first, then the row: the order in which saving a page locks them.
    version = ContentVersion.raise_and_read()
    RemovedRow.objects.filter(pk=event.pk).delete()
    SearchRow.objects.update_or_create(
        event=event,
        defaults={
            "version": version,
            "kind": event.kind,
            "name_key": sort_key(event.title)[:NAME_LENGTH],
            **values_of_dates(list(event.occurrences.upcoming(now).held())),
            **values_of_place(event),
            **values_of_audience(event, is_full=bool(state and state.is_full)),
        },
    )


def values_of_dates(coming: list[Occurrence]) -> dict[str, Any]:
    starts = [date.starts_at.astimezone(LOCAL) for date in coming]
    first_day = min((start.date() for start in starts), default=None)
    days = mask((start.date() - first_day).days for start in starts) if first_day else 0
    return {
        "next_start": coming[0].starts_at if coming else None,
        "next_over": coming[0].over_at if coming else None,
        "first_day": first_day,
        "days": days.to_bytes((days.bit_length() + 7) // 8, "little"),
        "slots": mask(
            slot_bit(start.isoweekday(), TimeOfDay.of_hour(start.hour))
            for start in starts
        ),
    }


def values_of_place(event: "EventPage") -> dict[str, Any]:
    """A protected address is nowhere in the row: distances would give it away."""
    municipality = event.effective_municipality
    venue = event.shown_venue
    place = venue if venue and venue.latitude is not None else municipality
    if event.attendance == Attendance.ONLINE:
        place = None
    return {
        "municipality": municipality,
        "venue": venue,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def values_of_audience(event: "EventPage", *, is_full: bool) -> dict[str, Any]:
    venue = event.venue
    features = {
        Feature.FREE: event.is_free is True,
        Feature.REMOTE: event.attendance != Attendance.ON_SITE,
        Feature.STEP_FREE: bool(venue and venue.step_free_entrance),
        Feature.NO_SIGN_UP: event.sign_up == SignUp.NONE,
        Feature.BUDDY: event.buddy_available is True,
        Feature.FULL: is_full,
        Feature.SENSITIVE: event.is_sensitive,
    }
    return {
        "goals": mask(goal.bit for goal in event.goals.all()),
        "themes": mask(theme.bit for theme in event.themes.all()),
        "target_groups": mask(group.bit for group in event.target_groups.all()),
        "languages": mask(
            LANGUAGE_BITS[code]
            for code in event.spoken_languages
            if code in LANGUAGE_BITS
        ),
        "features": mask(place for place, has in features.items() if has),
        "min_age": event.min_age,
        "max_age": event.max_age,
    }


@transaction.atomic
def roll_forward(now: datetime | None = None) -> int:
    """Moves rows whose next date has passed on to the one after it.

    Gives the number of rows moved. A constant number of queries for any number, and
    some more for each group that meets at two times of the same weekday: only its
    dates tell which of them is still to come.
    """
    now = now or timezone.now()
    passed = SearchRow.objects.filter(next_over__lte=now)
    two_times = [
        row.pk for row in passed.only("slots") if has_two_times_of_a_day(row.slots)
    ]
    if not two_times and not passed.exists():
        return 0
    # The version first, then the rows: the order in which saving a page locks them.
    version = ContentVersion.raise_and_read()
    following = (
        Occurrence.objects.upcoming(now).held().filter(event=models.OuterRef("event"))
    )
    moved = passed.update(
        version=version,
        next_start=models.Subquery(following.values("starts_at")[:1]),
        next_over=models.Subquery(following.values("over_at")[:1]),
    )
    for row in SearchRow.objects.filter(pk__in=two_times).select_related("event"):
        refresh_search_row(row.event, now)
    return moved


def has_two_times_of_a_day(slots: int) -> bool:
    times = len(TIME_BITS)
    a_day = (1 << times) - 1
    return any(
        (slots >> (day * times) & a_day).bit_count() > 1 for day in range(DAYS_IN_WEEK)
    )


def forget_removed_rows(now: datetime | None = None) -> None:
    """A process that has not asked for so long reads everything anew."""
    before = (now or timezone.now()) - REMOVED_ROWS_KEPT
    RemovedRow.objects.filter(removed_at__lt=before).delete()


def rewrite_old_rows() -> Iterator["EventPage"]:
    """Writes rows that an earlier release left without what this one asks about."""
    for row in SearchRow.objects.filter(version=0).select_related("event").iterator():
        refresh_search_row(row.event)
        yield row.event


def extend_horizon(now: datetime | None = None) -> Iterator["EventPage"]:
    """Writes more dates for open-ended groups whose last one is within a year.

    Dates reach two years ahead and are written when a group is saved; one that
    nobody touches would otherwise end by itself. Gives each group it has extended.
    """
    now = now or timezone.now()
    ending = (
        SearchRow.objects.filter(event__rules__end_date=None, event__rules__count=None)
        .filter(event__rules__isnull=False)
        .annotate(last=models.Max("event__occurrences__original_start"))
        .filter(last__lt=now + LEAST_AHEAD)
        .order_by("pk")
    )
    for row in ending.select_related("event").iterator():
        refresh_derived_rows(row.event)
        yield row.event
