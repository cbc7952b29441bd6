"""A search that found nothing: told by the page, counted by whoever builds on it."""

from dataclasses import dataclass

from django.http import HttpRequest

from .languages import current_language


@dataclass(frozen=True, slots=True)
class EmptySearch:
    where: str
    language: str
    typed: str
    filters: str


def found_nothing(
    request: HttpRequest, where: str, typed: str, filters: str = ""
) -> None:
    """The words as they were typed: what has been cleaned no longer shows an “@”.

    `filters` are a query string without the words. The answer is not stored, so that
    the next one is told too.
    """
    request.empty_search = EmptySearch(  # type: ignore[attr-defined]  # Ours.
        where, current_language(), typed, filters
    )


def empty_search_of(request: HttpRequest) -> EmptySearch | None:
    return getattr(request, "empty_search", None)
