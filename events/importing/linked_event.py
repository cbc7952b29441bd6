"""One Linked Events object, field by field."""

import re
from collections.abc import Mapping
from typing import Any

from ..enums import Attendance, Kind
from ..languages import SPOKEN_LANGUAGES
from ..recurrence import LOCAL
from .contacts import (
    email_in,
    finnish_phone,
    is_held_online,
    meeting_address,
)
from .linked_references import (
    Item,
    References,
    event_id,
    has_mark,
    is_deleted,
    is_draft,
    listed,
    ref_id,
    status_of,
)
from .offers import read_offers
from .records import (
    IncomingDate,
    IncomingEvent,
    IncomingPlace,
    Note,
    NoteKind,
)
from .schedule import UnusableDateError, read_date, read_moment
from .texts import (
    CANCELLED_MARK,
    DRAFT_MARK,
    Texts,
    by_language,
    in_any,
    one_line,
    one_lines,
    read_texts,
    searchable,
)

KINDS = {"course": Kind.COURSE, "volunteering": Kind.VOLUNTEERING}
MOST_PLACES = 32_767
OLDEST = 120


class Unusable(Exception):
    """The event is not taken; the message says why."""


class Gone(Exception):
    """The event is deleted, or replaced by another, in its source."""

    def __init__(self, replaced_by: str = "") -> None:
        super().__init__(replaced_by)
        self.replaced_by = replaced_by


def read_event(
    item: Item,
    *,
    source: str,
    references: References,
    children: list[IncomingDate] | None = None,
) -> IncomingEvent:
    """`children` are a recurring parent's dates; None for an event of its own."""
    if is_deleted(item):
        raise Gone(ref_id(item.get("replaced_by")))
    is_free, prices, notes = read_offers(item.get("offers"))
    texts = read_texts(
        item.get("name"),
        item.get("short_description"),
        item.get("description"),
        prices=prices,
        place_notes=item.get("location_extra_info"),
        links=item.get("info_url"),
    )
    if not texts.texts:
        raise Unusable(reason_without_text(item, texts))
    notes += texts.notes
    place, attendance, online_url, more = read_where(item, texts, references)
    notes += more
    dates, runs_until, is_postponed, more = read_when(item, children)
    notes += more
    keywords = references.keyword_ids(
        [*listed(item.get("keywords")), *listed(item.get("audience"))]
    )
    contact = in_any(one_lines(item.get("provider_contact_info")), texts.main_language)
    all_contacts = " ".join(one_lines(item.get("provider_contact_info")).values())
    return IncomingEvent(
        source=source,
        external_id=event_id(item),
        kind=kind_of(item, len(dates)),
        main_language=texts.main_language,
        texts=texts.texts,
        dates=tuple(dates),
        runs_until=runs_until,
        is_cancelled=texts.is_cancelled or status_of(item) == "cancelled",
        is_postponed=is_postponed,
        is_draft=texts.is_draft or is_draft(item),
        organiser=one_lines(item.get("provider")),
        place=place,
        attendance=attendance,
        online_url=online_url,
        is_free=is_free,
        spoken_languages=tuple(read_languages(item, notes)),
        keywords=tuple(key.removeprefix("yso:") for key in keywords),
        phone=finnish_phone(contact)
        or finnish_phone(all_contacts)
        or finnish_phone(searchable(texts.texts), needs_cue=True),
        email=email_in(all_contacts),
        **read_sign_up(item, notes),
        **read_ages(item, notes),
        notes=tuple(notes),
    )


def reason_without_text(item: Item, texts: Texts) -> str:
    languages = sorted(by_language(item.get("name")))
    if texts.is_cancelled or texts.is_draft or not languages:
        return "it has no name"
    return f"no text in Finnish, Swedish or English (only {', '.join(languages)})"


def kind_of(item: Item, dates: int) -> Kind:
    """Several dates make a group; Linked Events has no word for one."""
    named = KINDS.get(one_line(item.get("type_id")).lower())
    return named or (Kind.GROUP if dates > 1 else Kind.EVENT)


