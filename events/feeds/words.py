"""What a calendar entry says of an event besides the time.

Of a sensitive group it tells where, and a phone number: calendars are shared, and
seen on lock screens. Nothing in it leads to the page, whose address has the group's
name.
"""

from dataclasses import dataclass, field
from typing import Any

import icalendar
from django.utils.text import slugify
from django.utils.translation import gettext as _

from home.characters import storable
from home.languages import current_language

from ..discretion import neutral_name
from ..doubt import doubt_in_words
from ..enums import Attendance
from ..models.pages import EventPage


@dataclass(frozen=True)
class Words:
    """The same in each entry of an event."""

    summary: str
    language: str
    file_name: str
    description: list[str]
    location: str
    properties: dict[str, Any] = field(default_factory=dict)
    tells_notes: bool = True
    is_tentative: bool = False
    """On a break, or not confirmed: the organiser knows when it is held."""


def words_of(event: EventPage, url: str, *, with_organiser: bool = False) -> Words:
    """In the reader's language; `url` is the event's page there.

    The organiser costs a query.
    """
    text = event.text
    if event.is_sensitive or text is None:
        return discreet_words(event)
    venue = event.shown_venue
    properties: dict[str, Any] = {"url": url}
    if venue and venue.latitude is not None and event.attendance != Attendance.ONLINE:
        properties["geo"] = (venue.latitude, venue.longitude)
    if event.contact_phone:
        properties["contact"] = event.contact_phone
    if with_organiser and (address := organiser_of(event)):
        properties["organizer"] = address
    join = ""
    if event.attendance != Attendance.ON_SITE and event.online_url:
        join = f"{_('Join online')}: {event.online_url}"
    return Words(
        summary=text.title,
        language=text.language,
        file_name=event.slug,
        description=[
            break_line(event),
            doubt_of(event),
            text.lead,
            str(event.get_sign_up_display()),
            phone_line(event),
            join,
            url,
        ],
        location=location_of(event),
        properties=properties,
        is_tentative=is_on_a_break(event) or bool(doubt_of(event)),
    )


def discreet_words(event: EventPage) -> Words:
    """A venue's or an organiser's name may give the subject away, and so may a note."""
    name = neutral_name(event.kind, event.effective_municipality)
    return Words(
        summary=name,
        language=current_language(),
        file_name=slugify(name),
        description=[break_line(event), doubt_of(event), phone_line(event)],
        location=location_of(event, with_name=False),
        properties={"class": "PRIVATE"},
        tells_notes=False,
        is_tentative=is_on_a_break(event) or bool(doubt_of(event)),
    )


def is_on_a_break(event: EventPage) -> bool:
    state = getattr(event, "state", None)
    return bool(state and state.is_paused)


def break_line(event: EventPage) -> str:
    if not is_on_a_break(event):
        return ""
    return f"{_('This group is on a break.')} {_('Ask the organiser when it goes on.')}"


def doubt_of(event: EventPage) -> str:
    state = getattr(event, "state", None)
    if not (state and state.is_in_doubt):
        return ""
    return doubt_in_words(state.confirmed_on, event.first_published_at)


def phone_line(event: EventPage) -> str:
    if not event.contact_phone:
        return ""
    return _("Ask by phone: %(phone)s") % {"phone": event.contact_phone}


def location_of(event: EventPage, *, with_name: bool = True) -> str:
    """Where a protected address is, only the municipality is told."""
    if event.attendance == Attendance.ONLINE:
        return str(event.get_attendance_display())
    venue = event.shown_venue
    if venue is None:
        return str(event.effective_municipality or "")
    name = str(venue.name) if with_name else ""
    town = f"{venue.postal_code} {venue.town}".strip()
    return ", ".join(part for part in (name, venue.street_address, town) if part)


def organiser_of(event: EventPage) -> icalendar.vCalAddress | None:
    """ORGANIZER has to be an address. A name without one is left out."""
    organisers = list(event.organisers.all())
    emails = [event.contact_email, *(organiser.email for organiser in organisers)]
    email = next((email for email in emails if email), "")
    if not email:
        return None
    address = icalendar.vCalAddress(f"mailto:{email}")
    if organisers:
        address.params["CN"] = storable(organisers[0].name)
    return address
