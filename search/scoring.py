"""Which pages answer a question, and how well: BM25F over the postings.

The sums are made here, not in the database, so that order is the same on each.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .index_writer import BLOCK_BITS, BLOCK_SIZE, ENTRY, FULL_WEIGHT, WEIGHT_BITS
from .models import Posting, SearchIndex
from .questions import Question, QuestionWord

COMMON_SHARE = 0.05
"""A word that a larger share of the pages holds adds to the score of what rarer words
found, and finds nothing itself unless all words are such."""

COMMON_AT_LEAST = 200
"""Pages: in a small index no word is too common to find."""

COVERAGE = 0.7
"""The part of the score that depends on how many of the words a page has."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Pages by id in no order, and their scores; the higher the better."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]

    def ranked(self) -> NDArray[np.int64]:
        return self.ids[np.lexsort((self.ids, -self.scores))]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Found:
    """A term's pages: places in the array of scores, and how much each is about it."""

    places: NDArray[np.int64]
    weights: NDArray[np.float32]

    @property
    def documents(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Postings:
    """What was read of the index for a question."""

    blocks: list[int]
    terms: dict[str, Found]
    documents: int
    """How many pages there are, of the types that were asked for."""


NOTHING = Matches(np.empty(0, np.int64), np.empty(0, np.float32))


def match(
    question: Question, postings: Postings, *, needs_all: bool = False
) -> Matches:
    """Pages that have any of the words, or all of them."""
    terms, blocks = postings.terms, postings.blocks
    if not terms:
        return NOTHING
    limit = max(COMMON_SHARE * postings.documents, COMMON_AT_LEAST)
    size = len(blocks) * BLOCK_SIZE
    scores = np.zeros(size, np.float32)
    covered = np.zeros(size, np.float32)
    found_words = np.zeros(size, np.uint8)
    by_rare = np.zeros(size, bool)
    for word in question.words:
        of_word = np.zeros(size, np.float32)
        for alternative in word.alternatives:
            np.maximum(of_word, values_of((alternative,), postings, size), out=of_word)
        commonest = commonest_of(word, terms)
        for way in word.synonyms:
            np.maximum(of_word, values_of(way, postings, size, commonest), out=of_word)
        scores += np.float32(word.weight) * of_word
        covered += np.float32(word.weight) * (of_word > 0)
        found_words += of_word > 0
        if not any(
            term in terms and terms[term].documents > limit for term in word.wholes
        ):
            for term in word.terms:
                if term in terms and terms[term].documents <= limit:
                    by_rare[terms[term].places] = True
    asked = sum(word.weight for word in question.words)
    if needs_all:
        is_found = found_words == len(question.words)
    else:
        is_found = by_rare if by_rare.any() else covered > 0
    places = np.flatnonzero(is_found & (covered > 0))
    share = covered[places] / np.float32(asked)
    factor = (1 - COVERAGE) + COVERAGE * share
    first_ids = np.array(blocks, np.int64) << BLOCK_BITS
    return Matches(
        first_ids[places >> BLOCK_BITS] | (places & (BLOCK_SIZE - 1)),
        np.round(scores[places] * factor, 4).astype(np.float32),
    )


def commonest_of(word: QuestionWord, terms: dict[str, Found]) -> int:
    """The pages of the most usual of the words that mean what the word means."""
    single = (way[0] for way in word.synonyms if len(way) == 1)
    return max(
        (
            terms[term].documents
            for of_word in (*word.alternatives, *single)
            for term, weight in of_word.items()
            if term in terms and weight == max(of_word.values())
        ),
        default=0,
    )


def values_of(
    way: Sequence[dict[str, float]], postings: Postings, size: int, commonest: int = 0
) -> NDArray[np.float32]:
    """What a word or a phrase adds to each page; 0 where one word of it is missing.

    A synonym says no more than the commonest of its set: else a page with the one
    rare synonym would come before those that are about the matter.
    """
    sums = np.zeros(size, np.float32)
    for number, of_word in enumerate(way):
        values = np.zeros(size, np.float32) if number else sums
        for term, weight in sorted(of_word.items()):
            if found := postings.terms.get(term):
                documents = max(found.documents, commonest)
                idf = rarity(documents, postings.documents)
                values[found.places] += np.float32(weight * idf) * found.weights
        if number:
            sums = np.where((sums > 0) & (values > 0), sums + values, np.float32(0))
    return sums


def read_postings(
    index: SearchIndex, question: Question, content_type_ids: Collection[int] | None
) -> Postings:
    rows = Posting.objects.filter(index=index, term__in=sorted(question.terms))
    if content_type_ids is not None:
        rows = rows.filter(content_type_id__in=content_type_ids)
    by_term: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
    for term, block, entries in rows.values_list("term", "block", "entries"):
        by_term[term].append((block, bytes(entries)))
    blocks = sorted({block for found in by_term.values() for block, _entries in found})
    position = {block: place << BLOCK_BITS for place, block in enumerate(blocks)}
    size = index.size(content_type_ids)
    terms = {}
    for term, found in by_term.items():
        packed = np.frombuffer(b"".join(each for _block, each in found), ENTRY)
        starts = np.repeat(
            np.array([position[block] for block, _each in found], np.int64),
            [len(each) // ENTRY.itemsize for _block, each in found],
        )
        weights = (packed & FULL_WEIGHT).astype(np.float32) / np.float32(FULL_WEIGHT)
        terms[term] = Found(
            starts + (packed >> WEIGHT_BITS),
            weights,
        )
    return Postings(blocks, terms, size)


def rarity(documents: int, size: int) -> float:
    """BM25's inverse document frequency."""
    others = max(size - documents, 0)
    return math.log(1 + (others + 0.5) / (documents + 0.5))
