"""How good an order of results is, against the judge's grades."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from .judged import Judged

WANTED = 3
"""The grade of what counts as found. Of several such pages any will do."""
DEPTH = 10

Search = Callable[[Judged], list[str]]
"""Gives the keys of the first results, best first."""


@dataclass(frozen=True)
class Outcome:
    query: Judged
    found: list[str]

    @property
    def place(self) -> int:
        """Of the first wanted page, from 1 on; 0 when it is not among the first ten."""
        for place, key in enumerate(self.found[:DEPTH], 1):
            if self.query.grades.get(key) == WANTED:
                return place
        return 0

    @property
    def ndcg(self) -> float:
        gains = [self.query.grades.get(key, 0) for key in self.found[:DEPTH]]
        ideal = sorted(self.query.grades.values(), reverse=True)[:DEPTH]
        return discounted(gains) / discounted(ideal)


def discounted(grades: Sequence[int]) -> float:
    return sum(
        (2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1)
    )


@dataclass(frozen=True)
class Measures:
    number: int
    success_1: float
    success_5: float
    mrr: float
    ndcg: float

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Measures":
        some = list(outcomes)
        places = [outcome.place for outcome in some]
        return cls(
            number=len(some),
            success_1=mean(place == 1 for place in places),
            success_5=mean(1 <= place <= 5 for place in places),
            mrr=mean(1 / place if place else 0 for place in places),
            ndcg=mean(outcome.ndcg for outcome in some),
        )


def outcomes(queries: Iterable[Judged], search: Search) -> list[Outcome]:
    return [Outcome(query, search(query)) for query in queries]
