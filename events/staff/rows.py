"""The dates as the page lists them, each with the forms that change it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from home.languages import current_language

from ..breaks import public_holiday_name
from ..models import EventPage, Occurrence
from .date_forms import CancelForm, DateForm, MoveForm, RestoreForm, is_over_at


@dataclass
class DateRow:
    date: Occurrence
    holiday: str = ""
    forms: list[DateForm] = field(default_factory=list)
    is_open: bool = False
    """One of its forms was sent back."""


def rows_of(
    event: EventPage, dates: Iterable[Occurrence], sent: DateForm | None
) -> list[DateRow]:
    return [row_of(event, date, sent) for date in dates]


def row_of(event: EventPage, date: Occurrence, sent: DateForm | None) -> DateRow:
    day = timezone.localdate(date.starts_at)
    row = DateRow(date, public_holiday_name(day, current_language()) or "")
    for form in forms_for(date):
        if sent and sent.action == form.action and is_about(sent, date):
            row.forms.append(sent)
            row.is_open = True
        else:
            row.forms.append(form(event, row=date))
    return row


def forms_for(date: Occurrence) -> Iterator[type[DateForm]]:
    is_changed = date.status != Occurrence.Status.SCHEDULED
    if date.over_at > timezone.now():
        if not date.is_cancelled:
            yield CancelForm
            yield MoveForm
        if is_changed and can_go_back(date):
            yield RestoreForm


def is_about(sent: DateForm, date: Occurrence) -> bool:
    return sent["date"].data == str(date.pk)


def can_go_back(date: Occurrence) -> bool:
    """A cancelled date is where it would be held; a moved one has a time of its own."""
    is_moved = date.status == Occurrence.Status.MOVED
    return not (is_moved and is_over_at(date, date.original_start))
