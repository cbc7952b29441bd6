"""Questionnaires for oneself: what they measure and how a result is read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.models import BasePage

from .base import GuidancePage


class SelfAssessmentPage(GuidancePage):
    instrument = models.SlugField(
        _("instrument"),
        max_length=30,
        help_text=_("Its common short name: audit, who-5, phq-9 …"),
    )

    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("instrument"),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    override_translatable_fields = [
        *GuidancePage.override_translatable_fields,
        SynchronizedField("instrument", overridable=False),
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
