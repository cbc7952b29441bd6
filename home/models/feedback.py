"""What readers tell us, with nothing that tells who they are.

Whoever wants an answer leaves an address; it stands in a table of its own and is
erased when the feedback has been dealt with.
"""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageOpinionQuerySet(models.QuerySet["PageOpinion"]):
    def count_one(self, page: Any, *, was_useful: bool) -> None:
        """Two processes may come at once; sends no signal: residents see nothing."""
        today = timezone.localdate()
        self.bulk_create(
            [self.model(page_id=page.pk, day=today)], ignore_conflicts=True
        )
        column = "yes" if was_useful else "no"
        self.filter(page=page.pk, day=today).update(**{column: F(column) + 1})


class PageOpinion(models.Model):
    """How many found a page useful on a day, and how many did not."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    yes = models.PositiveIntegerField(_("useful"), default=0)
    no = models.PositiveIntegerField(_("not useful"), default=0)

    objects = PageOpinionQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "pk")
        verbose_name = _("usefulness of a page")
        verbose_name_plural = _("usefulness of pages")
        constraints = [
            models.UniqueConstraint(
                fields=("page", "day"), name="opinions_of_a_day_are_one_row"
            ),
        ]
        indexes = [models.Index(fields=("day",), name="opinion_day")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.yes}/{self.no}"


class HandledByStaff(models.Model):
    """A task for staff that is open until somebody has dealt with it."""

    handled_at = models.DateTimeField(_("handled at"), null=True, editable=False)
    handled_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )

    class Meta:
        abstract = True


class PageCommentQuerySet(models.QuerySet["PageComment"]):
    def open(self) -> Self:
        return self.filter(handled_at=None)

    def old(self, today: date) -> Self:
        """That need not be kept any longer, handled or not."""
        return self.filter(sent_on__lt=today - kept_for())

    def mark_handled(self, user: Any) -> int:
        """Gives how many were still open."""
        return self.open().update(handled_at=timezone.now(), handled_by=user)


class PageComment(HandledByStaff):
    """What somebody adds to their “yes” or “no”."""

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page")
    )
    was_useful = models.BooleanField(_("was useful"))
    text = models.TextField(_("comment"), max_length=1000)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES
    )
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)

    objects = PageCommentQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_on", "-pk")
        verbose_name = _("comment on a page")
        verbose_name_plural = _("comments on pages")
        indexes = [
            models.Index(fields=("handled_at", "sent_on"), name="page_comment_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.pk}"


ANSWERED_WITHIN = timedelta(days=14)
"""Accessibility feedback, by the law (306/2019)."""
REMINDED_AFTER = timedelta(days=10)
"""From then on it is red, and staff get a letter."""


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def open(self) -> Self:
        return self.filter(handled_at=None)

    def on_accessibility(self) -> Self:
        return self.filter(kind=Feedback.Kind.ACCESSIBILITY)

    def late(self, now: datetime | None = None) -> Self:
        """Unanswered for so long that the law's time is running out."""
        before = (now or timezone.now()) - REMINDED_AFTER
        return self.open().on_accessibility().filter(sent_at__lte=before)

    def old(self, now: datetime) -> Self:
        """That need not be kept any longer, handled or not."""
        return self.filter(sent_at__lt=now - kept_for())


class Feedback(HandledByStaff):
    """What somebody writes on the feedback page."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("The content: something is wrong, missing or unclear")
        FAULT = "fault", _("A technical fault")
        ACCESSIBILITY = (
            "accessibility",
            _("Accessibility, or I need content in a form that I can use"),
        )

    class Answer(models.TextChoices):
        MAIL = "mail", _("By mail from here")
        ELSEWHERE = "elsewhere", _("Answered elsewhere")
        NONE = "none", _("No answer was asked for")

    kind = models.CharField(_("what it is about"), max_length=15, choices=Kind)
    text = models.TextField(_("feedback"), max_length=3000)
    place = models.CharField(_("which page"), max_length=300, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    reminded_at = models.DateTimeField(null=True, editable=False)
    answer = models.CharField(
        _("how it was answered"), max_length=10, choices=Answer, blank=True
    )
    answered_on = models.DateField(_("answered on"), null=True)
    answer_text = models.TextField(_("answer"), blank=True, max_length=5000)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handled_at=None) | ~models.Q(answer=""),
                name="handled_feedback_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=("handled_at", "sent_at"), name="feedback_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def due_on(self) -> date | None:
        """The last day to answer; None when the law sets none."""
        if self.kind != self.Kind.ACCESSIBILITY:
            return None
        return timezone.localdate(self.sent_at) + ANSWERED_WITHIN

    @property
    def days_left(self) -> int | None:
        """Of the time to answer, while nobody has; below nought when it is over."""
        if self.handled_at or self.due_on is None:
            return None
        return (self.due_on - timezone.localdate()).days

    @property
    def is_late(self) -> bool:
        return (
            self.days_left is not None
            and timezone.now() - self.sent_at >= REMINDED_AFTER
        )

    @property
    def email(self) -> str:
        """Where the answer is to go; "" when nobody asked for one, or it is erased."""
        sender = FeedbackSender.objects.filter(feedback=self.pk).first()
        return sender.email if sender else ""


class FeedbackSenderQuerySet(models.QuerySet["FeedbackSender"]):
    def old(self, now: datetime) -> Self:
        """Of feedback that was dealt with so long ago that nothing follows."""
        days = timedelta(days=settings.FEEDBACK_CONTACT_KEPT_DAYS)
        return self.filter(feedback__handled_at__lt=now - days)


class FeedbackSender(models.Model):
    """The address for the answer: apart from the feedback, and erased before it."""

    feedback = models.OneToOneField(
        Feedback, models.CASCADE, primary_key=True, related_name="+"
    )
    email = models.EmailField(_("e-mail"))
    bounced_at = models.DateTimeField(null=True, editable=False)

    objects = FeedbackSenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("sender of feedback")
        verbose_name_plural = _("senders of feedback")

    def __str__(self) -> str:
        return f"{self.feedback_id}"


def kept_for() -> timedelta:
    return timedelta(days=settings.FEEDBACK_KEPT_DAYS)
