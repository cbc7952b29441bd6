"""Which row of bits stands for which value of which field."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from home.models import Goal, Municipality, TargetGroup, Theme

from ..enums import Feature, Kind, TimeOfDay
from ..languages import LANGUAGE_BITS

DAYS_IN_WEEK = 7
SLOTS = DAYS_IN_WEEK * len(TimeOfDay)


@dataclass(frozen=True)
class Layout:
    """Values of each field, in the order of their rows."""

    kinds: tuple[str, ...]
    municipalities: tuple[int, ...]
    widths: tuple[tuple[str, int], ...]
    """The fields that are masks, and how many bits of them are in use."""

    @classmethod
    def current(cls) -> "Layout":
        return cls(
            kinds=tuple(Kind.values),
            municipalities=tuple(town.pk for town in Municipality.objects.in_memory()),
            widths=(
                ("goals", width(Goal.objects.in_memory())),
                ("themes", width(Theme.objects.in_memory())),
                ("target_groups", width(TargetGroup.objects.in_memory())),
                ("languages", len(LANGUAGE_BITS)),
                ("features", max(Feature) + 1),
                ("slots", SLOTS),
            ),
        )

    @cached_property
    def rows(self) -> dict[str, slice]:
        """The field's rows. Row 0 says which groups are listed at all."""
        begin = 1
        found = {}
        sizes = [
            ("kind", len(self.kinds)),
            ("municipality", len(self.municipalities)),
            *self.widths,
        ]
        for name, size in sizes:
            found[name] = slice(begin, begin + size)
            begin += size
        return found

    @property
    def height(self) -> int:
        return max(rows.stop for rows in self.rows.values())

    def rows_of(self, field: str, numbers: Sequence[int]) -> list[int]:
        """Row numbers of the field's values, given by their place in the field."""
        rows = self.rows[field]
        found = [rows.start + number for number in numbers]
        return [row for row in found if row < rows.stop]


def width(terms: Sequence[Any]) -> int:
    return max((term.bit for term in terms), default=-1) + 1
