"""What of a page is searched: the texts that its `search_fields` name."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail.search import index

from home.fields import LocalizedText


@dataclass(frozen=True, slots=True)
class FieldText:
    language: str
    field: str
    text: str
    boost: float = 1


@dataclass(frozen=True, slots=True)
class Document:
    page_id: int
    content_type_id: int
    texts: list[FieldText]

    @property
    def digest(self) -> bytes:
        texts = repr([(t.language, t.field, t.boost, t.text) for t in self.texts])
        return hashlib.blake2b(texts.encode(), digest_size=16).digest()


def document_of(page: Page) -> Document:
    """Of a page in its specific class, as it is in memory: rows of its own may not be
    in the database yet while it is being saved."""
    texts = list(texts_of(page, page.get_search_fields(), page.language))
    return Document(page.pk, page.content_type_id, texts)


def texts_of(item: Any, fields: Iterable[Any], language: str) -> Iterator[FieldText]:
    language = getattr(item, "language", language)
    fields = list(fields)
    rows = {
        field: list(rows_of(field.get_value(item)))
        for field in fields
        if isinstance(field, index.RelatedFields)
    }
    # A group's own title is that of one of its texts, and each is in its language.
    has_titled_rows = any(
        hasattr(row, "language") and hasattr(row, "title")
        for related in rows.values()
        for row in related
    )
    for field in fields:
        if field in rows:
            for row in rows[field]:
                yield from texts_of(row, field.fields, language)
        elif isinstance(field, index.SearchField) and not (
            has_titled_rows and field.field_name == "title"
        ):
            boost = field.boost or 1
            for code, text in values_of(field.get_value(item), language):
                yield FieldText(code, field.field_name, text, boost)


def rows_of(value: Any) -> Iterable[Any]:
    if value is None:
        return []
    return value.all() if hasattr(value, "all") else [value]


def values_of(value: Any, language: str) -> Iterator[tuple[str, str]]:
    """Texts with their language."""
    if isinstance(value, LocalizedText):
        yield from ((code, text) for code, text in value.items() if text)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from values_of(part, language)
    elif value:
        yield language, str(value)
