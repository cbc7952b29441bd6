"""How readable each published page is: derived, for the report of the worst pages."""

from collections import defaultdict
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ReadabilityQuerySet(models.QuerySet["PageReadability"]):
    def of_pages(self, pages: models.QuerySet[Any]) -> Self:
        return self.filter(page__in=pages.values("pk"))


class PageReadability(models.Model):
    """Written when the page is published, gone when it is not public any more."""

    page = models.OneToOneField(
        Page, models.CASCADE, primary_key=True, related_name="readability"
    )
    language = models.CharField(_("language"), max_length=10)
    lix = models.FloatField(_("LIX"), null=True)
    band = models.CharField(_("readability"), max_length=10, blank=True)
    above_plain = models.FloatField(_("above the aim"), null=True)
    words = models.PositiveIntegerField(_("words"))
    sentences = models.PositiveIntegerField(_("sentences"))
    advice = models.PositiveIntegerField(_("pieces of advice"))
    advice_by_kind = models.JSONField(default=dict)
    computed_with = models.PositiveSmallIntegerField()
    """The number of the rules it was measured by (`home.readability.reading.RULES`)."""
    measured_at = models.DateTimeField(_("measured"), auto_now=True)

    objects = ReadabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("readability of a page")
        verbose_name_plural = _("readability of pages")
        indexes = [
            models.Index(fields=("above_plain", "page"), name="heaviest_pages"),
            models.Index(fields=("computed_with",), name="readability_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.lix}"

    @property
    def number_of(self) -> dict[str, int]:
        """Pieces of advice by kind, each kind named."""
        return defaultdict(int, self.advice_by_kind)
