"""What is never part of a revision (decision 5).

Publishing a revision that waited for weeks resets every field of the page. So what
happens to a group meanwhile - a cancelled date, a confirmation, a pause - is kept
here, in tables of its own, and applied at once.
"""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.fields import LocalizedField


class Stage(models.TextChoices):
    """Where a group is in the freshness contract (`events.freshness`)."""

    CONFIRMED = "confirmed", _("confirmed")
    ASKED = "asked", _("asked, no answer yet")
    UNCONFIRMED = "unconfirmed", _("not confirmed")
    HIDDEN = "hidden", _("out of the lists")
    ARCHIVED = "archived", _("archived")


class EventStateQuerySet(models.QuerySet["EventState"]):
    def due(self, today: date) -> Self:
        """Whose next step in the freshness contract has come, the oldest first."""
        return self.filter(next_step_on__lte=today).order_by("next_step_on", "pk")

    def unanswered(self) -> Self:
        """Of public groups whose organiser was asked and has said nothing."""
        return self.filter(stage__in=EventState.UNANSWERED, event__live=True)


class EventState(models.Model):
    """One row for each event."""

    UNANSWERED = (Stage.ASKED, Stage.UNCONFIRMED, Stage.HIDDEN)
    IN_DOUBT = (Stage.UNCONFIRMED, Stage.HIDDEN)
    """Residents read that nobody has confirmed the group."""

    event = models.OneToOneField(
        "events.EventPage", models.CASCADE, related_name="state", primary_key=True
    )
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("When the organiser last said that the group still meets."),
    )
    is_paused = models.BooleanField(_("paused"), default=False)
    is_full = models.BooleanField(
        _("full"), default=False, help_text=_("No room for newcomers just now.")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    stage = models.CharField(
        _("freshness"), max_length=15, choices=Stage, default=Stage.CONFIRMED
    )
    next_step_on = models.DateField(
        null=True,
        blank=True,
        help_text="When the stage changes, or a mail is due, if nobody answers.",
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)

    objects = EventStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of an event")
        verbose_name_plural = _("states of events")
        indexes = [
            models.Index(fields=("next_step_on",), name="state_next_step"),
            models.Index(fields=("stage",), name="state_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.confirmed_on}"

    def has_ended(self, today: date) -> bool:
        return bool(self.ended_on and self.ended_on < today)

    @property
    def is_hidden(self) -> bool:
        """Out of every list, while its own page stays."""
        return self.stage in {Stage.HIDDEN, Stage.ARCHIVED}

    @property
    def is_in_doubt(self) -> bool:
        return self.stage in self.IN_DOUBT


class OccurrenceChange(models.Model):
    """One date cancelled or moved, known by when it was to begin."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("cancelled")
        MOVED = "moved", _("moved")

    event = models.ForeignKey(
        "events.EventPage", models.CASCADE, related_name="occurrence_changes"
    )
    original_start = models.DateTimeField(_("was to begin"))
    kind = models.CharField(_("change"), max_length=10, choices=Kind)
    new_start = models.DateTimeField(_("begins now"), null=True, blank=True)
    new_end = models.DateTimeField(_("ends now"), null=True, blank=True)
    note = LocalizedField(_("note for readers"), blank=True, max_length=150)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        ordering = ("original_start",)
        verbose_name = _("changed date")
        verbose_name_plural = _("changed dates")
        constraints = [
            models.UniqueConstraint(
                fields=("event", "original_start"), name="date_is_changed_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="moved") | ~models.Q(new_start=None),
                name="moved_date_has_a_new_start",
                violation_error_message=_("Say when it begins now."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_start} {self.kind}"


class ImportedEvent(models.Model):
    """Where an imported event came from: a second import finds it again by this."""

    event = models.OneToOneField(
        "events.EventPage", models.CASCADE, related_name="imported", primary_key=True
    )
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("id in the source"), max_length=255)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported event")
        verbose_name_plural = _("imported events")
        constraints = [
            models.UniqueConstraint(
                fields=("source", "external_id"), name="imported_event_comes_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
