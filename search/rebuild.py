"""Builds a new index beside the one that is asked, and puts it in its place."""

from collections.abc import Callable, Collection, Iterable
from itertools import batched

from django.db import transaction
from modelsearch.index import get_indexed_models
from wagtail.models import Page

from home.models import ContentVersion

from .analysis import split_languages
from .documents import document_of
from .index_writer import (
    drop,
    locked_indexes,
    new_index,
    remove_pages,
    unpacked,
    write_documents,
)
from .models import IndexedPage, SearchIndex

PAGES_AT_ONCE = 200

Progress = Callable[[int, int], None]


class RebuildOvertakenError(Exception):
    """Another rebuild began before this one was over."""


def page_models() -> list[type[Page]]:
    """`Page` itself is only the root of the tree."""
    return [
        model
        for model in get_indexed_models()
        if issubclass(model, Page) and model is not Page
    ]


def rebuild(progress: Progress | None = None) -> int:
    """Whoever searches meanwhile asks the old index; what is published goes to both."""
    target = begin_rebuild()
    of_model = {
        model: list(
            model.get_indexed_objects()
            .filter(live=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for model in page_models()
    }
    total, done = sum(map(len, of_model.values())), 0
    for model, ids in of_model.items():
        for some in batched(ids, PAGES_AT_ONCE):
            write_pages(model, some, target)
            done += len(some)
            if progress:
                progress(done, total)
    finish_rebuild(target)
    return total


def begin_rebuild() -> SearchIndex:
    with transaction.atomic():
        for index in locked_indexes():
            if not index.is_current:
                drop(index)
        return new_index()


def write_pages(
    model: type[Page],
    ids: Collection[int],
    target: SearchIndex | None = None,
    *,
    anew: bool = False,
) -> None:
    """The live ones among the pages, as the database has them."""
    with transaction.atomic():
        # Read under the lock: nobody publishes between reading and writing.
        locked_indexes()
        pages = model.get_indexed_objects().filter(live=True, pk__in=ids).order_by("pk")
        documents = (document_of(page) for page in pages)
        write_documents(documents, index=target, anew=anew)


def finish_rebuild(target: SearchIndex) -> None:
    catch_up(target)
    split_compounds(target)
    with transaction.atomic():
        ContentVersion.bump()
        old = [index for index in locked_indexes() if index.pk != target.pk]
        SearchIndex.objects.filter(is_current=True).update(is_current=False)
        if not SearchIndex.objects.filter(pk=target.pk).update(is_current=True):
            raise RebuildOvertakenError
    for index in old:
        with transaction.atomic():
            locked_indexes()
            drop(index)


def catch_up(target: SearchIndex) -> None:
    """What came, or went, while the pages were read through in order."""
    held = set(pages_in(target))
    live = set()
    for model in page_models():
        pages = model.get_indexed_objects().filter(live=True)
        ids = set(pages.values_list("pk", flat=True))
        write_in_parts(model, sorted(ids - held), target)
        live |= ids
    remove_pages(held - live)


def split_compounds(target: SearchIndex) -> None:
    """Once more what the index's own words split: now it has all of them."""
    languages = split_languages(target.with_voikko)
    rows = IndexedPage.objects.filter(index=target).values_list("page_id", "contents")
    ids = {
        page_id
        for page_id, contents in rows.iterator()
        if languages & {language for language, _word in unpacked(bytes(contents))[1]}
    }
    for model in page_models():
        of_model = model.get_indexed_objects().values_list("pk", flat=True)
        write_in_parts(model, sorted(ids & set(of_model)), target, anew=True)


def write_in_parts(
    model: type[Page], ids: Iterable[int], target: SearchIndex, *, anew: bool = False
) -> None:
    for some in batched(ids, PAGES_AT_ONCE):
        write_pages(model, some, target, anew=anew)


def pages_in(index: SearchIndex) -> Iterable[int]:
    rows = IndexedPage.objects.filter(index=index)
    return rows.values_list("page_id", flat=True)
