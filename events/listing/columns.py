"""The groups' values as columns. A group keeps its place ("slot") in every one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from ..enums import Feature
from ..models.search_rows import TIME_BITS
from .bits import WORD, Bits, Flags, Numbers
from .layout import DAYS_IN_WEEK, Layout
from .question import NO_LIMIT

PLANES = 12
"""Of 64 days each: two years ahead, and a month until they begin anew."""
DAYS_KEPT = PLANES * WORD
ALL_DAYS = (1 << DAYS_KEPT) - 1
SPARE = 1024
LISTED = 0
"""The row of bits that says which groups are listed at all."""
NO_MOMENT = np.iinfo(np.int64).max
CENTURIES = 34
"""A bit that no date's seconds reach."""
NAME_BYTES = 16

FIELDS = (
    *("pk", "kind", "name_key", "next_start", "next_over", "first_day", "days"),
    *("slots", "municipality_id", "venue_id", "latitude", "longitude"),
    *("goals", "themes", "target_groups", "languages", "features"),
    *("min_age", "max_age"),
)
MASKS = ("goals", "themes", "target_groups", "languages", "features")


class Columns:
    """Empty ones, with room for so many groups and some more."""

    def __init__(self, groups: int, layout: Layout) -> None:
        size = room_for(groups)
        self.layout = layout
        self.epoch = monday(timezone.localdate())
        self.used = 0
        self.ids = np.zeros(size, np.int64)
        self.next_start = np.full(size, NO_MOMENT)
        self.next_over = np.full(size, NO_MOMENT)
        self.soonest = np.full(size, NO_MOMENT)
        """What lists are sorted by: unconfirmed groups stand behind all others."""
        self.latitude = np.full(size, np.nan, np.float32)
        self.longitude = np.full(size, np.nan, np.float32)
        self.venue = np.zeros(size, np.int32)
        self.min_age = np.zeros(size, np.uint8)
        self.max_age = np.full(size, NO_LIMIT, np.uint8)
        self.name = np.zeros((size, NAME_BYTES // 8), np.uint64)
        self.planes: list[Bits | None] = [None] * PLANES
        self.bits = np.zeros((layout.height, size // WORD), np.uint64)
        self.known_ids = np.zeros(0, np.int64)
        """Sorted, with the slot of each beside it."""
        self.known_slots = np.zeros(0, np.int64)

    @property
    def size(self) -> int:
        return len(self.ids)

    def with_room_for(self, groups: int) -> "Columns":
        """These, or longer ones: who still looks at the old ones sees no change."""
        if groups <= self.size:
            return self
        longer = Columns(groups, self.layout)
        longer.epoch, longer.used = self.epoch, self.used
        for name in (
            *("ids", "next_start", "next_over", "soonest", "latitude", "longitude"),
            *("venue", "min_age", "max_age", "name"),
        ):
            getattr(longer, name)[: self.size] = getattr(self, name)
        for number, plane in enumerate(self.planes):
            if plane is not None:
                more = np.zeros(longer.size - self.size, np.uint64)
                longer.planes[number] = np.concatenate([plane, more])
        longer.bits[:, : self.bits.shape[1]] = self.bits
        longer.known_ids, longer.known_slots = self.known_ids, self.known_slots
        return longer

    # Writing

    def write(self, rows: list[tuple]) -> None:
        """Rows as `FIELDS` names their values."""
        if not rows:
            return
        columns = dict(zip(FIELDS, zip(*rows, strict=True), strict=True))
        slots = self.slots_for(np.array(columns["pk"], np.int64))
        self.next_start[slots] = [seconds(moment) for moment in columns["next_start"]]
        self.next_over[slots] = [seconds(moment) for moment in columns["next_over"]]
        unconfirmed = np.array(columns["features"], np.int64) >> Feature.UNCONFIRMED & 1
        self.soonest[slots] = self.next_start[slots] | unconfirmed << CENTURIES
        for name, column in (
            ("latitude", self.latitude),
            ("longitude", self.longitude),
        ):
            column[slots] = np.array(columns[name], np.float32)
        self.venue[slots] = [pk or 0 for pk in columns["venue_id"]]
        self.min_age[slots] = [age or 0 for age in columns["min_age"]]
        self.max_age[slots] = [
            NO_LIMIT if age is None else age for age in columns["max_age"]
        ]
        self.name[slots] = names(columns["name_key"])
        days = self.days_of(columns)
        for number, plane in enumerate(self.planes):
            if plane is None and days[:, number].any():
                self.planes[number] = np.zeros(self.size, np.uint64)
        for number, plane in enumerate(self.planes):
            if plane is not None:
                plane[slots] = days[:, number]
        self.write_bits(slots, columns, days)

    def days_of(self, columns: dict[str, Any]) -> Bits:
        """A row of planes for each group: its days to come, from the epoch on."""
        packed = bytearray()
        for first_day, days, start in zip(
            columns["first_day"], columns["days"], columns["next_start"], strict=True
        ):
            number = 0
            if first_day and start:
                number = int.from_bytes(days, "little")
                offset = (first_day - self.epoch).days
                number = number << offset if offset >= 0 else number >> -offset
                past = max((timezone.localdate(start) - self.epoch).days, 0)
                number = (number >> past << past) & ALL_DAYS
            packed += number.to_bytes(DAYS_KEPT // 8, "little")
        return np.frombuffer(bytes(packed), np.uint64).reshape(-1, PLANES)

    def write_bits(self, slots: Numbers, columns: dict[str, Any], days: Bits) -> None:
        words = slots >> 6
        marks = np.uint64(1) << (slots & 63).astype(np.uint64)
        for bits in self.bits:
            np.bitwise_and.at(bits, words, ~marks)

        def mark(row: int, flags: Numbers) -> None:
            np.bitwise_or.at(self.bits[row], words[flags], marks[flags])

        mark(LISTED, self.next_start[slots] != NO_MOMENT)
        for field, values in (
            ("kind", self.layout.kinds),
            ("municipality", self.layout.municipalities),
        ):
            column = np.array(
                columns["kind" if field == "kind" else "municipality_id"], object
            )
            for row, value in enumerate(values, start=self.layout.rows[field].start):
                mark(row, column == value)
        masks = {name: np.array(columns[name], np.uint64) for name in MASKS}
        masks["slots"] = np.array(columns["slots"], np.uint64) & days_in_slots(days)
        for field, mask in masks.items():
            rows = self.layout.rows[field]
            for bit in range(rows.stop - rows.start):
                mark(rows.start + bit, (mask >> np.uint64(bit) & np.uint64(1)) == 1)

    def take_off(self, slots: Numbers) -> None:
        """Off every list; the slots stay theirs, for groups that come back."""
        self.next_start[slots] = NO_MOMENT
        self.next_over[slots] = NO_MOMENT
        self.soonest[slots] = NO_MOMENT
        marks = np.uint64(1) << (slots & 63).astype(np.uint64)
        for row in self.bits:
            np.bitwise_and.at(row, slots >> 6, ~marks)

    # Slots

    def lookup(self, ids: Numbers) -> tuple[Flags, Numbers]:
        """Which of the ids are known, and the slots of those."""
        if not len(self.known_ids) or not len(ids):
            return np.zeros(len(ids), np.bool_), np.zeros(0, np.int64)
        places = np.searchsorted(self.known_ids, ids)
        places[places == len(self.known_ids)] = 0
        is_known = self.known_ids[places] == ids
        return is_known, self.known_slots[places[is_known]]

    def slots_for(self, ids: Numbers) -> Numbers:
        """In the order of the ids; new ones get their own: there has to be room."""
        new = ids[~self.lookup(ids)[0]]
        if len(new):
            slots = np.arange(self.used, self.used + len(new))
            self.ids[slots] = new
            self.used += len(new)
            order = np.argsort(new)
            places = np.searchsorted(self.known_ids, new[order])
            self.known_ids = np.insert(self.known_ids, places, new[order])
            self.known_slots = np.insert(self.known_slots, places, slots[order])
        return self.known_slots[np.searchsorted(self.known_ids, ids)]


def room_for(groups: int) -> int:
    """In whole words."""
    return -(-(groups + groups // 20 + SPARE) // WORD) * WORD


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else NO_MOMENT


def moment_of(timestamp: int) -> datetime | None:
    if timestamp == NO_MOMENT:
        return None
    return datetime.fromtimestamp(int(timestamp), UTC)


def names(keys: Iterable[str]) -> Numbers:
    """The first bytes of each name as two numbers that sort as the names do."""
    cut = [key.encode()[:NAME_BYTES].ljust(NAME_BYTES, b"\0") for key in keys]
    return np.frombuffer(b"".join(cut), ">u8").reshape(-1, NAME_BYTES // 8)


def weekday_planes() -> Bits:
    """For each weekday the days that fall on it; the epoch is a Monday."""
    packed = b"".join(
        sum(1 << day for day in range(weekday, DAYS_KEPT, DAYS_IN_WEEK)).to_bytes(
            DAYS_KEPT // 8, "little"
        )
        for weekday in range(DAYS_IN_WEEK)
    )
    return np.frombuffer(packed, np.uint64).reshape(DAYS_IN_WEEK, PLANES)


WEEKDAY_PLANES = weekday_planes()


def days_in_slots(days: Bits) -> Bits:
    """Of each group the slots of weekdays on which it still meets."""
    a_day = (1 << len(TIME_BITS)) - 1
    found = np.zeros(len(days), np.uint64)
    for weekday, planes in enumerate(WEEKDAY_PLANES):
        meets = (days & planes).any(axis=1)
        found[meets] |= np.uint64(a_day << (weekday * len(TIME_BITS)))
    return found
