"""Groups, and organisations, that may be the one that was sent in."""

from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from ..models import EventPage, Organisation

MOST_COMPARED = 1000
"""The newest of an organiser or a place; a town's own hall may have thousands."""
MOST_ORGANISATIONS = 100
"""Of those that begin alike, and of those of the same town."""
FIRST_LETTERS = 3
MOST_SHOWN = 5
LEAST_ALIKE = 65
"""Of 100. “Perhekahvila” and “Perhekahvila Kotka” are 80 alike."""


@dataclass(frozen=True)
class Alike:
    event_id: int
    title: str
    is_live: bool


def alike(event: EventPage) -> list[Alike]:
    """Of the same organiser or place, the most alike first."""
    organisers = [organiser.pk for organiser in event.organisers.all()]
    found: dict[int, Alike] = {}
    same_places = [Q(venue=event.venue_id)] if event.venue_id else []
    for same in (Q(organisers__in=organisers), *same_places):
        rows = EventPage.objects.filter(same).exclude(pk=event.pk).order_by("-pk")
        columns = rows.values_list("pk", "title", "live")[:MOST_COMPARED]
        found |= {key: Alike(key, title, live) for key, title, live in columns}
    titles = {key: row.title for key, row in found.items()}
    return [found[key] for key in most_alike(event.title, titles)]


def alike_organisations(organisation: Organisation) -> list[Organisation]:
    """A new one may be an old one that is written a little otherwise."""
    name = str(organisation.name)
    others = Organisation.objects.exclude(pk=organisation.pk)
    near = [others.beginning_with(name[:FIRST_LETTERS])]
    if organisation.municipality_id:
        near.append(others.filter(municipality=organisation.municipality_id))
    found = {row.pk: row for rows in near for row in rows[:MOST_ORGANISATIONS]}
    names = {key: str(row.name) for key, row in found.items()}
    return [found[key] for key in most_alike(name, names)]


def most_alike(name: str, names: dict[int, str]) -> list[int]:
    best = process.extract(
        name,
        names,
        scorer=fuzz.token_sort_ratio,
        processor=str.casefold,
        limit=MOST_SHOWN,
        score_cutoff=LEAST_ALIKE,
    )
    return [key for _name, _score, key in best]
