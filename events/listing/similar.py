"""Groups like another one, for when it is full or has ended."""

from typing import TYPE_CHECKING

import numpy as np

from ..cards import Card, Moments, cards_of
from ..enums import Feature
from .bits import Bits, any_of, positions
from .columns import LISTED, Columns, moment_of
from .distance import distances
from .question import Point
from .table import TABLE

if TYPE_CHECKING:
    from ..models import EventPage

WEIGHTS = {"themes": 4, "target_groups": 2, "goals": 1}
LEAST = 1
"""A common goal."""
KM_WORTH_A_POINT = 20
"""A common theme outweighs eighty kilometres, a common goal twenty."""
EVERYBODY = "everyone"
"""The target group that tells nothing of likeness."""


def similar_events(event: "EventPage", limit: int = 3) -> list[Card]:
    """Groups that share a theme, people or a goal: the likest and nearest first.

    Two queries whatever the number of groups.
    """
    bits_of = {
        "themes": [theme.bit for theme in event.themes.all()],
        "target_groups": [
            group.bit for group in event.target_groups.all() if group.key != EVERYBODY
        ],
        "goals": [goal.bit for goal in event.goals.all()],
    }
    with TABLE.lock:
        columns = TABLE.up_to_date()
        rows = {
            name: columns.layout.rows_of(name, numbers)
            for name, numbers in bits_of.items()
        }
        slots = positions(columns.bits[LISTED] & ~unsuitable(columns, event))
        slots = slots[columns.ids[slots] != event.pk]
        points = np.zeros(len(slots), np.float32)
        words, shifts = slots >> 6, (slots & 63).astype(np.uint64)
        for name, numbers in rows.items():
            for row in numbers:
                has = columns.bits[row][words] >> shifts & np.uint64(1)
                points += WEIGHTS[name] * has.astype(np.float32)
        is_alike = points >= LEAST
        slots, points = slots[is_alike], points[is_alike]
        if place := place_of(event):
            away = distances(place, columns.latitude[slots], columns.longitude[slots])
            points -= np.nan_to_num(away / KM_WORTH_A_POINT)
        if len(slots) > limit:
            is_best = points >= np.partition(points, -limit)[-limit]
            slots, points = slots[is_best], points[is_best]
        order = np.lexsort([columns.ids[slots], columns.next_start[slots], -points])
        moments = {
            int(columns.ids[slot]): Moments(
                moment_of(columns.next_start[slot]), moment_of(columns.next_over[slot])
            )
            for slot in slots[order[:limit]]
        }
    return cards_of(moments)


def unsuitable(columns: Columns, event: "EventPage") -> Bits:
    """Full groups and those that nobody has confirmed; and a sensitive one is not
    offered beside what is not."""
    features = [Feature.FULL, Feature.UNCONFIRMED]
    if not event.is_sensitive:
        features.append(Feature.SENSITIVE)
    return any_of(columns.bits[columns.layout.rows_of("features", features)])


def place_of(event: "EventPage") -> Point | None:
    """The municipality's centre, so that a protected address stays untold."""
    town = event.effective_municipality
    return Point(town.latitude, town.longitude) if town else None
