"""The accessibility statement as data: what was tested, what is known to be wrong."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.fields import NoFutureDateValidator
from wagtail.models import Orderable

from ..fields import LocalizedField
from ..phones import phone_number, tel_link

SUPERVISOR = {
    "fi": "Liikenne- ja viestintävirasto Traficom",
    "sv": "Transport- och kommunikationsverket Traficom",
    "en": "Finnish Transport and Communications Agency Traficom",
}
"""Since 2025; before it was a regional state administrative agency."""
REVIEWED_EVERY = relativedelta(years=1)
HOW_TESTED = _("How it was tested")


def supervisor() -> dict[str, str]:
    return dict(SUPERVISOR)


class Statement(ClusterableModel, BaseGenericSetting):
    """One for the site. The standard pages that draw it stand in each language."""

    class Status(models.TextChoices):
        FULL = "full", _("It meets the requirements in full")
        PARTIAL = "partial", _("It meets the requirements in part")
        NONE = "none", _("It does not meet the requirements")

    service = LocalizedField(
        _("service"),
        max_length=200,
        blank=True,
        help_text=_("Which service the statement covers, with its address."),
    )
    responsible = LocalizedField(_("who is responsible"), max_length=200, blank=True)
    status = models.CharField(
        _("how accessible it is"), max_length=10, choices=Status, default=Status.PARTIAL
    )
    status_note = LocalizedField(
        _("more about it"), multiline=True, blank=True, max_length=600
    )
    made_on = models.DateField(
        _("made on"), null=True, blank=True, validators=[NoFutureDateValidator()]
    )
    reviewed_on = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        validators=[NoFutureDateValidator()],
        help_text=_("At least once a year. Set it when every line has been checked."),
    )
    unit = LocalizedField(_("unit that handles feedback"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[phone_number]
    )
    authority = LocalizedField(
        _("supervising authority"), max_length=200, default=supervisor
    )
    authority_contact = LocalizedField(
        _("contact details of the authority"),
        multiline=True,
        blank=True,
        max_length=500,
        help_text=_("Unit, address and phone as the authority itself gives them."),
    )
    authority_url = models.URLField(_("web address of the authority"), blank=True)

    panels = [
        HelpPanel(
            _("The accessibility statement of every language is drawn from this.")
        ),
        FieldPanel("service"),
        FieldPanel("responsible"),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_note")],
            heading=_("How accessible the service is"),
        ),
        InlinePanel("faults", heading=_("Known faults"), label=_("Fault")),
        InlinePanel("tests", heading=HOW_TESTED, label=_("Test")),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            ],
            heading=_("Feedback"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("authority"),
                FieldPanel("authority_contact"),
                FieldPanel("authority_url"),
            ],
            heading=_("Supervision"),
        ),
        FieldRowPanel([FieldPanel("made_on"), FieldPanel("reviewed_on")]),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def __str__(self) -> str:
        return str(_("accessibility statement"))

    @property
    def tel(self) -> str:
        return tel_link(self.phone)

    @property
    def review_due_on(self) -> date | None:
        """The law wants a review each year; None when there has been none."""
        last = self.reviewed_on or self.made_on
        return last + REVIEWED_EVERY if last else None

    @property
    def is_review_due(self) -> bool:
        return self.review_due_on is None or self.review_due_on <= timezone.localdate()

    @property
    def is_assessed(self) -> bool:
        """Without any test nobody knows how accessible it is, whatever was chosen."""
        return bool(self.tests.all())

    def what_is_missing(self) -> list[Any]:
        """Names of what the law wants and nobody has filled in."""
        names = ("service", "responsible", "made_on", "unit", "authority_contact")
        empty = [
            self._meta.get_field(name).verbose_name
            for name in names
            if not getattr(self, name)
        ]
        return empty if self.is_assessed else [*empty, HOW_TESTED]


class StatementFault(Orderable):
    """Content that is not accessible."""

    class Reason(models.TextChoices):
        FAULT = "fault", _("It does not meet the requirements")
        BURDEN = "burden", _("Mending it would be a disproportionate burden")
        OUTSIDE = "outside", _("The law does not cover it")

    statement = ParentalKey(Statement, related_name="faults")
    content = LocalizedField(
        _("which content, and what is wrong"), multiline=True, max_length=500
    )
    criteria = models.CharField(
        _("WCAG criteria"),
        max_length=100,
        blank=True,
        help_text=_("Numbers, for example 1.3.1, 2.4.6."),
    )
    reason = models.CharField(
        _("reason"), max_length=10, choices=Reason, default=Reason.FAULT
    )
    alternative = LocalizedField(
        _("how one gets it otherwise"), multiline=True, blank=True, max_length=300
    )
    mended_by = models.DateField(
        _("mended by"),
        null=True,
        blank=True,
        help_text=_("Empty: no date is known, and the page says so."),
    )

    panels = [
        FieldPanel("content"),
        FieldRowPanel([FieldPanel("criteria"), FieldPanel("reason")]),
        FieldPanel("alternative"),
        FieldPanel("mended_by"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("accessibility fault")
        verbose_name_plural = _("accessibility faults")


class StatementTest(Orderable):
    """What was tried, how, when and by whom."""

    class By(models.TextChoices):
        OWN = "own", _("Own assessment")
        OUTSIDE = "outside", _("Outside expert")

    statement = ParentalKey(Statement, related_name="tests")
    what = LocalizedField(_("what was tested"), max_length=250)
    how = LocalizedField(_("how"), multiline=True, blank=True, max_length=400)
    by = models.CharField(_("by whom"), max_length=10, choices=By, default=By.OWN)
    who = LocalizedField(_("name of the tester"), max_length=150, blank=True)
    tested_on = models.DateField(_("tested on"), validators=[NoFutureDateValidator()])

    panels = [
        FieldPanel("what"),
        FieldPanel("how"),
        FieldRowPanel([FieldPanel("by"), FieldPanel("tested_on")]),
        FieldPanel("who"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("accessibility test")
        verbose_name_plural = _("accessibility tests")
