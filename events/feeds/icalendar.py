"""iCalendar (RFC 5545, 7986), written by the library of that name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import icalendar
from django.utils import timezone
from django.utils.translation import gettext as _

from home.characters import storable
from home.fields import LocalizedText
from home.models import ContentVersion

from ..models.occurrences import Occurrence
from ..models.pages import EventPage
from ..recurrence import LOCAL
from .recurring import Series
from .words import Words

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Kymenlaakson hyvinvointialue//Hyva arki//FI"
REFRESH = timedelta(hours=6)
"""How often a calendar should look for cancelled and moved dates."""


def new_calendar(name: str, description: str = "") -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name_of_name in ("name", "x-wr-calname"):
        calendar.add(name_of_name, storable(name))
    if description:
        for name_of_text in ("description", "x-wr-caldesc"):
            calendar.add(name_of_text, storable(description))
    calendar.add("x-wr-timezone", LOCAL.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    calendar.add_component(helsinki())
    return calendar


def helsinki() -> icalendar.Timezone:
    """The clock changes of the European Union, as every calendar understands them."""
    zone = icalendar.Timezone()
    zone.add("tzid", LOCAL.key)
    for kind, month, hour, before, after, name in (
        (icalendar.TimezoneStandard, 10, 4, 3, 2, "EET"),
        (icalendar.TimezoneDaylight, 3, 3, 2, 3, "EEST"),
    ):
        change = kind()
        last_sunday = date(1996, 10, 27) if month == 10 else date(1996, 3, 31)
        change.add("dtstart", datetime.combine(last_sunday, time(hour)))
        change.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        change.add("tzoffsetfrom", timedelta(hours=before))
        change.add("tzoffsetto", timedelta(hours=after))
        change.add("tzname", name)
        zone.add_component(change)
    return zone


@dataclass(frozen=True)
class Edition:
    """Which state of the event this is: calendars take a higher sequence as newer."""

    sequence: int
    changed_at: datetime


def edition_of(event: EventPage, changes: Iterable[datetime] = ()) -> Edition:
    """By the content version, which rises with all that changes an event's row.

    A time would fall again when a cancellation is taken back. An event without a row
    is paused or has ended: the version of now is higher than any that it had.
    """
    row = getattr(event, "search_row", None)
    sequence = (row.version if row else 0) or ContentVersion.current()
    moments = [event.last_published_at, event.first_published_at, *changes]
    known = [moment for moment in moments if moment]
    return Edition(sequence, max(known) if known else timezone.now())


def entry(
    words: Words,
    edition: Edition,
    uid: str,
    starts_at: datetime,
    ends_at: datetime | None,
    *,
    is_all_day: bool = False,
    is_cancelled: bool = False,
    note: str = "",
) -> icalendar.Event:
    component = icalendar.Event()
    add_times(component, uid, starts_at, ends_at, is_all_day=is_all_day)
    add_words(component, words, edition, is_cancelled=is_cancelled, note=note)
    return component


def add_times(
    component: icalendar.Event,
    uid: str,
    starts_at: datetime,
    ends_at: datetime | None,
    *,
    is_all_day: bool,
) -> None:
    component.add("uid", uid)
    for name, moment in times_of(starts_at, ends_at, is_all_day=is_all_day).items():
        component.add(name, moment)


def add_words(
    component: icalendar.Event,
    words: Words,
    edition: Edition,
    *,
    is_cancelled: bool = False,
    note: str = "",
) -> None:
    component.add("dtstamp", edition.changed_at.astimezone(UTC))
    component.add("last-modified", edition.changed_at.astimezone(UTC))
    component.add("sequence", edition.sequence)
    summary = words.summary
    status = "TENTATIVE" if words.is_tentative else "CONFIRMED"
    if is_cancelled:
        # Many calendars show the status faintly or not at all.
        summary = _("Cancelled: %(name)s") % {"name": summary}
        status = "CANCELLED"
    component.add("summary", storable(summary), {"LANGUAGE": words.language})
    component.add("status", status)
    lines = [note if words.tells_notes else "", *words.description]
    if description := "\n".join(line for line in lines if line):
        component.add("description", storable(description))
    if words.location:
        component.add("location", storable(words.location))
    for name, value in words.properties.items():
        component.add(name, value)


def times_of(
    starts_at: datetime, ends_at: datetime | None, *, is_all_day: bool
) -> dict[str, date]:
    """Local clock times, or days with an end that is not part of it any more."""
    is_over_later = ends_at is not None and ends_at > starts_at
    if not is_all_day:
        moments = {"dtstart": starts_at}
        if ends_at and is_over_later:
            moments["dtend"] = ends_at
        local = {name: moment.astimezone(LOCAL) for name, moment in moments.items()}
        if any(moment.fold for moment in local.values()):
            # The hour that comes twice when summer time ends.
            return {name: moment.astimezone(UTC) for name, moment in moments.items()}
        return dict(local)
    first = starts_at.astimezone(LOCAL).date()
    times: dict[str, date] = {"dtstart": first}
    if ends_at and is_over_later:
        last = (ends_at - timedelta(microseconds=1)).astimezone(LOCAL).date()
        times["dtend"] = last + timedelta(days=1)
    return times


def date_uid(event: EventPage, original_start: datetime) -> str:
    """Moving the date or renaming the group leaves it as it is."""
    return f"{event.translation_key}-{original_start.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def series_uid(event: EventPage, series: Series) -> str:
    return f"{event.translation_key}-{series.position}"


def note_of(row: Occurrence) -> str:
    return str(LocalizedText(row.note))


def date_entry(
    event: EventPage, words: Words, edition: Edition, row: Occurrence
) -> icalendar.Event:
    """One date on its own, without a rule."""
    return entry(
        words,
        edition,
        date_uid(event, row.original_start),
        row.starts_at,
        row.ends_at,
        is_all_day=row.is_all_day,
        is_cancelled=row.is_cancelled,
        note=note_of(row),
    )


def series_entries(
    event: EventPage, words: Words, edition: Edition, series: Series
) -> list[icalendar.Event]:
    """The rule, and each of its dates that is cancelled, moved or of another length."""
    uid = series_uid(event, series)
    master = entry(words, edition, uid, series.starts_at, series.ends_at)
    master.add("rrule", series.recurrence)
    if series.left_out:
        master.add("exdate", [start.astimezone(LOCAL) for start in series.left_out])
    changed = []
    for row in series.changed_rows:
        override = entry(
            words,
            edition,
            uid,
            row.starts_at,
            row.ends_at,
            is_cancelled=row.is_cancelled,
            note=note_of(row),
        )
        override.add("recurrence-id", row.original_start.astimezone(LOCAL))
        changed.append(override)
    return [master, *changed]
