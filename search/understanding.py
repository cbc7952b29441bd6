"""Reads filters of the group index out of a query: "jooga hamina ilmainen"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.http import QueryDict
from django.utils.text import capfirst

from events.enums import Weekday
from events.filters import EventFilterForm
from home.models import Municipality, TargetGroup

from .analysis import analyse, base_forms, words_of
from .filter_words import (
    FEATURES,
    FORMER_MUNICIPALITIES,
    NOT_A_PRICE,
    TARGET_GROUPS,
    all_words,
    weekday_of,
)
from .voikko import is_installed


@dataclass(frozen=True, slots=True)
class UnderstoodFilter:
    """A key and a value of the index's address (architecture.md)."""

    key: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Understood:
    filters: tuple[UnderstoodFilter, ...]
    rest: str
    """What was not understood as a filter: words to search for."""
    spoken_of: str = ""
    """Of the words that were understood, those that texts have as well: a target
    group, a part of a municipality."""

    def query(self, *, with_words: bool = True) -> QueryDict:
        """As the group index takes it."""
        query = QueryDict(mutable=True)
        if with_words and self.rest:
            query["q"] = self.rest
        for each in self.filters:
            query.appendlist(each.key, each.value)
        return query


def understand(typed: str, left_as_words: Iterable[str] = ()) -> Understood:
    """Without the keys whose filter the visitor took away."""
    words = list(words_of(typed))
    terms, _known = base_forms(typed)
    left = set(left_as_words)
    found: dict[tuple[str, str], UnderstoodFilter] = {}
    rest, spoken_of = [], []
    before = {second: first for first, second in pairwise(words)}
    for word in words:
        filters = [
            each
            for each in filters_of(word, terms[word], before.get(word, ""))
            if each.key not in left
        ]
        if not filters:
            rest.append(word)
        if any(each.key == "group" for each in filters) or (
            filters and not terms[word].isdisjoint(FORMER_MUNICIPALITIES)
        ):
            spoken_of.append(word)
        found.update({(each.key, each.value): each for each in filters})
    return Understood(tuple(found.values()), " ".join(rest), " ".join(spoken_of))


def filters_of(word: str, terms: set[str], before: str) -> Iterator[UnderstoodFilter]:
    for town in Municipality.objects.in_memory():
        former = {FORMER_MUNICIPALITIES.get(term) for term in terms}
        names = {name.lower() for name in town.name.values()}
        if town.key in former or terms & names:
            yield UnderstoodFilter("municipality", town.key, str(town.name))
    if weekday := weekday_of(word):
        label = capfirst(str(Weekday(weekday).label))
        yield UnderstoodFilter("weekday", str(weekday), label)
    known = known_terms(is_installed())
    for group in TargetGroup.objects.in_memory():
        if terms & known.get(group.key, set()):
            yield UnderstoodFilter("group", group.key, str(group.name))
    for name in FEATURES:
        if terms & known[name] and not (name == "free" and before in NOT_A_PRICE):
            label = str(EventFilterForm.base_fields[name].label)
            yield UnderstoodFilter(name, "1", label)


@lru_cache(maxsize=2)
def known_terms(with_voikko: bool) -> dict[str, set[str]]:
    """Of what names a target group or a feature, by its key."""
    return {
        key: {
            term
            for language, word in all_words(words)
            for token in analyse(word, language, with_voikko=with_voikko)
            for term in token.wholes
        }
        for key, words in (TARGET_GROUPS | FEATURES).items()
    }
