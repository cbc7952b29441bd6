"""Finding among all groups: each process holds them in memory, packed as bits.

With 200,000 groups a page of results, its count and the counts beside every filter
cost some milliseconds, and no query but those that draw the page
(`site/docs/proof-groups.md`).
"""

from .finding import Found, FoundCards, find
from .free_text import matches_of
from .question import Point, Question, Sort
from .similar import similar_events
from .suiting import soonest_suiting

__all__ = [
    "Found",
    "FoundCards",
    "Point",
    "Question",
    "Sort",
    "find",
    "matches_of",
    "similar_events",
    "soonest_suiting",
]
