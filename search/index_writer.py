"""Writes what `scoring` reads. Every page's terms and their weights, and its words."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection, models, transaction

from . import voikko
from .analysis import Token, analyse, base_language, fingerprint, split_languages
from .documents import Document, FieldText
from .models import IndexedDocument, Posting, SearchIndex, Word
from .vocabulary import SPELLING, IndexVocabulary, in_parts, is_kept, spelling

BLOCK_BITS = 10
BLOCK_SIZE = 1 << BLOCK_BITS
ENTRY = np.dtype("<u4")
WEIGHT_BITS = 16
FULL_WEIGHT = (1 << WEIGHT_BITS) - 1

SATURATION = 1.2
"""BM25's k1: how soon one more mention adds little."""

LENGTHS = {
    "title": (4, 0.2),
    "name": (4, 0.2),
    "other_names": (8, 0.2),
    "place_names": (4, 0.2),
    "lead": (15, 0.4),
}
BODY_LENGTH = (200, 0.4)
"""The usual number of words of a field, and how much a longer one counts less (BM25's
b). Fixed, so that a page's weights depend on nothing but the page."""

SEVERAL_ANALYSERS = "several"
"""Fingerprint of an index that pages were written into by another analyser than its
own: Voikko came or went. `check` warns until it is built again."""

POSTING_KEY = ["index_id", "term", "content_type_id", "block"]
DOCUMENT_KEY = ["index_id", "document_id"]
WORD_KEY = ["index_id", "language", "text"]

TypedTerm = tuple[int, str]
TypedWord = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """What one page puts into the index."""

    weights: dict[str, int]
    words: dict[TypedWord, Token]


def current_index() -> SearchIndex | None:
    return SearchIndex.objects.in_use().first()


def locked_indexes() -> list[SearchIndex]:
    """The one in use and one that is being built, for the rest of the transaction.

    Whoever also raises the content version does it first: always in that order.
    """
    if not SearchIndex.objects.in_use().select_for_update().first():
        new_index(is_current=True)
    # Asked only now: what waited for the lock has to see what was begun meanwhile.
    return list(SearchIndex.objects.order_by("pk"))


def new_index(*, is_current: bool = False) -> SearchIndex:
    with_voikko = voikko.is_installed()
    index = SearchIndex(
        fingerprint=fingerprint(with_voikko),
        with_voikko=with_voikko,
        is_current=is_current,
    )
    # Without the signal, which would lock the content version after the index.
    return SearchIndex.objects.bulk_create([index])[0]


def write_documents(
    documents: Iterable[Document],
    progress: Callable[[int], None] | None = None,
    index: SearchIndex | None = None,
    *,
    anew: bool = False,
) -> int:
    """Puts pages into the index, in the place of what it has of them.

    A block of 1,024 ids at a time, each in its own transaction unless one is running:
    give them in the order of their ids. Without `index` it is every index there is.
    With `anew`, pages whose texts are the same are written all the same.
    """
    done = 0
    for _block, group in groupby(
        documents, key=lambda each: each.document_id >> BLOCK_BITS
    ):
        some = list(group)
        with transaction.atomic():
            for each in locked_indexes():
                if index is None or each.pk == index.pk:
                    write_block(each, some, anew=anew)
        done += len(some)
        if progress:
            progress(done)
    return done


def remove_documents(document_ids: Collection[int]) -> None:
    blocks = groupby(
        sorted(document_ids), key=lambda document_id: document_id >> BLOCK_BITS
    )
    for _block, group in blocks:
        some = set(group)
        with transaction.atomic():
            for index in locked_indexes():
                write_block(index, [], removed=some)


def remove_everything() -> None:
    with transaction.atomic():
        for index in locked_indexes():
            drop(index)


def drop(index: SearchIndex) -> None:
    for model in (Posting, IndexedDocument, Word):
        erase(model._default_manager.filter(index=index))
    erase(SearchIndex.objects.filter(pk=index.pk))


def erase(rows: models.QuerySet) -> None:
    """Without a signal for each, which would load them and raise the version."""
    rows._raw_delete(rows.db)


