"""What an organisation types about a group, until staff have decided on it."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> Self:
        """For staff, the one sent first on top."""
        return self.filter(status=Submission.Status.SENT).order_by("sent_at", "pk")

    def not_approved(self) -> Self:
        """What waits, is being written, or was not wanted."""
        return self.exclude(status=Submission.Status.APPROVED)

    def open(self) -> Self:
        """That its organisation can still write on."""
        return self.filter(status__in=Submission.OPEN)

    def unfinished(self) -> Self:
        """That is being written or waits; a group has one of them at most."""
        return self.filter(status__in=Submission.UNFINISHED)

    def for_list(self) -> Self:
        return self.select_related("organisation", "event", "contact")

    def for_staff(self) -> Self:
        """With all that the queue shows; what a revision holds is long."""
        return self.select_related(
            "organisation",
            "event__venue",
            "contact",
            "revision",
            "decided_by",
            "opened_by",
        ).defer("revision__content")


class Submission(models.Model):
    """A row for each group that is being written or changed (decision 7).

    `typed` holds what stands in the form's fields, as it was typed, by the name of the
    step: `{"what": {"title_fi": ["Olohuone"]}}`. It may be anything, also nonsense: the
    step's form says what is wrong with it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent, waits for the moderators")
        CHANGE_ASKED = "change-asked", _("A change is asked for")
        APPROVED = "approved", _("Published")
        REJECTED = "rejected", _("Not published")

    OPEN = (Status.DRAFT, Status.CHANGE_ASKED)
    UNFINISHED = (*OPEN, Status.SENT)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.ForeignKey(
        "events.Contact",
        models.SET_NULL,
        null=True,
        related_name="submissions",
        verbose_name=_("sent by"),
    )
    organisation = models.ForeignKey(
        "events.Organisation",
        models.SET_NULL,
        null=True,
        related_name="submissions",
        verbose_name=_("organisation"),
        help_text=_("Empty until a new one is described."),
    )
    event = models.ForeignKey(
        "events.EventPage",
        models.SET_NULL,
        null=True,
        related_name="submissions",
        verbose_name=_("group"),
        help_text=_("That is being changed, or that was made of this."),
    )
    venue = models.ForeignKey(
        "events.Venue",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("A new one that was described here."),
    )
    made_organisation = models.BooleanField(
        default=False, help_text="The organisation was described here first."
    )
    image = models.ForeignKey(
        "home.SiteImage", models.SET_NULL, null=True, related_name="+"
    )
    previous_season = models.ForeignKey(
        "events.EventPage",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The group that this is the next season of.",
    )
    is_change = models.BooleanField(
        default=False, help_text="Of a group that stood here before."
    )
    typed = models.JSONField(_("what was typed"), default=dict)
    typed_before = models.JSONField(
        default=dict,
        help_text="The group as it stood when this was begun, in the same form.",
    )
    language = models.CharField(
        _("language of the messages"), max_length=10, choices=settings.LANGUAGES
    )
    status = models.CharField(
        _("status"), max_length=15, choices=Status, default=Status.DRAFT
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="That was made when it was sent, and that staff read.",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(
        _("answer to the organisation"), blank=True, max_length=2000
    )
    staff_note = models.TextField(
        _("note among staff"),
        blank=True,
        max_length=2000,
        help_text=_("Never shown to the organisation or to residents."),
    )
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The moderator who looked at it last.",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=("status", "sent_at"), name="submission_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("event",),
                condition=models.Q(status__in=("draft", "change-asked", "sent")),
                name="group_has_one_unfinished_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def title(self) -> str:
        """Of the group, as it was typed in the first language that has one."""
        what = self.typed_in("what")
        main = (what.get("main_language") or [""])[0]
        keys = [f"title_{main}", *(key for key in what if key.startswith("title_"))]
        values = (value.strip() for key in keys for value in what.get(key, []))
        return next((value for value in values if value), "")

    def typed_in(self, step: str) -> dict[str, Any]:
        """The fields of a step: a list of strings for each name."""
        return self.typed.get(step, {})
