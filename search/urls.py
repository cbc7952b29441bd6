"""Site search, in each language's own words."""

from django.urls import path

from home.wellknown import search_paths

from . import views

urlpatterns = [
    path(f"{language}/{slug}/", views.site_search, name=f"search-{language}")
    for language, slug in search_paths()
]
