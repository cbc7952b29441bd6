"""What was looked for and not found, without anything that tells who looked."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class MissedSearch(models.Model):
    """Searches of one day that found nothing, counted by their words and filters."""

    class Where(models.TextChoices):
        SITE = "site", _("Site search")
        GROUPS = "groups", _("Groups and events")

    day = models.DateField(_("day"))
    where = models.CharField(_("where"), max_length=10, choices=Where)
    language = models.CharField(_("language"), max_length=10)
    lemmas = models.CharField(
        _("words"),
        max_length=200,
        blank=True,
        help_text=_("In their basic forms, in the order of the alphabet."),
    )
    typed = models.CharField(_("as typed"), max_length=200, blank=True)
    filters = models.CharField(
        _("filters"),
        max_length=300,
        blank=True,
        help_text=_("As in the address, without the words."),
    )
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        ordering = ("-day", "pk")
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [
            models.UniqueConstraint(
                fields=("day", "where", "language", "lemmas", "filters"),
                name="missed_search_is_counted_in_one_row",
            ),
        ]

    def __str__(self) -> str:
        return self.typed or self.filters


class ContentTask(models.Model):
    """Something to write or to find, so that the next search finds it."""

    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    lemmas = models.CharField(_("words"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(
        _("created"), default=timezone.now, editable=False
    )
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    is_done = models.BooleanField(_("done"), default=False)

    panels = [FieldPanel("title"), FieldPanel("note"), FieldPanel("is_done")]

    class Meta:
        ordering = ("is_done", "-created_at")
        verbose_name = _("content task")
        verbose_name_plural = _("content tasks")

    def __str__(self) -> str:
        return self.title
