"""What both readers give: neutral records, free of the clock and of the database.

Nothing here depends on today, so the same source always has the same fingerprint.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ..enums import Attendance, Kind

RECORD_VERSION = 1
"""Raise it when the importer reads the same source otherwise: all is taken anew."""


class NoteKind(StrEnum):
    """What the report counts. The value is the phrase of the summary."""

    CANCELLED = "cancelled in the source"
    POSTPONED = "postponed, without a date"
    DRAFT = "drafts, saved unpublished"
    NO_PHONE = "without a phone route, saved unpublished"
    WALK_IN = "without a phone number, taken as walk-in"
    CLIPPED = "long or endless dates clipped"
    DATES = "dates left out"
    PRICE = "prices read otherwise than the source says"
    LANGUAGE = "texts or languages left out"
    TEXT = "texts shortened or mended"
    PLACE = "places not taken or outside the county"
    ONLINE = "taken as online by the words of the text"
    GOAL = "without a keyword of a goal"
    ORGANISER = "without a named organiser"
    SIGN_UP = "registration to check"
    CHECK = "to check by a person"
    DUPLICATE = "possible duplicates"
    PAGES = "source pages not followed"


@dataclass(frozen=True)
class Note:
    """One thing the importer changed, left out or wants a person to look at."""

    kind: NoteKind
    sentence: str


@dataclass(frozen=True)
class IncomingText:
    language: str
    title: str
    lead: str
    body: str = ""
    price: str = ""
    place_note: str = ""


@dataclass(frozen=True)
class IncomingDate:
    """A single date. Moments are aware; of a whole day, Helsinki's midnights."""

    starts_at: datetime
    ends_at: datetime | None = None
    is_all_day: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class IncomingRule:
    """A weekly or monthly rule in Helsinki time, as `ScheduleRule` has it."""

    frequency: str
    interval: int
    weekdays: list[int]
    nth: int | None
    start_date: date
    end_date: date | None
    count: int | None
    start_time: time
    end_time: time | None


@dataclass(frozen=True)
class IncomingBreak:
    start_date: date
    end_date: date


@dataclass(frozen=True)
class IncomingSeries:
    """A recurrence that no `ScheduleRule` can say: its dates are written out."""

    rule: str
    """An RRULE's value with UNTIL, if any, in the series' own wall-clock time."""
    starts_at: datetime
    """Naive: the wall clock of `zone`."""
    zone: str
    duration: timedelta | None
    is_all_day: bool
    left_out: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class IncomingChange:
    """One date of a series cancelled, or moved when there is a new start."""

    original_start: datetime
    new_start: datetime | None = None
    new_end: datetime | None = None


@dataclass(frozen=True)
class IncomingPlace:
    """Without a name it tells only the town."""

    external_id: str = ""
    name: dict[str, str] = field(default_factory=dict)
    street_address: str = ""
    postal_code: str = ""
    localities: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    """Keys or names by the source's own division; these win over the rest."""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class IncomingEvent:
    source: str
    external_id: str
    kind: Kind
    main_language: str
    texts: tuple[IncomingText, ...]
    dates: tuple[IncomingDate, ...] = ()
    rules: tuple[IncomingRule, ...] = ()
    breaks: tuple[IncomingBreak, ...] = ()
    series: tuple[IncomingSeries, ...] = ()
    changes: tuple[IncomingChange, ...] = ()
    runs_until: datetime | None = None
    """The end of a series whose dates could not all be read."""
    is_cancelled: bool = False
    is_postponed: bool = False
    is_draft: bool = False
    organiser: dict[str, str] = field(default_factory=dict)
    place: IncomingPlace | None = None
    attendance: Attendance = Attendance.ON_SITE
    online_url: str = ""
    is_free: bool | None = None
    needs_sign_up: bool = False
    sign_up_url: str = ""
    sign_up_until: date | None = None
    capacity: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    spoken_languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Ids of the national ontology, such as `p2433`; of subject and audience."""
    phone: str = ""
    email: str = ""
    absorbed: tuple[str, ...] = ()
    """External ids of the children that became dates of this event."""
    notes: tuple[Note, ...] = ()

    @property
    def title(self) -> str:
        by_language = {text.language: text.title for text in self.texts}
        return by_language[self.main_language]

    def fingerprint(self, *more: str) -> str:
        """Same content, same fingerprint. What the report says is no part of it."""
        content = asdict(self)
        del content["notes"]
        text = json.dumps(
            [RECORD_VERSION, content, more],
            default=str,
            ensure_ascii=True,
            sort_keys=True,
        )
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Withdrawal:
    """The source says that an event is gone, or that another stands in for it."""

    source: str
    external_id: str
    title: str
    replaced_by: str = ""


@dataclass(frozen=True)
class Skipped:
    """Something that is not taken, and why."""

    external_id: str
    title: str
    reason: str


@dataclass
class Reading:
    """All that a reader found in its documents."""

    events: list[IncomingEvent] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    documents: int = 0
    """How many documents were understood, with events in them or without."""

    def add(self, other: "Reading") -> None:
        self.events += other.events
        self.withdrawals += other.withdrawals
        self.skipped += other.skipped
        self.notes += other.notes
        self.documents += other.documents
