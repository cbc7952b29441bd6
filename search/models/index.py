"""The search index as ordinary tables, the same on SQLite and PostgreSQL.

Written in the transaction that publishes (decision 11). Postings are packed: one row
holds a term's pages among 1,024 ids, so that a word on every page of a national site
is read in some hundred rows rather than in 200,000.
"""

from collections.abc import Collection
from typing import Self

from django.db import models


class SearchIndexQuerySet(models.QuerySet["SearchIndex"]):
    def in_use(self) -> Self:
        return self.filter(is_current=True)


class SearchIndex(models.Model):
    """One that is asked, and while a rebuild runs, the one that will replace it."""

    fingerprint = models.CharField(
        max_length=100,
        help_text="Of the analyser: another one would not find what this one wrote.",
    )
    with_voikko = models.BooleanField()
    is_current = models.BooleanField(default=False)
    documents = models.JSONField(
        default=dict,
        help_text="How many documents, by id of the content type.",
    )
    begun_at = models.DateTimeField(auto_now_add=True)

    objects = SearchIndexQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("is_current",),
                condition=models.Q(is_current=True),
                name="one_search_index_is_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint

    def size(self, content_type_ids: Collection[int] | None = None) -> int:
        """How many documents it holds, of the given types or of all."""
        return sum(
            number
            for kind, number in self.documents.items()
            if content_type_ids is None or int(kind) in content_type_ids
        )


class Posting(models.Model):
    """Which documents of a type, among 1,024 ids, hold a term, and how much it says.

    `entries` are little-endian 32-bit numbers in order: the id within the block in
    the upper half, the term's weight in the document (of 65,535) in the lower.
    """

    index = models.ForeignKey(SearchIndex, models.CASCADE, db_index=False)
    term = models.CharField(max_length=60)
    content_type_id = models.IntegerField()
    block = models.IntegerField(help_text="The document's id, divided by 1,024.")
    entries = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("index", "term", "content_type_id", "block"),
                name="posting_is_written_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.block}"


class IndexedDocument(models.Model):
    """What a page or a record put into the index: needed to take it out again."""

    index = models.ForeignKey(SearchIndex, models.CASCADE, db_index=False)
    document_id = models.BigIntegerField()
    content_type_id = models.IntegerField()
    digest = models.BinaryField(help_text="Of its texts: the same need no writing.")
    contents = models.BinaryField(
        help_text="Its terms and words by language, as packed lines."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("index", "document_id"), name="document_is_indexed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class Word(models.Model):
    """A word as it stands in the texts: what a typing error is corrected to.

    Its beginning and its end are columns: one error leaves one of them whole, so that
    candidates are found without reading the vocabulary.
    """

    index = models.ForeignKey(SearchIndex, models.CASCADE, db_index=False)
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=60)
    plain = models.CharField(max_length=60, help_text="Without dots and rings.")
    beginning = models.CharField(max_length=2)
    end = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    stem = models.CharField(
        max_length=60, help_text="Where the index's words are what splits compounds."
    )
    documents = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("index", "language", "text"), name="word_is_kept_once"
            ),
        ]
        indexes = [
            models.Index(fields=("index", "plain"), name="word_plain"),
            models.Index(fields=("index", "beginning", "length"), name="word_start"),
            models.Index(fields=("index", "end", "length"), name="word_end"),
            models.Index(fields=("index", "language", "stem"), name="word_stem"),
        ]

    def __str__(self) -> str:
        return self.text
