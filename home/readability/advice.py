"""The advice on a page's texts, headings, links and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .content import Content
from .hard_words import plainer_for
from .levels import LEVELS
from .lix import measure_of
from .passive import passive_in
from .reading import Advice, Kind, Reading
from .sentences import is_address, sentences_of, words_of
from .structure import advise_on_structure

LONG_SENTENCE = _("%(words)s words. Make two sentences of it, or a list.")
PASSIVE = _("“%(verb)s”: say who does it, or what the reader does.")
LONG_WORD = _("%(letters)s letters. Split it, or say it in several words.")
HARD_WORD = _("Plainer: %(plainer)s")


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    words: list[str]
    place: str
    is_heading: bool


def advise(content: Content, language: str) -> Reading:
    sentences = [
        Sentence(sentence, words, text.place, text.is_heading)
        for text in content.texts
        for sentence in sentences_of(text.words, language)
        if (words := words_of(sentence))
    ]
    running = [sentence for sentence in sentences if not sentence.is_heading]
    return Reading(
        language,
        measure_of(sentence.words for sentence in running),
        [
            *advise_on_sentences(running, language),
            *advise_on_words(sentences, language),
            *advise_on_structure(content),
        ],
    )


def advise_on_sentences(sentences: list[Sentence], language: str) -> Iterator[Advice]:
    longest = LEVELS[language].longest_sentence
    for each in sentences:
        count = len(each.words)
        if count > longest:
            facts = (("words", count),)
            yield Advice(Kind.SENTENCE, each.place, each.text, LONG_SENTENCE, facts)
        if verb := passive_in(each.words, language):
            found = (("verb", verb),)
            yield Advice(Kind.PASSIVE, each.place, each.text, PASSIVE, found)


def advise_on_words(sentences: list[Sentence], language: str) -> Iterator[Advice]:
    """Once for each word, where it stands first."""
    said: set[str] = set()
    longest = LEVELS[language].longest_word
    for sentence in sentences:
        for number, word in enumerate(sentence.words):
            folded = word.casefold()
            if folded in said or is_address(word):
                continue
            said.add(folded)
            if plainer := plainer_for(folded, language):
                facts = (("plainer", plainer),)
                yield Advice(Kind.HARD_WORD, sentence.place, word, HARD_WORD, facts)
            is_name = number > 0 and word[0].isupper()
            letters = max(map(len, word.split("-")))
            if letters > longest and not is_name:
                count = (("letters", letters),)
                yield Advice(Kind.LONG_WORD, sentence.place, word, LONG_WORD, count)
