"""A narrow row for each live event: all that the index asks about (decision 6).

Every process holds these rows in memory (`events.listing`) and learns of changes by
`version`: the content version of the transaction that wrote the row.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Self

from django.db import models
from django.utils import timezone

from ..enums import Kind, TimeOfDay

TIME_BITS = {time: bit for bit, time in enumerate(TimeOfDay)}


def slot_bit(weekday: int, time: TimeOfDay) -> int:
    """The place in `slots` of an ISO weekday and a part of the day."""
    return (weekday - 1) * len(TIME_BITS) + TIME_BITS[time]


class SearchRowQuerySet(models.QuerySet["SearchRow"]):
    def upcoming(self, now: datetime | None = None) -> Self:
        """With a date to come, soonest first."""
        return self.filter(next_over__gt=now or timezone.now()).order_by(
            "next_start", "pk"
        )

    def columns_by_id(
        self, columns: Mapping[str, str], ids: Iterable[int]
    ) -> dict[int, dict[str, Any]]:
        """Of each event the columns by the names that are given to them."""
        rows = rows_with(tuple(columns.values())).filter(pk__in=list(ids))
        return {pk: dict(zip(columns, values, strict=True)) for pk, *values in rows}

    def with_events(self) -> Self:
        """With the whole page, its places, state and texts: two queries."""
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
    version = models.BigIntegerField(
        default=0,
        db_index=True,
        help_text="The content version that the row was written at; 0: write it anew.",
    )
    kind = models.CharField(max_length=15, choices=Kind)
    name_key = models.CharField(
        max_length=40, blank=True, help_text="The beginning of the name, as it sorts."
    )
    next_start = models.DateTimeField(null=True)
    next_over = models.DateTimeField(null=True)
    first_day = models.DateField(
        null=True, help_text="The local day of the first bit of `days`."
    )
    days = models.BinaryField(
        default=bytes, help_text="Local days with a meeting, as bits, lowest first."
    )
    slots = models.PositiveIntegerField(
        default=0, help_text="Weekday and part of the day of the coming dates, as bits."
    )
    municipality = models.ForeignKey(
        "home.Municipality", models.CASCADE, null=True, related_name="+"
    )
    venue = models.ForeignKey(
        "events.Venue",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Only when its address may be shown.",
    )
    latitude = models.FloatField(
        null=True, help_text="Of the venue, else of the municipality's centre."
    )
    longitude = models.FloatField(null=True)
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
            models.Index(fields=("next_over",), name="row_over"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.next_start}"


class RemovedRow(models.Model):
    """Tells every process that an event's row is gone. Kept for some days."""

    event_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(db_index=True)
    removed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.event_id} {self.version}"


@cache
def rows_with(columns: tuple[str, ...]) -> models.QuerySet:
    """To be filtered. Naming so many columns anew takes longer than reading them."""
    return SearchRow.objects.values_list("pk", *columns)
