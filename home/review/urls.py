"""Addresses of what reviewers see. Included once for each language."""

from django.urls import include, path

from . import views
from .addresses import REVIEW_SLUGS

link_urls = [
    path("thanks/", views.thanks, name="thanks"),
    path("<str:token>/", views.review, name="review"),
    path("<str:token>/page/", views.page, name="page"),
]
urlpatterns = [
    path(
        f"{language}/{slug}/",
        include((link_urls, "review"), namespace=f"review-{language}"),
    )
    for language, slug in REVIEW_SLUGS.items()
]
