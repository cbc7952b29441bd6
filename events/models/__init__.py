"""Groups and events, by subject."""

from .changes import EventState, ImportedEvent, OccurrenceChange
from .index import EventIndexPage
from .occurrences import Occurrence
from .organisations import Organisation
from .pages import EventPage
from .schedule import Break, ExtraDate, ScheduleRule
from .school_breaks import SchoolBreak
from .search_rows import RemovedRow, SearchRow
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
    "RemovedRow",
    "ScheduleRule",
    "SchoolBreak",
    "SearchRow",
    "Venue",
]
