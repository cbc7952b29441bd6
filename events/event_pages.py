"""The index and the events under it, at their own addresses in each language.

Wagtail would take seven queries on the way from the site's root to the page.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from .languages import INDEX_SLUGS
from .models import EventIndexPage, EventPage


@require_safe
def event_index(request: HttpRequest, language: str) -> HttpResponse:
    index = EventIndexPage.objects.live().in_language(language).first()
    if index is None:
        raise Http404
    if index.is_restricted:  # It asks for a password or an account.
        return serve(request, f"{INDEX_SLUGS[language]}/")
    return index.serve(request)


@require_safe
def event_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    event = EventPage.objects.for_serving().filter(slug=slug).first()
    if event is None:
        raise Http404
    if event.is_restricted:
        return serve(request, f"{INDEX_SLUGS[language]}/{slug}/")
    return event.serve(request, language=language)
