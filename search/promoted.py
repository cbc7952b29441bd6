"""Pages that staff put first for a phrase."""

from dataclasses import dataclass

from home.models.memory import Memory

from .analysis import LANGUAGES, analyse, base_language
from .models import PromotedResult, lines_of
from .synonyms import wholes_of


@dataclass(frozen=True, slots=True)
class Promoted:
    page_id: int
    words: tuple[frozenset[str], ...]
    """The base forms of each word of the phrase."""


_memory = Memory[list[Promoted]]()


def promoted_pages(typed: str) -> list[int]:
    """Ids of pages whose phrase is what was typed, in any form and order of words."""
    asked: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for token in analyse(typed, language):
            if token.terms:
                asked.setdefault(token.word, set()).update(wholes_of(token.terms))
    found = [
        each.page_id
        for each in _memory.get("all", read)
        if len(each.words) == len(asked)
        and all(any(word & terms for terms in asked.values()) for word in each.words)
    ]
    return list(dict.fromkeys(found))


def read() -> list[Promoted]:
    """One query."""
    return [
        Promoted(page_id, words)
        for page_id, phrases in PromotedResult.objects.values_list("page_id", "phrases")
        for language, texts in lines_of(phrases).items()
        for text in texts
        if (words := words_of_phrase(text, language))
    ]


def words_of_phrase(text: str, language: str) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(wholes_of(token.terms))
        for token in analyse(text, base_language(language))
        if token.terms
    )
