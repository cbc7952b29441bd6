"""Links by mail into the NGO door, and the counters that keep them few.

Neither table holds anything that opens the door: of tokens and codes only digests, of
addresses that are counted only keyed digests.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class DoorLinkQuerySet(models.QuerySet["DoorLink"]):
    def usable(self, now: datetime | None = None) -> Self:
        return self.filter(used_at=None, expires_at__gt=now or timezone.now())

    def invitations(self) -> Self:
        """To an organisation that are not accepted yet."""
        kinds = (DoorLink.Purpose.INVITATION, DoorLink.Purpose.HAND_OVER)
        return self.usable().filter(purpose__in=kinds).order_by("expires_at", "pk")


class DoorLink(models.Model):
    """One purpose, one address, one use."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in"
        INVITATION = "invitation"
        HAND_OVER = "hand-over"
        """An invitation after which the one who invited leaves."""
        NEW_ADDRESS = "new-address"
        CONFIRMATION = "confirmation"

    purpose = models.CharField(max_length=15, choices=Purpose)
    email = models.EmailField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    organisation = models.ForeignKey(
        "events.Organisation",
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="That an invitation is to.",
    )
    role = models.CharField(max_length=20, blank=True)
    contact = models.ForeignKey(
        "events.Contact",
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="Who invites, or whose address changes.",
    )
    token_digest = models.CharField(  # noqa: DJ001 - Unique, and many have none yet.
        max_length=64, unique=True, null=True, help_text="Null until it is mailed."
    )
    code_digest = models.CharField(max_length=64, blank=True)
    tries_left = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    objects = DoorLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=("email",), name="door_link_of_address")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class LinkAnswer(models.Model):
    """What was answered by a link that asks whether groups still meet.

    It works once for each of them; after that it tells only what was answered.
    """

    link = models.ForeignKey(DoorLink, models.CASCADE, related_name="answers")
    event = models.ForeignKey("events.EventPage", models.CASCADE, related_name="+")
    action = models.CharField(
        max_length=20, help_text="Key of an answer (`events.door.answers`)."
    )
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-answered_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("link", "event"), name="link_answers_once_for_each_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.event_id} {self.action}"
