"""One date cancelled, moved, or held after all."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..day_warnings import warning_of
from ..days import time_in_words
from ..models import EventPage, Occurrence, OccurrenceChange
from ..models.schedule import validate_year
from ..recurrence import AHEAD, LOCAL, local_moment, over_at
from . import log

GONE = gettext_lazy(
    "This date is no longer in the group's schedule. Nothing was changed."
)


class DateForm(forms.Form):
    """`save` gives a sentence that says what was done."""

    action: ClassVar[str]

    date = forms.ModelChoiceField(
        Occurrence.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"required": GONE, "invalid_choice": GONE},
    )

    def __init__(
        self, event: EventPage, *args: Any, row: Occurrence | None = None, **kwargs: Any
    ) -> None:
        """`row`: the date that an empty form is drawn for."""
        self.event = event
        self.row = row
        if row is not None:
            kwargs["initial"] = {"date": row.pk, **self.initial_of(row)}
            kwargs["auto_id"] = f"{self.action}-{row.pk}-%s"
        super().__init__(*args, **kwargs)
        dates: Any = self.fields["date"]
        dates.queryset = event.occurrences.all()

    def initial_of(self, row: Occurrence) -> dict[str, Any]:
        return {}

    def clean_date(self) -> Occurrence:
        row: Occurrence = self.cleaned_data["date"]
        if row.over_at <= timezone.now():
            raise ValidationError(_("This date is over already."))
        return row

    def save(self, actor: Any) -> str:
        raise NotImplementedError

    def change(self) -> OccurrenceChange:
        """What is written of the date already, or a row to write."""
        start = self.cleaned_data["date"].original_start
        return self.event.occurrence_changes.filter(
            original_start=start
        ).first() or OccurrenceChange(event=self.event, original_start=start)

    def other_date_at(self, starts_at: datetime) -> Occurrence | None:
        """Another of the group's dates that the date would fall upon."""
        row = self.cleaned_data["date"]
        length = row.ends_at - row.starts_at if row.ends_at else timedelta(0)
        upon = ~Q(status=Occurrence.Status.CANCELLED) & Q(
            starts_at__lt=starts_at + length, ends_at__gt=starts_at
        )
        others = self.event.occurrences.exclude(pk=row.pk)
        return others.filter(Q(starts_at=starts_at) | upon).first()


def in_words(row: Occurrence) -> str:
    return time_in_words(row.starts_at, row.ends_at, row.is_all_day)


def is_over_at(row: Occurrence, starts_at: datetime) -> bool:
    """Whether the date would be past if it were held then."""
    length = row.ends_at - row.starts_at if row.ends_at else None
    return over_at(starts_at, starts_at + length if length else None) <= timezone.now()


def note_field() -> Any:
    column: Any = OccurrenceChange._meta.get_field("note")
    return column.formfield(
        label=gettext_lazy("Note for residents"),
        help_text=gettext_lazy("For example why, or where to ask. May be left empty."),
    )


class CancelForm(DateForm):
    action = "cancel"

    note = note_field()

    def save(self, actor: Any) -> str:
        row, note = self.cleaned_data["date"], self.cleaned_data["note"]
        change = self.change()
        # A moved date keeps its new time: that is where residents look for it.
        if (change.kind, change.note) != (OccurrenceChange.Kind.CANCELLED, note):
            change.kind = OccurrenceChange.Kind.CANCELLED
            change.note = note
            change.save()
            log.record(self.event, log.CANCELLED, actor, date=row.starts_at, note=note)
        return _("%(date)s is cancelled.") % {"date": in_words(row)}


