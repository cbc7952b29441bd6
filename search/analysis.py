"""Text to search terms: the same function for what is indexed and what is asked.

All languages share one namespace of terms: names, numbers and abbreviations are the
same word in each, and a query is analysed in every language anyway, so a prefix would
only multiply what is looked up.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Protocol

import snowballstemmer

from . import voikko
from .known_words import STOP_WORDS, known_beginning, known_word

VERSION = 3
"""Raise it when the same text gives other terms than before: a rebuild is then due."""

LANGUAGES = ("fi", "sv", "en")
SNOWBALL = {"fi": "finnish", "sv": "swedish", "en": "english"}

WHOLE = 1.0
PART = 0.2
"""Weight of a compound's part beside the whole word."""

LONGEST_TERM = 60
SHORTEST_END = 6
"""Of a compound of which nothing else is known."""
SHORTEST_SPLIT = 7
SHORTEST_PART = 3
WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")
DEFINITE = re.compile(r"(?<=\w{3})ans?$")
"""Of "hyran", which Snowball takes for another word than "hyra"."""
APOSTROPHE_S = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text. The same word gives the same terms wherever it stands."""

    word: str
    terms: tuple[tuple[str, float], ...]
    is_known: bool = False
    """A dictionary has it: it is no typing error."""
    stem: str = ""
    """Set where the index's own words are what splits compounds."""

    @property
    def wholes(self) -> frozenset[str]:
        """Without the parts of compounds."""
        return frozenset(term for term, weight in self.terms if weight == WHOLE)


Splits = dict[str, list[tuple[str, str]]]


class Vocabulary(Protocol):
    def known_stems(self, language: str, stems: set[str]) -> set[str]:
        """Those of the stems that are words of the index by themselves."""


class KnownStems:
    """What was read of the index beforehand: pairs of a language and a stem."""

    def __init__(self, stems: Iterable[tuple[str, str]] = ()) -> None:
        self.stems = set(stems)

    def known_stems(self, language: str, stems: set[str]) -> set[str]:
        return {stem for stem in stems if (language, stem) in self.stems}


NO_VOCABULARY = KnownStems()


def fingerprint(with_voikko: bool) -> str:
    dictionary = f"voikko {voikko.version()}" if with_voikko else "no voikko"
    return f"{VERSION}, snowball {version('snowballstemmer')}, {dictionary}"


def base_language(code: str) -> str:
    """`fi` for easy Finnish; Finnish for what we have no analyser for."""
    base = code.split("-")[0]
    return base if base in LANGUAGES else "fi"


def split_languages(with_voikko: bool) -> set[str]:
    """Those whose compounds the index's own words split, for want of a dictionary."""
    return {"sv"} if with_voikko and voikko.is_installed() else {"sv", "fi"}


def words_of(text: str) -> Iterator[str]:
    """Lower-case words, composed; "mtky:n" without its ending."""
    for match in WORD.findall(unicodedata.normalize("NFC", text).lower()):
        word = match.replace("’", "'")
        if ":" not in word:
            yield word[:LONGEST_TERM]
            continue
        head, *endings = word.split(":")
        yield head[:LONGEST_TERM]
        yield from (
            end[:LONGEST_TERM] for end in endings if not end.isalpha() or len(end) > 5
        )


