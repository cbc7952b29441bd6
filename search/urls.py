"""Site search, in each language's own words."""

from django.urls import path

from home.wellknown import search_paths

from . import suggestion_views, views

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
]
