"""What somebody typed, as the terms to look for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from django.db.models import QuerySet
from rapidfuzz.distance import OSA

from .analysis import (
    LANGUAGES,
    LONGEST_TERM,
    NO_VOCABULARY,
    Token,
    analyse_words,
    base_language,
    words_of,
)
from .models import SearchIndex, Word
from .vocabulary import IndexVocabulary, plain
from .voikko import is_installed

MOST_WORDS = 20
LONGEST_QUESTION = 500

OTHER_LANGUAGE = 0.6
"""Weight of a word read in another language than the reader's."""

WITHOUT_DOTS = 0.5
"""Weight of "äiti" for "aiti" where that is a word too."""

JOINED = 0.8
"""Weight of "vertaistuki" for "vertais tuki"."""

SHORTEST_CORRECTED = 4
SHORTEST_WITHOUT_DICTIONARY = 6
SHORTEST_WITH_TWO_ERRORS = 8

Terms = dict[str, float]


class Spelling(NamedTuple):
    plain: str
    text: str
    language: str
    documents: int


@dataclass(frozen=True, slots=True)
class QuestionWord:
    typed: str
    alternatives: tuple[Terms, ...]
    is_known: bool
    """A dictionary has it, so it is not corrected."""

    @property
    def terms(self) -> set[str]:
        return {term for terms in self.alternatives for term in terms}

    @property
    def wholes(self) -> set[str]:
        """Without the parts of compounds, which are often common words."""
        return {
            term
            for terms in self.alternatives
            for term, weight in terms.items()
            if weight == max(terms.values())
        }

    @property
    def may_be_an_error(self) -> bool:
        return not self.is_known and len(self.typed) >= SHORTEST_CORRECTED


@dataclass(frozen=True, slots=True)
class Question:
    words: tuple[QuestionWord, ...] = ()
    typed: tuple[str, ...] = ()
    """All that was typed, also the words that say nothing."""
    corrected: str = ""
    """What is searched instead of what was typed; "" when that is the same."""

    @property
    def terms(self) -> set[str]:
        return {term for word in self.words for term in word.terms}


@dataclass(frozen=True)
class Asker:
    """Reads questions in a language for an index."""

    index: SearchIndex
    language: str
    others: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        base = base_language(self.language)
        object.__setattr__(self, "language", base)
        others = tuple(code for code in LANGUAGES if code != base)
        object.__setattr__(self, "others", others)

    def ask(self, text: str) -> Question:
        typed = list(dict.fromkeys(words_of(text[:LONGEST_QUESTION])))[:MOST_WORDS]
        words = self.read(typed)
        if words:
            words = self.with_written_otherwise(words)
        return Question(words, tuple(typed))

    def read(self, typed: list[str]) -> tuple[QuestionWord, ...]:
        own = self.tokens(typed, self.language, splits=True)
        is_foreign = [not token.is_known and bool(token.terms) for token in own]
        foreign = [
            self.tokens(typed, code, splits=any(is_foreign)) for code in self.others
        ]
        return tuple(
            QuestionWord(
                token.word,
                tuple(alternatives(token, others)),
                any(each.is_known for each in (token, *others) if each.terms),
            )
            for token, *others in zip(own, *foreign, strict=True)
            if token.terms
        )

    def tokens(self, words: list[str], language: str, *, splits: bool) -> list[Token]:
        return analyse_words(
            words,
            language,
            with_voikko=self.index.with_voikko,
            vocabulary=IndexVocabulary(self.index) if splits else NO_VOCABULARY,
        )

    def with_written_otherwise(
        self, words: tuple[QuestionWord, ...]
    ) -> tuple[QuestionWord, ...]:
        """Words of the index that are the same without dots, or when joined."""
        pairs = {
            (first.typed, second.typed): first.typed + second.typed
            for first, second in pairwise(words)
        }
        spelt = {plain(word.typed) for word in words} | {
            plain(joined)[:LONGEST_TERM] for joined in pairs.values()
        }
        by_plain: dict[str, list[Spelling]] = {}
        rows = Word.objects.filter(index=self.index, plain__in=sorted(spelt))
        for row in sorted(spellings(rows)):
            by_plain.setdefault(row.plain, []).append(row)
        extra: dict[str, list[Terms]] = {}
        for word in words:
            bare = plain(word.typed)
            if bare != word.typed:
                continue
            spelt_so = by_plain.get(bare, [])
            is_written_so = any(row.text == word.typed for row in spelt_so)
            weight = WITHOUT_DOTS if word.is_known or is_written_so else 1
            for row in spelt_so:
                if row.text != word.typed:
                    extra.setdefault(word.typed, []).append(self.of_row(row, weight))
        for pair, joined in pairs.items():
            for row in by_plain.get(plain(joined)[:LONGEST_TERM], []):
                for typed in pair:
                    extra.setdefault(typed, []).append(self.of_row(row, JOINED))
        return tuple(
            replace(word, alternatives=(*word.alternatives, *extra.get(word.typed, ())))
            for word in words
        )

    def of_row(self, row: Spelling, weight: float = 1) -> Terms:
        (token,) = self.tokens([row.text], row.language, splits=True)
        return {term: weight * each for term, each in token.terms}

    def correct(self, question: Question, found: Collection[str]) -> Question | None:
        """With what was meant by words that found nothing; None: nothing to correct."""
        meant: dict[str, Spelling] = {}
        for word in question.words:
            if word.may_be_an_error and word.terms.isdisjoint(found):
                row = self.meant_by(word.typed)
                if row and row.text != word.typed:
                    meant[word.typed] = row
        if not meant:
            return None
        words = tuple(
            replace(word, alternatives=(self.of_row(meant[word.typed]),))
            if word.typed in meant
            else word
            for word in question.words
        )
        said = (meant[word].text if word in meant else word for word in question.typed)
        return Question(words, question.typed, corrected=" ".join(said))

    def meant_by(self, typed: str) -> Spelling | None:
        """The nearest word of the index, the more usual one of two."""
        bare = plain(typed)
        # Without a dictionary half of the words that are only missing from the index
        # would be "corrected" (search.md, section 4): only a small error counts then.
        is_guarded = self.language == "fi" and self.index.with_voikko and is_installed()
        if not is_guarded and len(bare) < SHORTEST_WITHOUT_DICTIONARY:
            return None
        most = 2 if is_guarded and len(bare) >= SHORTEST_WITH_TWO_ERRORS else 1
        near = Word.objects.filter(
            index=self.index, length__range=(len(bare) - most, len(bare) + most)
        )
        rows = near.filter(beginning=bare[:2]).union(near.filter(end=bare[-2:]))
        best: tuple[tuple[int, bool, int, str], Spelling] | None = None
        for row in spellings(rows):
            distance = OSA.distance(bare, row.plain, score_cutoff=most)
            if distance > most:
                continue
            rank = (distance, row.language != self.language, -row.documents, row.text)
            if best is None or rank < best[0]:
                best = (rank, row)
        return best[1] if best else None


def spellings(rows: QuerySet[Word]) -> Iterator[Spelling]:
    columns = rows.values_list("plain", "text", "language", "documents")
    return (Spelling(*row) for row in columns)


def alternatives(token: Token, others: list[Token]) -> Iterator[Terms]:
    own = dict(token.terms)
    yield own
    for other in others:
        terms = {term: OTHER_LANGUAGE * weight for term, weight in other.terms}
        if not terms.keys() <= own.keys():
            yield terms
