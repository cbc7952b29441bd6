"""From a question to its groups, their number, and the counts beside each filter."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..cards import Card, Moments, cards_of
from ..enums import Feature, TimeOfDay
from ..models.search_rows import slot_bit
from .bits import WORD, Bits, Numbers, any_of, count, counts, flags, pack, positions
from .columns import DAYS_KEPT, LISTED, Columns, moment_of
from .distance import NEAR_KM, distances
from .layout import DAYS_IN_WEEK
from .question import Ages, Question, Sort
from .table import TABLE

SAMPLE, SAFELY_MORE = 2000, 20
PLACE = ("municipality", "near")
WEEKDAYS = range(1, DAYS_IN_WEEK + 1)
UNCONFIRMED_WEIGHT = 0.5
"""Of the score of a group that nobody has confirmed."""


def find(question: Question) -> "Found":
    """Reads nothing from the database while nothing has changed."""
    with TABLE.lock:
        columns = TABLE.up_to_date()
        return Found(columns, question, expires_at=moment_of(TABLE.next_change))


class FoundCards(Sequence[Card]):
    """For a paginator: as long as all that is found, read by the page."""

    def __init__(self, found: "Found") -> None:
        self.found = found

    def __len__(self) -> int:
        return self.found.total

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return self.found.cards(place.start or 0, place.stop or len(self))
        return self.found.cards(place, place + 1)[0]


class Found:
    """What answers a question.

    `parts` are the sets of groups that fit each filter, by the filter's name; weekday
    and part of the day are one, named "slots".
    """

    def __init__(
        self, columns: Columns, question: Question, expires_at: datetime | None
    ) -> None:
        self.columns = columns
        self.question = question
        self.expires_at = expires_at
        """When the first date of all groups is over, and counts may change."""
        self.listed = columns.bits[LISTED].copy()
        self.distance = distance_of(columns, question)
        self.parts = {
            name: part
            for name, part in parts_of(columns, question, self.distance)
            if part is not None
        }
        self.all = self.without()
        self.total = count(self.all)

    def let_go(self) -> None:
        """Frees the arrays: nothing can be asked any more."""
        vars(self).clear()

    def without(self, *names: str) -> Bits:
        """The groups that fit all filters but the named ones."""
        parts = [part for name, part in self.parts.items() if name not in names]
        return reduce(np.bitwise_and, parts, self.listed)

    # Counts

    def counts(self, field: str) -> list[int]:
        """For each value of the field in its order, the groups it would give.

        A value is counted beside what the other filters ask: choosing it as well
        adds its groups. A feature narrows, also beside other features.
        """
        with TABLE.lock:
            return counts(rows_of(self.columns, field), self.without(field))

    def feature_count(self, feature: Feature) -> int:
        with TABLE.lock:
            return count(self.all & row_of(self.columns, "features", feature))

    def weekday_counts(self) -> list[int]:
        """By ISO weekday, at the parts of the day that are asked for."""
        times = self.question.times or list(TimeOfDay)
        return self.slot_counts([[(day, time) for time in times] for day in WEEKDAYS])

    def time_counts(self) -> list[int]:
        days = self.question.weekdays or WEEKDAYS
        return self.slot_counts([[(day, time) for day in days] for time in TimeOfDay])

    def slot_counts(self, choices: list[list[tuple[int, TimeOfDay]]]) -> list[int]:
        base = self.without("slots")
        with TABLE.lock:
            rows = [slot_part(self.columns, choice) for choice in choices]
            return counts(np.array(rows), base)

    def municipality_counts_anywhere(self) -> list[int]:
        """As `counts`, leaving out nearness too."""
        with TABLE.lock:
            return counts(rows_of(self.columns, "municipality"), self.without(*PLACE))

    def places(self, limit: int) -> list[tuple[float, float, int]]:
        """Of the venues with most groups: latitude, longitude, number of groups.

        A venue without a position stands in the middle of its municipality.
        """
        columns = self.columns
        with TABLE.lock:
            slots = positions(self.all)
            slots = slots[columns.venue[slots] > 0]
            venues = columns.venue[slots]
            numbers = np.bincount(venues)
            slot_of = np.zeros(len(numbers), np.int64)
            slot_of[venues] = slots
            chosen = np.flatnonzero(numbers)
            if len(chosen) > limit:
                order = np.argsort(-numbers[chosen], kind="stable")
                chosen = chosen[order[:limit]]
            found = slot_of[chosen]
            return list(
                zip(
                    columns.latitude[found].tolist(),
                    columns.longitude[found].tolist(),
                    numbers[chosen].tolist(),
                    strict=True,
                )
            )

    # Groups

    def holds(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the ids are groups among those that were found."""
        columns = self.columns
        with TABLE.lock:
            is_found = np.zeros(columns.size, np.bool_)
            is_found[positions(self.all)] = True
            held, slots = columns.lookup(ids)
            held = held.copy()
            held[held] = is_found[slots]
            return held

    def event_ids(self, start: int, stop: int) -> list[int]:
        with TABLE.lock:
            return [int(pk) for pk in self.columns.ids[self.slots(start, stop)]]

    def cards(self, start: int, stop: int) -> list[Card]:
        return cards_of(self.moments(start, stop))

    def moments(self, start: int, stop: int) -> dict[int, Moments]:
        """By event id, in the asked order."""
        columns = self.columns
        with TABLE.lock:
            return {
                int(columns.ids[slot]): Moments(
                    moment_of(columns.next_start[slot]),
                    moment_of(columns.next_over[slot]),
                    None if self.distance is None else float(self.distance[slot]),
                )
                for slot in self.slots(start, stop)
            }

    def slots(self, start: int, stop: int) -> Numbers:
        """In the asked order. Ties go by id, so that pages do not overlap."""
        start, stop = min(start, self.total), min(stop, self.total)
        if start == stop:
            return np.empty(0, np.int64)
        slots = self.early_slots(stop)
        first = self.keys[0][slots]
        kept = np.partition(first, [start, stop - 1])
        is_near = (first >= kept[start]) & (first <= kept[stop - 1])
        before = int((first < kept[start]).sum())
        slots = slots[is_near]
        columns = [self.columns.ids[slots]]
        columns += [key[slots] for key in reversed(self.keys)]
        return slots[np.lexsort(columns)][start - before : stop - before]

    def early_slots(self, number: int) -> Numbers:
        """Some of what is found: all that may be among the first so many.

        To find the twenty first of 200,000 among all of them would take most of a
        page's time, so a sample tells where to look; what it tells is tried.
        """
        is_found, key = flags(self.all), self.keys[0]
        step = max(len(key) // SAMPLE, 1)
        sample = np.sort(key[::step][is_found[::step]])
        place = number * len(sample) // self.total + SAFELY_MORE
        if place < len(sample):
            early = np.flatnonzero(is_found & (key <= sample[place]))
            if len(early) >= number:
                return early
        return np.flatnonzero(is_found)

    @cached_property
    def keys(self) -> list[Numbers]:
        """What the groups are ordered by, the weightiest first."""
        columns, sort = self.columns, self.question.sort
        if sort == Sort.NEAR and self.distance is not None:
            # In steps of 100 m, and the soonest first where several are as near.
            return [np.round(self.distance * 10), columns.next_start]
        if sort == Sort.RELEVANCE and self.question.matches is not None:
            key = -self.scores
            # Lower, but still there for who knows the group's name.
            unconfirmed = row_of(columns, "features", Feature.UNCONFIRMED)
            key[positions(unconfirmed)] *= UNCONFIRMED_WEIGHT
            return [key, columns.next_start]
        if sort == Sort.NAME:
            return [columns.name[:, 0], columns.name[:, 1]]
        return [columns.soonest]

    @cached_property
    def scores(self) -> Numbers:
        matches: Any = self.question.matches
        scores = np.zeros(self.columns.size, np.float32)
        is_known, slots = self.columns.lookup(matches.ids)
        scores[slots] = matches.scores[is_known]
        return scores


# The parts of a question


def parts_of(
    columns: Columns, question: Question, distance: Numbers | None
) -> list[tuple[str, Bits | None]]:
    kinds = [columns.layout.kinds.index(kind) for kind in question.kinds]
    towns = [
        columns.layout.municipalities.index(pk)
        for pk in question.municipalities
        if pk in columns.layout.municipalities
    ]
    return [
        ("kind", chosen(columns, "kind", kinds, question.kinds)),
        ("goals", chosen(columns, "goals", question.goals, question.goals)),
        ("themes", chosen(columns, "themes", question.themes, question.themes)),
        (
            "target_groups",
            chosen(
                columns, "target_groups", question.target_groups, question.target_groups
            ),
        ),
        (
            "languages",
            chosen(columns, "languages", question.languages, question.languages),
        ),
        (
            "municipality",
            chosen(columns, "municipality", towns, question.municipalities),
        ),
        ("slots", slots_part(columns, question)),
        *(
            (feature.name.lower(), row_of(columns, "features", feature).copy())
            for feature in question.features
        ),
        *(
            (f"not_{feature.name.lower()}", ~row_of(columns, "features", feature))
            for feature in question.without
        ),
        ("age", age_part(columns, question.age)),
        ("made_for", made_for_part(columns, question.made_for)),
        ("open_to", open_to_part(columns, question.open_to)),
        ("days", days_part(columns, question)),
        ("near", None if distance is None else pack(distance <= NEAR_KM)),
        ("matches", matches_part(columns, question)),
    ]


def chosen(columns: Columns, field: str, numbers: Any, asked: Any) -> Bits | None:
    """Groups with any of the values; none of them when a value has no row."""
    if not asked:
        return None
    return any_of(columns.bits[columns.layout.rows_of(field, numbers)])


def rows_of(columns: Columns, field: str) -> Bits:
    return columns.bits[columns.layout.rows[field]]


def row_of(columns: Columns, field: str, number: int) -> Bits:
    return columns.bits[columns.layout.rows[field].start + number]


def slots_part(columns: Columns, question: Question) -> Bits | None:
    if not (question.weekdays or question.times):
        return None
    days = question.weekdays or WEEKDAYS
    times = question.times or list(TimeOfDay)
    return slot_part(columns, [(day, time) for day in days for time in times])


def slot_part(columns: Columns, slots: list[tuple[int, TimeOfDay]]) -> Bits:
    start = columns.layout.rows["slots"].start
    return any_of(columns.bits[[start + slot_bit(day, time) for day, time in slots]])


def age_part(columns: Columns, age: int | None) -> Bits | None:
    if age is None:
        return None
    return pack((columns.min_age <= age) & (columns.max_age >= age))


def made_for_part(columns: Columns, asked: Sequence[Ages]) -> Bits | None:
    youngest, oldest = columns.min_age, columns.max_age
    return any_ages(
        ((youngest >= ages.youngest) & (oldest <= ages.oldest))
        | ((youngest <= ages.youngest) & (oldest >= ages.oldest))
        for ages in asked
    )


def open_to_part(columns: Columns, asked: Sequence[Ages]) -> Bits | None:
    return any_ages(
        (columns.min_age <= ages.oldest) & (columns.max_age >= ages.youngest)
        for ages in asked
    )


def any_ages(fitting: Iterable[NDArray[np.bool_]]) -> Bits | None:
    parts = list(fitting)
    return pack(reduce(np.logical_or, parts)) if parts else None


def days_part(columns: Columns, question: Question) -> Bits | None:
    """Groups with a meeting to come on one of the days."""
    if question.first_day is None and question.last_day is None:
        return None
    first, last = 0, DAYS_KEPT - 1
    if question.first_day:
        first = max((question.first_day - columns.epoch).days, 0)
    if question.last_day:
        last = min((question.last_day - columns.epoch).days, last)
    meets = np.zeros(columns.size, np.bool_)
    for number, plane in enumerate(columns.planes):
        low, high = max(first - number * WORD, 0), min(last - number * WORD, WORD - 1)
        if plane is not None and low <= high:
            asked = ((1 << (high - low + 1)) - 1) << low
            meets |= (plane & np.uint64(asked)) != 0
    return pack(meets)


def distance_of(columns: Columns, question: Question) -> Numbers | None:
    """Kilometres from the asked point; not a number for groups without a place."""
    if question.near is None:
        return None
    return distances(question.near, columns.latitude, columns.longitude)


def matches_part(columns: Columns, question: Question) -> Bits | None:
    if question.matches is None:
        return None
    flags = np.zeros(columns.size, np.bool_)
    flags[columns.lookup(question.matches.ids)[1]] = True
    return pack(flags)
