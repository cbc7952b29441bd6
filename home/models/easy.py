"""Easy Finnish pages: free copies of Finnish ones, each tied to what it was made from.

An easy page and its source share their translation key, as translations do. What is
kept here stands outside revisions (decision 5): publishing an old version of a page
must not bring back what somebody said of another.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import NoFutureDateValidator
from wagtail.models import Page, PageQuerySet, Revision, get_page_models

from ..languages import EASY_FINNISH, MAIN_LANGUAGE
from .fingerprints import fingerprint_of

FRONT_PAGE_DEPTH = 2
"""A front page has no text that another would be made from."""


class Standing(models.TextChoices):
    """How an easy page stands to its Finnish source."""

    UP_TO_DATE = "up-to-date", _("up to date")
    STALE = "stale", _("made from an older version")
    NOT_COMPARED = "not-compared", _("not compared with its source yet")
    SOURCE_OFF = "source-off", _("the source is not public")
    SOURCE_GONE = "source-gone", _("the source has been deleted")
    OWN_TEXT = "own-text", _("has no source")


class EasySource(models.Model):
    """Which version of its source an easy page says the same as."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        models.CASCADE,
        primary_key=True,
        related_name="easy_source",
        verbose_name=_("easy page"),
    )
    # Plain numbers: old revisions may be purged, and are then still not the newest.
    seen_revision = models.BigIntegerField(
        null=True, help_text="The source's revision that the text follows."
    )
    marked_at = models.DateTimeField(_("marked at"), default=timezone.now)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("marked by"),
    )
    reviewed_by = models.CharField(
        _("reviewed as selkokieli by"),
        max_length=120,
        blank=True,
        help_text=_("Who reviewed it: Selkokeskus, or somebody whom it has named."),
    )
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True, validators=[NoFutureDateValidator()]
    )
    reviewed_revision = models.BigIntegerField(
        null=True, help_text="The easy page's revision that was reviewed."
    )

    class Meta:
        verbose_name = _("source of an easy page")
        verbose_name_plural = _("sources of easy pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by="", reviewed_on=None)
                | ~models.Q(reviewed_by="") & models.Q(reviewed_on__isnull=False),
                name="easy_review_has_a_name_and_a_day",
                violation_error_message=_("Write both who reviewed it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.seen_revision}"


def source_of(page: Page) -> Page | None:
    """The Finnish page, of whatever type and whether or not it is public."""
    twins = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=MAIN_LANGUAGE
    )
    return twins.exclude(pk=page.pk).first()


def version_of(source: Page) -> int | None:
    """What readers see, or will see first, by the number of its revision."""
    return source.live_revision_id if source.live else source.latest_revision_id


def tie(page: Page, source: Page, user: Any = None) -> EasySource:
    """From now on the easy page says the same as its source does today."""
    tied, _made = EasySource.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "seen_revision": version_of(source),
            "marked_at": timezone.now(),
            "marked_by": user,
        },
    )
    return tied


def follow_unchanged(source: Page, version: Revision) -> None:
    """Publishing what reads the same leaves the easy page as up to date as it was."""
    tied = EasySource.objects.filter(page__translation_key=source.translation_key)
    for row in tied.exclude(page=source.pk).exclude(seen_revision=version.pk):
        seen = Revision.objects.filter(pk=row.seen_revision).first()
        if seen and reads_as(source, seen) == reads_as(source, version):
            row.seen_revision = version.pk
            row.save(update_fields=["seen_revision"])


def reads_as(page: Page, version: Revision) -> str:
    return fingerprint_of(page.specific_class, version.content)


def easy_pages() -> PageQuerySet:
    """All easy pages that may have a source, each with its `standing` to it."""
    source = Page.objects.filter(
        translation_key=models.OuterRef("translation_key"),
        locale__language_code=MAIN_LANGUAGE,
    )
    seen = models.F("easy_source__seen_revision")
    is_tied = models.Q(easy_source__isnull=False)
    without_revisions = models.Q(
        source_revision__isnull=True, easy_source__seen_revision__isnull=True
    )
    return (
        Page.objects.filter(
            locale__language_code=EASY_FINNISH, depth__gt=FRONT_PAGE_DEPTH
        )
        .not_exact_type(*types_of_one_text())
        .annotate(
            source_id=models.Subquery(source.values("pk")[:1]),
            source_title=models.Subquery(source.values("title")[:1]),
            source_live=models.Subquery(source.values("live")[:1]),
            source_revision=models.Subquery(source.values("live_revision")[:1]),
        )
        .annotate(
            standing=models.Case(
                models.When(
                    easy_source__seen_revision__isnull=True,
                    source_id__isnull=True,
                    then=models.Value("own-text"),
                ),
                models.When(source_id__isnull=True, then=models.Value("source-gone")),
                models.When(source_live=False, then=models.Value("source-off")),
                models.When(~is_tied, then=models.Value("not-compared")),
                models.When(
                    without_revisions | models.Q(source_revision=seen),
                    then=models.Value("up-to-date"),
                ),
                default=models.Value("stale"),
                output_field=models.CharField(),
            )
        )
    )


@cache
def types_of_one_text() -> tuple[type[Page], ...]:
    """Page types that have no page of their own in other languages."""
    return tuple(
        model
        for model in get_page_models()
        if not getattr(model, "is_translated_as_page", False)
    )
