"""The second step: when it meets."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.fields import LocalizedText
from home.languages import MAIN_LANGUAGE

from ..enums import Frequency, Nth, Pause
from ..models import Break, EventPage, ExtraDate, ScheduleRule
from ..models.schedule import validate_year
from ..recurrence import AHEAD, LOCAL, days_of, local_moment
from .fields import ClockInput, DayInput, Typed, field_of

MOST_RULES, MOST_DATES, MOST_BREAKS = 10, 60, 20
REPEATS: dict[str, tuple[str, int, int | None]] = {
    "weekly-1": (Frequency.WEEKLY, 1, None),
    "weekly-2": (Frequency.WEEKLY, 2, None),
    "weekly-3": (Frequency.WEEKLY, 3, None),
    "weekly-4": (Frequency.WEEKLY, 4, None),
    **{f"monthly-{nth}": (Frequency.MONTHLY, 1, nth) for nth in Nth.values},
}
"""Frequency, interval and which weekday of the month."""
REPEAT_WORDS = [
    ("weekly-1", gettext_lazy("Every week")),
    ("weekly-2", gettext_lazy("Every second week")),
    ("weekly-3", gettext_lazy("Every third week")),
    ("weekly-4", gettext_lazy("Every fourth week")),
    ("monthly-1", gettext_lazy("Monthly: the first such day")),
    ("monthly-2", gettext_lazy("Monthly: the second such day")),
    ("monthly-3", gettext_lazy("Monthly: the third such day")),
    ("monthly-4", gettext_lazy("Monthly: the fourth such day")),
    ("monthly--1", gettext_lazy("Monthly: the last such day")),
]


LONGEST_NIGHT = timedelta(hours=12)
"""A meeting that seems to go on past midnight for longer is a slip of the pen."""
PAST_MIDNIGHT_HINT = gettext_lazy(
    "When it goes on past midnight, it ends on the next day."
)

RowTyped = Mapping[str, list[str]]
"""A row's fields as they were typed, without the prefix."""


class RowForm(forms.Form):
    """One row of several; an empty one counts for nothing.

    `known` are the rows that the group has: one of them is never wrong.
    """

    def __init__(
        self, *args: Any, known: Sequence[RowTyped] = (), **kwargs: Any
    ) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.known = known

    def has_changed(self) -> bool:
        """A row that has just been added holds nothing, not even what it begins with:
        nobody has had the time to write it wrong."""
        was_shown = any(name.startswith(f"{self.prefix}-") for name in self.data)
        return super().has_changed() and was_shown

    @property
    def is_to_be_checked(self) -> bool:
        return self.has_changed() and not self.errors and not self.is_known

    @property
    def is_known(self) -> bool:
        data: Any = self.data
        names = [name for name in self.fields if name != DELETION_FIELD_NAME]
        typed = {name: data.getlist(self.add_prefix(name)) for name in names}
        return any(
            all(filled(typed[name]) == filled(row.get(name, [])) for name in names)
            for row in self.known
        )

    def row(self) -> Any:
        raise NotImplementedError

    def check_row(self, row: Any) -> None:
        """The model's own rules, said at this form's fields."""
        try:
            row.clean_fields(exclude=["event"])
            row.validate_constraints(exclude=["event"])
        except forms.ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)


def filled(values: list[str]) -> list[str]:
    return sorted(value.strip() for value in values if value.strip())


def goes_past_midnight(start: time, end: time) -> bool:
    """“21 to 1”: it ends on the next day. Not “14 to 13”, which nobody means."""
    day = date.min
    length = datetime.combine(day, end) - datetime.combine(day, start)
    return end < start and length + timedelta(days=1) <= LONGEST_NIGHT


def ends_too_early() -> str:
    return _(
        "It ends before it begins. If it goes on past midnight, it can last 12 hours"
        " at most."
    )


