"""A group's coming dates as its page lists them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from home.fields import LocalizedText
from home.languages import current_language

from .days import day_in_words, time_in_words
from .feeds.addresses import date_path
from .models import EventPage, Occurrence


@dataclass(frozen=True, slots=True)
class DateLine:
    starts_at: str
    """In ISO 8601, with Helsinki's offset."""
    when: str
    is_cancelled: bool
    moved: str
    """“Moved from Tue 24 Nov”; "" when it was not."""
    note: str
    note_lang: str
    """When it is not the reader's; else ""."""
    calendar_path: str
    """For one's own calendar; "" when there is nothing to take there."""


def date_lines(event: EventPage, dates: Iterable[Occurrence]) -> Iterator[DateLine]:
    """In the reader's language."""
    language = current_language()
    for date in dates:
        note = LocalizedText(date.note or {})
        lang = note.language_for(language)
        is_moved = date.status == Occurrence.Status.MOVED
        day = day_in_words(date.original_start)
        is_offered = event.live and not date.is_cancelled
        yield DateLine(
            starts_at=timezone.localtime(date.starts_at).isoformat(),
            when=time_in_words(date.starts_at, date.ends_at, date.is_all_day),
            is_cancelled=date.is_cancelled,
            moved=_("Moved from %(day)s") % {"day": day} if is_moved else "",
            note=note.get(lang, ""),
            note_lang="" if lang == language else lang,
            calendar_path=(
                date_path(event, date.original_start, language) if is_offered else ""
            ),
        )
