"""iCalendar files: the UID is the event, a RECURRENCE-ID one changed date of it."""

import re
from dataclasses import replace
from hashlib import sha256
from zoneinfo import ZoneInfo

import icalendar

from ..enums import Attendance, Kind
from ..recurrence import LOCAL
from .contacts import email_in, finnish_phone, is_held_online, meeting_address
from .documents import Document, UnreadableError
from .icalendar_dates import (
    Component,
    Times,
    has_status,
    sequence,
    with_overrides,
    with_times,
    zone_called,
)
from .offers import is_zero_price
from .records import (
    IncomingEvent,
    IncomingPlace,
    Note,
    NoteKind,
    Reading,
    Skipped,
)
from .schedule import UnusableDateError
from .texts import one_line, read_texts, searchable


def read_calendar(document: Document, source: str = "") -> Reading:
    try:
        calendars = icalendar.Calendar.from_ical(document.text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        message = f"{document.name} is not an iCalendar file that can be read."
        raise UnreadableError(message) from error
    reading = Reading(documents=1)
    for calendar in calendars:
        is_cancelled = one_line(str(calendar.get("METHOD", ""))).upper() == "CANCEL"
        zone = calendar_zone(calendar)
        for uid, components in by_uid(calendar).items():
            try:
                reading.events.append(
                    read_event(
                        uid,
                        components,
                        source=source or document.stem,
                        zone=zone,
                        is_cancelled=is_cancelled,
                    )
                )
            except UnusableDateError as error:
                title = one_line(str(components[0].get("SUMMARY", "")))
                reading.skipped.append(Skipped(uid, title, str(error)))
            except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
                title = one_line(str(components[0].get("SUMMARY", "")))
                reason = "its lines are broken"
                reading.skipped.append(Skipped(uid, title, reason))
    return reading


def calendar_zone(calendar: Component) -> ZoneInfo:
    """The zone for times that name none: the calendar's, else Helsinki."""
    return zone_called(str(calendar.get("X-WR-TIMEZONE", ""))) or LOCAL


def by_uid(calendar: Component) -> dict[str, list[Component]]:
    groups: dict[str, list[Component]] = {}
    for component in calendar.walk("VEVENT"):
        groups.setdefault(uid_of(component), []).append(component)
    return groups


def uid_of(component: Component) -> str:
    """Without a UID, one made of its name and start; a long one is shortened."""
    uid = one_line(str(component.get("UID", "")))
    if not uid:
        start = component.get("DTSTART")
        start_text = start.to_ical().decode() if start is not None else ""
        key = f"{one_line(str(component.get('SUMMARY', '')))}|{start_text}"
        return "no-uid-" + sha256(key.encode()).hexdigest()[:32]
    if len(uid) > 255:
        return uid[:190] + sha256(uid.encode()).hexdigest()
    return uid


def read_event(
    uid: str,
    components: list[Component],
    *,
    source: str,
    zone: ZoneInfo,
    is_cancelled: bool,
) -> IncomingEvent:
    masters = [item for item in components if item.get("RECURRENCE-ID") is None]
    overrides = [item for item in components if item.get("RECURRENCE-ID") is not None]
    master = max(masters or overrides, key=sequence)
    event = describe(uid, master, source)
    if len(masters) > 1:
        note = Note(NoteKind.CHECK, "its UID is there twice: the newest is taken")
        event = replace(event, notes=(*event.notes, note))
    if masters:
        event = with_times(event, master, Times(master, zone))
        event = with_overrides(event, overrides, zone)
    else:
        # Only changed dates of a series that is not in the file.
        dates, notes = [], []
        for item in overrides:
            times = Times(item, zone)
            dates.append(replace(times.own_date, is_cancelled=has_status(item)))
            notes += times.notes
        event = replace(event, dates=tuple(dates), notes=(*event.notes, *notes))
    cancelled = (
        is_cancelled or event.is_cancelled or bool(masters and has_status(master))
    )
    event = replace(event, is_cancelled=cancelled)
    several = event.rules or event.series or len(event.dates) > 1
    return replace(event, kind=Kind.GROUP if several else Kind.EVENT)


# Words, place and contact


def describe(uid: str, component: Component, source: str) -> IncomingEvent:
    """Everything but the dates."""
    language = text_language(component)
    summary, description = (
        text_of(component, "SUMMARY"),
        text_of(component, "DESCRIPTION"),
    )
    location, contact = text_of(component, "LOCATION"), text_of(component, "CONTACT")
    cost = one_line(text_of(component, "X-COST"))
    is_free, notes = None, []
    if text_of(component, "X-COST-TYPE").strip().lower() == "free" or (
        cost and is_zero_price(cost)
    ):
        is_free, cost = True, ""
    texts = read_texts(
        {language: summary},
        {},
        {language: description},
        prices={language: cost} if cost else {},
        links={language: text_of(component, "URL")},
    )
    notes += texts.notes
    if not texts.texts:
        message = "it has no name"
        raise UnusableDateError(message)
    words = searchable(texts.texts, one_line(location))
    place = read_place(location, component)
    attendance = Attendance.ON_SITE
    if is_held_online(words):
        attendance = Attendance.MIXED if has_address(place) else Attendance.ONLINE
        notes.append(Note(NoteKind.ONLINE, f"taken as {attendance.value} by its words"))
        if attendance == Attendance.ONLINE:
            place = None
    flat = one_line(description)
    return IncomingEvent(
        source=source,
        external_id=uid,
        kind=Kind.EVENT,
        main_language=texts.main_language,
        texts=texts.texts,
        is_cancelled=texts.is_cancelled,
        is_draft=texts.is_draft,
        organiser=organiser_of(component, language),
        place=place,
        attendance=attendance,
        online_url=meeting_address(
            f"{location} {description} {text_of(component, 'URL')}"
        ),
        is_free=is_free,
        phone=finnish_phone(one_line(contact)) or finnish_phone(flat, needs_cue=True),
        email=email_in(contact),
        notes=tuple(notes),
    )


def text_of(component: Component, name: str) -> str:
    value = component.get(name, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)


def text_language(component: Component) -> str:
    """LANGUAGE of the summary when it is one of ours, else Finnish."""
    parameters = getattr(component.get("SUMMARY"), "params", {})
    code = str(parameters.get("LANGUAGE", "fi")).lower().split("-")[0]
    return code if code in {"fi", "sv", "en"} else "fi"


def organiser_of(component: Component, language: str) -> dict[str, str]:
    """The organiser's common name; an address is not a name."""
    organiser = component.get("ORGANIZER")
    if isinstance(organiser, list):
        organiser = organiser[0] if organiser else None
    name = one_line(str(getattr(organiser, "params", {}).get("CN", "")))
    return {language: name} if name and "@" not in name else {}


POSTAL = re.compile(r"\b(\d{5})\s+([^\d,;@]{2,60})")
STREET = re.compile(r"[^\W\d][^\d,;@]*\s\d{1,4}\s?[A-Za-zÅÄÖåäö]?(?:[-–]\d+)?\b.*")
WEB = re.compile(r"(?i)https?://\S+")


def read_place(location: str, component: Component) -> IncomingPlace | None:
    """“Kirjasto, Koulukatu 3, 45100 Kouvola” or “Kirjasto @ Koulukatu 3, …”."""
    text = one_line(WEB.sub(" ", location))
    if not text or is_held_online(text):
        return None
    postal = POSTAL.search(text)
    code, town = (postal[1], postal[2].strip()) if postal else ("", "")
    rest = text.replace(postal[0], " ") if postal else text
    parts = [part.strip() for part in re.split(r"[,;@\n]", rest) if part.strip()]
    street = next((part for part in parts if STREET.fullmatch(part)), "")
    names = [part for part in parts if part != street]
    name = names[0] if names else street
    towns = [town] if town else []
    towns += [part for part in names[1:] if part not in towns]
    if name == text and " " not in text and not street:
        towns.append(text)  # perhaps a town and nothing else
    latitude, longitude = position_of(component)
    return IncomingPlace(
        name={"fi": name},
        street_address=street,
        postal_code=code,
        localities=tuple(towns),
        latitude=latitude,
        longitude=longitude,
    )


def position_of(component: Component) -> tuple[float | None, float | None]:
    geo = component.get("GEO")
    try:
        latitude, longitude = float(geo.latitude), float(geo.longitude)
    except (AttributeError, TypeError, ValueError):
        return None, None
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if on_earth else (None, None)


def has_address(place: IncomingPlace | None) -> bool:
    return bool(place and (place.street_address or place.postal_code))
