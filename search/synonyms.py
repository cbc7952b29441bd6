"""Staff's synonyms, ready to be laid beside the words of a question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from home.models.memory import Memory

from .analysis import LANGUAGES, analyse, base_language
from .models import SynonymSet, lines_of

SYNONYM = 0.8
"""Weight of "masennus" for "masis", where they are in one set."""

OF_A_PHRASE = 1.0
"""Of what means the same as several words together: more than each of them says."""

Terms = dict[str, float]
Way = tuple[Terms, ...]
"""Of each word of a phrase the terms; a page has to have all its words."""
Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Of each set the phrases with their languages."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Its words' whole terms, to be known by and to be looked for: the parts of a
    compound that only means the same would find what nobody asked for."""

    words: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Match:
    """Places of the question's words that make up a phrase, and what means the same."""

    places: tuple[int, ...]
    others: tuple[Phrase, ...]

    def weighted(self, share: float) -> tuple[Way, ...]:
        """As ways to find each of the places, a share of the whole."""
        weight = share * (OF_A_PHRASE if len(self.places) > 1 else SYNONYM)
        return tuple(
            tuple(
                dict.fromkeys(sorted(word), weight / len(other.words))
                for word in other.words
            )
            for other in self.others
        )


class Lexicon:
    """All sets, by the terms of their words."""

    def __init__(self, sets: Sequence[Sequence[Phrase]]) -> None:
        self.by_term: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        self.sets = sets
        for number, phrases in enumerate(sets):
            for phrase in phrases:
                for term in phrase.words[0]:
                    self.by_term[term].append((number, phrase))

    def matches(self, words: Sequence[set[str]]) -> Iterator[Match]:
        """Of the question's words, given by their whole terms."""
        seen = set()
        for word in words:
            for term in sorted(word):
                for number, phrase in self.by_term.get(term, ()):
                    places = places_of(phrase, words)
                    if not places or (number, places) in seen:
                        continue
                    seen.add((number, places))
                    others = [each for each in self.sets[number] if each is not phrase]
                    yield Match(places, tuple(others))


def places_of(phrase: Phrase, words: Sequence[set[str]]) -> tuple[int, ...]:
    """Where each of the phrase's words stands among the words; () if one is missing."""
    places = []
    for wanted in phrase.words:
        found = [place for place, word in enumerate(words) if wanted & word]
        if not found:
            return ()
        places.append(found[0])
    return tuple(sorted(set(places)))


_memory = Memory[Rows]()
_analysed: dict[bool, tuple[Rows, Lexicon]] = {}
"""With Voikko or without it: the sets, and what became of them."""


def lexicon(*, with_voikko: bool) -> Lexicon:
    """Read again when the content changes, analysed again when the sets have: that
    takes some hundred milliseconds."""
    rows = _memory.get("sets", read)
    known = _analysed.get(with_voikko)
    if known and (known[0] is rows or known[0] == rows):
        return known[1]
    made = Lexicon([list(phrases_of(row, with_voikko)) for row in rows])
    _analysed[with_voikko] = (rows, made)
    return made


def read() -> Rows:
    return tuple(
        tuple(
            (language, phrase)
            for language, phrases in lines_of(row).items()
            for phrase in phrases
        )
        for row in SynonymSet.objects.values_list("words", flat=True)
    )


def phrases_of(
    phrases: Iterable[tuple[str, str]], with_voikko: bool
) -> Iterator[Phrase]:
    for language, text in phrases:
        if base_language(language) in LANGUAGES and (
            phrase := phrase_of(text, language, with_voikko)
        ):
            yield phrase


def phrase_of(text: str, language: str, with_voikko: bool) -> Phrase | None:
    """None when nothing but words without meaning is left."""
    tokens: list[Any] = [
        token
        for token in analyse(text, language, with_voikko=with_voikko)
        if token.terms
    ]
    if not tokens:
        return None
    return Phrase(tuple(token.wholes for token in tokens))
