"""Groups and events, by subject."""

from .changes import EventState, ImportedEvent, OccurrenceChange, Stage
from .contacts import Contact, Membership
from .door import DoorLink, LinkAnswer
from .index import EventIndexPage
from .occurrences import Occurrence
from .organisations import Organisation
from .pages import EventPage
from .reports import ErrorReport
from .schedule import Break, ExtraDate, ScheduleRule
from .school_breaks import SchoolBreak
from .search_rows import RemovedRow, SearchRow
from .submissions import Submission
from .texts import EventText
from .venues import Venue

__all__ = [
    "Break",
    "Contact",
    "DoorLink",
    "ErrorReport",
    "EventIndexPage",
    "EventPage",
    "EventState",
    "EventText",
    "ExtraDate",
    "ImportedEvent",
    "LinkAnswer",
    "Membership",
    "Occurrence",
    "OccurrenceChange",
    "Organisation",
    "RemovedRow",
    "ScheduleRule",
    "SchoolBreak",
    "SearchRow",
    "Stage",
    "Submission",
    "Venue",
]
