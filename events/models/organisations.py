"""Organisers: associations, parishes, municipalities, the county."""

from typing import Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.fields import LocalizedField, in_any_language
from home.languages import current_language
from home.phones import phone_number, tel_link
from home.web_address import web_address

from ..enums import OrganisationKind
from ..languages import organisers_path


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_groups(self) -> Self:
        """A record has no page until one of its groups has one."""
        groups = apps.get_model("events", "EventPage").objects.live()
        return self.filter(
            models.Exists(groups.filter(organisers=models.OuterRef("pk")))
        )

    def named(self, name: str) -> Self:
        """By its name in any language, however its letters are written."""
        same = in_any_language("name", "iexact", " ".join(name.split()))
        return self.filter(same).order_by("pk")

    def beginning_with(self, letters: str) -> Self:
        """In any of its languages."""
        return self.filter(in_any_language("name", "istartswith", letters))


class Organisation(models.Model):
    """schema.org's Organization. Its contact data here is public."""

    name = LocalizedField(_("name"), max_length=150)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=OrganisationKind,
        default=OrganisationKind.ASSOCIATION,
    )
    description = LocalizedField(
        _("description"), blank=True, multiline=True, max_length=600
    )
    municipality = models.ForeignKey(
        "home.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("municipality"),
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[phone_number],
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("Shown to residents: a shared mailbox rather than a person's."),
    )
    website = models.URLField(_("website"), blank=True, validators=[web_address])
    is_trusted = models.BooleanField(
        _("small changes are published at once"),
        default=False,
        help_text=_(
            "Times, dates, breaks, the note on the place, price, registration, number"
            " of places and contact hours of its groups change without a moderator,"
            " unless a web or e-mail address is written there. Each change is in the"
            " group's history."
        ),
    )

    objects = OrganisationQuerySet.as_manager()
    search_fields = (
        index.SearchField("name", boost=6),
        index.SearchField("description"),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("municipality")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("website"),
            ],
            heading=_("Public contact"),
        ),
        FieldPanel("is_trusted", permission="events.trust_organisation"),
        FieldPanel("slug"),
    ]

    class Meta:
        ordering = ("slug",)
        permissions = [
            ("trust_organisation", "Can let it publish small changes at once"),
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def tel(self) -> str:
        return tel_link(self.phone)

    def path_in(self, language: str) -> str:
        return f"{organisers_path(language)}{self.slug}/"

    @property
    def local_url(self) -> str:
        """Its address in the reader's language."""
        return self.path_in(current_language())
