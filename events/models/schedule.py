"""When a group meets, as people say it. Part of the page's revision."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.fields import ListField, LocalizedField

from ..enums import Frequency, Nth, Weekday

YEARS_ALLOWED = (2000, 2100)
"""Dates far outside overflow on their way to UTC (stack.md), so none are taken."""


def validate_year(value: object) -> None:
    year = getattr(value, "year", 0)
    if not YEARS_ALLOWED[0] <= year <= YEARS_ALLOWED[1]:
        raise ValidationError(_("Give a year between 2000 and 2100."))


def validate_weekdays(value: object) -> None:
    if (
        not isinstance(value, list)
        or not value
        or not all(isinstance(day, int) and 1 <= day <= 7 for day in value)
    ):
        raise ValidationError(_("Choose at least one weekday."))


class ScheduleRule(models.Model):
    """“Every second Tuesday from 14 to 15.30.” Times are local, in Helsinki."""

    event = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="rules"
    )
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency, default=Frequency.WEEKLY
    )
    interval = models.PositiveSmallIntegerField(
        _("every how many weeks or months"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(26)],
    )
    weekdays = ListField(
        _("weekdays"), options=Weekday.choices, validators=[validate_weekdays]
    )
    nth = models.SmallIntegerField(
        _("which weekday of the month"),
        choices=Nth,
        null=True,
        blank=True,
        help_text=_("Only for monthly groups: the first Monday, the last Wednesday."),
    )
    start_date = models.DateField(_("first day"), validators=[validate_year])
    end_date = models.DateField(
        _("last day"), null=True, blank=True, validators=[validate_year]
    )
    count = models.PositiveSmallIntegerField(
        _("number of meetings"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("For a closed series, instead of a last day."),
    )
    start_time = models.TimeField(_("begins at"))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("frequency"), FieldPanel("interval")]),
        FieldRowPanel([FieldPanel("weekdays"), FieldPanel("nth")]),
        FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
        FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
        FieldPanel("count"),
    ]

    class Meta:
        ordering = ("start_date", "start_time", "pk")
        verbose_name = _("weekly or monthly time")
        verbose_name_plural = _("weekly and monthly times")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interval__gte=1),
                name="rule_interval_is_at_least_one",
            ),
            models.CheckConstraint(
                condition=models.Q(end_date=None)
                | models.Q(end_date__gte=models.F("start_date")),
                name="rule_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(frequency="monthly") | ~models.Q(nth=None),
                name="monthly_rule_says_which_weekday",
                violation_error_message=_("Say which weekday of the month."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.weekdays} {self.start_time}"


class ExtraDate(models.Model):
    """A single date, beside the rules or instead of them."""

    event = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="extra_dates"
    )
    starts_at = models.DateTimeField(_("begins"), validators=[validate_year])
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, validators=[validate_year]
    )
    is_all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("The clock time is not known.")
    )

    panels = [
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("is_all_day"),
    ]

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("single date")
        verbose_name_plural = _("single dates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="extra_date_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)


class Break(models.Model):
    """No meetings from the first day to the last, both included."""

    event = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="breaks"
    )
    start_date = models.DateField(_("first day"), validators=[validate_year])
    end_date = models.DateField(_("last day"), validators=[validate_year])
    reason = LocalizedField(
        _("reason"), blank=True, max_length=80, help_text=_("For example “July”.")
    )

    panels = [
        FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
        FieldPanel("reason"),
    ]

    class Meta:
        ordering = ("start_date", "pk")
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="break_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date}–{self.end_date}"