def read_when(
    item: Item, children: list[IncomingDate] | None
) -> tuple[list[IncomingDate], Any, bool, list[Note]]:
    """Dates, the end of a series without known dates, whether it is postponed."""
    is_postponed = status_of(item) == "postponed"
    if is_postponed:
        note = Note(NoteKind.POSTPONED, "postponed: shown without a date")
        return [], None, True, [note]
    if children:
        unique = {date.starts_at: date for date in children}
        return sorted(unique.values(), key=lambda date: date.starts_at), None, False, []
    if children is None:
        date, notes = read_date(item.get("start_time"), item.get("end_time"))
        if date is None:
            message = "it has no date and is not postponed"
            raise Unusable(message)
        return [date], None, False, notes
    # A recurring parent none of whose dates could be read.
    first, _notes = read_date(item.get("start_time"), None)
    if first is None:
        message = "none of its dates could be read"
        raise Unusable(message)
    whole, notes = read_date(item.get("start_time"), item.get("end_time"))
    runs_until = whole.ends_at if whole else None
    note = Note(NoteKind.DATES, "only the first date of the series is known")
    return [first], runs_until, False, [*notes, note]


def date_of_child(child: Item, parent: Item) -> tuple[IncomingDate | None, list[Note]]:
    """A child's date; a cancelled child cancels it, a deleted or draft has none."""
    key = event_id(child)
    if is_deleted(child):
        return None, []
    if is_draft(child) or has_mark(child, DRAFT_MARK):
        return None, [Note(NoteKind.DATES, f"{key} left out: it is a draft")]
    if status_of(child) == "postponed":
        return None, [Note(NoteKind.DATES, f"{key} left out: it is postponed")]
    try:
        date, notes = read_date(child.get("start_time"), child.get("end_time"))
    except UnusableDateError as error:
        return None, [Note(NoteKind.DATES, f"{key} left out: {error}")]
    if date is None:
        return None, [Note(NoteKind.DATES, f"{key} left out: it has no start")]
    place, usual = ref_id(child.get("location")), ref_id(parent.get("location"))
    if place and usual and place != usual:
        day = date.starts_at.astimezone(LOCAL)
        sentence = f"{day:%d.%m.%Y} is held at another place ({place})"
        notes = [*notes, Note(NoteKind.CHECK, sentence)]
    if status_of(child) == "cancelled" or has_mark(child, CANCELLED_MARK):
        date = IncomingDate(date.starts_at, date.ends_at, date.is_all_day, True)
        day = date.starts_at.astimezone(LOCAL)
        notes = [*notes, Note(NoteKind.CANCELLED, f"{day:%d.%m.%Y} is cancelled")]
    return date, notes


# Where


def read_where(
    item: Item, texts: Texts, references: References
) -> tuple[IncomingPlace | None, Attendance, str, list[Note]]:
    location = item.get("location")
    extra = " ".join(one_lines(item.get("location_extra_info")).values())
    words = searchable(texts.texts, extra)
    address = meeting_address(
        " ".join([words, *by_language(item.get("description")).values(), extra])
    )
    key = ref_id(location)
    if key.rsplit(":", 1)[-1] == "internet":
        return None, Attendance.ONLINE, address, []
    found, notes = references.place(location)
    place = read_place(found) if found else None
    if key and place is None:
        notes.append(
            Note(
                NoteKind.PLACE,
                f"its place {key} is only named in the source: not taken",
            )
        )
    if place and is_held_online(in_any(place.name)) and not place.street_address:
        return None, Attendance.ONLINE, address, notes
    if is_held_online(words):
        is_somewhere = (
            key if place is None else (place.street_address or place.postal_code)
        )
        attendance = Attendance.MIXED if is_somewhere else Attendance.ONLINE
        notes.append(Note(NoteKind.ONLINE, f"taken as {attendance.value} by its words"))
        return place, attendance, address, notes
    return place, Attendance.ON_SITE, "", notes


