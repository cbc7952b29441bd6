"""The dates to come of a list of groups, for a calendar that is read anew."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.changes import OccurrenceChange
from ..models.occurrences import Occurrence
from ..models.pages import EventPage
from ..models.search_rows import SearchRow
from .icalendar import date_entry, edition_of, new_calendar
from .pages import FeedPage
from .words import words_of

AHEAD = timedelta(weeks=4)


def list_calendar(
    page: FeedPage, name: str, url_of: Callable[[EventPage], str]
) -> bytes:
    """Each group's dates of four weeks, and at least its next one."""
    rows = page.found.rows(page.start, page.stop)
    dates = dates_of(rows, timezone.now())
    changes = changed_at([row.pk for row in rows])
    held = _("Dates of the next four weeks, and each group's next date.")
    calendar = new_calendar(name, f"{held} {page.in_words()}".strip())
    for row in rows:
        event = row.event
        words = words_of(event, url_of(event))
        edition = edition_of(event, changes.get(event.pk, []))
        for date in dates.get(event.pk, []):
            calendar.add_component(date_entry(event, words, edition, date))
    return calendar.to_ical()


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
