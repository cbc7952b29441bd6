"""The index's own words: they split compounds and say what a typing error meant."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from .analysis import LONGEST_TERM, Token
from .models import SearchIndex, Word

MOST_PARAMETERS = 800
"""In one query; a statement may hold a limited number."""

SHORTEST_WORD = 3
OTHER_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "đ": "d", "ł": "l"})


def plain(word: str) -> str:
    """As somebody writes it who has no ä, ö or å at hand."""
    letters = unicodedata.normalize("NFD", word.translate(OTHER_LETTERS))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


class IndexVocabulary:
    """Words of the index and those of the texts that are being written."""

    def __init__(self, index: SearchIndex, own: Iterable[tuple[str, str]] = ()) -> None:
        self.index = index
        self.seen = dict.fromkeys(own, True)

    def known_stems(self, language: str, stems: set[str]) -> set[str]:
        unseen = sorted(stem for stem in stems if (language, stem) not in self.seen)
        for some in batched(unseen, MOST_PARAMETERS):
            words = Word.objects.filter(
                index=self.index, language=language, stem__in=some
            )
            known = set(words.values_list("stem", flat=True))
            self.seen.update({(language, stem): stem in known for stem in some})
        return {stem for stem in stems if self.seen[language, stem]}


SPELLING = ["plain", "beginning", "end", "length", "stem"]


def spelling(token: Token) -> tuple[str, str, str, int, str]:
    """What a `Word` says of how it is written."""
    bare = plain(token.word)[:LONGEST_TERM]
    return bare, bare[:2], bare[-2:], len(bare), token.stem


def is_kept(token: Token) -> bool:
    """Numbers and words without meaning are nothing to correct to."""
    return (
        bool(token.terms)
        and len(token.word) >= SHORTEST_WORD
        and not any(sign.isdecimal() for sign in token.word)
    )


def in_parts(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return batched(words, MOST_PARAMETERS)
