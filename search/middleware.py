"""What is not found is counted each time, and personal data is kept nowhere."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from home.empty_searches import empty_search_of
from home.page_cache import is_public

from .crisis import tells_of_distress
from .misses import count_miss
from .personal_data import looks_personal

PREFETCH_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz")


class MissedSearchMiddleware:
    """Stands below the page cache: an answer marked here is in no cache at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 200 or not is_public(request):
            return response
        missed = empty_search_of(request)
        if (
            missed
            or tells_of_distress(request)
            or any(map(looks_personal, request.GET.getlist("q")))
        ):
            response.headers["Cache-Control"] = "no-store"
        if missed and is_seen_by_somebody(request):
            count_miss(missed.where, missed.language, missed.typed, missed.filters)
        return response


def is_seen_by_somebody(request: HttpRequest) -> bool:
    """Not what a browser fetches in case it is wanted, nor what a machine reads."""
    return (
        request.method == "GET"
        and "format" not in request.GET
        and not any(
            "prefetch" in request.headers.get(name, "").lower()
            for name in PREFETCH_HEADERS
        )
    )
