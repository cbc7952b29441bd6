"""What somebody typed, as the terms to look for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.db.models import QuerySet
from rapidfuzz.distance import OSA

from .analysis import (
    LANGUAGES,
    LONGEST_TERM,
    NO_VOCABULARY,
    WHOLE,
    KnownStems,
    Token,
    Vocabulary,
    analyse_words,
    base_language,
    parts_in,
    splits_of,
    words_of,
)
from .known_words import WEAK_WORDS
from .models import SearchIndex, Word
from .synonyms import Way, lexicon
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
SHORTEST_WITH_A_WRONG_BEGINNING = 7

SHORTEST_OF_A_FAMILY = 6
SHORTEST_ROOT = 5
LONGEST_REST = 6
MOST_RELATIVES = 8
RELATIVE = 0.6
"""Weight of "kaatua" for "kaatuilla"."""

SHORTEST_KEPT_PART = 3

WEAK = 0.1
"""Weight of "apua" beside "alkoholiin"."""

LONGEST_WITH_DOTS = 30
DOTS = str.maketrans("ao", "äö")

Terms = dict[str, float]


class Spelling(NamedTuple):
    plain: str
    text: str
    language: str
    documents: int
    stem: str


SPELLING = Spelling._fields


@dataclass(frozen=True, slots=True)
class QuestionWord:
    typed: str
    alternatives: tuple[Terms, ...]
    is_known: bool
    """A dictionary has it, so it is not corrected."""
    synonyms: tuple[Way, ...] = ()
    """What staff say that it means, at a lower weight."""
    weight: float = 1
    """How much of the question it is."""

    @property
    def terms(self) -> set[str]:
        of_synonyms = (terms for way in self.synonyms for terms in way)
        return {term for terms in (*self.alternatives, *of_synonyms) for term in terms}

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
        plainly = {code: self.tokens(typed, code) for code in LANGUAGES}
        meaningful = [token.word for token in plainly[self.language] if token.terms]
        if not meaningful:
            return Question()
        pairs = {pair: "".join(pair)[:LONGEST_TERM] for pair in pairwise(meaningful)}
        near = self.near(
            plainly, {plain(word) for word in (*meaningful, *pairs.values())}
        )
        words = self.read(typed, KnownStems((row.language, row.stem) for row in near))
        spelt: dict[str, list[Spelling]] = {}
        for row in near:
            spelt.setdefault(row.plain, []).append(row)
        extra = {word.typed: list(self.without_dots(word, spelt)) for word in words}
        for pair, joined in pairs.items():
            for row in spelt.get(plain(joined), []):
                for each in pair:
                    extra[each].append(self.of_row(row, JOINED))
        return self.with_synonyms(
            Question(
                tuple(
                    replace(word, alternatives=(*word.alternatives, *extra[word.typed]))
                    for word in words
                ),
                tuple(typed),
            )
        )

    def with_synonyms(self, question: Question) -> Question:
        words = list(question.words)
        known = lexicon(with_voikko=self.index.with_voikko)
        for match in known.matches([word.wholes for word in words]):
            # What means the same as a phrase counts fully, also when a word of it
            # says little by itself.
            share = 1 / sum(words[place].weight for place in match.places)
            ways = match.weighted(share)
            for place in match.places:
                word = words[place]
                words[place] = replace(word, synonyms=(*word.synonyms, *ways))
        return replace(question, words=tuple(words))

    def near(self, tokens: dict[str, list[Token]], spelt: set[str]) -> list[Spelling]:
        """Words of the index that are spelt so without dots, and those that may be
        parts of what was typed: in one query."""
        rows = Word.objects.filter(index=self.index, plain__in=sorted(spelt))
        found = rows.values_list(*SPELLING)
        own = tokens[self.language]
        for code, of_language in tokens.items():
            # Another language splits only what the reader's own does not know.
            doubtful = [
                token
                for token, known in zip(of_language, own, strict=True)
                if code == self.language or not known.is_known
            ]
            if stems := parts_in(splits_of(doubtful, code)):
                words = Word.objects.filter(index=self.index, language=code)
                parts = words.filter(stem__in=sorted(stems))
                found = found.union(parts.values_list(*SPELLING))
        return sorted(Spelling(*row) for row in found)

    def read(self, typed: list[str], stems: KnownStems) -> list[QuestionWord]:
        own = self.tokens(typed, self.language, stems)
        foreign = [self.tokens(typed, code, stems) for code in self.others]
        return [
            QuestionWord(
                token.word,
                tuple(alternatives(token, others)),
                any(each.is_known for each in (token, *others) if each.terms),
                weight=WEAK if self.is_weak(token) else 1,
            )
            for token, *others in zip(own, *foreign, strict=True)
            if token.terms
        ]

    def is_weak(self, token: Token) -> bool:
        weak = weak_terms(self.language, self.index.with_voikko)
        return any(term in weak for term, _weight in token.terms)

    def tokens(
        self, words: list[str], language: str, vocabulary: Vocabulary = NO_VOCABULARY
    ) -> list[Token]:
        return analyse_words(
            words,
            language,
            with_voikko=self.index.with_voikko,
            vocabulary=vocabulary,
        )

    def without_dots(
        self, word: QuestionWord, spelt: dict[str, list[Spelling]]
    ) -> Iterator[Terms]:
        """ "Äitien" for "aitien"; "säli" counts little for "sali", which is a word."""
        if plain(word.typed) != word.typed:
            return
        rows = spelt.get(word.typed, [])
        is_written_so = any(row.text == word.typed for row in rows)
        weight = WITHOUT_DOTS if word.is_known or is_written_so else 1
        for row in rows:
            if row.text != word.typed:
                yield self.of_row(row, weight)
        if not rows and not word.is_known and self.language == "fi":
            tokens = self.tokens(list(with_dots(word.typed)), "fi")
            yield from (dict(token.terms) for token in tokens if token.is_known)

    def of_row(self, row: Spelling, weight: float = 1) -> Terms:
        vocabulary = IndexVocabulary(self.index)
        (token,) = self.tokens([row.text], row.language, vocabulary)
        return {term: weight * each for term, each in token.terms}

    def correct(self, question: Question, found: Collection[str]) -> Question | None:
        """With what was meant by words that found nothing, or with words that begin
        alike, or with their parts; None: nothing to correct."""
        words, meant = [], {}
        for word in question.words:
            better = word
            if parts := self.in_parts(word, found):
                words += parts
                continue
            if word.terms.isdisjoint(found):
                row = self.meant_by(word.typed) if word.may_be_an_error else None
                if row and row.text != word.typed:
                    meant[word.typed] = row.text
                    better = replace(
                        word, typed=row.text, alternatives=(self.of_row(row),)
                    )
                elif family := tuple(self.family_of(word.typed)):
                    better = replace(word, alternatives=family)
            words.append(better)
        if words == list(question.words):
            return None
        corrected = " ".join(meant.get(word, word) for word in question.typed)
        words = [replace(word, synonyms=()) for word in words]
        return self.with_synonyms(
            Question(tuple(words), question.typed, corrected if meant else "")
        )

    def in_parts(
        self, word: QuestionWord, found: Collection[str]
    ) -> list[QuestionWord]:
        """A compound that no page has, as the words that it is made of: of a
        "viinapäiväkirja" the diary and the alcohol."""
        if word.synonyms or not word.wholes.isdisjoint(found):
            return []
        own = word.alternatives[0]
        parts = [
            term for term in own.keys() - word.wholes if len(term) >= SHORTEST_KEPT_PART
        ]
        known = lexicon(with_voikko=self.index.with_voikko)
        kept = [part for part in parts if part in found or part in known.by_term]
        return [
            replace(word, alternatives=({part: WHOLE},), weight=word.weight / len(kept))
            for part in sorted(kept)
        ]

    def family_of(self, typed: str) -> Iterator[Terms]:
        """Of the index's words those that share the longest beginning: "kaatua" for
        "kaatuilen". Not told to the visitor: it is the same word to them."""
        bare = plain(typed)
        if len(bare) < SHORTEST_OF_A_FAMILY:
            return
        near = Word.objects.filter(index=self.index, beginning=bare[:2])
        rows = list(spellings(near.filter(plain__startswith=bare[:SHORTEST_ROOT])))
        shared = {row: shared_beginning(bare, row.plain) for row in rows}
        most = max(shared.values(), default=0)
        if most < max(SHORTEST_ROOT, len(bare) - LONGEST_REST):
            return
        relatives = sorted(
            (row for row in rows if shared[row] == most),
            key=lambda row: (-row.documents, row),
        )
        for row in relatives[:MOST_RELATIVES]:
            yield self.of_row(row, RELATIVE)

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
        rows = near.filter(beginning=bare[:2])
        if len(bare) >= SHORTEST_WITH_A_WRONG_BEGINNING:
            rows = rows.union(near.filter(end=bare[-2:]))
        best: tuple[tuple[int, bool, int, str], Spelling] | None = None
        for row in spellings(rows):
            distance = OSA.distance(bare, row.plain, score_cutoff=most)
            if distance > most:
                continue
            rank = (distance, row.language != self.language, -row.documents, row.text)
            if best is None or rank < best[0]:
                best = (rank, row)
        return best[1] if best else None


@lru_cache(maxsize=6)
def weak_terms(language: str, with_voikko: bool) -> frozenset[str]:
    tokens = analyse_words(
        sorted(WEAK_WORDS[language]), language, with_voikko=with_voikko
    )
    return frozenset(
        term for token in tokens for term, weight in token.terms if weight == WHOLE
    )


def shared_beginning(first: str, second: str) -> int:
    """Letters."""
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))


def with_dots(word: str) -> Iterator[str]:
    """How a Finnish word may have been meant: a and o, or ä and ö, in each of its
    parts; so one of the two up to some letter, and the other from there on."""
    if len(word) > LONGEST_WITH_DOTS:
        return
    places = [place for place, letter in enumerate(word) if letter in "ao"]
    dotted = word.translate(DOTS)
    for place in places:
        yield word[:place] + dotted[place:]
        if place != places[0]:
            yield dotted[:place] + word[place:]


def spellings(rows: QuerySet[Word]) -> Iterator[Spelling]:
    return (Spelling(*row) for row in rows.values_list(*SPELLING))


def alternatives(token: Token, others: list[Token]) -> Iterator[Terms]:
    own = dict(token.terms)
    yield own
    for other in others:
        terms = {term: OTHER_LANGUAGE * weight for term, weight in other.terms}
        if not terms.keys() <= own.keys():
            yield terms
