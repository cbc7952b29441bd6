"""How far groups are. Flat-earth arithmetic: over 100 km it errs by some metres."""

import math
from typing import Any

import numpy as np

from .bits import Numbers
from .question import Point

NEAR_KM = 30
"""What counts as near: half an hour by car or bus."""
KM_IN_DEGREE = 111.2


def distances(point: Point, latitudes: Numbers, longitudes: Numbers) -> Numbers:
    """In kilometres, as 32-bit numbers."""
    north = (latitudes - np.float32(point.latitude)) * np.float32(KM_IN_DEGREE)
    east_km = KM_IN_DEGREE * math.cos(math.radians(point.latitude))
    east = (longitudes - np.float32(point.longitude)) * np.float32(east_km)
    return np.sqrt(north * north + east * east)


def distance(first: Point, second: Any) -> float:
    """To anything with a latitude and a longitude, in kilometres."""
    east_km = KM_IN_DEGREE * math.cos(math.radians(first.latitude))
    return math.hypot(
        (second.latitude - first.latitude) * KM_IN_DEGREE,
        (second.longitude - first.longitude) * east_km,
    )
