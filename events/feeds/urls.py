"""Beside the pages of Wagtail: to be tried before them."""

from datetime import date

from django.urls import path, register_converter

from ..languages import INDEX_SLUGS, index_path
from . import views


class DayConverter:
    """`2026-10-25`; another day of the calendar than that is no match."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

FEEDS = {
    "ics": views.feed_ics,
    "rss": views.feed_rss,
    "json": views.feed_json,
}

urlpatterns = []
for language in INDEX_SLUGS:
    index = index_path(language).lstrip("/")
    urlpatterns += [
        *(path(f"{index}feed.{ending}", view) for ending, view in FEEDS.items()),
        path(f"{index}<str:slug>/<day:day>.ics", views.date_file),
        path(f"{index}<str:slug>.ics", views.series_file),
    ]
