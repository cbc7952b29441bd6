"""The soonest groups for people of certain target groups, by the groups' age limits.

First those made for the ages of one of the target groups: they take all of its ages, or
only such. Then those that take some of its ages. One that takes none of them is left
out: an adult cannot go to a group for 13 to 17-year-olds.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

from home.models import TargetGroup

from ..cards import Moments
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


def soonest_suiting(
    people: Iterable[TargetGroup], questions: list[Question], limit: int
) -> dict[int, Moments]:
    """By event id; the first question's answers stand before the others'."""
    ages = [AGES[group.key] for group in people if group.key in AGES]
    named = [each for each in ages if each != EVERY_AGE]
    steps: list[dict[str, Any]] = [{"made_for": named}, {"open_to": ages}]
    found: dict[int, Moments] = {}
    for step in steps if named else [{}]:
        for question in questions:
            found |= find(replace(question, **step)).moments(0, limit)
    return dict(islice(found.items(), limit))
