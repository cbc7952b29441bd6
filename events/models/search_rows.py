"""A narrow row for each live event: all that the index asks about (decision 6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F
from django.utils import timezone

from ..enums import Feature, Kind, TimeOfDay

MOST_FOUND = 500
TIME_BITS = {time: bit for bit, time in enumerate(TimeOfDay)}


class SearchRowQuerySet(models.QuerySet["SearchRow"]):
    def upcoming(self, now: datetime | None = None) -> Self:
        """With a date to come, soonest first."""
        return self.filter(next_over__gt=now or timezone.now()).order_by(
            "next_start", "pk"
        )

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        return self.filter(kind__in=kinds)

    def in_municipalities(self, ids: Iterable[int]) -> Self:
        return self.filter(municipality__in=ids)

    def with_any(self, field: str, mask: int) -> Self:
        """At least one of the mask's bits is set in the row's field."""
        name = f"{field}_in_common"
        return self.alias(**{name: F(field).bitand(mask)}).exclude(**{name: 0})

    def with_feature(self, feature: Feature) -> Self:
        return self.with_any("features", 1 << feature)

    def matching(self, words: str) -> Self:
        """Rows whose event Wagtail's search finds for the words, best 500 of them."""
        page_model: Any = self.model._meta.get_field("event").related_model
        found = page_model.objects.live().search(words, operator="or")[:MOST_FOUND]
        return self.filter(event__in=[page.pk for page in found])

    def for_listing(self) -> Self:
        """With all that a card shows, so that a list costs two queries."""
        return self.select_related(
            "event__venue__municipality", "event__state", "municipality"
        ).prefetch_related("event__texts")


class SearchRow(models.Model):
    event = models.OneToOneField(
        "events.EventPage",
        models.CASCADE,
        primary_key=True,
        related_name="search_row",
    )
    kind = models.CharField(max_length=15, choices=Kind)
    next_start = models.DateTimeField(null=True)
    next_over = models.DateTimeField(null=True)
    municipality = models.ForeignKey(
        "home.Municipality", models.CASCADE, null=True, related_name="+"
    )
    weekdays = models.PositiveSmallIntegerField(default=0)
    times = models.PositiveSmallIntegerField(default=0)
    goals = models.BigIntegerField(default=0)
    themes = models.BigIntegerField(default=0)
    target_groups = models.BigIntegerField(default=0)
    languages = models.BigIntegerField(default=0)
    features = models.BigIntegerField(default=0)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("next_start", "event"), name="row_soonest"),
            models.Index(fields=("municipality", "next_start"), name="row_near"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.next_start}"
