"""Builds a new index beside the one that is asked, and puts it in its place."""

from collections.abc import Callable, Collection, Iterable
from itertools import batched

from django.db import transaction
from django.db.models import Model

from home.models import ContentVersion

from .analysis import split_languages
from .documents import (
    document_id_of,
    document_of,
    searched_items,
    searched_models,
)
from .index_writer import (
    drop,
    locked_indexes,
    new_index,
    remove_documents,
    unpacked,
    write_documents,
)
from .models import IndexedDocument, SearchIndex

ITEMS_AT_ONCE = 200

Progress = Callable[[int, int], None]


class RebuildOvertakenError(Exception):
    """Another rebuild began before this one was over."""


def rebuild(progress: Progress | None = None) -> int:
    """Whoever searches meanwhile asks the old index; what is published goes to both."""
    target = begin_rebuild()
    of_model = {
        model: list(searched_items(model).order_by("pk").values_list("pk", flat=True))
        for model in searched_models()
    }
    total, done = sum(map(len, of_model.values())), 0
    for model, ids in of_model.items():
        for some in batched(ids, ITEMS_AT_ONCE):
            write_items(model, some, target)
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


def write_items(
    model: type[Model],
    ids: Collection[int],
    target: SearchIndex | None = None,
    *,
    anew: bool = False,
) -> None:
    """Those that may be found, as the database has them."""
    with transaction.atomic():
        # Read under the lock: nobody publishes between reading and writing.
        locked_indexes()
        items = searched_items(model).filter(pk__in=ids).order_by("pk")
        documents = (document_of(item) for item in items)
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
    held = set(documents_in(target))
    live = set()
    for model in searched_models():
        keys = set(searched_items(model).values_list("pk", flat=True))
        missing = {pk for pk in keys if document_id_of(model, pk) not in held}
        write_in_parts(model, sorted(missing), target)
        live |= {document_id_of(model, pk) for pk in keys}
    remove_documents(held - live)


def split_compounds(target: SearchIndex) -> None:
    """Once more what the index's own words split: now it has all of them."""
    languages = split_languages(target.with_voikko)
    rows = IndexedDocument.objects.filter(index=target).values_list(
        "document_id", "contents"
    )
    ids = {
        document_id
        for document_id, contents in rows.iterator()
        if languages & {language for language, _word in unpacked(bytes(contents))[1]}
    }
    for model in searched_models():
        keys = searched_items(model).values_list("pk", flat=True)
        again = {pk for pk in keys if document_id_of(model, pk) in ids}
        write_in_parts(model, sorted(again), target, anew=True)


def write_in_parts(
    model: type[Model],
    ids: Iterable[int],
    target: SearchIndex | None = None,
    *,
    anew: bool = False,
) -> None:
    for some in batched(ids, ITEMS_AT_ONCE):
        write_items(model, some, target, anew=anew)


def documents_in(index: SearchIndex) -> Iterable[int]:
    rows = IndexedDocument.objects.filter(index=index)
    return rows.values_list("document_id", flat=True)
