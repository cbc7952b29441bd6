"""A map drawn from our own data: municipalities as circles, places as dots.

Asks the database nothing. Lengths are in units of the drawing, whose width is fixed:
shown 320 px wide its letters are still 12 px high.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from home.models import Municipality

from .filters import EventFilterForm

WIDTH = 360
MARGIN = 42
TALLEST = 480
LEAST_HEIGHT = 200
LETTER = 15
"""Height of the letters of a name."""
LETTER_WIDTH = 0.56
"""Of its height; somewhat wide, so that names do not touch."""
DIGIT_WIDTH = 8.5
LEAST_RADIUS = 16
MOST_RADIUS = 34
APART = 3
DOTS_SHOWN = 300
DIGITS = 4
"""Of degrees; some ten metres."""


@dataclass(frozen=True)
class Spot:
    """Something to draw: where it is, and how many groups it has."""

    latitude: float
    longitude: float
    count: int
    name: str = ""
    lang: str = ""
    url: str = ""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Circle:
    x: int
    y: int
    radius: int
    spot: Spot
    label: Box | None = None
    """Where name and number stand; None: there is room for the number only, inside."""
    anchor: str = "middle"

    @property
    def box(self) -> Box:
        return Box(
            self.x - self.radius,
            self.y - self.radius,
            self.x + self.radius,
            self.y + self.radius,
        )

    @property
    def label_x(self) -> int:
        if self.label is None:
            return self.x
        sides = {"start": self.label.left, "end": self.label.right}
        return round(sides.get(self.anchor, (self.label.left + self.label.right) / 2))

    @property
    def label_y(self) -> int:
        """The line the letters stand on."""
        return round(self.label.bottom - LETTER * 0.25) if self.label else self.y


@dataclass(frozen=True)
class Dot:
    x: int
    y: int


@dataclass(frozen=True)
class EventMap:
    width: int
    height: int
    circles: list[Circle]
    dots: list[Dot]

    @property
    def dots_path(self) -> str:
        """Each dot as a line without length: three hundred elements would be slow."""
        return "".join(f"M{dot.x} {dot.y}h0" for dot in self.dots)


def map_of(
    by_municipality: Mapping[int, int],
    places: Iterable[tuple[float, float, int]],
    url_of: Callable[[Municipality], str],
) -> EventMap | None:
    """From numbers of groups, of municipalities by primary key and of places.

    None when there is nothing to draw. Asks the database nothing.
    """
    towns = [
        Spot(
            town.latitude,
            town.longitude,
            by_municipality.get(town.pk, 0),
            str(town.name),
            town.name.lang,
            url_of(town),
        )
        for town in Municipality.objects.in_memory()
    ]
    if not any(town.count for town in towns):
        return None
    # In the very middle of a municipality: where the place is, nobody has written.
    middles = {
        (round(town.latitude, DIGITS), round(town.longitude, DIGITS)) for town in towns
    }
    spots = [
        Spot(latitude, longitude, number)
        for latitude, longitude, number in places
        if (round(latitude, DIGITS), round(longitude, DIGITS)) not in middles
    ]
    return draw(towns, spots)


def map_of_found(form: EventFilterForm, address: str) -> EventMap | None:
    """Of what the form finds; a circle leads to the list with the same choices there.

    Counts stand for each municipality also where another one is chosen.
    """
    towns = form.municipalities.values()
    counts = form.found.counts("municipality")
    return map_of(
        by_municipality=dict(zip((town.pk for town in towns), counts, strict=True)),
        places=form.found.places(DOTS_SHOWN),
        url_of=lambda town: f"{address}?" + form.canonical_query(municipality=town.key),
    )


def draw(towns: Sequence[Spot], venues: Sequence[Spot] = ()) -> EventMap:
    """North is up, and all the towns are within; one without a group is not drawn."""
    project, height = projection(towns)
    circles = with_radii(
        [Circle(*project(town), 0, town) for town in towns if town.count]
    )
    edge = Box(0, 0, WIDTH, height)
    dots = {Dot(*project(venue)) for venue in venues if venue.count}
    return EventMap(
        width=WIDTH,
        height=height,
        circles=with_labels(circles, edge),
        dots=sorted(
            (dot for dot in dots if 0 <= dot.x <= WIDTH and 0 <= dot.y <= height),
            key=lambda dot: (dot.y, dot.x),
        ),
    )


def projection(
    towns: Sequence[Spot],
) -> tuple[Callable[[Spot], tuple[int, int]], int]:
    """From degrees to the drawing, equirectangular, and the drawing's height."""
    north = max(town.latitude for town in towns)
    south = min(town.latitude for town in towns)
    west = min(town.longitude for town in towns)
    east = max(town.longitude for town in towns)
    narrowing = math.cos(math.radians((north + south) / 2))
    wide, high = (east - west) * narrowing, north - south
    scale = min(
        (WIDTH - 2 * MARGIN) / wide if wide else math.inf,
        (TALLEST - 2 * MARGIN) / high if high else math.inf,
    )
    if math.isinf(scale):  # One place only.
        scale = 0
    height = max(LEAST_HEIGHT, round(high * scale + 2 * MARGIN))
    left = (WIDTH - wide * scale) / 2
    top = (height - high * scale) / 2

    def project(spot: Spot) -> tuple[int, int]:
        return (
            round(left + (spot.longitude - west) * narrowing * scale),
            round(top + (north - spot.latitude) * scale),
        )

    return project, height


def with_radii(circles: list[Circle]) -> list[Circle]:
    """Areas follow the numbers, as far as neighbours and fingers leave room."""
    most = max((circle.spot.count for circle in circles), default=1)
    largest = float(MOST_RADIUS)
    for one, other in combinations(circles, 2):
        roots = sum(math.sqrt(circle.spot.count / most) for circle in (one, other))
        between = math.hypot(one.x - other.x, one.y - other.y) - APART
        largest = min(largest, max(between / roots, LEAST_RADIUS))
    return [
        replace(
            circle,
            radius=round(
                max(
                    LEAST_RADIUS,
                    len(str(circle.spot.count)) * DIGIT_WIDTH / 2 + APART,
                    largest * math.sqrt(circle.spot.count / most),
                )
            ),
        )
        for circle in circles
    ]


def with_labels(circles: list[Circle], edge: Box) -> list[Circle]:
    """Each name and number beside the circle, covering nothing; the largest first."""
    taken = [circle.box for circle in circles]
    labelled: dict[Spot, Circle] = {}
    for circle in sorted(circles, key=lambda circle: -circle.radius):
        for anchor, box in places_for_label(circle):
            if box.is_within(edge) and not any(map(box.overlaps, taken)):
                taken.append(box)
                labelled[circle.spot] = replace(circle, label=box, anchor=anchor)
                break
    return [labelled.get(circle.spot, circle) for circle in circles]


def places_for_label(circle: Circle) -> Iterable[tuple[str, Box]]:
    """Below, above, right, left: with the point of the text that stays in place."""
    text = f"{circle.spot.name} {circle.spot.count}"
    width, tall = len(text) * LETTER * LETTER_WIDTH, LETTER * 1.2
    x, y, away = circle.x, circle.y, circle.radius + APART
    left = min(max(x - width / 2, APART), WIDTH - width - APART)
    yield "middle", Box(left, y + away, left + width, y + away + tall)
    yield "middle", Box(left, y - away - tall, left + width, y - away)
    yield "start", Box(x + away, y - tall / 2, x + away + width, y + tall / 2)
    yield "end", Box(x - away - width, y - tall / 2, x - away, y + tall / 2)
