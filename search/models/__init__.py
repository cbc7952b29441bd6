"""The index, the words that staff give it, and what was not found."""

from .index import IndexedDocument, Posting, SearchIndex, Word
from .lexicon import (
    CrisisTopic,
    CrisisTopicContact,
    PromotedResult,
    SynonymSet,
    lines_of,
)
from .misses import ContentTask, MissedSearch

__all__ = [
    "ContentTask",
    "CrisisTopic",
    "CrisisTopicContact",
    "IndexedDocument",
    "MissedSearch",
    "Posting",
    "PromotedResult",
    "SearchIndex",
    "SynonymSet",
    "Word",
    "lines_of",
]
