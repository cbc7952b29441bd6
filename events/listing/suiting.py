"""The soonest groups for people of certain target groups, by the groups' age limits.

First those made for the ages of one of the target groups: they take all of its ages, or
only such. Then those that take some of its ages. One that takes none of them is left
out: an adult cannot go to a group for 13 to 17-year-olds.

Whatever the ages, one that is full comes after all with room, and one that nobody has
confirmed after both, as the need-finder has them.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, product
from typing import Any

from home.models import TargetGroup

from ..cards import Moments
from ..enums import Feature
from .finding import find
from .question import NO_LIMIT, Ages, Question

EVERY_AGE = Ages(0, NO_LIMIT)
AGES = {
    "children-families": EVERY_AGE,  # Parents, too.
    "youth": Ages(13, 29),
    "working-age": Ages(18, 64),
    "older-people": Ages(65, NO_LIMIT),
    "everyone": EVERY_AGE,
}
"""The other target groups tell nothing of ages."""
LEFT_OUT = ((Feature.FULL, Feature.UNCONFIRMED), (Feature.UNCONFIRMED,), ())
"""Round by round, until there are enough groups."""


def soonest_suiting(
    people: Iterable[TargetGroup], questions: list[Question], limit: int
) -> dict[int, Moments]:
    """By event id; the first question's answers stand before the others'."""
    ages = [AGES[group.key] for group in people if group.key in AGES]
    named = [each for each in ages if each != EVERY_AGE]
    steps: list[dict[str, Any]] = [{"made_for": named}, {"open_to": ages}]
    found: dict[int, Moments] = {}
    for without, step, question in product(
        LEFT_OUT, steps if named else [{}], questions
    ):
        if len(found) >= limit:
            break
        found |= find(replace(question, without=without, **step)).moments(0, limit)
    return dict(islice(found.items(), limit))
