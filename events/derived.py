"""Writes what is derived from an event: its dates and its row in the index.

Both are written in the transaction that changes the event, so no list waits for a
worker (decision 6).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from home.collation import sort_key
from home.models import ContentVersion

from .date_rows import Dates, Row, refresh_occurrences, rows_of, write_dates
from .enums import Attendance, Feature, SignUp, TimeOfDay
from .languages import LANGUAGE_BITS
from .masks import mask
from .models.changes import EventState
from .models.occurrences import Occurrence
from .models.search_rows import TIME_BITS, RemovedRow, SearchRow, slot_bit
from .recurrence import LOCAL
from .school_holidays import SchoolHolidays, schedule_of

if TYPE_CHECKING:
    from .models import EventPage


LEAST_AHEAD = timedelta(days=365)
REMOVED_ROWS_KEPT = timedelta(days=7)
EVENTS_AT_ONCE = 100
NAME_LENGTH = 40
DATE_FIELDS = ("next_start", "next_over", "first_day", "days", "slots")
"""What `values_of_dates` gives."""
DAYS_IN_WEEK = 7


@transaction.atomic
def refresh_derived_rows(event: "EventPage") -> None:
    """Call after every change of a live event, or when it goes off the site."""
    if event.live:
        refresh_occurrences(event)
    refresh_search_row(event)


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
    ).prefetch_related("rules", "extra_dates", "breaks", "occurrence_changes")
    number = 0
    for some in batched(ids, EVENTS_AT_ONCE):
        differing = {}
        rows_before = rows_of(some)
        for event in found.filter(pk__in=some):
            state = getattr(event, "state", None)
            ended_on = state.ended_on if state else None
            schedule = schedule_of(event, school)
            dates = Dates(event, rows_before[event.pk], schedule, now, ended_on)
            if dates.differ():
                differing[event.pk] = dates
        write_dates(differing.values())
        rows = list(
            SearchRow.objects.select_for_update().filter(pk__in=list(differing))
        )
        for row in rows:
            row.version = version
            values = values_of_dates(differing[row.pk].coming_and_held())
            for name, value in values.items():
                setattr(row, name, value)
        # All of them exist and are locked: quicker than an update by cases.
        SearchRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["event"],
            update_fields=["version", *DATE_FIELDS],
        )
        number += len(differing)
    return number


def refresh_search_row(event: "EventPage", now: datetime | None = None) -> None:
    """Removes the row of what residents should not find, else writes it anew."""
    now = now or timezone.now()
    state = EventState.objects.filter(event=event).first()
    ended = state and state.has_ended(timezone.localdate(now))
    is_hidden = not event.live or event.is_restricted
    is_resting = state and (state.is_paused or state.is_hidden)
    if is_hidden or is_resting or ended:
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
            **values_of_audience(event, state or EventState()),
        },
    )


def values_of_dates(coming: Sequence[Occurrence | Row]) -> dict[str, Any]:
    starts = [date.starts_at.astimezone(LOCAL) for date in coming]
    first_day = min((start.date() for start in starts), default=None)
    days = mask((start.date() - first_day).days for start in starts) if first_day else 0
    return {
        "next_start": coming[0].starts_at if coming else None,
        "next_over": coming[0].over_at if coming else None,
        "first_day": first_day,
        "days": days.to_bytes((days.bit_length() + 7) // 8, "little"),
        "slots": slots_of(starts),
    }


def slots_of(starts: Iterable[datetime]) -> int:
    """Weekdays and parts of the day, as bits."""
    local = [start.astimezone(LOCAL) for start in starts]
    return mask(
        slot_bit(start.isoweekday(), TimeOfDay.of_hour(start.hour)) for start in local
    )


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


def values_of_audience(event: "EventPage", state: EventState) -> dict[str, Any]:
    venue = event.venue
    features = {
        Feature.FREE: event.is_free is True,
        Feature.REMOTE: event.attendance != Attendance.ON_SITE,
        Feature.STEP_FREE: bool(venue and venue.step_free_entrance),
        Feature.NO_SIGN_UP: event.sign_up == SignUp.NONE,
        Feature.BUDDY: event.buddy_available is True,
        Feature.FULL: state.is_full,
        Feature.SENSITIVE: event.is_sensitive,
        Feature.UNCONFIRMED: state.is_in_doubt,
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
