"""Services of the county and others: what one gets and how one gets there."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.fields import YesNoUnknown
from home.models import BasePage

from .base import GuidancePage
from .phone_route import PhoneRouteMixin


class ServicePage(PhoneRouteMixin, GuidancePage):
    referral_needed = models.BooleanField(
        _("referral needed"),
        null=True,
        blank=True,
        help_text=_("Leave unknown if you are not sure: readers are told so."),
    )
    cost = models.CharField(_("cost"), max_length=150, blank=True)
    walk_in = models.CharField(
        _("where one can just walk in"),
        max_length=200,
        blank=True,
        help_text=_("Place and hours. A service needs a phone or a walk-in route."),
    )

    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                PhoneRouteMixin.phone_panel,
                FieldPanel("walk_in"),
                FieldRowPanel(
                    [
                        FieldPanel("referral_needed", widget=YesNoUnknown),
                        FieldPanel("cost"),
                    ]
                ),
            ],
            heading=_("How to get the service"),
        ),
        *GuidancePage.content_panels[len(BasePage.content_panels) :],
    ]

    override_translatable_fields = [
        *GuidancePage.override_translatable_fields,
        PhoneRouteMixin.phone_is_the_same,
    ]

    class Meta(GuidancePage.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def publishing_errors(self) -> dict[str, Any]:
        errors = super().publishing_errors()
        if not (self.phone or self.walk_in):
            errors["phone"] = _(
                "Give a phone number or a walk-in route before publishing."
            )
        return errors
