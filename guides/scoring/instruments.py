"""What a questionnaire consists of. Each is one file in `guides/instruments`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Text = Mapping[str, str]
"""By language."""
WHOLE = re.compile(r"[0-9]{1,4}")
WITH_DECIMALS = re.compile(r"[0-9]{1,4}(?:[.,][0-9])?")


class Level(StrEnum):
    """How much a result asks of the reader, from the least to the most."""

    FINE = "fine"
    NOTICE = "notice"
    ASK = "ask"
    """Of a professional: the result names a phone route."""
    SOON = "soon"

    @property
    def rank(self) -> int:
        return list(Level).index(self)

    @property
    def asks_for_a_professional(self) -> bool:
        return self in {Level.ASK, Level.SOON}


class Formula(StrEnum):
    NUMBER = "number"
    BODY_MASS_INDEX = "body_mass_index"
    """In tenths, of centimetres and tenths of a kilogram; halves go up."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    """As the form sends it: the score, unless the file names another."""
    score: int
    text: Text


@dataclass(frozen=True, slots=True)
class Number:
    """Limits and answers count the smallest step: 705 is 70.5."""

    lowest: int
    highest: int
    decimals: int

    def steps_in(self, typed: str) -> int | None:
        """What was typed, with a comma or a point; None when it is no such number."""
        typed = typed.strip()
        shape = WITH_DECIMALS if self.decimals else WHOLE
        if not shape.fullmatch(typed):
            return None
        whole, _point, decimal = typed.replace(",", ".").partition(".")
        steps = int(whole) * 10**self.decimals + int(decimal or 0)
        return steps if self.lowest <= steps <= self.highest else None


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    text: Text
    options: tuple[Option, ...] = ()
    number: Number | None = None
    hint: Text = field(default_factory=dict)
    is_background: bool = False
    """It chooses a limit and gives no points."""

    @property
    def scores(self) -> dict[str, int]:
        return {option.value: option.score for option in self.options}


@dataclass(frozen=True, slots=True)
class Skip:
    """The items need no answer, and count nothing, when these come to zero."""

    when_zero: tuple[str, ...]
    items: tuple[str, ...]
    hint: Text


@dataclass(frozen=True, slots=True)
class Step:
    up_to: int | None
    """The last number with this score; None for all above."""
    score: int


@dataclass(frozen=True, slots=True)
class Table:
    when: Mapping[str, str]
    steps: tuple[Step, ...]

    def score_of(self, number: int) -> int:
        return next(
            step.score
            for step in self.steps
            if step.up_to is None or number <= step.up_to
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """Points for a number that was typed or worked out; the first table that fits."""

    key: str
    formula: Formula
    items: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Range:
    low: int
    high: int

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class SubBand:
    range: Range
    text: Text


@dataclass(frozen=True, slots=True)
class SubScore:
    key: str
    items: tuple[str, ...]
    maximum: int
    name: Text
    bands: tuple[SubBand, ...]


@dataclass(frozen=True, slots=True)
class Band:
    key: str
    level: Level
    name: Text
    meaning: Text
    next: Text

    @property
    def weight(self) -> tuple[int, bool]:
        return self.level.rank, False


@dataclass(frozen=True, slots=True)
class Limits:
    """Where each band begins and ends; the first whose answers fit is used."""

    when: Mapping[str, str]
    ranges: Mapping[str, Range]
    note: Text

    def band_of(self, total: int) -> str:
        return next(key for key, range_ in self.ranges.items() if total in range_)


@dataclass(frozen=True, slots=True)
class Note:
    text: Text
    url: str
    """Where what it tells of is found; "" when it tells of nothing else."""


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer or a sub-score that may tell more than the total.

    "crisis" shows help at once. One that asks more of the reader than the total's band
    says in its place what to do next.
    """

    key: str
    of: str
    """An item or a sub-score."""
    at_least: int
    level: Level
    when: Mapping[str, str]
    """It is for those alone who gave these answers."""
    name: Text
    next: Text

    @property
    def weight(self) -> tuple[int, bool]:
        """What is for some alone goes before what asks as much of everybody."""
        return self.level.rank, bool(self.when)


@dataclass(frozen=True, slots=True)
class Instrument:
    key: str
    minimum: int
    maximum: int
    minutes: int
    title: Text
    period: Text
    instruction: Text
    source: str
    licence: Text
    is_official_wording: Mapping[str, bool]
    """By language. False: readers are told that the translation is not official, and
    staff that nobody has checked it against the official form."""
    is_our_own: bool
    """There is no official form that one could differ from."""
    is_screening: bool
    """It asks about symptoms or risks, so it has to say that it is not a diagnosis."""
    total_name: Text
    """What the total tells of, where that is not points."""
    shows_percent: bool
    first_step: str
    """A sub-score that may be asked for alone; "" when there is none."""
    total_of: tuple[str, ...]
    """The items and measures that are added up."""
    items: tuple[Item, ...]
    skips: tuple[Skip, ...]
    measures: tuple[Measure, ...]
    sub_scores: tuple[SubScore, ...]
    bands: tuple[Band, ...]
    limits: tuple[Limits, ...]
    flags: tuple[Flag, ...]
    notes: tuple[Note, ...]

    def item(self, key: str) -> Item:
        return next(item for item in self.items if item.key == key)

    def band(self, key: str) -> Band:
        return next(band for band in self.bands if band.key == key)

    def sub_score(self, key: str) -> SubScore:
        return next(sub for sub in self.sub_scores if sub.key == key)
