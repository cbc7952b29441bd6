"""Counts beside the filters, reckoned plainly: one group after the other, no bits.

Times come from the dates' own rows, not from what is derived of them.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from events.enums import Feature, TimeOfDay
from events.languages import LANGUAGE_BITS
from events.listing import Point
from events.models import Occurrence, SearchRow
from events.postal_codes import centre_of
from home.models import Goal, Municipality, TargetGroup

from .words import counted_words

NEAR_KM, KM_IN_DEGREE = 30, 111.2
FEATURES = {
    "free": Feature.FREE,
    "remote": Feature.REMOTE,
    "step_free": Feature.STEP_FREE,
    "no_signup": Feature.NO_SIGN_UP,
    "buddy": Feature.BUDDY,
}
Counts = Counter[tuple[str, str]]
"""By the name of the field and the value, as the page has them."""


@dataclass
class Group:
    """Each value as it stands in an address."""

    values: dict[str, set[str]]
    ages: tuple[int, int]
    place: Point | None
    words: set[str]
    days: set[date] = field(default_factory=set)
    times: set[tuple[str, str]] = field(default_factory=set)
    """Weekday and part of the day."""


@dataclass
class Question:
    chosen: dict[str, list[str]]
    """Repeatable filters."""
    features: list[str]
    age: int | None = None
    near: str = ""
    first: date | None = None
    last: date | None = None
    word: str = ""

    def __post_init__(self) -> None:
        self.centre = centre_of(self.near) if self.near else None

    def missed_by(self, group: Group) -> set[str]:
        """The filters that the group does not fit."""
        missed = {
            name
            for name, wanted in self.chosen.items()
            if name not in {"weekday", "time"}
            and not group.values[name].intersection(wanted)
        }
        missed.update(
            name for name in self.features if name not in group.values["feature"]
        )
        if not any(self.has_time(*time) for time in group.times):
            missed.add("when")
        if self.age is not None and not group.ages[0] <= self.age <= group.ages[1]:
            missed.add("age")
        if not any(
            (not self.first or self.first <= day)
            and (not self.last or day <= self.last)
            for day in group.days
        ):
            missed.add("days")
        if self.centre and not is_near(self.centre, group.place):
            missed.add("near")
        if self.word and self.word not in group.words:
            missed.add("q")
        return missed

    def has_time(self, weekday: str, time: str) -> bool:
        return self.has_value("weekday", weekday) and self.has_value("time", time)

    def has_value(self, name: str, value: str) -> bool:
        return value in (self.chosen.get(name) or [value])


def counts_for(question: Question, groups: list[Group]) -> tuple[int, Counts]:
    """How many fit, and for each value how many fit all but its own filter."""
    total, counts = 0, Counter()
    for group in groups:
        missed = question.missed_by(group)
        if len(missed) > 1:
            continue
        if not missed:
            total += 1
            counts.update(("feature", name) for name in group.values["feature"])
        for name in ("type", "municipality", "goal", "group", "language"):
            if missed <= {name}:
                counts.update((name, value) for value in group.values[name])
        if missed <= {"when"}:
            counts.update(
                {
                    ("weekday", weekday)
                    for weekday, time in group.times
                    if question.has_value("time", time)
                }
                | {
                    ("time", time)
                    for weekday, time in group.times
                    if question.has_value("weekday", weekday)
                }
            )
    return total, counts


def is_near(centre: Point, place: Point | None) -> bool:
    if place is None:
        return False
    north = (place.latitude - centre.latitude) * KM_IN_DEGREE
    shrink = math.cos(math.radians(centre.latitude))
    east = (place.longitude - centre.longitude) * KM_IN_DEGREE * shrink
    return math.hypot(north, east) <= NEAR_KM


def all_groups(size: int, now: datetime | None = None) -> list[Group]:
    """Those with a date to come."""
    now = now or timezone.now()
    keys_of = {
        "goals": {goal.bit: goal.key for goal in Goal.objects.all()},
        "target_groups": {term.bit: term.key for term in TargetGroup.objects.all()},
        "languages": {bit: code for code, bit in LANGUAGE_BITS.items()},
        "features": {int(bit): name for name, bit in FEATURES.items()},
    }
    towns = dict(Municipality.objects.values_list("pk", "key"))
    groups = {
        row["pk"]: group_of(row, keys_of, towns, size)
        for row in SearchRow.objects.values(
            *("pk", "event__slug", "kind", "municipality", "latitude", "longitude"),
            *("min_age", "max_age", *keys_of),
        ).iterator()
    }
    coming: dict[int, set[datetime]] = defaultdict(set)
    dates = Occurrence.objects.upcoming(now).held().order_by()
    for pk, start in dates.values_list("event", "starts_at").iterator():
        coming[pk].add(start)
    return [with_dates(group, coming[pk]) for pk, group in groups.items() if coming[pk]]


def group_of(
    row: dict[str, Any], keys_of: dict[str, dict[int, str]], towns: dict, size: int
) -> Group:
    goals, target_groups, languages, features = (
        {key for bit, key in keys.items() if row[name] >> bit & 1}
        for name, keys in keys_of.items()
    )
    name, _, number = row["event__slug"].partition("-")
    words = counted_words(int(number), size) if name == "ryhma" else []
    return Group(
        values={
            "type": {row["kind"]},
            "municipality": {towns[pk] for pk in [row["municipality"]] if pk},
            "goal": goals,
            "group": target_groups,
            "language": languages,
            "feature": features,
        },
        ages=(row["min_age"] or 0, 255 if row["max_age"] is None else row["max_age"]),
        place=(
            None
            if row["latitude"] is None
            else Point(row["latitude"], row["longitude"])
        ),
        words=set(words),
    )


def with_dates(group: Group, starts: set[datetime]) -> Group:
    for start in starts:
        local = timezone.localtime(start)
        group.days.add(local.date())
        time = TimeOfDay.of_hour(local.hour)
        group.times.add((str(local.isoweekday()), time.value))
    return group