class RuleForm(RowForm):
    repeats = forms.ChoiceField(label=gettext_lazy("How often"), choices=REPEAT_WORDS)
    weekdays = field_of(ScheduleRule, "weekdays", label=gettext_lazy("Weekday"))
    start_time = forms.TimeField(label=gettext_lazy("Begins at"), widget=ClockInput)
    end_time = forms.TimeField(
        label=gettext_lazy("Ends at"),
        widget=ClockInput,
        required=False,
        help_text=PAST_MIDNIGHT_HINT,
    )
    start_date = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DayInput,
        validators=[validate_year],
        initial=timezone.localdate,
    )
    end_date = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        validators=[validate_year],
        required=False,
        help_text=gettext_lazy("Empty: it goes on for the time being."),
    )
    count = field_of(
        ScheduleRule,
        "count",
        label=gettext_lazy("Number of meetings"),
        help_text=gettext_lazy("Only for a series that has a certain number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["repeats"]
        value = str(self["repeats"].value() or "")
        if value not in REPEATS and repeat_of(value):
            choices.choices = [*REPEAT_WORDS, (value, words_of(value))]

    def clean(self) -> None:
        super().clean()
        if not self.is_to_be_checked:
            return
        start, end = self.cleaned_data["start_time"], self.cleaned_data["end_time"]
        if end and end <= start and not goes_past_midnight(start, end):
            self.add_error("end_time", ends_too_early())
            return
        rule = self.row()
        self.check_row(rule)
        if self.errors:
            return
        horizon = timezone.localdate() + AHEAD
        if rule.start_date > horizon:
            self.add_error("start_date", _("Give a day within two years."))
        elif next(days_of(rule, rule.end_date or horizon), None) is None:
            self.add_error("end_date", _("The group does not meet between these days."))

    def row(self) -> ScheduleRule:
        names = (
            "weekdays",
            "start_time",
            "end_time",
            "start_date",
            "end_date",
            "count",
        )
        frequency, interval, nth = (
            repeat_of(self.cleaned_data["repeats"]) or REPEATS["weekly-1"]
        )
        return ScheduleRule(
            frequency=frequency,
            interval=interval,
            nth=nth,
            **{name: self.cleaned_data.get(name) for name in names},
        )


def repeat_of(value: str) -> tuple[str, int, int | None] | None:
    """Also what staff have written and an organisation does not choose: weekly-6."""
    if value in REPEATS:
        return REPEATS[value]
    kind, _hyphen, number = value.partition("-")
    if kind == Frequency.WEEKLY and number.isdecimal() and 1 <= int(number) <= 26:
        return Frequency.WEEKLY, int(number), None
    interval, _cross, nth = number.partition("x")
    if kind == Frequency.MONTHLY and interval.isdecimal() and 1 <= int(interval) <= 26:
        known = {str(each): each for each in Nth.values}
        return (Frequency.MONTHLY, int(interval), known[nth]) if nth in known else None
    return None


def repeat_value(rule: ScheduleRule) -> str:
    if rule.frequency == Frequency.WEEKLY:
        return f"weekly-{rule.interval}"
    if rule.interval == 1:
        return f"monthly-{rule.nth}"
    return f"monthly-{rule.interval}x{rule.nth}"


def words_of(value: str) -> str:
    frequency, interval, nth = repeat_of(value) or REPEATS["weekly-1"]
    if frequency == Frequency.WEEKLY:
        return _("Every %(number)s weeks") % {"number": interval}
    return _("Every %(number)s months: the %(which)s such day") % {
        "number": interval,
        "which": Nth(nth or Nth.FIRST).label,
    }


class DateForm(RowForm):
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=DayInput, validators=[validate_year]
    )
    start_time = forms.TimeField(
        label=gettext_lazy("Begins at"),
        widget=ClockInput,
        required=False,
        help_text=gettext_lazy("Empty: all day."),
    )
    end_time = forms.TimeField(
        label=gettext_lazy("Ends at"),
        widget=ClockInput,
        required=False,
        help_text=PAST_MIDNIGHT_HINT,
    )
    end_day = forms.DateField(
        label=gettext_lazy("Last day, when it takes several"),
        widget=DayInput,
        validators=[validate_year],
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        if not self.is_to_be_checked:
            return
        day, start = self.cleaned_data["day"], self.cleaned_data["start_time"]
        if day > timezone.localdate() + AHEAD:
            self.add_error("day", _("Give a day within two years."))
        elif start and local_moment(day, start).astimezone(LOCAL).time() != start:
            message = _("The clocks go forward then: there is no such time.")
            self.add_error("start_time", message)
        elif self.cleaned_data["end_time"] and not start:
            self.add_error("start_time", _("Say when it begins."))
        else:
            row = self.row()
            if row.ends_at and row.ends_at <= row.starts_at:
                self.add_error("end_time", ends_too_early())
            else:
                self.check_row(row)

    def row(self) -> ExtraDate:
        day, start = self.cleaned_data["day"], self.cleaned_data["start_time"]
        last, end = self.cleaned_data["end_day"], self.cleaned_data["end_time"]
        ends_at = None
        if start and end and not last and goes_past_midnight(start, end):
            last = day + timedelta(days=1)
        if end or last:
            ends_at = local_moment(last or day, end or time(23, 59))
        return ExtraDate(
            starts_at=local_moment(day, start or time(0)),
            ends_at=ends_at,
            is_all_day=start is None,
        )


class BreakForm(RowForm):
    start_date = forms.DateField(
        label=gettext_lazy("First day"), widget=DayInput, validators=[validate_year]
    )
    end_date = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput, validators=[validate_year]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For example “July”."),
    )

    def clean(self) -> None:
        super().clean()
        if self.is_to_be_checked:
            self.check_row(self.row())

    def row(self) -> Break:
        """Its reason counts as Finnish here: the group knows its own language."""
        reason = self.cleaned_data["reason"]
        return Break(
            start_date=self.cleaned_data["start_date"],
            end_date=self.cleaned_data["end_date"],
            reason=LocalizedText({MAIN_LANGUAGE: reason} if reason else {}),
        )


class PausesForm(forms.Form):
    pauses = field_of(
        EventPage,
        "pauses",
        label=gettext_lazy("It does not meet during"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pauses: Any = self.fields["pauses"]
        pauses.choices = Pause.choices


class Rows(BaseFormSet):
    """What the group has already (`before`) is never too much."""

    def __init__(self, *args: Any, before: Typed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = rows_typed(before or {}, str(self.prefix))
        self.max_num = max(self.max_num, len(self.known))
        # Rows that are too many are shown, so that one can remove them.
        self.absolute_max = 2 * self.max_num

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"known": self.known}

    @property
    def staying(self) -> list[Any]:
        """Without those that are being removed."""
        return [form for form in self.forms if not form[DELETION_FIELD_NAME].data]

    @property
    def has_room(self) -> bool:
        return len(self.staying) < self.max_num


def rows_typed(typed: Typed, prefix: str) -> list[RowTyped]:
    """Of what we have written ourselves."""
    rows: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, values in typed.items():
        if found := re.fullmatch(rf"{prefix}-(\d+)-(\w+)", name):
            rows[found[1]][found[2]] = values
    return list(rows.values())


def formset(form: type[RowForm], most: int) -> type[Rows]:
    kind: Any = formset_factory(
        form, formset=Rows, extra=0, max_num=most, validate_max=True, can_delete=True
    )
    return kind


FORMSETS: dict[str, type[Rows]] = {
    "rule": formset(RuleForm, MOST_RULES),
    "date": formset(DateForm, MOST_DATES),
    "break": formset(BreakForm, MOST_BREAKS),
}
"""By the prefix of their fields."""


def rows_of(forms_of_rows: Any) -> list[Any]:
    """Unsaved rows of the forms that say something."""
    return [
        form.row()
        for form in forms_of_rows.forms
        if form.has_changed() and not form.cleaned_data.get("DELETE")
    ]


def local_parts(moment: datetime) -> tuple[str, str]:
    """Day and clock time as the inputs write them."""
    local = moment.astimezone(LOCAL)
    return local.date().isoformat(), f"{local:%H:%M}"
