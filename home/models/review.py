"""Reviews of guidance: by whom, when, of which version, and what they said.

None of it is public but the dates and the names that stand on the page as text.
"""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..languages import MAIN_LANGUAGE
from ..tokens import digest_of

LONGEST_SHOWN_NAME = 120


class ReviewPersonQuerySet(models.QuerySet["ReviewPerson"]):
    def reachable(self) -> Self:
        return self.filter(bounced_at=None)


class ReviewPerson(models.Model):
    """Somebody who reviews pages, or a team that keeps them. Needs no account."""

    name = models.CharField(_("name"), max_length=100)
    title = models.CharField(
        _("profession"),
        max_length=100,
        blank=True,
        help_text=_("Or title, for example public health nurse."),
    )
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        help_text=_("Never public. Links that were sent to an old address die."),
    )
    language = models.CharField(
        _("language of the messages"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=MAIN_LANGUAGE,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("If they also have one. They review by link all the same."),
    )
    bounced_at = models.DateTimeField(
        _("mail came back at"), null=True, blank=True, editable=False
    )
    reminded_on = models.DateField(
        null=True, editable=False, help_text="At most one reminder a day."
    )

    objects = ReviewPersonQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("language")]),
        FieldPanel("user"),
    ]

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("reviewer or owner")
        verbose_name_plural = _("reviewers and owners")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="review_person_address_is_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.title)))

    def clean(self) -> None:
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Somebody else may read what comes to an old address."""
        others = ReviewPerson.objects.filter(pk=self.pk).exclude(email=self.email)
        if self.pk and others.exists():
            self.bounced_at = None
            PageReview.objects.unanswered().filter(person=self).withdraw()
        super().save(*args, **kwargs)


class PageReviewQuerySet(models.QuerySet["PageReview"]):
    def unanswered(self) -> Self:
        return self.filter(decided_at=None, withdrawn_at=None)

    def usable(self, now: datetime | None = None) -> Self:
        return self.unanswered().filter(
            expires_at__gt=now or timezone.now(), person__isnull=False
        )

    def with_token(self, token: str) -> Self:
        """Also one that has been used: its page says so."""
        return self.filter(token_digest=digest_of(token)).select_related(
            "page", "person"
        )

    def withdraw(self) -> int:
        return self.update(withdrawn_at=timezone.now())

    def answered(self) -> Self:
        """The newest first."""
        return self.exclude(decided_at=None).order_by("-decided_at", "-pk")

    def positive(self) -> Self:
        return self.answered().filter(verdict__in=PageReview.POSITIVE)

    def standing(self) -> Self:
        """Good answers that no later one outweighs."""
        later = PageReview.objects.filter(
            page=models.OuterRef("page"),
            verdict=PageReview.Verdict.CHANGES,
            decided_at__gt=models.OuterRef("decided_at"),
        )
        return self.positive().exclude(models.Exists(later))

    def in_force(self) -> Self:
        """The reviewed text has been live: from then on its dates are not undone."""
        return self.positive().exclude(took_effect_at=None)

    def without_text(self) -> Self:
        return self.defer("content", "parts")

    def forget_texts(self, now: datetime | None = None) -> int:
        """But those that somebody reads: in a review that is open, and of the last good
        one, which the next is compared with. Names, dates and verdicts stay."""
        compared = PageReview.objects.positive().filter(page=models.OuterRef("page"))
        unread = self.exclude(pk__in=PageReview.objects.usable(now).values("pk"))
        last_good = Coalesce(models.Subquery(compared.values("pk")[:1]), 0)
        unread = unread.exclude(pk=last_good)
        return unread.exclude(content={}).update(content={}, parts=[])


class PageReview(models.Model):
    """One person is asked to read one version of one page, and answers once.

    The version itself is kept while it is read: a revision may be saved over, or
    purged. Of the link there is only a digest, made when its letter is written.
    """

    class Verdict(models.TextChoices):
        RIGHT = "right", _("The content is right")
        REMARKS = "remarks", _("Right, with these remarks")
        CHANGES = "changes", _("The page needs changes")

    POSITIVE = (Verdict.RIGHT, Verdict.REMARKS)

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="reviews", editable=False
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    content = models.JSONField(encoder=DjangoJSONEncoder, editable=False)
    parts = models.JSONField(
        encoder=DjangoJSONEncoder,
        default=list,
        editable=False,
        help_text="The pages that are parts of it, as the content is stored.",
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    version_of = models.DateTimeField(
        editable=False, help_text="When the version was saved."
    )
    person = models.ForeignKey(
        ReviewPerson, models.SET_NULL, null=True, related_name="+", editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        help_text="Nobody: the reminder asked.",
    )
    message = models.TextField(_("message to the reviewer"), blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    token_digest = models.CharField(  # noqa: DJ001 - Unique, and some have none yet.
        max_length=64, unique=True, null=True, editable=False
    )

    verdict = models.CharField(
        _("answer"), max_length=10, choices=Verdict, blank=True, editable=False
    )
    name = models.CharField(_("name"), max_length=200, blank=True, editable=False)
    comment = models.TextField(_("comment"), blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    reviewed_on = models.DateField(null=True, editable=False)
    next_review = models.DateField(null=True, editable=False)
    took_effect_at = models.DateTimeField(null=True, editable=False)

    objects = PageReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=("page", "decided_at"), name="reviews_of_page"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, verdict="")
                | models.Q(decided_at__isnull=False) & ~models.Q(verdict=""),
                name="review_is_answered_with_a_verdict",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_on=None)
                | models.Q(next_review__gt=models.F("reviewed_on")),
                name="review_is_due_again_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.verdict}"

    @property
    def shown_name(self) -> str:
        """Of who answered, as long as a page has room for."""
        return self.name[:LONGEST_SHOWN_NAME]

    @property
    def is_positive(self) -> bool:
        return self.verdict in self.POSITIVE

    @property
    def is_usable(self) -> bool:
        return (
            not (self.decided_at or self.withdrawn_at)
            and self.person_id is not None
            and self.expires_at > timezone.now()
        )


class ReviewDueQuerySet(models.QuerySet["ReviewDue"]):
    SOON = timedelta(days=30)

    def live(self) -> Self:
        return self.filter(page__live=True)

    def of_pages(self, pages: models.QuerySet[Any]) -> Self:
        return self.filter(page__in=pages.values("pk"))

    def overdue(self, today: date) -> Self:
        return self.filter(next_review__lte=today)

    def due_soon(self, today: date) -> Self:
        return self.filter(next_review__gt=today, next_review__lte=today + self.SOON)

    def due(self, today: date) -> Self:
        return self.filter(next_review__lte=today + self.SOON)

    def changed(self) -> Self:
        return self.filter(changed_since_review=True)

    def of_nobody(self) -> Self:
        """There is no one to write to."""
        return self.filter(
            models.Q(kept_by=None) | ~models.Q(kept_by__bounced_at=None),
            models.Q(reviewed_by=None) | ~models.Q(reviewed_by__bounced_at=None),
        )

    def with_verdict(self) -> Self:
        """Of the newest answer, as `verdict`."""
        answers = PageReview.objects.answered().filter(page=models.OuterRef("page"))
        return self.annotate(verdict=models.Subquery(answers.values("verdict")[:1]))

    def needing_changes(self) -> Self:
        return self.with_verdict().filter(verdict=PageReview.Verdict.CHANGES)

    def to_remind(self, today: date, *, staff_too: bool) -> Self:
        """Whose newest step somebody has not been told of. `step` is which one.

        `staff_too`: of pages of nobody staff are told.
        """
        steps = [
            models.When(
                next_review__lte=today - timedelta(days=step), then=models.Value(step)
            )
            for step in sorted(ReviewReminder.Step.values, reverse=True)
        ]
        step = models.Case(*steps, output_field=models.SmallIntegerField())
        told = ReviewReminder.objects.exclude(sent_at=None).filter(
            page=models.OuterRef("page"),
            due_on=models.OuterRef("next_review"),
            step__gte=models.OuterRef("step"),
        )
        reachable = ReviewPerson.objects.reachable()
        untold: Any = models.Q(pk__in=[])
        for who in ("kept_by", "reviewed_by"):
            theirs = told.filter(person=models.OuterRef(who))
            untold |= models.Q((f"{who}__in", reachable)) & ~models.Exists(theirs)
        if staff_too:
            nobodys = ReviewDue.objects.of_nobody().values("pk")
            staffs = told.filter(person=None)
            untold |= models.Q(pk__in=nobodys) & ~models.Exists(staffs)
        return (
            self.live()
            .due(today)
            .annotate(step=step, due_on=models.F("next_review"))
            .filter(untold)
            .order_by("next_review", "pk")
        )


class ReviewDue(models.Model):
    """A narrow row for each reviewed page: what the report and the reminders ask.

    Derived from the page as it stands, whenever it is saved; never from a draft.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", models.CASCADE, primary_key=True, related_name="review_due"
    )
    kept_by = models.ForeignKey(
        ReviewPerson, models.SET_NULL, null=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        ReviewPerson, models.SET_NULL, null=True, related_name="+"
    )
    content_owner = models.CharField(max_length=120, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)
    last_reviewed = models.DateField(null=True)
    next_review = models.DateField(null=True, db_index=True)
    changed_since_review = models.BooleanField(default=False)

    objects = ReviewDueQuerySet.as_manager()

    due_on: date
    step: int
    """Of what `to_remind` finds: never without a date."""

    verdict: str | None
    """Of what `with_verdict` finds."""

    COPIED = (
        "kept_by_id",
        "reviewed_by_id",
        "content_owner",
        "reviewer",
        "last_reviewed",
        "next_review",
        "changed_since_review",
    )

    class Meta:
        verbose_name = _("reviewed page")
        verbose_name_plural = _("reviewed pages")

    def __str__(self) -> str:
        return f"{self.pk} {self.next_review}"

    @property
    def is_of_nobody(self) -> bool:
        """As the queryset's `of_nobody` says."""
        people = (self.kept_by, self.reviewed_by)
        return not any(person and not person.bounced_at for person in people)

    @classmethod
    def write(cls, page: Any) -> None:
        cls.objects.update_or_create(
            page_id=page.pk, defaults={name: getattr(page, name) for name in cls.COPIED}
        )


