"""Where a postal code is: what “near me” counts from."""

from typing import Any

from django.db.models import Avg, OuterRef, Subquery
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from home.models import PostalCode
from home.models.memory import Memory

from .listing import Point
from .models.search_rows import SearchRow
from .models.venues import Venue

_memory = Memory[Point | None]()
"""Centres by code."""


def centre_of(code: str) -> Point | None:
    """The mean of the code's venues, else its municipality's centre.

    None for a code that is not in the county. Venues that have no public group, or
    whose address is protected, are left out: the mean would give them away.
    """
    return _memory.get(code, lambda: read_centre(code))


def read_centre(code: str) -> Point | None:
    means = public_venues().filter(postal_code=OuterRef("pk")).values("postal_code")
    known: Any = (
        PostalCode.objects.filter(pk=code)
        .select_related("municipality")
        .annotate(
            **{
                f"mean_{name}": Subquery(means.annotate(mean=mean).values("mean"))
                for name, mean in MEAN.items()
            }
        )
        .first()
    )
    if known is None:
        return None
    if known.mean_latitude is not None:
        return Point(known.mean_latitude, known.mean_longitude)
    return Point(known.municipality.latitude, known.municipality.longitude)


def all_centres() -> dict[str, Point]:
    """By code. Two queries."""
    means = {
        row["postal_code"]: Point(row["latitude"], row["longitude"])
        for row in public_venues().values("postal_code").annotate(**MEAN)
    }
    return {
        known.code: means.get(known.code)
        or Point(known.municipality.latitude, known.municipality.longitude)
        for known in PostalCode.objects.select_related("municipality")
    }


@require_safe
def postal_code_list(request: HttpRequest) -> JsonResponse:
    """For the browser, which finds the code nearest to the device by itself.

    `{"codes": [["48100", 60.4664, 26.9458], ...]}`
    """
    codes = [
        (code, round(centre.latitude, 4), round(centre.longitude, 4))
        for code, centre in sorted(all_centres().items())
    ]
    return JsonResponse({"codes": codes})


def public_venues() -> Any:
    rows = SearchRow.objects.exclude(venue=None).values("venue")
    return Venue.objects.filter(pk__in=rows).exclude(latitude=None)


MEAN = {"latitude": Avg("latitude"), "longitude": Avg("longitude")}
