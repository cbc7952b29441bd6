"""Goals, themes, target groups and municipalities.

One row each, whatever the locale, with a stable key and names by language
(decision 9). `bit` is the row's place in the bit masks of the event index.
"""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import ListField, LocalizedField
from .memory import Memory

BITS = 63
"""A mask is a signed 64-bit integer, so a taxonomy has room for this many rows."""


_memory = Memory[list[Any]]()
"""Rows by model."""


class TermQuerySet[T: "Term"](models.QuerySet[T]):
    def in_memory(self) -> list[T]:
        """All rows, read once for each content version: every page needs them.

        Shared between requests: not to be changed.
        """
        return _memory.get(self.model, lambda: list(self.all()))


class Term(models.Model):
    """A row of a taxonomy. Its key is in addresses and feeds: it never changes."""

    key = models.SlugField(_("key"), max_length=50, unique=True)
    name = LocalizedField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    bit = models.PositiveSmallIntegerField(_("bit"), unique=True, editable=False)
    ptv_codes = ListField(
        _("PTV codes"),
        blank=True,
        help_text=_("Codes of the national service catalogue, for example KR1.1."),
    )
    yso_ids = ListField(
        _("YSO ids"),
        blank=True,
        help_text=_("Ids of the general Finnish ontology, for example p2433."),
    )

    class Meta:
        abstract = True
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.bit is None:
            self.bit = self.first_free_bit()
        super().save(*args, **kwargs)

    @classmethod
    def first_free_bit(cls) -> int:
        used = set(cls._default_manager.values_list("bit", flat=True))
        free = [bit for bit in range(BITS) if bit not in used]
        if not free:
            raise ValidationError(_("This list is full: it has room for 63 rows."))
        return free[0]


class GoalQuerySet(TermQuerySet["Goal"]):
    def current(self) -> Self:
        """The goals of the wellbeing report that is in force today."""
        today = timezone.localdate()
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=today),
            models.Q(valid_until=None) | models.Q(valid_until__gte=today),
        )

    def current_in_memory(self) -> list["Goal"]:
        today = timezone.localdate()
        return [goal for goal in self.in_memory() if goal.is_valid_on(today)]


class Goal(Term):
    """A goal of the regional wellbeing report; a new report brings new ones."""

    class Look(models.TextChoices):
        """A colour and a drawing; each is defined in the style sheet."""

        WATER = "water", _("water")
        GROWTH = "growth", _("growth")
        SHELTER = "shelter", _("shelter")
        TOGETHER = "together", _("together")

    full_name = LocalizedField(
        _("full wording"), blank=True, max_length=250, help_text=_("As in the report.")
    )
    look = models.CharField(_("look"), max_length=10, choices=Look, default=Look.WATER)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="goal_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class Theme(Term):
    """A subject under a goal: what ties a guide to the groups that go with it."""

    goal = models.ForeignKey(
        Goal, models.PROTECT, related_name="themes", verbose_name=_("goal")
    )

    objects = TermQuerySet["Theme"].as_manager()

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class TargetGroup(Term):
    objects = TermQuerySet["TargetGroup"].as_manager()

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Municipality(Term):
    code = models.CharField(_("municipality code"), max_length=3, unique=True)
    in_name = LocalizedField(
        _("in the municipality"),
        blank=True,
        max_length=100,
        help_text=_("“in Kotka”, as one says it: Kotkassa, i Kotka, in Kotka."),
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    objects = TermQuerySet["Municipality"].as_manager()

    class Meta(Term.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class PostalCode(models.Model):
    """Which municipality a postal code is in; the first digits do not tell."""

    code = models.CharField(_("postal code"), max_length=5, primary_key=True)
    place = models.CharField(_("place"), max_length=60)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="postal_codes"
    )

    class Meta:
        ordering = ("code",)
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
