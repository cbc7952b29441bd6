"""Words of distress, and the help that stands above the results.

Nothing of it is remembered: neither the words nor that help was shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from rapidfuzz.distance import OSA

from home.chrome import CrisisLink, as_link
from home.fields import LocalizedText
from home.languages import current_language
from home.models.memory import Memory
from home.search_words import clean_words

from .analysis import analyse, base_forms, base_language
from .models import CrisisTopic, Word, lines_of
from .questions import MOST_WORDS, shared_beginning
from .vocabulary import plain
from .voikko import is_installed

MOST_TOPICS = 2
SHORTEST_WITH_AN_ERROR = 5
SHORTEST_WITH_TWO_ERRORS = 9
"""Letters: from here on a word may be misspelt by one or by two of them."""
SHORTEST_BEGINNING = 6
LONGEST_ENDING = 2


@dataclass(frozen=True, slots=True)
class DistressWord:
    spelt: str
    """Without dots and rings."""
    terms: frozenset[str]
    may_be_an_error: bool = False
    """Neither a dictionary nor the site's own texts have it."""


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: LocalizedText
    message: LocalizedText
    phrases: tuple[tuple[str, str], ...]
    """Language and text."""
    contacts: tuple[CrisisLink, ...]


_memory = Memory[list[Topic]]()


def crisis_topics(typed: str) -> list[Topic]:
    """What the words speak of, the most telling first."""
    topics = _memory.get(current_language(), read)
    asked = asked_words(typed)
    found = []
    for topic in topics:
        told = max(
            (
                len(phrase)
                for phrase in distress_phrases(topic.phrases, is_installed())
                if is_said(phrase, asked)
            ),
            default=0,
        )
        if told:
            found.append((told, topic))
    found.sort(key=lambda pair: -pair[0])
    return [topic for _told, topic in found[:MOST_TOPICS]]


def topics_named(keys: Iterable[str]) -> list[Topic]:
    """Those that staff have kept, in the order of the keys."""
    by_key = {topic.key: topic for topic in _memory.get(current_language(), read)}
    return [by_key[key] for key in keys if key in by_key]


def read() -> list[Topic]:
    """Three queries."""
    topics = CrisisTopic.objects.prefetch_related("contacts__contact")
    language = current_language()
    return [
        Topic(
            key=topic.key,
            name=topic.name,
            message=topic.message,
            phrases=tuple(
                (code, phrase)
                for code, phrases in lines_of(topic.words).items()
                for phrase in phrases
            ),
            contacts=tuple(
                as_link(each.contact, language) for each in topic.contacts.all()
            ),
        )
        for topic in topics
    ]


def topics_asked(request: HttpRequest) -> list[Topic]:
    """Of the words in the address. They stay in no cache, here or in the browser."""
    words = clean_words(request.GET.get("q", ""))
    topics = crisis_topics(words) if words else []
    request.tells_of_distress = bool(topics)  # type: ignore[attr-defined]  # Ours.
    return topics


def tells_of_distress(request: HttpRequest) -> bool:
    return getattr(request, "tells_of_distress", False)


def speaks_of_distress(text: str) -> bool:
    """Words as they are spelt; asks nothing but the topics, which are in memory."""
    terms, _known = base_forms(text)
    asked = [DistressWord(plain(word), frozenset(of)) for word, of in terms.items()]
    return any(
        is_said(phrase, asked)
        for topic in _memory.get(current_language(), read)
        for phrase in distress_phrases(topic.phrases, is_installed())
    )


def asked_words(typed: str) -> list[DistressWord]:
    # In every language: people in distress write as they can.
    terms, known = base_forms(typed)
    written = Word.objects.filter(text__in=sorted(set(terms) - known)[:MOST_WORDS])
    known |= set(written.values_list("text", flat=True))
    return [
        DistressWord(plain(word), frozenset(of), may_be_an_error=word not in known)
        for word, of in terms.items()
    ]


@lru_cache(maxsize=64)
def distress_phrases(
    phrases: tuple[tuple[str, str], ...], with_voikko: bool
) -> list[tuple[DistressWord, ...]]:
    """With the small words: "en jaksa elää" says what "jaksaa elää" does not."""
    found = []
    for language, text in phrases:
        tokens = analyse(text, base_language(language), with_voikko=with_voikko)
        if tokens:
            found.append(
                tuple(DistressWord(plain(token.word), token.wholes) for token in tokens)
            )
    return found


def is_said(phrase: Sequence[DistressWord], asked: Iterable[DistressWord]) -> bool:
    asked = list(asked)
    return all(any(is_same(word, each) for each in asked) for word in phrase)


def is_same(word: DistressWord, asked: DistressWord) -> bool:
    if word.terms & asked.terms or word.spelt == asked.spelt:
        return True
    if not is_installed() and is_likely_form(word.spelt, asked.spelt):
        return True
    if not asked.may_be_an_error:
        return False
    shortest = min(len(word.spelt), len(asked.spelt))
    is_long = shortest >= SHORTEST_WITH_TWO_ERRORS
    # A compound that no dictionary has: "itsemurhaajatuksia".
    if is_long and asked.spelt.startswith(word.spelt):
        return True
    # "Talking" is no "stalking": few miss the first letter.
    is_other_word = not is_long and word.spelt[0] != asked.spelt[0]
    if shortest < SHORTEST_WITH_AN_ERROR or is_other_word:
        return False
    most = 2 if is_long else 1
    return OSA.distance(word.spelt, asked.spelt, score_cutoff=most) <= most


def is_likely_form(word: str, other: str) -> bool:
    """Without a dictionary: "väkivallasta" begins as "väkivalta" does."""
    alike = shared_beginning(word, other)
    return alike >= max(SHORTEST_BEGINNING, len(word) - LONGEST_ENDING)
