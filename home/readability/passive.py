"""Sentences that do not say who does it. Doubtful ones are left alone."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from . import passive_words as seen

Find = Callable[[Sequence[str]], str]
"""From the words of a sentence, in small letters, the verb; or ""."""


def finnish(words: Sequence[str]) -> str:
    since_to_be = seen.FI_BETWEEN + 1
    for word in words:
        if word in seen.FI_ALWAYS or is_finnish_passive(word):
            return word
        if word in seen.FI_TO_BE:
            since_to_be = 0
            continue
        if since_to_be <= seen.FI_BETWEEN and is_finnish_participle(word):
            return word
        since_to_be += 1
    return ""


def is_finnish_passive(word: str) -> bool:
    return bool(
        word.endswith(seen.FI_ENDINGS)
        and word not in seen.FI_NEVER
        and not word.endswith(seen.FI_NOUN_ENDINGS)
        and seen.FI_PRESENT.fullmatch(word)
        and not seen.FI_POSSESSIVE.fullmatch(word)
    )


def is_finnish_participle(word: str) -> bool:
    return word in seen.FI_PARTICIPLES or bool(
        word.endswith(seen.FI_PARTICIPLE_ENDINGS)
        and word not in seen.FI_ADJECTIVES
        and seen.FI_PARTICIPLE.fullmatch(word)
    )


def swedish(words: Sequence[str]) -> str:
    for before, word in pairwise(("", *words)):
        if not word.endswith(seen.SV_ENDINGS):
            continue
        if (
            word in seen.SV_NEVER
            or word in seen.SV_ADJECTIVES
            or seen.SV_NOUN.fullmatch(word)
        ):
            continue
        if word in seen.SV_VERBS or seen.SV_VERB.fullmatch(word):
            return word
        if before in seen.SV_MODAL and seen.SV_AFTER_MODAL.fullmatch(word):
            return word
        if before in seen.SV_BLI and seen.SV_PARTICIPLE.fullmatch(word):
            return f"{before} {word}"
    return ""


def english(words: Sequence[str]) -> str:
    to_be = ""
    for word in words:
        if word in seen.EN_TO_BE:
            to_be = word
        elif to_be and is_english_participle(word):
            return f"{to_be} {word}"
        elif to_be and not seen.EN_BETWEEN.fullmatch(word):
            to_be = ""
    return ""


def is_english_participle(word: str) -> bool:
    return word in seen.EN_PARTICIPLES or bool(
        word not in seen.EN_ADJECTIVES and seen.EN_PARTICIPLE.fullmatch(word)
    )


FINDERS: dict[str, Find] = {
    "fi": finnish,
    "fi-simple": finnish,
    "sv": swedish,
    "en": english,
}


def passive_in(words: Sequence[str], language: str) -> str:
    return FINDERS[language]([word.casefold() for word in words])