class MoveForm(DateForm):
    """The end moves along: the date stays as long as it was."""

    action = "move"

    day = forms.DateField(
        label=gettext_lazy("New day"),
        validators=[validate_year],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    time = forms.TimeField(
        label=gettext_lazy("Begins at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    note = note_field()
    holiday = forms.DateField(required=False, widget=forms.HiddenInput)
    """The day that the form has warned of: sent again, it is meant."""

    def initial_of(self, row: Occurrence) -> dict[str, Any]:
        start = timezone.localtime(row.starts_at)
        moved = row.status == Occurrence.Status.MOVED
        return {
            "day": start.date(),
            "time": start.time(),
            "note": row.note if moved else {},
        }

    def clean(self) -> None:
        super().clean()
        if {"date", "day", "time"} <= self.cleaned_data.keys() and (
            starts_at := self.new_start()
        ):
            self.cleaned_data["starts_at"] = starts_at
            self.check_time(starts_at)
            self.warn_of_holiday()

    def new_start(self) -> datetime | None:
        row, day = self.cleaned_data["date"], self.cleaned_data["day"]
        clock = self.cleaned_data["time"]
        if row.is_all_day:
            clock = timezone.localtime(row.starts_at).time()
        if clock is None:
            self.add_error("time", _("Say when it begins."))
            return None
        moment = local_moment(day, clock)
        if moment.astimezone(LOCAL).time() != clock:
            self.add_error(
                "time", _("The clocks go forward then: there is no such time.")
            )
            return None
        return moment

    def check_time(self, starts_at: datetime) -> None:
        now, row = timezone.now(), self.cleaned_data["date"]
        if starts_at <= now:
            self.add_error("day", _("That time is past. Give a time to come."))
        elif starts_at > now + AHEAD:
            self.add_error("day", _("Give a day within two years."))
        elif starts_at == row.original_start:
            message = _("That is when it was to begin anyway.")
            if row.status == Occurrence.Status.MOVED:
                message = _("That is its own time: choose “Back to its own time”.")
            self.add_error("day", message)
        elif other := self.other_date_at(starts_at):
            self.add_error(
                "day",
                _("The group has another date then: %(date)s.")
                % {"date": in_words(other)},
            )

    def warn_of_holiday(self) -> None:
        if self.errors:
            return
        day = self.cleaned_data["day"]
        if self.cleaned_data.get("holiday") == day:
            return
        town = self.event.effective_municipality
        warning = warning_of(day, town.pk if town else None)
        if not warning:
            return
        self.add_error(
            "day",
            _("%(warning)s If it is meant, press the button again.")
            % {"warning": warning},
        )
        data: Any = self.data
        self.data = data = data.copy()
        data["holiday"] = day.isoformat()

    def save(self, actor: Any) -> str:
        row, note = self.cleaned_data["date"], self.cleaned_data["note"]
        starts_at = self.cleaned_data["starts_at"]
        change = self.change()
        wanted = (OccurrenceChange.Kind.MOVED, starts_at, note)
        if (change.kind, change.new_start, change.note) != wanted:
            if change.new_end and change.new_start:
                change.new_end = starts_at + (change.new_end - change.new_start)
            change.kind, change.new_start, change.note = wanted
            change.save()
            log.record(
                self.event,
                log.MOVED,
                actor,
                date=row.starts_at,
                to=starts_at,
                note=note,
            )
        return _("%(date)s now begins %(to)s.") % {
            "date": in_words(row),
            "to": time_in_words(starts_at, None, row.is_all_day),
        }


class RestoreForm(DateForm):
    """Takes the last change back: a cancelled date is held, a moved one goes home.

    One that was moved and then cancelled is held at the time it was moved to.
    """

    action = "restore"

    status = forms.ChoiceField(
        choices=Occurrence.Status.choices, widget=forms.HiddenInput
    )
    """The change to take back: sent twice, it takes back only one."""

    def initial_of(self, row: Occurrence) -> dict[str, Any]:
        return {"status": row.status}

    def clean(self) -> None:
        super().clean()
        if "date" not in self.cleaned_data:
            return
        self.starts_at = self.time_before_the_change()
        if self.is_still_so() and is_over_at(self.cleaned_data["date"], self.starts_at):
            message = _("Its own time is past already: it stays as it is now.")
            self.add_error("date", message)
        elif other := self.other_date_at(self.starts_at):
            self.add_error(
                "date",
                _("The group has another date then: %(date)s.")
                % {"date": in_words(other)},
            )

    def time_before_the_change(self) -> datetime:
        row, change = self.cleaned_data["date"], self.change()
        if not self.is_still_so():
            return row.starts_at
        if change.kind == OccurrenceChange.Kind.CANCELLED and change.new_start:
            return change.new_start
        return change.original_start

    def is_still_so(self) -> bool:
        return self.cleaned_data["date"].status == self.cleaned_data.get("status")

    def save(self, actor: Any) -> str:
        row, change = self.cleaned_data["date"], self.change()
        if change.pk and self.is_still_so():
            if self.starts_at == change.original_start:
                change.delete()
            else:
                change.kind = OccurrenceChange.Kind.MOVED
                change.note = {}
                change.save()
            log.record(
                self.event, log.RESTORED, actor, date=row.starts_at, to=self.starts_at
            )
        return _("%(date)s is held.") % {
            "date": time_in_words(self.starts_at, None, row.is_all_day)
        }


DATE_FORMS: dict[str, type[DateForm]] = {
    form.action: form for form in (CancelForm, MoveForm, RestoreForm)
}