def contents_of(
    document: Document, with_voikko: bool, vocabulary: IndexVocabulary
) -> Contents:
    weights: dict[str, float] = defaultdict(float)
    words: dict[TypedWord, Token] = {}
    for text in document.texts:
        language = base_language(text.language)
        tokens = analyse(
            text.text, language, with_voikko=with_voikko, vocabulary=vocabulary
        )
        usual, strictness = LENGTHS.get(text.field, BODY_LENGTH)
        norm = 1 - strictness + strictness * len(tokens) / usual
        for token in tokens:
            for term, weight in token.terms:
                weights[term] += text.boost * weight / norm
            for each in (token, *pieces_of(token, language, with_voikko)):
                if is_kept(each):
                    words[language, each.word] = each
    return Contents(
        {
            term: max(1, round(FULL_WEIGHT * weight / (SATURATION + weight)))
            for term, weight in weights.items()
        },
        words,
    )


def pieces_of(token: Token, language: str, with_voikko: bool) -> list[Token]:
    """Of "luontopolku-porukka": either half may be what a typing error meant."""
    if "-" not in token.word:
        return []
    return analyse(token.word.replace("-", " "), language, with_voikko=with_voikko)


def own_stems(texts: Iterable[FieldText], with_voikko: bool) -> set[TypedWord]:
    languages = split_languages(with_voikko)
    return {
        (base_language(text.language), token.stem)
        for text in texts
        if base_language(text.language) in languages
        for token in analyse(text.text, text.language, with_voikko=with_voikko)
        if token.stem
    }


def write_block(
    index: SearchIndex,
    documents: Iterable[Document],
    *,
    removed: Collection[int] = (),
    anew: bool = False,
) -> None:
    """Pages of one block into an index that is locked; `removed` ones out of it."""
    new = {document.document_id: document for document in documents}
    analyser = fingerprint(index.with_voikko and voikko.is_installed())
    digests = {pk: document.digest(analyser) for pk, document in new.items()}
    known = IndexedDocument.objects.filter(
        index=index, document_id__in=[*new, *removed]
    )
    old = {row.document_id: row for row in known}
    if not anew:
        for document_id, row in old.items():
            document = new.get(document_id)
            if (
                document
                and bytes(row.digest) == digests[document_id]
                and row.content_type_id == document.content_type_id
            ):
                del new[document_id]
    gone = {
        document_id: row for document_id, row in old.items() if document_id in removed
    }
    replaced = {
        document_id: row for document_id, row in old.items() if document_id in new
    }
    if not new and not gone:
        return
    if new and index.fingerprint not in {analyser, SEVERAL_ANALYSERS}:
        index.fingerprint = SEVERAL_ANALYSERS
        SearchIndex.objects.filter(pk=index.pk).update(fingerprint=SEVERAL_ANALYSERS)
    texts = [text for document in new.values() for text in document.texts]
    vocabulary = IndexVocabulary(index, own_stems(texts, index.with_voikko))
    contents = {
        document_id: contents_of(document, index.with_voikko, vocabulary)
        for document_id, document in new.items()
    }
    added: dict[TypedTerm, list[int]] = defaultdict(list)
    tokens: dict[TypedWord, Token] = {}
    counts: Counter[TypedWord] = Counter()
    for document_id, content in contents.items():
        offset = (document_id & (BLOCK_SIZE - 1)) << WEIGHT_BITS
        for term, weight in content.weights.items():
            added[new[document_id].content_type_id, term].append(offset | weight)
        tokens.update(content.words)
        counts.update(content.words.keys())
    touched: set[TypedTerm] = set(added)
    documents_by_type = Counter(d.content_type_id for d in new.values())
    for row in (*gone.values(), *replaced.values()):
        terms, words = unpacked(bytes(row.contents))
        touched.update((row.content_type_id, term) for term in terms)
        counts.subtract(words)
        documents_by_type[row.content_type_id] -= 1
    pages = [*new, *gone]
    write_postings(index, pages, touched, added)
    write_words(index, counts, tokens)
    count_documents(index, documents_by_type)
    erase(IndexedDocument.objects.filter(index=index, document_id__in=list(gone)))
    rows = [
        (
            index.pk,
            document_id,
            document.content_type_id,
            digests[document_id],
            packed(contents[document_id]),
        )
        for document_id, document in new.items()
    ]
    upsert(
        IndexedDocument, DOCUMENT_KEY, ["content_type_id", "digest", "contents"], rows
    )


