"""School holidays: a group may keep them without writing them down each year."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.fields import LocalizedField

from .schedule import validate_year


class SchoolBreakQuerySet(models.QuerySet["SchoolBreak"]):
    def in_town(self, town_id: int | None) -> Self:
        """Those of all towns, and the town's own."""
        return self.filter(
            models.Q(municipalities=None) | models.Q(municipalities=town_id)
        )

    def on(self, day: date) -> Self:
        return self.filter(start_date__lte=day, end_date__gte=day)


class SchoolBreak(models.Model):
    """From the first day to the last, both included. Staff enter them each year."""

    name = LocalizedField(
        _("name"), max_length=80, help_text=_("For example “Winter holiday”.")
    )
    start_date = models.DateField(_("first day"), validators=[validate_year])
    end_date = models.DateField(_("last day"), validators=[validate_year])
    municipalities = models.ManyToManyField(
        "home.Municipality",
        blank=True,
        related_name="school_breaks",
        verbose_name=_("municipalities"),
        help_text=_("None chosen: all of them."),
    )

    objects = SchoolBreakQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
        FieldPanel("municipalities"),
    ]

    class Meta:
        ordering = ("start_date", "pk")
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="school_break_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.start_date}–{self.end_date}"
