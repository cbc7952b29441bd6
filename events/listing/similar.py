"""Groups like another one, for when it is full or has ended."""

from typing import TYPE_CHECKING

import numpy as np

from ..models.search_rows import SearchRow
from .bits import any_of, positions
from .columns import LISTED, moment_of
from .distance import distances
from .finding import rows_with
from .question import Point
from .table import TABLE

if TYPE_CHECKING:
    from ..models import EventPage

WEIGHTS = {"themes": 4, "target_groups": 2, "goals": 1}
KM_WORTH_A_POINT = 20
"""A common theme outweighs eighty kilometres, a common goal twenty."""


def similar_events(event: "EventPage", limit: int = 3) -> list[SearchRow]:
    """Groups that share a theme, target group or goal, the likest and nearest first.

    Two queries whatever the number of groups.
    """
    bits_of = {
        "themes": [theme.bit for theme in event.themes.all()],
        "target_groups": [group.bit for group in event.target_groups.all()],
        "goals": [goal.bit for goal in event.goals.all()],
    }
    with TABLE.lock:
        columns = TABLE.up_to_date()
        rows = {
            name: columns.layout.rows_of(name, numbers)
            for name, numbers in bits_of.items()
        }
        chosen = [row for numbers in rows.values() for row in numbers]
        if not chosen:
            return []
        slots = positions(any_of(columns.bits[chosen]) & columns.bits[LISTED])
        slots = slots[columns.ids[slots] != event.pk]
        points = np.zeros(len(slots), np.float32)
        words, shifts = slots >> 6, (slots & 63).astype(np.uint64)
        for name, numbers in rows.items():
            for row in numbers:
                has = columns.bits[row][words] >> shifts & np.uint64(1)
                points += WEIGHTS[name] * has.astype(np.float32)
        if place := place_of(event):
            away = distances(place, columns.latitude[slots], columns.longitude[slots])
            points -= np.nan_to_num(away / KM_WORTH_A_POINT)
        order = np.lexsort([columns.ids[slots], columns.next_start[slots], -points])
        facts = {
            int(columns.ids[slot]): (
                moment_of(columns.next_start[slot]),
                moment_of(columns.next_over[slot]),
                None,
            )
            for slot in slots[order[:limit]]
        }
    return rows_with(facts)


def place_of(event: "EventPage") -> Point | None:
    """The municipality's centre, so that a protected address stays untold."""
    town = event.effective_municipality
    return Point(town.latitude, town.longitude) if town else None