def write_postings(
    index: SearchIndex,
    pages: list[int],
    touched: set[TypedTerm],
    added: dict[TypedTerm, list[int]],
) -> None:
    block = pages[0] >> BLOCK_BITS
    offsets = np.array([page & (BLOCK_SIZE - 1) for page in pages], ENTRY)
    was: dict[TypedTerm, bytes] = {}
    for some in in_parts(sorted({term for _type, term in touched})):
        rows = Posting.objects.filter(index=index, term__in=some, block=block)
        for kind, term, entries in rows.values_list(
            "content_type_id", "term", "entries"
        ):
            was[kind, term] = bytes(entries)
    written, emptied = [], []
    for key in sorted(touched):
        before = was.get(key, b"")
        kept = np.frombuffer(before, ENTRY)
        kept = kept[~np.isin(kept >> WEIGHT_BITS, offsets)]
        fresh = np.array(added.get(key, ()), ENTRY)
        after = np.sort(np.concatenate([kept, fresh])).astype(ENTRY).tobytes()
        kind, term = key
        if not after:
            emptied.append(key)
        elif after != before:
            written.append((index.pk, term, kind, block, after))
    upsert(Posting, POSTING_KEY, ["entries"], written)
    for kind in {kind for kind, _term in emptied}:
        terms = [term for each, term in emptied if each == kind]
        for some in in_parts(terms):
            rows = Posting.objects.filter(index=index, term__in=some, block=block)
            erase(rows.filter(content_type_id=kind))


def write_words(
    index: SearchIndex, counts: Counter[TypedWord], tokens: dict[TypedWord, Token]
) -> None:
    more = [
        (index.pk, language, text, *spelling(tokens[language, text]), number)
        for (language, text), number in sorted(counts.items())
        if number > 0
    ]
    upsert(Word, WORD_KEY, [*SPELLING, "documents"], more, adds="documents")
    fewer = sorted((word, number) for word, number in counts.items() if number < 0)
    by_change = groupby(
        sorted(fewer, key=lambda each: (each[1], each[0])),
        key=lambda each: (each[1], each[0][0]),
    )
    for (number, language), group in by_change:
        for some in in_parts([word for (_language, word), _number in group]):
            rows = Word.objects.filter(index=index, language=language, text__in=some)
            rows.update(documents=models.F("documents") + number)
            erase(rows.filter(documents__lte=0))


def upsert(
    model: type[models.Model],
    key: list[str],
    others: list[str],
    rows: list[tuple[Any, ...]],
    adds: str = "",
) -> None:
    """Inserts rows, or changes those with the same key; the number in `adds` is added.

    As one statement for all: `bulk_create` costs five times as much, and cannot add.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [*key, *others]
    changes = (
        [f"{quote(adds)} = {table}.{quote(adds)} + excluded.{quote(adds)}"]
        if adds
        else [f"{quote(column)} = excluded.{quote(column)}" for column in others]
    )
    names = ", ".join(map(quote, columns))
    places = ", ".join(["%s"] * len(columns))
    # Only names of our own columns stand in the text.
    statement = (
        f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
        f" ON CONFLICT ({', '.join(map(quote, key))}) DO UPDATE SET"
        f" {', '.join(changes)}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def count_documents(index: SearchIndex, changes: Counter[int]) -> None:
    for kind, change in changes.items():
        index.documents[str(kind)] = index.documents.get(str(kind), 0) + change
    SearchIndex.objects.filter(pk=index.pk).update(documents=index.documents)


def packed(contents: Contents) -> bytes:
    """Terms on the first line, then each language's words; neither has spaces."""
    lines = [" ".join(contents.weights)]
    for language in sorted({language for language, _word in contents.words}):
        words = [word for each, word in contents.words if each == language]
        lines.append(" ".join([language, *words]))
    return zlib.compress("\n".join(lines).encode(), 3)


def unpacked(contents: bytes) -> tuple[list[str], list[TypedWord]]:
    terms, *lines = zlib.decompress(contents).decode().split("\n")
    words = []
    for line in lines:
        language, *each = line.split(" ")
        words += [(language, word) for word in each]
    return terms.split(), words
