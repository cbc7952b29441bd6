"""Organisers' pages: who they are, and all their groups in one list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .group_lists import NAMES_ON_A_PAGE, page_of, page_of_groups
from .languages import ORGANISER_SLUGS, organisers_path
from .models import EventPage, Organisation, SearchRow
from .names import by_shown_name


@require_safe
def organiser_list(request: HttpRequest) -> HttpResponse:
    organisers = (
        Organisation.objects.with_groups()
        .select_related("municipality")
        .order_by(*by_shown_name())
    )
    context = {
        "organisers": page_of(request, organisers, on_a_page=NAMES_ON_A_PAGE),
        "language_urls": {code: organisers_path(code) for code in ORGANISER_SLUGS},
    }
    return render(request, "events/organisation_list.html", context)


@require_safe
def organiser(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Organisation.objects.with_groups().select_related("municipality"), slug=slug
    )
    context = {
        "organiser": found,
        "groups": page_of_groups(
            request,
            SearchRow.objects.filter(event__organisers=found),
            EventPage.objects.live().filter(organisers=found),
        ),
        "language_urls": {code: found.path_in(code) for code in ORGANISER_SLUGS},
    }
    return render(request, "events/organisation.html", context)
