"""An event's own address under the index of each language.

Wagtail would take seven queries on the way from the site's root to the event.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from .languages import INDEX_SLUGS
from .models import EventPage


@require_safe
def event_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    event = EventPage.objects.for_serving().filter(slug=slug).first()
    if event is None:
        raise Http404
    if event.is_restricted:  # It asks for a password or an account.
        return serve(request, f"{INDEX_SLUGS[language]}/{slug}/")
    return event.serve(request, language=language)
