"""Writes what is derived from an event: its dates and its row in the index.

Both are written in the transaction that changes the event, so no list waits for a
worker (decision 6).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from home.models import ContentVersion

from .enums import Attendance, Feature, SignUp, TimeOfDay
from .languages import LANGUAGE_BITS
from .masks import mask
from .models.changes import EventState, OccurrenceChange
from .models.occurrences import Occurrence
from .models.search_rows import TIME_BITS, SearchRow
from .recurrence import LOCAL, Span, expand, over_at

if TYPE_CHECKING:
    from .models import EventPage


LEAST_AHEAD = timedelta(days=365)


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
    spans = {
        span.starts_at: span
        for span in expand(
            event.rules.all(), event.extra_dates.all(), event.breaks.all(), now
        )
        if ended_on is None or timezone.localdate(span.starts_at) <= ended_on
    }
    changes = {
        change.original_start: change for change in event.occurrence_changes.all()
    }
    rows = {row.original_start: row for row in event.occurrences.all()}

    def is_past(row: Occurrence) -> bool:
        return row.over_at <= now and row.original_start not in changes

    gone = [
        row.pk for start, row in rows.items() if start not in spans and not is_past(row)
    ]
    new, changed = [], []
    for start, span in spans.items():
        row = rows.get(start)
        if row is not None and is_past(row):
            continue
        wanted = values_of(span, changes.get(start))
        if row is None:
            if span.over_at > now or not rows or start in changes:
                new.append(Occurrence(event=event, original_start=start, **wanted))
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_create(new)
    Occurrence.objects.bulk_update(
        changed, ["starts_at", "ends_at", "over_at", "is_all_day", "status", "note"]
    )


def dates_of_draft(event: "EventPage", now: datetime) -> list[Occurrence]:
    """What the rules on the page would give from now on. Written nowhere."""
    spans = expand(event.rules.all(), event.extra_dates.all(), event.breaks.all(), now)
    changes = (
        {change.original_start: change for change in event.occurrence_changes.all()}
        if event.pk
        else {}
    )
    dates = [
        Occurrence(
            original_start=span.starts_at,
            **values_of(span, changes.get(span.starts_at)),
        )
        for span in spans
    ]
    return [date for date in dates if date.over_at > now]


def values_of(span: Span, change: OccurrenceChange | None) -> dict:
    """A row's values: the span's, as a cancellation or a move alters them."""
    starts_at, ends_at, status, note = span.starts_at, span.ends_at, "scheduled", {}
    if change is not None:
        status, note = change.kind, dict(change.note)
        if change.kind == "moved":
            length = span.ends_at - span.starts_at if span.ends_at else None
            starts_at = change.new_start or span.starts_at
            ends_at = change.new_end or (starts_at + length if length else None)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "over_at": over_at(starts_at, ends_at),
        "is_all_day": span.is_all_day,
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
    coming = list(event.occurrences.upcoming(now).held())
    venue, municipality = event.venue, event.effective_municipality
    features = {
        Feature.FREE: event.is_free is True,
        Feature.REMOTE: event.attendance != Attendance.ON_SITE,
        Feature.STEP_FREE: bool(venue and venue.step_free_entrance),
        Feature.NO_SIGN_UP: event.sign_up == SignUp.NONE,
        Feature.BUDDY: event.buddy_available is True,
    }
    starts = [date.starts_at.astimezone(LOCAL) for date in coming]
    SearchRow.objects.update_or_create(
        event=event,
        defaults={
            "kind": event.kind,
            "next_start": coming[0].starts_at if coming else None,
            "next_over": coming[0].over_at if coming else None,
            "municipality": municipality,
            "weekdays": mask(start.isoweekday() for start in starts),
            "times": mask(TIME_BITS[TimeOfDay.of_hour(start.hour)] for start in starts),
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
        },
    )


@transaction.atomic
def roll_forward(now: datetime | None = None) -> int:
    """Moves rows whose next date has passed on to the one after it.

    Gives the number of rows moved. A constant number of queries for any number.
    Stored pages were made without them, so the content version rises.
    """
    now = now or timezone.now()
    if not SearchRow.objects.filter(next_over__lte=now).exists():
        return 0
    # The version first, then the rows: the order in which saving a page locks them.
    ContentVersion.bump()
    following = (
        Occurrence.objects.upcoming(now).held().filter(event=models.OuterRef("event"))
    )
    return SearchRow.objects.filter(next_over__lte=now).update(
        next_start=models.Subquery(following.values("starts_at")[:1]),
        next_over=models.Subquery(following.values("over_at")[:1]),
    )


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
