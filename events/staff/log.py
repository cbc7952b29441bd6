"""Who changed what and when, in the page's history (Wagtail's own log)."""

from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from ..days import long_day, time_in_words
from ..models import Contact, EventPage, Organisation

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
LEFT_TO_STAFF = "events.left_to_staff"
SUBMISSION_APPROVED = "events.approve_submission"
CHANGE_ASKED = "events.ask_for_change"
SUBMISSION_REJECTED = "events.reject_submission"
PUT_ANEW = "events.put_anew"
ADMITTED = "events.admit"
SENT = "events.send"
TAKEN_BACK = "events.take_back"
PUBLISHED_AT_ONCE = "events.publish_at_once"


def record(
    instance: EventPage | Organisation, action: str, actor: Any, **data: Any
) -> None:
    """The data are stored as JSON; days and moments in ISO form.

    `actor`: a user, or a contact, of whom the log holds only the number.
    """
    if isinstance(actor, Contact):
        actor, data["contact"] = None, actor.pk
    stored = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in data.items()
    }
    log(instance=instance, action=action, user=actor, data=stored)


class InWords(LogFormatter):
    """A sentence with the logged days and moments in words."""

    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        words = {name: in_words(value) for name, value in log_entry.data.items()}
        said = str(self.sentence) % words
        if "contact" in log_entry.data:
            return gettext("%(said)s, by the organisation itself") % {"said": said}
        return said

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
    LEFT_TO_STAFF: (
        _("Organisation: left to staff"),
        _("The last contact person has left: staff look after the groups"),
    ),
    SUBMISSION_APPROVED: (
        _("Submission: publish"),
        _("Published what the organisation sent (%(submission)s)"),
    ),
    CHANGE_ASKED: (
        _("Submission: ask for a change"),
        _("Asked the organisation for a change (%(submission)s)"),
    ),
    SUBMISSION_REJECTED: (
        _("Submission: reject"),
        _("Did not publish what the organisation sent (%(submission)s)"),
    ),
    PUT_ANEW: (
        _("Submission: make anew"),
        _("Made the organisation's version anew on top of the published one"),
    ),
    SENT: (_("Submission: send"), _("Sent a version")),
    TAKEN_BACK: (_("Submission: take back"), _("Took the sent version back")),
    PUBLISHED_AT_ONCE: (
        _("Submission: publish at once"),
        _("Published a small change without a moderator"),
    ),
    ADMITTED: (
        _("Organisation: contact person"),
        _("Let a contact person act for the organisation (%(person)s)"),
    ),
}


def register(actions: LogActionRegistry) -> None:
    for action, (label, sentence) in SENTENCES.items():
        actions.register_action(action)(
            type("_Formatter", (InWords,), {"label": label, "sentence": sentence})
        )
