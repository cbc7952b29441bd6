"""Places' pages: how to get there, what is known of access, and what meets there.

A protected address has no page, and nothing here tells of a group that hides its own.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .group_lists import NAMES_ON_A_PAGE, page_of, page_of_groups
from .languages import PLACE_SLUGS, places_path
from .models import EventPage, SearchRow, Venue
from .names import by_shown_name


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    places = (
        Venue.objects.with_groups()
        .select_related("municipality")
        .order_by(*by_shown_name())
    )
    context = {
        "places": page_of(request, places, on_a_page=NAMES_ON_A_PAGE),
        "language_urls": {code: places_path(code) for code in PLACE_SLUGS},
    }
    return render(request, "events/venue_list.html", context)


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Venue.objects.with_groups().select_related("municipality"), slug=slug
    )
    context = {
        "place": found,
        "groups": page_of_groups(
            request,
            SearchRow.objects.filter(venue=found, event__is_address_protected=False),
            EventPage.objects.live().filter(venue=found, is_address_protected=False),
        ),
        "language_urls": {code: found.path_in(code) for code in PLACE_SLUGS},
    }
    return render(request, "events/venue.html", context)