def read_place(item: Item) -> IncomingPlace | None:
    name = one_lines(item.get("name"))
    if not name:
        return None
    street = in_any(one_lines(item.get("street_address")))
    localities = one_lines(item.get("address_locality"))
    latitude, longitude = read_position(item.get("position"))
    return IncomingPlace(
        external_id=ref_id(item),
        name=name,
        street_address=street,
        postal_code=one_line(str(item.get("postal_code") or ""))[:10],
        localities=tuple(
            dict.fromkeys(
                [in_any(localities), *localities.values()] if localities else []
            )
        ),
        municipalities=tuple(municipality_names(item)),
        latitude=latitude,
        longitude=longitude,
    )


def municipality_names(place: Item) -> list[str]:
    """From its divisions: the municipality itself, or the one a district is in."""
    names: list[str] = []
    for division in listed(place.get("divisions")):
        if not isinstance(division, Mapping):
            continue
        ocd = re.search(r"/kunta:([^/]+)", one_line(division.get("ocd_id")))
        if ocd:
            names.append(ocd[1])
        if division.get("type") == "muni":
            names += one_lines(division.get("name")).values()
        if municipality := one_line(division.get("municipality")):
            names.append(municipality)
    return list(dict.fromkeys(names))


def read_position(position: object) -> tuple[float | None, float | None]:
    """Latitude and longitude from a point that has them the other way round."""
    pair = listed(position.get("coordinates")) if isinstance(position, Mapping) else []
    if len(pair) < 2 or not all(
        isinstance(number, int | float) and not isinstance(number, bool)
        for number in pair[:2]
    ):
        return None, None
    longitude, latitude = float(pair[0]), float(pair[1])
    # Not a number compares false with everything.
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    return None, None


# Joining


def whole_number(value: object, most: int) -> int | None:
    """A number from zero to `most`, also when it came as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 8:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= most else None


def read_sign_up(item: Item, notes: list[Note]) -> dict[str, Any]:
    begins, ends = item.get("enrolment_start_time"), item.get("enrolment_end_time")
    capacity = whole_number(item.get("maximum_attendee_capacity"), MOST_PLACES)
    registration = item.get("registration")
    needed = bool(begins or ends or capacity or registration)
    until = None
    if ends:
        try:
            moment = read_moment(ends)
            until = moment.at.astimezone(LOCAL).date() if moment else None
        except UnusableDateError as error:
            notes.append(
                Note(NoteKind.SIGN_UP, f"last day to register left out: {error}")
            )
    return {
        "needs_sign_up": needed,
        "sign_up_until": until,
        "sign_up_url": sign_up_address(item) if needed else "",
        "capacity": capacity or None,
    }


def sign_up_address(item: Item) -> str:
    """A form's address: of the registration, or a link that says so."""
    registration = item.get("registration")
    candidates: list[str] = []
    if isinstance(registration, Mapping):
        candidates += one_lines(registration.get("signup_url")).values()
    for link in listed(item.get("external_links")):
        if isinstance(link, Mapping) and re.search(
            r"(?i)regist|ilmoittaut|anmäl|sign.?up", str(link.get("name"))
        ):
            candidates.append(one_line(link.get("link")))
    for address in candidates:
        if re.fullmatch(r"(?i)https?://\S{4,190}", address):
            return address
    return ""


def read_ages(item: Item, notes: list[Note]) -> dict[str, Any]:
    youngest = whole_number(item.get("audience_min_age"), OLDEST)
    oldest = whole_number(item.get("audience_max_age"), OLDEST)
    if youngest is not None and oldest is not None and oldest < youngest:
        notes.append(Note(NoteKind.CHECK, f"ages {youngest} to {oldest} left out"))
        return {"min_age": None, "max_age": None}
    return {"min_age": youngest or None, "max_age": oldest}


def read_languages(item: Item, notes: list[Note]) -> list[str]:
    codes, unknown = [], []
    for reference in listed(item.get("in_language")):
        code = ref_id(reference).lower().replace("_", "-")
        if code in SPOKEN_LANGUAGES:
            codes.append(code)
        elif code:
            unknown.append(code)
    if unknown:
        sentence = f"spoken languages left out: {', '.join(unknown)}"
        notes.append(Note(NoteKind.LANGUAGE, sentence))
    return list(dict.fromkeys(codes))
