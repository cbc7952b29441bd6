"""What is searched of pages and organisers: the texts that `search_fields` name."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from modelsearch.index import get_indexed_models
from wagtail.models import Page
from wagtail.search import index

from events.models import Organisation
from guides.models import ProgrammePartPage, SelfAssessmentPage
from home.fields import LocalizedText
from home.languages import MAIN_LANGUAGE

ORGANISERS_FROM = 1 << 40
"""Document ids from here on are organisers', by their ids; the others are pages'."""

BOOSTS = {"title": 10, "lead": 2, "body": 0.2}
"""Of fields that many types of page have: chosen by `manage.py proof search`. Boosts of
other fields stand with them."""


SHARES: dict[type[Model], float] = {ProgrammePartPage: 0.45, SelfAssessmentPage: 0.45}
"""Of what their texts would weigh. A part of a programme and a test stand behind what
is about the subject itself; who asks for a test or for the part's name finds them all
the same. Chosen by `manage.py proof search`, among the queries for tuning."""


@dataclass(frozen=True, slots=True)
class FieldText:
    language: str
    field: str
    text: str
    boost: float = 1


@dataclass(frozen=True, slots=True)
class Document:
    document_id: int
    content_type_id: int
    texts: list[FieldText]

    def digest(self, analyser: str) -> bytes:
        """Of its texts and of who reads them: the same need no writing."""
        texts = [(t.language, t.field, t.boost, t.text) for t in self.texts]
        content = repr((analyser, texts))
        return hashlib.blake2b(content.encode(), digest_size=16).digest()


def page_models() -> list[type[Page]]:
    """`Page` itself is only the root of the tree."""
    return [
        model
        for model in get_indexed_models()
        if issubclass(model, Page) and model is not Page
    ]


def searched_models() -> list[type[Model]]:
    return [*page_models(), Organisation]


def searched_items(model: type[Any]) -> QuerySet[Any]:
    """What of the model may be found, and is kept in the index."""
    if issubclass(model, Page):
        return model.get_indexed_objects().findable()
    return model._default_manager.all()


def document_id_of(model: type[Model], pk: int) -> int:
    return pk if issubclass(model, Page) else ORGANISERS_FROM + pk


def document_of(item: Any) -> Document:
    """Of a page in its specific class or an organiser, as it is in memory: rows of its
    own may not be in the database yet while it is being saved."""
    if isinstance(item, Page):
        fields, language, kind = (
            item.get_search_fields(),
            item.language,
            item.content_type_id,
        )
    else:
        fields, language = item.search_fields, MAIN_LANGUAGE
        kind = ContentType.objects.get_for_model(item).pk
    share = SHARES.get(type(item), 1)
    texts = [
        replace(text, boost=text.boost * share)
        for text in texts_of(item, fields, language)
    ]
    return Document(document_id_of(type(item), item.pk), kind, texts)


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
            boost = BOOSTS.get(field.field_name, field.boost or 1)
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
