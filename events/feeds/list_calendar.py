"""The dates to come of a list of groups, for a calendar that is read anew."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import icalendar
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.changes import OccurrenceChange
from ..models.occurrences import Occurrence
from ..models.pages import EventPage
from ..models.search_rows import SearchRow
from .icalendar import (
    Edition,
    add_times,
    add_words,
    date_entry,
    date_uid,
    edition_of,
    new_calendar,
)
from .pages import FeedPage
from .words import Words, words_of

AHEAD = timedelta(weeks=4)
END_OF_EVENT = b"END:VEVENT\r\n"


def list_calendar(
    page: FeedPage, name: str, url_of: Callable[[EventPage], str]
) -> bytes:
    """Each group's dates of four weeks, and at least its next one."""
    ids = page.found.event_ids(page.start, page.stop)
    by_id = SearchRow.objects.with_events().in_bulk(ids)
    rows = [by_id[pk] for pk in ids if pk in by_id]
    dates = dates_of(rows, timezone.now())
    changes = changed_at([row.pk for row in rows])
    held = _("Dates of the next four weeks, and each group's next date.")
    calendar = new_calendar(name, f"{held} {page.in_words()}".strip())
    entries: list[bytes] = []
    for row in rows:
        event = row.event
        if row.municipality and event.municipality_id == row.municipality_id:
            event.municipality = row.municipality  # Known: no query for it.
        words = words_of(event, url_of(event))
        edition = edition_of(event, changes.get(event.pk, []))
        entries += entries_of(event, words, edition, dates.get(event.pk, []))
    return inside(calendar.to_ical(), b"".join(entries))


def entries_of(
    event: EventPage, words: Words, edition: Edition, dates: list[Occurrence]
) -> Iterator[bytes]:
    """Lines that the event's dates share are written once: it halves the work."""
    shared = icalendar.Event()
    add_words(shared, words, edition)
    _begin, _line_end, shared_lines = shared.to_ical().partition(b"\r\n")
    shared_lines = shared_lines.removesuffix(END_OF_EVENT)
    for date in dates:
        if date.is_cancelled or date.note:
            yield date_entry(event, words, edition, date).to_ical()
            continue
        own = icalendar.Event()
        uid = date_uid(event, date.original_start)
        add_times(own, uid, date.starts_at, date.ends_at, is_all_day=date.is_all_day)
        yield inside(own.to_ical(), shared_lines)


def inside(component: bytes, lines: bytes) -> bytes:
    """The component with the lines before its last one."""
    body, end, name = component.rpartition(b"END:")
    return body + lines + end + name


def dates_of(rows: list[SearchRow], now: datetime) -> dict[int, list[Occurrence]]:
    """By event, soonest first; cancelled ones too."""
    until = now + AHEAD
    upcoming = Occurrence.objects.upcoming(now)
    soon = upcoming.filter(event__in=[row.pk for row in rows], starts_at__lt=until)
    far = {
        row.pk: row.next_start
        for row in rows
        if row.next_start and row.next_start >= until
    }
    later = upcoming.filter(event__in=far, starts_at__in=list(far.values()))
    dates: dict[int, list[Occurrence]] = {}
    for date in soon:
        dates.setdefault(date.event_id, []).append(date)
    for date in later if far else []:
        if date.starts_at == far[date.event_id]:
            dates.setdefault(date.event_id, []).append(date)
    return dates


def changed_at(ids: list[int]) -> dict[int, list[datetime]]:
    changes = OccurrenceChange.objects.filter(event__in=ids).values("event")
    last = changes.annotate(last=Max("changed_at")).values_list("event", "last")
    return {event_id: [moment] for event_id, moment in last.order_by()}
