"""What is asked of the groups, in the numbers that their rows hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Feature, TimeOfDay


class Sort(models.TextChoices):
    SOONEST = "soonest", _("Soonest first")
    NEAR = "near", _("Nearest first")
    RELEVANCE = "relevance", _("Best match first")
    NAME = "name", _("By name")


class Point(NamedTuple):
    latitude: float
    longitude: float


NO_LIMIT = 255
"""The oldest age of a group that has none."""


class Ages(NamedTuple):
    """Both included."""

    youngest: int
    oldest: int


class Matches(Protocol):
    """What free text found: page ids and their scores, in the same order."""

    @property
    def ids(self) -> "np.ndarray[Any, np.dtype[np.int64]]": ...
    @property
    def scores(self) -> "np.ndarray[Any, np.dtype[np.float32]]": ...


@dataclass(frozen=True)
class Question:
    """Within a filter any value will do; a group has to fit every filter.

    Weekday and part of the day belong together: a group on Monday mornings and
    Tuesday evenings is not found on Monday evenings.
    """

    kinds: Sequence[str] = ()
    goals: Sequence[int] = ()
    """Bits, as of themes, target groups and languages."""
    themes: Sequence[int] = ()
    target_groups: Sequence[int] = ()
    languages: Sequence[int] = ()
    municipalities: Sequence[int] = ()
    """Primary keys."""
    weekdays: Sequence[int] = ()
    """ISO."""
    times: Sequence[TimeOfDay] = ()
    features: Sequence[Feature] = ()
    """Every one of them is wanted."""
    without: Sequence[Feature] = ()
    """None of them is wanted."""
    age: int | None = None
    made_for: Sequence[Ages] = ()
    """Groups that take all of one of these ages, or nobody else."""
    open_to: Sequence[Ages] = ()
    """Groups that take somebody of these ages."""
    first_day: date | None = None
    """Local days, both included: some meeting is on one of them."""
    last_day: date | None = None
    near: Point | None = None
    matches: Matches | None = None
    sort: Sort = Sort.SOONEST
