"""Self-care programmes: parts that may be read in any order."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import PageQuerySet
from wagtail.search import index

from home.models import BasePage
from home.models.base import BodyPageMixin

from ..blocks import GuideBody
from .base import GuidancePage


class ProgrammePage(GuidancePage):
    duration = models.CharField(
        _("duration"),
        max_length=100,
        blank=True,
        help_text=_("For example “6 weeks, half an hour at a time”."),
    )

    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = ["guides.ProgrammePartPage"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("duration"),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def parts(self) -> PageQuerySet:
        return ProgrammePartPage.objects.child_of(self).live()


class ProgrammePartPage(BodyPageMixin, BasePage):
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, help_text=_("How long the part takes.")
    )
    body = StreamField(GuideBody(), verbose_name=_("body"))

    parent_page_types: ClassVar[list[str]] = ["guides.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = []
    readable_fields = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("lead"), FieldPanel("minutes")]),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyPageMixin.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("part of a programme")
        verbose_name_plural = _("parts of programmes")

    @property
    def siblings_in_order(self) -> PageQuerySet:
        """All live parts of the programme, this one too."""
        return ProgrammePartPage.objects.sibling_of(self).live()
