"""LIX: words in a sentence, and how many words in a hundred are long."""

from collections.abc import Iterable
from dataclasses import dataclass

from .levels import LEAST_SENTENCES, LEAST_WORDS
from .sentences import is_address

LONG = 6
"""A word with more letters than this is long."""


@dataclass(frozen=True, slots=True)
class Measure:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        if not self.sentences:
            return 0.0
        share = 100 * self.long_words / self.words
        return round(self.words / self.sentences + share, 1)

    @property
    def tells(self) -> bool:
        """Whether there is enough text for the figure to mean something."""
        return self.words >= LEAST_WORDS and self.sentences >= LEAST_SENTENCES


def is_long(word: str) -> bool:
    """Letters count; digits, hyphens and web addresses do not."""
    if len(word) <= LONG or word.isalpha():
        return len(word) > LONG
    return not is_address(word) and sum(map(str.isalpha, word)) > LONG


def measure_of(sentences: Iterable[list[str]]) -> Measure:
    """From the words of each sentence; one without words is none."""
    words = count = long_words = 0
    for sentence in sentences:
        if sentence:
            count += 1
            words += len(sentence)
            long_words += sum(map(is_long, sentence))
    return Measure(words, count, long_words)
