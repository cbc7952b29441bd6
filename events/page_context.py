"""What the page of a group shows of it just now."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from home.languages import EASY_FINNISH
from home.page_cache import expires_by

from .date_rows import dates_of_draft
from .doubt import doubt_in_words
from .easy_text import Section, easy_text, heading_of
from .models.occurrences import Occurrence
from .recurrence import Pause
from .schedules import Schedule
from .school_holidays import SchoolHolidays, keeps_school_holidays

if TYPE_CHECKING:
    from .models import EventPage

DATES_SHOWN = 12


def shown_on_page(
    event: "EventPage", request: HttpRequest, language: str
) -> dict[str, Any]:
    now = timezone.now()
    state = getattr(event, "state", None)
    has_ended = bool(state and state.has_ended(timezone.localdate(now)))
    is_paused = bool(state and state.is_paused)
    dates = [] if has_ended else shown_dates(event, now, is_paused=is_paused)
    schedule = Schedule() if has_ended else shown_schedule(event)
    if dates:
        expires_by(request, min(date.over_at for date in dates))
    shown = {
        "text": event.text_in(language),
        "dates": dates,
        "next_date": next((date for date in dates if not date.is_cancelled), None),
        "last_date": (
            event.occurrences.held().last()
            if event.pk and not (dates or has_ended or is_paused)
            else None
        ),
        "organisers": list(event.organisers.all()),
        "schedule": schedule,
        "breaks": breaks_among(schedule, dates),
        "state": state,
        "has_ended": has_ended,
        "doubt": (
            doubt_in_words(state.confirmed_on, event.first_published_at)
            if state and state.is_in_doubt and not has_ended
            else ""
        ),
    }
    if language == EASY_FINNISH:
        shown |= easy_context(event, shown, now)
    return shown


def easy_context(
    event: "EventPage", shown: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The text made from what the page shows anyway: it costs no query."""
    parts = ("text", "schedule", "dates", "breaks", "organisers", "state")
    sections: list[Section] = easy_text(
        event, **{name: shown[name] for name in parts}, now=now
    )
    return {"easy_sections": sections, "easy_heading": heading_of(event)}


def shown_dates(
    event: "EventPage", now: datetime, *, is_paused: bool
) -> list[Occurrence]:
    """The next ones; none while it is on a break and nobody knows for how long."""
    if event.is_previewed:
        return dates_of_draft(event, now)[:DATES_SHOWN]
    return [] if is_paused else list(event.upcoming_dates(now)[:DATES_SHOWN])


def shown_schedule(event: "EventPage") -> Schedule:
    """Without single dates, which stand among the others.

    School holidays put off the end of a series, and are not asked for otherwise.
    """
    rules = list(event.rules.all())
    town = None
    if keeps_school_holidays(event) and any(rule.count for rule in rules):
        town = event.effective_municipality
    school = SchoolHolidays.of_town(town.pk).in_town(town.pk) if town else []
    return Schedule(
        rules=rules,
        breaks=list(event.breaks.all()) if rules else [],
        pauses=event.pauses,
        school_breaks=school,
    )


def breaks_among(schedule: Schedule, dates: list[Occurrence]) -> list[Pause]:
    """Those that explain why one of the shown weeks has no date."""
    if not dates:
        return []
    first = timezone.localdate()
    last = timezone.localdate(dates[-1].starts_at)
    return [
        pause
        for pause in schedule.breaks
        if pause.end_date >= first and pause.start_date <= last
    ]
