"""The dates of an event as rows, derived from its rules and their changes."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over yet, soonest first. One that has begun is still upcoming."""
        return self.filter(over_at__gt=now or timezone.now()).order_by(
            "starts_at", "pk"
        )

    def held(self) -> Self:
        return self.exclude(status=Occurrence.Status.CANCELLED)


class Occurrence(models.Model):
    """Its id stays while the original start stays (decision 6)."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        CANCELLED = "cancelled", _("cancelled")
        MOVED = "moved", _("moved")

    event = models.ForeignKey(
        "events.EventPage", models.CASCADE, related_name="occurrences"
    )
    original_start = models.DateTimeField()
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True)
    over_at = models.DateTimeField(
        help_text="When it counts as past: its end, or the next local midnight."
    )
    is_all_day = models.BooleanField(_("all day"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.SCHEDULED
    )
    note = models.JSONField(default=dict)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints = [
            models.UniqueConstraint(
                fields=("event", "original_start"), name="event_has_a_date_once"
            ),
        ]
        indexes = [
            models.Index(fields=("event", "over_at"), name="occurrence_upcoming"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED
