"""A group's goals, themes, target groups and municipality out of memory, for its page.

As joins they would cost PostgreSQL more to plan than the whole page costs to draw.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Value

from home.models import Goal, Municipality, TargetGroup, Theme

if TYPE_CHECKING:
    from .models import EventPage

TAXONOMIES: dict[str, tuple[type[Any], str]] = {
    "goals": (Goal, "goal_id"),
    "themes": (Theme, "theme_id"),
    "target_groups": (TargetGroup, "targetgroup_id"),
}
"""Each with the column of its table of pairs."""


def hold_terms(event: "EventPage") -> None:
    """From now on `event.goals.all()` and the like ask the database nothing.

    For reading only: saving the event would write all that it holds.
    """
    ids = ids_by_row(event) or ids_by_pairs(event)
    held = event.__dict__.setdefault("_cluster_related_objects", {})
    for name, (model, _column) in TAXONOMIES.items():
        terms = model._default_manager.in_memory()
        held[name] = [term for term in terms if (name, term.pk) in ids]
    hold_municipalities(event)


def hold_municipalities(event: "EventPage") -> None:
    """From now on the group's and its venue's municipality ask the database nothing."""
    towns = {town.pk: town for town in Municipality.objects.in_memory()}
    for place in (event, event.venue):
        if place is not None and (town := towns.get(place.municipality_id)):
            place.municipality = town


def ids_by_row(event: "EventPage") -> set[tuple[str, int]]:
    """Empty for a group that is off the index: it has no row."""
    row = getattr(event, "search_row", None)
    if row is None:
        return set()
    return {
        (name, term.pk)
        for name, (model, _column) in TAXONOMIES.items()
        for term in model._default_manager.in_memory()
        if getattr(row, name) >> term.bit & 1
    }


def ids_by_pairs(event: "EventPage") -> set[tuple[str, int]]:
    """In one query for all three."""
    parts = [
        getattr(type(event), name)
        .through.objects.filter(eventpage=event)
        .order_by()
        .values_list(Value(name), column)
        for name, (_model, column) in TAXONOMIES.items()
    ]
    return set(parts[0].union(*parts[1:]))
