"""The address of the site search."""

from typing import Any

from django.http import QueryDict

from home.search_words import LONGEST, clean_words

from .filter_words import FEATURES
from .kinds import KINDS, OTHER

LEFT_AS_WORDS = ("municipality", "weekday", "group", *FEATURES)
KEYS = ("q", "type", "plain", "exact")
"""In the one order of addresses."""


class SearchQuery:
    """What somebody asks, made safe. Too long is cut, never refused; what nobody knows
    is left out."""

    def __init__(self, data: QueryDict) -> None:
        self.typed = data.get("q", "")[:LONGEST]
        self.words = clean_words(self.typed)
        kind = data.get("type", "")
        self.kind = kind if kind in {*KINDS, OTHER} else ""
        self.plain = [key for key in LEFT_AS_WORDS if key in data.getlist("plain")]
        """Filters that the visitor took away, so that their words are only words."""
        self.exact = data.get("exact") == "1"

    def without(self, key: str) -> str:
        """The query string in which that filter's words are only words."""
        taken_away = {*self.plain, key}
        return self.address(
            plain=[each for each in LEFT_AS_WORDS if each in taken_away]
        )

    def address(self, **changes: Any) -> str:
        """The query string with some of the keys changed; always in one order."""
        values = {
            "q": self.words,
            "type": self.kind,
            "plain": self.plain,
            "exact": "1" if self.exact else "",
        } | changes
        query = QueryDict(mutable=True)
        for key in KEYS:
            of_key = values[key]
            some = of_key if isinstance(of_key, list) else [of_key]
            query.setlist(key, [value for value in some if value])
        return query.urlencode()
