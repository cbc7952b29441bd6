"""From what was typed to a group's page. Nothing is saved here."""

from collections.abc import Mapping
from typing import Any

from home.fields import LocalizedText
from home.languages import MAIN_LANGUAGE

from ..enums import Attendance
from ..models import Break, EventIndexPage, EventPage, EventText, ExtraDate, Submission
from .drafts import typed_date
from .fields import TEXT_LANGUAGES
from .plain_text import plain_from_rich, rich_from_plain
from .what_form import TEXTS_HERE
from .whom_form import TEXTS_HERE as TEXTS_OF_JOINING

RICH = ("body", "first_visit")
PLAIN_OF_WHOM = (
    "min_age",
    "max_age",
    "spoken_languages",
    "is_free",
    "sign_up",
    "sign_up_until",
    "sign_up_url",
    "capacity",
    "openness",
    "referral_needed",
    "contact_phone",
    "is_walk_in",
    "contact_name",
    "contact_hours",
    "contact_email",
    "is_sensitive",
    "image_alt",
    "buddy_phone",
    *EventPage.FIRST_VISIT_FACTS,
)
ROWS = ("rule", "date", "break")
"""Formsets of what stands on the page."""


def new_event(index: EventIndexPage) -> EventPage:
    return EventPage(locale=index.locale, live=False)


def write_texts(event: EventPage, data: Mapping[str, Any]) -> None:
    """`data`: the checked values of all steps. Other languages stay as they are."""
    before = {text.language: text for text in event.texts.all()}
    texts = [text for code, text in before.items() if code not in TEXT_LANGUAGES]
    for language in TEXT_LANGUAGES:
        if data.get(f"title_{language}"):
            texts.append(text_of(before.get(language), language, data))
    page: Any = event  # Wagtail's relations ship no type hints.
    page.texts = texts
    page.main_language = data["main_language"]


def text_of(
    before: EventText | None, language: str, data: Mapping[str, Any]
) -> EventText:
    text = before or EventText(language=language)
    for name in (*TEXTS_HERE, *TEXTS_OF_JOINING, "place_note"):
        value = data.get(f"{name}_{language}", "")
        if name not in RICH:
            setattr(text, name, value)
        elif value != plain_from_rich(getattr(text, name)):
            # Untouched text keeps the bold words and links that staff gave it.
            setattr(text, name, rich_from_plain(value))
    return text


def write_times(event: EventPage, rows: Mapping[str, list[Any]], pauses: Any) -> None:
    """The texts are written before: a reason is in their main language."""
    page: Any = event  # Wagtail's relations ship no type hints.
    dates = dates_known(rows["date"], list(event.extra_dates.all()))
    breaks_before = list(event.breaks.all())
    for row in rows["break"]:
        row.reason = reason_known(row, breaks_before, event.main_language)
    page.rules, page.extra_dates, page.breaks = rows["rule"], dates, rows["break"]
    page.pauses = pauses


def dates_known(dates: list[ExtraDate], before: list[ExtraDate]) -> list[ExtraDate]:
    """One that was not touched stays: its row says more than the form shows."""
    left = {str(typed_date(row)): row for row in before}
    return [left.pop(str(typed_date(row)), row) for row in dates]


def reason_known(row: Break, before: list[Break], language: str) -> LocalizedText:
    """In all its languages, if it is one that the group has; that of the same day
    before others."""
    text = row.reason.get(MAIN_LANGUAGE, "")
    for known in sorted(before, key=lambda each: each.start_date != row.start_date):
        if text and text in known.reason.values():
            return known.reason
    return LocalizedText({language: text} if text else {})


def write_place(event: EventPage, data: Mapping[str, Any], venue: Any) -> None:
    """`venue`: found or newly described; None when there is none to show."""
    hidden = event.venue if event.hides_address else None
    event.attendance = data["attendance"]
    event.online_url = (
        data["online_url"] if event.attendance != Attendance.ON_SITE else ""
    )
    event.is_address_protected = data["is_address_protected"]
    is_online = event.attendance == Attendance.ONLINE
    event.venue = None if is_online else (venue or hidden)
    event.municipality = data["municipality"] if event.venue is None else None


def write_audience(
    event: EventPage, data: Mapping[str, Any], submission: Submission
) -> None:
    for name in PLAIN_OF_WHOM:
        setattr(event, name, data[name])
    event.goals = list(data["goals"])
    event.target_groups = list(data["target_groups"])
    event.image = submission.image


def localized(text: str, language: str) -> LocalizedText:
    """Of a record that must have Finnish: what was written stands for it."""
    return LocalizedText({MAIN_LANGUAGE: text, language: text} if text else {})