def analyse(
    text: str,
    language: str,
    *,
    with_voikko: bool = True,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> list[Token]:
    """The words of a text with their terms. Words without meaning have none."""
    return analyse_words(
        words_of(text), language, with_voikko=with_voikko, vocabulary=vocabulary
    )


def base_forms(text: str) -> tuple[dict[str, set[str]], set[str]]:
    """For each word of a text whose language nobody knows its base forms in any of
    them, without parts of compounds; and the words that a dictionary has."""
    forms: dict[str, set[str]] = {word: set() for word in words_of(text)}
    known = set()
    for language in LANGUAGES:
        for token in analyse(text, language):
            forms[token.word] |= token.wholes
            if token.is_known:
                known.add(token.word)
    return forms, known


def analyse_words(
    words: Iterable[str],
    language: str,
    *,
    with_voikko: bool = True,
    vocabulary: Vocabulary = NO_VOCABULARY,
) -> list[Token]:
    base = base_language(language)
    uses_voikko = with_voikko and base == "fi" and voikko.is_installed()
    tokens = [token_of(word, base, uses_voikko) for word in words]
    splits = splits_of(tokens, base)
    if not splits:
        return tokens
    known = vocabulary.known_stems(base, parts_in(splits))
    return [with_parts(token, splits.get(token.stem, []), known) for token in tokens]


def splits_of(tokens: Iterable[Token], language: str) -> Splits:
    """How the words may be cut in two, by their stems."""
    return {
        token.stem: list(possible_splits(token.word, token.stem, language))
        for token in tokens
        if len(token.stem) >= SHORTEST_SPLIT
    }


def parts_in(splits: Splits) -> set[str]:
    return {part for pairs in splits.values() for pair in pairs for part in pair}


@lru_cache(maxsize=8192)
def token_of(word: str, language: str, uses_voikko: bool) -> Token:
    if word in STOP_WORDS[language]:
        return Token(word, (), is_known=True)
    if known := known_word(word):
        return Token(word, ((known, WHOLE),), is_known=True)
    pieces = [piece for piece in re.split(r"[-']", word) if piece]
    if "-" in word and len(pieces) > 1:
        return hyphenated(word, pieces, language, uses_voikko)
    if uses_voikko and (reading := voikko.read(word)):
        terms = [(base[:LONGEST_TERM], WHOLE) for base in reading.bases]
        terms += [(part[:LONGEST_TERM], PART) for part in reading.parts]
        return Token(word, tuple(terms), is_known=True)
    if word.isdecimal():
        return Token(word, ((word, WHOLE),), is_known=True)
    if beginning := known_beginning(word):
        rest = token_of(word[len(beginning) :], language, uses_voikko)
        return compound(word, [beginning], rest)
    stem = stem_of(word, language)
    is_split = language in split_languages(uses_voikko)
    return Token(word, ((stem, WHOLE),), stem=stem if is_split else "")


def hyphenated(word: str, pieces: list[str], language: str, uses_voikko: bool) -> Token:
    """ "Nepsy-valmennus" is found as "nepsyvalmennus" and by either part."""
    heads = [token_of(piece, language, uses_voikko) for piece in pieces[:-1]]
    last = token_of(pieces[-1], language, uses_voikko)
    token = compound(word, pieces[:-1], last)
    terms = {
        term: PART for head in heads for term, weight in head.terms if weight == WHOLE
    }
    return Token(word, tuple((terms | dict(token.terms)).items()), token.is_known)


def compound(word: str, heads: list[str], last: Token) -> Token:
    beginning = "".join(heads)
    terms = {term: PART for head in heads if (term := known_word(head))}
    for term, weight in last.terms:
        terms[term] = PART
        if weight == WHOLE:
            terms[(beginning + term)[:LONGEST_TERM]] = WHOLE
    return Token(word, tuple(terms.items()), last.is_known)


@lru_cache(maxsize=8192)
def stem_of(word: str, language: str) -> str:
    if language == "sv":
        word = DEFINITE.sub("a", word)
    # A new one each time: a stemmer keeps the word it works on.
    stem: str = snowballstemmer.stemmer(SNOWBALL[language]).stemWord(word)
    return APOSTROPHE_S.sub("", stem) or word


def possible_splits(word: str, stem: str, language: str) -> Iterator[tuple[str, str]]:
    """Each way to cut a word in two, as stems; the head without what links them."""
    for place in range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1):
        head, tail = word[:place], stem[place:]
        yield stem_of(head, language), tail
        if language == "sv" and head[-1] in "seoua" and place > SHORTEST_PART:
            yield stem_of(head[:-1], language), tail


def with_parts(token: Token, splits: list[tuple[str, str]], known: set[str]) -> Token:
    """With the parts of the most even split into words that the index has, else with
    the longest end that it has: of "småbarnsföräldrar" the parents."""
    found = [pair for pair in splits if pair[0] in known and pair[1] in known]
    ends = [end for _head, end in splits if end in known and len(end) >= SHORTEST_END]
    parts: tuple[str, ...] = ()
    if found:
        parts = max(found, key=lambda pair: (min(map(len, pair)), len(pair[1])))
    elif ends:
        parts = (max(ends, key=len),)
    terms = dict.fromkeys(parts, PART) | dict(token.terms)
    return Token(token.word, tuple(terms.items()), token.is_known, token.stem)
