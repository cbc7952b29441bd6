"""Customer paths: the steps from a worry to help, bound to live pages."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks.lists import INLINE_FEATURES
from home.models import BasePage

from .base import GuidancePage


class PathStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        description = _("What happens in the step, and the page that tells more.")
        preview_value = {"title": "Soita", "text": "<p>Kerro, mikä painaa.</p>"}


class CustomerPathPage(GuidancePage):
    steps = StreamField([("step", PathStepBlock())], verbose_name=_("steps"))

    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    readable_fields = ("lead", "steps", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("steps"),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("customer path")
        verbose_name_plural = _("customer paths")
