"""The index and the events under it, at their own addresses in each language.

Wagtail would take seven queries on the way from the site's root to the page.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from home.page_cache import expires_by

from .filters import EventFilterForm
from .languages import INDEX_SLUGS, MAP_SLUGS, index_path
from .map import map_of_found
from .models import EventIndexPage, EventPage


@require_safe
def event_index(request: HttpRequest, language: str) -> HttpResponse:
    index = EventIndexPage.objects.live_in_memory(language)
    if index is None:
        raise Http404
    if index.is_restricted:  # It asks for a password or an account.
        return serve(request, f"{INDEX_SLUGS[language]}/")
    return index.serve(request)


@require_safe
def event_map(request: HttpRequest, language: str) -> HttpResponse:
    """Beside the list, with the same choices: drawing it costs as much as the list."""
    index = EventIndexPage.objects.live_in_memory(language)
    if index is None or index.is_restricted:
        raise Http404
    form = EventFilterForm(request.GET)
    if form.found.expires_at:
        expires_by(request, form.found.expires_at)
    query = form.canonical_query()
    context = {
        "index": index,
        "map": map_of_found(form, index.address),
        "words": form.in_words(),
        "list_url": index.address + (f"?{query}" if query else ""),
        "language_urls": {
            code: f"{index_path(code)}{slug}/" for code, slug in MAP_SLUGS.items()
        },
    }
    return render(request, "events/event_map.html", context)


@require_safe
def event_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    event = get_object_or_404(EventPage.objects.for_serving(), slug=slug)
    if event.is_restricted:
        return serve(request, f"{INDEX_SLUGS[language]}/{slug}/")
    return event.serve(request, language=language)
