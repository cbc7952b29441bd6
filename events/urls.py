"""Addresses of groups, organisers and places, in each language's own words."""

from django.urls import include, path

from . import event_pages, organisers, places, postal_codes
from .door import urls as door_urls
from .door.addresses import DOOR_SLUGS
from .languages import INDEX_SLUGS, MAP_SLUGS, ORGANISER_SLUGS, PLACE_SLUGS

urlpatterns = [
    *(
        path(f"{language}/{slug}/", event_pages.event_index, {"language": language})
        for language, slug in INDEX_SLUGS.items()
    ),
    *(
        path(
            f"{language}/{slug}/{MAP_SLUGS[language]}/",
            event_pages.event_map,
            {"language": language},
        )
        for language, slug in INDEX_SLUGS.items()
    ),
    *(
        path(f"{language}/{slug}/postal-codes.json", postal_codes.postal_code_list)
        for language, slug in INDEX_SLUGS.items()
    ),
    *(
        path(
            f"{language}/{slug}/<str:slug>/",
            event_pages.event_page,
            {"language": language},
        )
        for language, slug in INDEX_SLUGS.items()
    ),
    *(
        path(f"{language}/{slug}/", organisers.organiser_list)
        for language, slug in ORGANISER_SLUGS.items()
    ),
    *(
        path(f"{language}/{slug}/<slug:slug>/", organisers.organiser)
        for language, slug in ORGANISER_SLUGS.items()
    ),
    *(
        path(f"{language}/{slug}/", places.place_list)
        for language, slug in PLACE_SLUGS.items()
    ),
    *(
        path(f"{language}/{slug}/<slug:slug>/", places.place)
        for language, slug in PLACE_SLUGS.items()
    ),
    *(
        path(
            f"{language}/{slug}/",
            include((door_urls.urlpatterns, "door"), namespace=f"door-{language}"),
        )
        for language, slug in DOOR_SLUGS.items()
    ),
]
