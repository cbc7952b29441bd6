"""The sentences of a page that hold what was searched, with the words marked."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import WORD, analyse_words
from .vocabulary import plain

WORDS_SHOWN = 32
WORDS_BEFORE = 8
MOST_WORDS_READ = 3000
SAME_LETTERS = 3
"""A word is analysed only when it holds the first letters of something searched: to
analyse all words of twenty pages would cost more than the search."""

SPACES = re.compile(r"\s+")


def passage(texts: Iterable[str], terms: Collection[str], language: str) -> SafeString:
    """The first texts' beginning when none of the words is there."""
    pieces = SPACES.sub(" ", " ".join(text for text in texts if text)).strip()
    words = list(WORD.finditer(pieces))[:MOST_WORDS_READ]
    marked = places_of(words, terms, language)
    first = best_start(marked, len(words))
    last = min(first + WORDS_SHOWN, len(words))
    if not words:
        return mark_safe("")
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(pieces)
    parts, place = ["… " if first else ""], start
    for number in range(first, last):
        if number in marked:
            found = words[number]
            parts += [
                escape(pieces[place : found.start()]),
                f"<mark>{escape(found[0])}</mark>",
            ]
            place = found.end()
    parts += [escape(pieces[place:end]), " …" if last < len(words) else ""]
    return mark_safe("".join(parts))  # noqa: S308 - Every part is escaped above.


def places_of(
    words: list[re.Match[str]], terms: Collection[str], language: str
) -> set[int]:
    beginnings = {plain(term)[:SAME_LETTERS] for term in terms}
    lowered = [word[0].lower() for word in words]
    likely = {
        word
        for word in set(lowered)
        for bare in [plain(word)]
        if any(beginning in bare for beginning in beginnings)
    }
    matching = {
        token.word
        for token in analyse_words(sorted(likely), language)
        if not {term for term, _weight in token.terms}.isdisjoint(terms)
    }
    return {place for place, word in enumerate(lowered) if word in matching}


def best_start(marked: set[int], size: int) -> int:
    """Of the stretch with most marked words; a little before the first of them."""
    if not marked or size <= WORDS_SHOWN:
        return 0
    ordered = sorted(marked)
    _number, start = max(
        (bisect_left(ordered, place + WORDS_SHOWN - WORDS_BEFORE) - number, -place)
        for number, place in enumerate(ordered)
    )
    return max(min(-start - WORDS_BEFORE, size - WORDS_SHOWN), 0)
