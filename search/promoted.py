"""Pages that staff put first for a phrase."""

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from home.models.memory import Memory

from .analysis import LANGUAGES, analyse, base_language
from .models import PromotedResult, lines_of

Words = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Promoted:
    page_ids: tuple[int, ...]
    """It and its translations."""
    language: str
    words: Words
    """The base forms of each word of the phrase; of small words nothing is left."""


_memory = Memory[list[Promoted]]()


def promoted_pages(typed: str) -> list[int]:
    """Ids of pages whose phrase is what was typed, in any form and order of words."""
    asked = {language: words_of_phrase(typed, language) for language in LANGUAGES}
    found = [
        page_id
        for each in _memory.get("all", read)
        if is_same(each.words, asked[each.language])
        for page_id in each.page_ids
    ]
    return list(dict.fromkeys(found))


def is_same(phrase: Words, asked: Words) -> bool:
    return len(phrase) == len(asked) and all(
        any(word & other for other in asked) for word in phrase
    )


def read() -> list[Promoted]:
    """Two queries."""
    rows = list(PromotedResult.objects.values_list("page__translation_key", "phrases"))
    pages = Page.objects.filter(translation_key__in=[key for key, _phrases in rows])
    ids: dict[UUID, list[int]] = {}
    for key, pk in pages.order_by("pk").values_list("translation_key", "pk"):
        ids.setdefault(key, []).append(pk)
    return [
        Promoted(tuple(ids.get(key, ())), base_language(language), words)
        for key, phrases in rows
        for language, texts in lines_of(phrases).items()
        for text in texts
        if (words := words_of_phrase(text, language))
    ]


def words_of_phrase(text: str, language: str) -> Words:
    words = {
        token.word: token.wholes
        for token in analyse(text, base_language(language))
        if token.terms
    }
    return tuple(words.values())
