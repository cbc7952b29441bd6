"""Groups and events, by subject."""

from .changes import EventState, ImportedEvent, OccurrenceChange
from .index import EventIndexPage
from .occurrences import Occurrence
from .organisations import Organisation
from .pages import EventPage
from .schedule import Break, ExtraDate, ScheduleRule
from .search_rows import SearchRow
from .texts import EventText
from .venues import Venue

__all__ = [
    "Break",
    "EventIndexPage",
    "EventPage",
    "EventState",
    "EventText",
    "ExtraDate",
    "ImportedEvent",
    "Occurrence",
    "OccurrenceChange",
    "Organisation",
    "ScheduleRule",
    "SearchRow",
    "Venue",
]
