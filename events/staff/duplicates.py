"""Groups that may be the one that was sent in: of the same organiser or place."""

from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from ..models import EventPage

MOST_COMPARED = 1000
"""The newest of an organiser or a place; a town's own hall may have thousands."""
MOST_SHOWN = 5
LEAST_ALIKE = 65
"""Of 100. “Perhekahvila” and “Perhekahvila Kotka” are 80 alike."""


@dataclass(frozen=True)
class Alike:
    event_id: int
    title: str
    is_live: bool


def alike(event: EventPage) -> list[Alike]:
    """The most alike first."""
    organisers = [organiser.pk for organiser in event.organisers.all()]
    found: dict[int, Alike] = {}
    same_places = [Q(venue=event.venue_id)] if event.venue_id else []
    for same in (Q(organisers__in=organisers), *same_places):
        rows = EventPage.objects.filter(same).exclude(pk=event.pk).order_by("-pk")
        columns = rows.values_list("pk", "title", "live")[:MOST_COMPARED]
        found |= {key: Alike(key, title, live) for key, title, live in columns}
    titles = {key: row.title for key, row in found.items()}
    best = process.extract(
        event.title,
        titles,
        scorer=fuzz.token_sort_ratio,
        processor=str.casefold,
        limit=MOST_SHOWN,
        score_cutoff=LEAST_ALIKE,
    )
    return [found[key] for _title, _score, key in best]
