"""An event in one's own calendar: one day of it, or the whole series."""

from datetime import date

import icalendar
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from ..models.occurrences import Occurrence
from ..models.pages import EventPage
from .icalendar import Edition, date_entry, edition_of, new_calendar, series_entries
from .recurring import split
from .words import Words, words_of


class EventCalendar:
    """What the files of one event share. `url` is its page in the reader's language."""

    def __init__(self, event: EventPage, url: str) -> None:
        self.event = event
        self.words: Words = words_of(event, url, with_organiser=True)
        changes = event.occurrence_changes.aggregate(last=Max("changed_at"))
        self.edition: Edition = edition_of(event, filter(None, changes.values()))
        self.rows: list[Occurrence] = list(event.occurrences.all())

    @property
    def file_name(self) -> str:
        """Without the group's name when that is nobody else's business."""
        return slugify(self.words.file_name) or "calendar"

    def of_series(self) -> bytes:
        """Past dates too: they stay in a calendar that is read anew."""
        calendar = new_calendar(self.words.summary)
        all_series, singles = split(self.event.rules.all(), self.rows)
        for series in all_series:
            for component in series_entries(
                self.event, self.words, self.edition, series
            ):
                calendar.add_component(component)
        return written(calendar, [self.entry(row) for row in singles])

    def of_day(self, day: date) -> bytes | None:
        """All that was to begin on the local day; None when nothing was."""
        rows = [
            row for row in self.rows if timezone.localdate(row.original_start) == day
        ]
        if not rows:
            return None
        calendar = new_calendar(self.words.summary)
        return written(calendar, [self.entry(row) for row in rows])

    def entry(self, row: Occurrence) -> icalendar.Event:
        return date_entry(self.event, self.words, self.edition, row)


def written(calendar: icalendar.Calendar, entries: list[icalendar.Event]) -> bytes:
    for component in entries:
        calendar.add_component(component)
    return calendar.to_ical()
