"""Places. Access facts have three values: yes, no, and not known (None)."""

from collections.abc import Iterator
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.fields import LocalizedField, YesNoUnknown, in_any_language
from home.languages import current_language

from ..enums import VenueKind
from ..languages import places_path
from .facts import fact


class VenueQuerySet(models.QuerySet["Venue"]):
    def with_groups(self) -> Self:
        """Those that have a page: some group meets there and says so to everybody."""
        groups = apps.get_model("events", "EventPage").objects.live()
        return self.filter(
            models.Exists(
                groups.filter(venue=models.OuterRef("pk"), is_address_protected=False)
            ),
            is_address_protected=False,
        )

    def named(self, name: str) -> Self:
        """By its name in any language; a hidden one nobody finds by asking."""
        same = in_any_language("name", "iexact", " ".join(name.split()))
        return self.filter(same).known_to_all().order_by("pk")

    def known_to_all(self) -> Self:
        """Without those that only groups with a protected address meet in, and those
        that an organisation has described and nobody has approved yet."""
        groups = apps.get_model("events", "EventPage").objects
        here = groups.filter(venue=models.OuterRef("pk"))
        open_here = here.filter(is_address_protected=False)
        described = apps.get_model("events", "Submission").objects.not_approved()
        return self.filter(
            models.Exists(open_here.live())
            | (models.Exists(open_here) | ~models.Exists(here))
            & ~models.Exists(described.filter(venue=models.OuterRef("pk"))),
            is_address_protected=False,
        )


class Venue(models.Model):
    """schema.org's Place."""

    name = LocalizedField(_("name"), max_length=150)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=VenueKind, default=VenueKind.OTHER
    )
    municipality = models.ForeignKey(
        "home.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("municipality"),
        help_text=_("Empty only when the place is outside the county."),
    )
    street_address = models.CharField(_("street address"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    locality = models.CharField(
        _("town"),
        max_length=80,
        blank=True,
        help_text=_("Only when it differs from the municipality."),
    )
    is_address_protected = models.BooleanField(
        _("address is protected"),
        default=False,
        help_text=_(
            "A shelter, for example: residents see the municipality only, and the"
            " venue has no page of its own."
        ),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    directions = LocalizedField(
        _("how to get there"), blank=True, multiline=True, max_length=500
    )
    nearest_stop = models.CharField(_("nearest bus stop"), max_length=150, blank=True)

    step_free_entrance = fact(_("Step-free entrance"))
    ramp = fact(_("Ramp"))
    lift = fact(_("Lift"))
    accessible_toilet = fact(_("Accessible toilet"))
    induction_loop = fact(_("Induction loop"))
    accessible_parking = fact(_("Accessible parking"))
    guide_dog_welcome = fact(_("Guide dogs welcome"))
    fragrance_free = fact(_("Fragrance-free space"))
    quiet_space = fact(_("Quiet space"))

    objects = VenueQuerySet.as_manager()

    ACCESS_FACTS = (
        "step_free_entrance",
        "ramp",
        "lift",
        "accessible_toilet",
        "induction_loop",
        "accessible_parking",
        "guide_dog_welcome",
        "fragrance_free",
        "quiet_space",
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("municipality")]),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("street_address"), FieldPanel("postal_code")]
                ),
                FieldPanel("locality"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("directions"),
                FieldPanel("nearest_stop"),
                FieldPanel("is_address_protected"),
            ],
            heading=_("Where it is"),
        ),
        MultiFieldPanel(
            [FieldPanel(name, widget=YesNoUnknown) for name in ACCESS_FACTS],
            heading=_("Accessibility: yes, no, or not known"),
        ),
        FieldPanel("slug"),
    ]

    class Meta:
        ordering = ("slug",)
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="venue_position_is_on_earth",
                violation_error_message=_("Give both coordinates, in degrees."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def town(self) -> str:
        return self.locality or (str(self.municipality) if self.municipality else "")

    def access_facts(self) -> Iterator[tuple[str, bool | None]]:
        """Each fact's label with True, False or None for not known."""
        for name in self.ACCESS_FACTS:
            field: Any = self._meta.get_field(name)
            yield str(field.verbose_name), getattr(self, name)

    def path_in(self, language: str) -> str:
        return f"{places_path(language)}{self.slug}/"

    @property
    def local_url(self) -> str:
        """Its address in the reader's language."""
        return self.path_in(current_language())
