"""Wagtail's search API over our index: `Page.objects.search(words, backend="public")`.

Registered in `WAGTAILSEARCH_BACKENDS` with AUTO_UPDATE off: Wagtail's own updates go
through a task and would wait for a worker; ours are in `signal_handlers`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import batched
from typing import Any, Self

import numpy as np
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
)
from modelsearch.query import And, Boost, Fuzzy, Or, Phrase, PlainText
from numpy.typing import NDArray
from wagtail.models import Page

from .index_writer import current_index, remove_documents
from .models import SearchIndex
from .questions import Asker
from .rebuild import begin_rebuild, finish_rebuild, write_items
from .scoring import NOTHING, Matches, match, read_postings

PAGES_AT_ONCE = 500
MANY = 5000
"""From so many ids on, all pages of the queryset are asked for rather than these."""


class QueryCompiler(BaseSearchQueryCompiler):
    DEFAULT_OPERATOR = "or"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    corrects = True

    def as_typed(self) -> Self:
        compiler = type(self)(
            self.queryset, self.query, self.fields, None, self.order_by_relevance
        )
        compiler.corrects = False
        return compiler

    @cached_property
    def answer(self) -> tuple[Matches, str]:
        """All live pages of the queryset's type that match, whatever its filters; and
        what was searched instead of what was typed."""
        index = current_index()
        text = " ".join(texts_in(self.query))
        if index is None or not text:
            return NOTHING, ""
        asker = Asker(index, get_language() or "fi")
        question = asker.ask(text)
        if not question.words:
            return NOTHING, ""
        kinds = types_of(self.queryset.model)
        postings = read_postings(index, question, kinds)
        if self.corrects and (better := asker.correct(question, postings.terms)):
            question, postings = better, read_postings(index, better, kinds)
        needs_all = getattr(self.query, "operator", "or") == "and"
        return match(question, postings, needs_all=needs_all), question.corrected

    @property
    def is_filtered(self) -> bool:
        query = self.queryset.query
        return bool(query.where) or query.is_sliced or query.distinct

    def allowed(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of the ids that the queryset holds, in the same order."""
        if not self.is_filtered or not len(ids):
            return ids
        pages = self.queryset.order_by()
        if len(ids) > MANY:
            held = np.fromiter(pages.values_list("pk", flat=True), np.int64)
        else:
            held = np.fromiter(
                (
                    pk
                    for some in batched(ids.tolist(), PAGES_AT_ONCE)
                    for pk in pages.filter(pk__in=some).values_list("pk", flat=True)
                ),
                np.int64,
            )
        return ids[np.isin(ids, held)]


class Results(BaseSearchResults):
    def matches(self) -> Matches:
        """Ids and scores of all that match, without loading a page. Not sliced."""
        found, _corrected = self.query_compiler.answer
        if not self.query_compiler.is_filtered:
            return found
        ids = self.query_compiler.allowed(found.ids)
        is_kept = np.isin(found.ids, ids)
        return Matches(found.ids[is_kept], found.scores[is_kept])

    @property
    def corrected(self) -> str:
        """What was searched instead of what was typed; "" when that is the same."""
        return self.query_compiler.answer[1]

    def as_typed(self) -> Self:
        """The same search without correction."""
        return type(self)(
            self.backend, self.query_compiler.as_typed(), self.prefetch_related
        )

    def _do_search(self) -> Iterator[Model]:
        compiler = self.query_compiler
        found, _corrected = compiler.answer
        if compiler.order_by_relevance:
            ids = first_of(self.ranked(found), self.stop)[self.start :]
        else:
            known = set(found.ids.tolist())
            keys = compiler.queryset.values_list("pk", flat=True)
            ids = [pk for pk in keys if pk in known][self.start : self.stop]
        pages = {page.pk: page for page in compiler.queryset.filter(pk__in=ids)}
        scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
        for pk in ids:
            if page := pages.get(pk):
                if self._score_field:
                    setattr(page, self._score_field, scores[pk])
                yield page

    def ranked(self, found: Matches) -> Iterator[int]:
        """Ids that the queryset holds, best first; no more is asked than is taken."""
        ids = found.ranked()
        for start in range(0, len(ids), PAGES_AT_ONCE):
            some = ids[start : start + PAGES_AT_ONCE]
            yield from self.query_compiler.allowed(some).tolist()

    def _do_count(self) -> int:
        number = len(self.matches())
        if self.stop is not None:
            number = min(number, self.stop)
        return max(number - self.start, 0)


def first_of(ids: Iterator[int], number: int | None) -> list[int]:
    if number is None:
        return list(ids)
    return [pk for pk, _place in zip(ids, range(number), strict=False)]


def texts_in(query: Any) -> Iterator[str]:
    """The words of a query of Wagtail's; all of them are alternatives here."""
    match query:
        case PlainText() | Phrase() | Fuzzy():
            yield query.query_string
        case Boost():
            yield from texts_in(query.subquery)
        case And() | Or():
            for subquery in query.subqueries:
                yield from texts_in(subquery)
        case _:
            message = f"The public search has no {type(query).__name__}."
            raise NotImplementedError(message)


def types_of(model: type[Page]) -> list[int]:
    """Content types of a page type and what inherits from it."""
    models = [each for each in apps.get_models() if issubclass(each, model)]
    types = ContentType.objects.get_for_models(*models)
    return sorted(content_type.pk for content_type in types.values())


class Index(BaseIndex):
    """All pages share one. `target` is the one that a rebuild fills."""

    def __init__(self, backend: Any, target: SearchIndex | None = None) -> None:
        super().__init__(backend)
        self.target = target

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        if issubclass(model, Page) and model is not Page:
            write_items(model, [item.pk for item in items], self.target)

    def delete_item(self, item: Model) -> None:
        if isinstance(item, Page):
            remove_documents([item.pk])


class Rebuilder:
    """Of `update_index`: what is asked changes only when the new index is whole."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        self.target = begin_rebuild()
        return Index(self.index.backend, self.target)

    def finish(self) -> None:
        finish_rebuild(self.target)


class SearchBackend(BaseSearchBackend):
    query_compiler_class = QueryCompiler
    index_class = Index
    results_class = Results
    rebuilder_class = Rebuilder

    def search(
        self,
        query: Any,
        model_or_queryset: Any,
        fields: list[str] | None = None,
        operator: str | None = None,
        order_by_relevance: bool = True,
    ) -> Results:
        if fields is not None:
            message = "The public search weighs a page's fields together."
            raise NotImplementedError(message)
        queryset = (
            model_or_queryset
            if isinstance(model_or_queryset, QuerySet)
            else model_or_queryset.objects.all()
        )
        if not issubclass(queryset.model, Page):
            message = "The public search knows pages only."
            raise NotImplementedError(message)
        compiler = QueryCompiler(
            queryset,
            query,
            operator=operator,
            order_by_relevance=order_by_relevance,
        )
        compiler.check()
        return Results(self, compiler)
