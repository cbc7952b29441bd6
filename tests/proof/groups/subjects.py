"""The pages that are measured, and what each of them may cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from events.enums import TimeOfDay
from home.models import Goal, Municipality, PostalCode, TargetGroup

from .filling import is_paused
from .words import HUNDREDTH, NEARLY_ALL, RARE, TENTH

INDEX, ORGANISERS = "/fi/tapahtumat/", "/fi/jarjestajat/"
NOBODYS_LANGUAGE = "fse"
VARIANTS = 20
"""Addresses of each kind, so that no answer is remembered as a whole."""
ON_A_PAGE = 20


class Asks(Enum):
    NOTHING = "base"
    FILTERS = "filters"
    FEW = "few groups' words"
    MANY = "many groups' words"


@dataclass(frozen=True)
class Subject:
    name: str
    addresses: tuple[str, ...]
    asks: Asks = Asks.FILTERS


@dataclass(frozen=True)
class Bars:
    """Milliseconds of CPU, process and database together, and of waiting."""

    cpu: dict[Asks, float]
    waiting: dict[Asks, float]


MOST_QUERIES = 8
MOST_MORE_MEMORY = 60
"""MB in each process, beside the smallest site's."""
BARS = {
    5_000: Bars(
        cpu={Asks.FILTERS: 15, Asks.FEW: 20, Asks.MANY: 20},
        waiting={Asks.FILTERS: 30, Asks.FEW: 30, Asks.MANY: 30},
    ),
    200_000: Bars(
        cpu={Asks.FILTERS: 20, Asks.FEW: 40, Asks.MANY: 150},
        waiting={Asks.FILTERS: 60},
    ),
}
"""The issue's. At 200,000 a word of one group in a hundred has 2,000: still few."""

EMPTY, ROWS = "an empty view", "a template of 20 rows"


def subjects(groups: int) -> list[Subject]:
    """The two bases first."""
    towns = [town.key for town in Municipality.objects.order_by("pk")]
    goals = [goal.key for goal in Goal.objects.current()]
    target_groups = [group.key for group in TargetGroup.objects.all()]
    codes = list(PostalCode.objects.values_list("pk", flat=True))
    today = timezone.localdate()
    weeks = [today + timedelta(weeks=week) for week in range(8)]
    last_page = min(50, groups // ON_A_PAGE - 1)
    shown = [number for number in range(1, groups) if not is_paused(number)]
    step = len(shown) // VARIANTS
    return [
        Subject(EMPTY, ("/fi/proof/empty/",), Asks.NOTHING),
        Subject(ROWS, ("/fi/proof/rows/",), Asks.NOTHING),
        index_page("no filter", [""]),
        index_page(
            "three facets",
            (
                f"?goal={goal}&municipality={town}&weekday={weekday}"
                for goal, town, weekday in turns(goals, towns, range(1, 6))
            ),
        ),
        index_page(
            "for whom, free, part of day",
            (
                f"?group={group}&time={time}&free=1"
                for group, time in turns(target_groups, TimeOfDay.values)
            ),
        ),
        index_page("near a postal code", (f"?near={code}" for code in codes)),
        index_page(
            "by name",
            (f"?weekday={weekday}&sort=name" for weekday in range(1, 8)),
        ),
        index_page(
            "days",
            (f"?from={day}&to={day + timedelta(6)}" for day in weeks),
        ),
        index_page(f"page {last_page}", [f"?page={last_page}"]),
        index_page(
            "nothing found",
            (
                f"?municipality={town}&weekday={weekday}&language={NOBODYS_LANGUAGE}"
                for town, weekday in turns(towns, range(1, 6))
            ),
        ),
        index_page("a rare word", (f"?q={word}" for word in RARE), Asks.FEW),
        index_page("1 % hold it", (f"?q={word}" for word in HUNDREDTH), Asks.FEW),
        index_page("10 % hold it", (f"?q={word}" for word in TENTH), Asks.MANY),
        index_page("nearly all hold it", [f"?q={NEARLY_ALL}"], Asks.MANY),
        index_page(
            "10 % and a rare word",
            (f"?q={often}+{rare}" for often, rare in turns(TENTH, RARE)),
            Asks.MANY,
        ),
        index_page(
            "1 % hold it, three facets",
            (
                f"?q={word}&group={group}&weekday={weekday}&free=1"
                for word, group, weekday in turns(HUNDREDTH, target_groups, range(1, 6))
            ),
            Asks.FEW,
        ),
        Subject(
            "a group's page",
            tuple(f"{INDEX}ryhma-{number}/" for number in shown[::step][:VARIANTS]),
        ),
        Subject(
            "an organiser's page",
            tuple(f"{ORGANISERS}yhdistys-{number}/" for number in range(1, 9)),
        ),
        Subject("the biggest organiser's page", (f"{ORGANISERS}yhdistys-0/",)),
        Subject("feed.json", (f"{INDEX}feed.json",)),
        Subject(
            "feed.json, two facets",
            tuple(
                f"{INDEX}feed.json?municipality={town}&weekday={weekday}"
                for town, weekday in turns(towns, range(1, 6))
            ),
        ),
    ]


def index_page(name: str, queries: Iterable[str], asks: Asks = Asks.FILTERS) -> Subject:
    some = islice(queries, VARIANTS)
    return Subject(f"index: {name}", tuple(f"{INDEX}{query}" for query in some), asks)


def turns(*lists: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The lists' values beside each other, each list begun anew at its end."""
    return islice(zip(*map(cycle, lists), strict=True), VARIANTS)