class ReviewReminderQuerySet(models.QuerySet["ReviewReminder"]):
    CLAIMED_FOR = timedelta(minutes=30)
    """Longer than any conversation with a mail server. Who died in one is forgotten."""

    def claim(self, now: datetime) -> list["ReviewReminder"]:
        """Those that no other process is sending, and none has sent."""
        free = models.Q(claimed_at=None) | models.Q(
            claimed_at__lt=now - self.CLAIMED_FOR
        )
        self.filter(free, sent_at=None).update(claimed_at=now)
        return list(self.filter(claimed_at=now, sent_at=None).newest())

    def newest(self) -> Self:
        """What is true of an earlier day is not told after it."""
        nobody = models.Value(0)
        newer = ReviewReminder.objects.annotate(
            whose=Coalesce("person_id", nobody)
        ).filter(
            page=models.OuterRef("page"),
            whose=Coalesce(models.OuterRef("person_id"), nobody),
            due_on=models.OuterRef("due_on"),
            step__gt=models.OuterRef("step"),
        )
        return self.exclude(models.Exists(newer))


class ReviewReminder(models.Model):
    """Somebody is to be told that a page is due, and is told once.

    Not sent yet: it is tried again every day, until a newer step takes its place.
    """

    class Step(models.IntegerChoices):
        """Days after the day when the review is due."""

        BEFORE = -30
        ON_THE_DAY = 0
        LATE = 30

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    person = models.ForeignKey(
        ReviewPerson,
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="None: staff, of a page that is nobody's.",
    )
    due_on = models.DateField()
    step = models.SmallIntegerField(choices=Step)
    written_on = models.DateField(help_text="When it was last put into a letter.")
    claimed_at = models.DateTimeField(
        null=True, help_text="Since when a process has been sending it."
    )
    sent_at = models.DateTimeField(null=True)

    objects = ReviewReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("page", "person", "due_on", "step"),
                name="review_is_reminded_of_once",
            ),
            models.UniqueConstraint(
                fields=("page", "due_on", "step"),
                condition=models.Q(person=None),
                name="staff_are_reminded_of_a_review_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.due_on} {self.step}"
