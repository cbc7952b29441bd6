"""Where calendar files and feeds are (architecture.md, addresses)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from ..languages import index_path

if TYPE_CHECKING:
    from ..models import EventPage


def feed_path(language: str, ending: str, query: str = "") -> str:
    """`/sv/evenemang/feed.rss?free=1`"""
    path = f"{index_path(language)}feed.{ending}"
    return f"{path}?{query}" if query else path


def series_path(event: "EventPage", language: str) -> str:
    """All dates of the event."""
    return f"{event.path_in(language).rstrip('/')}.ics"


def date_path(event: "EventPage", original_start: datetime, language: str) -> str:
    """One date, by the local day on which it was to begin."""
    day = timezone.localdate(original_start)
    return f"{event.path_in(language)}{day.isoformat()}.ics"
