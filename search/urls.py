"""Site search and need-finder, in each language's own words."""

from django.urls import path

from home.wellknown import search_paths

from . import suggestion_views, views
from .need_finder.addresses import need_finder_paths
from .need_finder.views import need_finder

SUGGESTION_SLUGS = {
    "fi": "ehdotukset",
    "sv": "forslag",
    "en": "suggestions",
    "fi-simple": "ehdotukset",
}

urlpatterns = [
    *(
        path(f"{language}/{slug}/", views.site_search, name=f"search-{language}")
        for language, slug in search_paths()
    ),
    *(
        path(
            f"{language}/{slug}/{SUGGESTION_SLUGS[language]}/",
            suggestion_views.suggestions,
            name=f"suggestions-{language}",
        )
        for language, slug in search_paths()
    ),
    *(
        path(address.removeprefix("/"), need_finder, name=f"need-finder-{language}")
        for language, address in need_finder_paths().items()
    ),
]
