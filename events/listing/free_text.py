"""What free text finds, by the search backend of the public site."""

from typing import Any

from ..models.search_rows import SearchRow
from .question import Matches


def matches_of(words: str) -> Matches:
    """All live groups with the words, in any of their languages.

    The backend is named, not imported: `search` builds on `events`.
    """
    page_model: Any = SearchRow._meta.get_field("event").related_model
    return page_model.objects.all().search(words, backend="public").matches()
