"""What a group's page shows, held with the group so that reading it asks nothing more.

Joins for terms and municipalities would cost PostgreSQL more to plan than the whole
page costs to draw. For reading only: saving the event would write all that it holds.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Value

from home.models import Goal, Municipality, TargetGroup, Theme

from .models.texts import EventText

if TYPE_CHECKING:
    from .models import EventPage

TAXONOMIES: dict[str, tuple[type[Any], str]] = {
    "goals": (Goal, "goal_id"),
    "themes": (Theme, "theme_id"),
    "target_groups": (TargetGroup, "targetgroup_id"),
}
"""Each with the column of its table of pairs."""
LISTED_TERMS = {f"listed_{name}": F(f"search_row__{name}") for name in TAXONOMIES}
"""To annotate events with: bits from their row in the index, None without a row."""


def hold_for_page(event: "EventPage") -> None:
    """From now on `event.texts.all()`, `event.goals.all()` and the like ask nothing."""
    held_by(event)["texts"] = list(EventText.objects.filter(event=event))
    hold_terms(event)
    hold_municipalities(event)


def held_by(event: "EventPage") -> dict[str, list[Any]]:
    """What modelcluster's managers answer from, by the name of the relation."""
    return event.__dict__.setdefault("_cluster_related_objects", {})


def hold_terms(event: "EventPage") -> None:
    """By the bits of the group's row in the index, else in one query."""
    ids = ids_by_bits(event) or ids_by_pairs(event)
    for name, (model, _column) in TAXONOMIES.items():
        terms = model._default_manager.in_memory()
        held_by(event)[name] = [term for term in terms if (name, term.pk) in ids]


def hold_municipalities(event: "EventPage") -> None:
    """From now on the group's and its venue's municipality ask the database nothing."""
    towns = {town.pk: town for town in Municipality.objects.in_memory()}
    for place in (event, event.venue):
        if place is not None and place.municipality_id in towns:
            place.municipality = towns[place.municipality_id]


def ids_by_bits(event: "EventPage") -> set[tuple[str, int]]:
    """Empty for a group that is off the index, or was read without its bits."""
    return {
        (name, term.pk)
        for name, (model, _column) in TAXONOMIES.items()
        for term in model._default_manager.in_memory()
        if (getattr(event, f"listed_{name}", None) or 0) >> term.bit & 1
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
