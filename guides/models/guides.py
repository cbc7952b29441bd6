"""Self-care guides, and the index over each kind of guidance."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField

from home.blocks import BodyBlocks
from home.models import BasePage
from home.models.base import BodyPageMixin

from .base import GuidancePage


class GuideIndexPage(BodyPageMixin, BasePage):
    """Lists all pages under it by goal; there is one for each kind of guidance."""

    body = StreamField(
        BodyBlocks(),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Shown above the list."),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "guides.GuidePage",
        "guides.ProgrammePage",
        "guides.SelfAssessmentPage",
        "guides.ServicePage",
        "guides.CustomerPathPage",
    ]
    readable_fields = ("lead", "body")

    content_panels = [
        *BasePage.content_panels,
        HelpPanel(_("The pages under this one are listed by goal.")),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, *BodyPageMixin.search_fields]

    class Meta:
        verbose_name = _("index of guidance")
        verbose_name_plural = _("indexes of guidance")


class GuidePage(GuidancePage):
    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta(GuidancePage.Meta):
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
