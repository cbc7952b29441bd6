"""Errors that readers report on a group's page. They need not say who they are."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=396)
"""Thirteen months: an error of one season is seen beside the next."""


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> Self:
        return self.filter(handled_at=None).order_by("reported_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("event")

    def old(self, now: datetime) -> Self:
        """That need not be kept any longer, handled or not."""
        return self.filter(reported_at__lt=now - KEPT)

    def mark_handled(self, user: Any) -> int:
        """Gives how many were still open."""
        still_open = self.filter(handled_at=None)
        return still_open.update(handled_at=timezone.now(), handled_by=user)


class ErrorReport(models.Model):
    """One task for staff."""

    class Kind(models.TextChoices):
        NOT_HELD = "not-held", _("The group does not meet any more")
        TIME = "time", _("The time is wrong")
        PLACE = "place", _("The place is wrong")
        CONTACT = "contact", _("Nobody answers, or the contact is wrong")
        ACCESS = "access", _("The accessibility facts are wrong")
        OTHER = "other", _("Something else")

    event = models.ForeignKey(
        "events.EventPage", models.CASCADE, related_name="error_reports"
    )
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind)
    text = models.TextField(_("in your own words"), blank=True, max_length=1000)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    reported_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("handled by"),
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at", "-pk")
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")
        indexes = [
            models.Index(fields=("handled_at", "reported_at"), name="report_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.kind}"
