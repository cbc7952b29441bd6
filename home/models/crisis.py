"""Help in a crisis: one list, edited in one place, shown on every page."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from ..fields import ListField, LocalizedField
from ..languages import SPOKEN_LANGUAGES
from ..phones import phone_number, tel_link


class CrisisContactQuerySet(models.QuerySet["CrisisContact"]):
    def for_every_page(self) -> Self:
        """The few that stand in the strip at the foot of every page."""
        return self.filter(on_every_page=True)

    def helping_with(self, themes: Iterable[Any]) -> Self:
        """Each once, those that help with any of the subjects."""
        return self.filter(
            models.Exists(
                self.model.themes.through.objects.filter(
                    crisiscontact=models.OuterRef("pk"), theme__in=list(themes)
                )
            )
        )


class CrisisContact(models.Model):
    key = models.SlugField(_("key"), max_length=50, unique=True)
    name = LocalizedField(_("name"), max_length=100)
    description = LocalizedField(_("what it is for"), blank=True, max_length=250)
    number = models.CharField(
        _("number"),
        max_length=30,
        blank=True,
        help_text=_("As people read it, for example 09 2525 0111."),
        validators=[phone_number],
    )
    url = models.URLField(_("web address"), blank=True)
    hours = LocalizedField(_("hours"), blank=True, max_length=150)
    price = LocalizedField(_("price"), blank=True, max_length=100)
    languages = ListField(
        _("languages of service"),
        options=SPOKEN_LANGUAGES.items(),
        blank=True,
        help_text=_("Language codes, for example [“fi”, “sv”]."),
    )
    themes = models.ManyToManyField(
        "home.Theme",
        blank=True,
        related_name="crisis_contacts",
        verbose_name=_("themes"),
        help_text=_("Which subjects it helps with. Empty: general help."),
    )
    is_emergency = models.BooleanField(_("emergency number"), default=False)
    on_every_page = models.BooleanField(
        _("in the strip on every page"),
        default=False,
        help_text=_("Keep these few: the emergency number and three or four others."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last rang or read the service's own page."),
    )

    objects = CrisisContactQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("url")]),
        MultiFieldPanel(
            [FieldPanel("hours"), FieldPanel("price"), FieldPanel("languages")],
            heading=_("When and how"),
        ),
        FieldPanel("themes"),
        FieldRowPanel([FieldPanel("is_emergency"), FieldPanel("on_every_page")]),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("order")]),
        FieldPanel("key"),
    ]

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("crisis contact")
        verbose_name_plural = _("crisis contacts")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(number="") | ~models.Q(url=""),
                name="crisis_contact_can_be_reached",
                violation_error_message=_("Give a number or a web address."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def tel(self) -> str:
        """The number as a tel: link wants it."""
        return tel_link(self.number)
