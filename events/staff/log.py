"""Who changed what and when, in the page's history (Wagtail's own log)."""

from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from ..days import long_day, time_in_words
from ..models import EventPage

CANCELLED = "events.cancel_date"
MOVED = "events.move_date"
RESTORED = "events.restore_date"
CONFIRMED = "events.confirm"
PAUSED = "events.pause"
RESUMED = "events.resume"
FULL = "events.full"
ROOM = "events.room"
ENDED = "events.end"
WENT_ON = "events.go_on"
NEXT_SEASON = "events.next_season"


def record(event: EventPage, action: str, user: Any, **data: Any) -> None:
    """The data are stored as JSON; days and moments in ISO form."""
    stored = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in data.items()
    }
    log(instance=event, action=action, user=user, data=stored)


class InWords(LogFormatter):
    """A sentence with the logged days and moments in words."""

    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        words = {name: in_words(value) for name, value in log_entry.data.items()}
        return str(self.sentence) % words

    def format_comment(self, log_entry: Any) -> str:
        note = log_entry.data.get("note") or {}
        return " / ".join(note.values())


def in_words(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    moment: datetime | None = parse_datetime(value) if "T" in value else None
    if moment:
        return time_in_words(moment)
    day = parse_date(value) if len(value) == len("2026-11-24") else None
    return long_day(day) if day else value


SENTENCES: dict[str, tuple[Any, Any]] = {
    CANCELLED: (_("Date: cancel"), _("Cancelled the date %(date)s")),
    MOVED: (_("Date: move"), _("Moved the date %(date)s to %(to)s")),
    RESTORED: (_("Date: restore"), _("Took back a change: %(date)s as %(to)s")),
    CONFIRMED: (_("Group: confirm"), _("Confirmed that the group meets")),
    PAUSED: (_("Group: put on a break"), _("Put the group on a break")),
    RESUMED: (_("Group: end the break"), _("Ended the group's break")),
    FULL: (_("Group: mark as full"), _("Marked the group as full")),
    ROOM: (_("Group: room again"), _("Marked that there is room again")),
    ENDED: (_("Group: end"), _("Ended the group on %(day)s")),
    WENT_ON: (_("Group: go on after all"), _("The group goes on after all")),
    NEXT_SEASON: (_("Group: next season"), _("Copied for the next season: %(source)s")),
}


def register(actions: LogActionRegistry) -> None:
    for action, (label, sentence) in SENTENCES.items():
        actions.register_action(action)(
            type("_Formatter", (InWords,), {"label": label, "sentence": sentence})
        )
