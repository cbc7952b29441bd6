from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from home.languages import current_language

from .search_query import SearchQuery
from .suggestions import suggest

IN_JSON = ("text", "url", "kind", "label", "lang")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search box offers while somebody types."""
    found = suggest(SearchQuery(request.GET).words, current_language())
    rows = [{name: getattr(each, name) for name in IN_JSON} for each in found]
    response = JsonResponse({"suggestions": rows})
    # Every beginning of every word would push pages out of the cache.
    response.headers["Cache-Control"] = "no-store"
    return response
