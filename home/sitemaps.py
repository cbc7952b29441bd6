"""Pages of text for search engines; events have a section of their own."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageQuerySet


class PageSitemap(Sitemap):
    limit = 1000

    def items(self) -> PageQuerySet:
        return (
            Page.objects.live()
            .public()
            .filter(depth__gt=1)
            .exclude(content_type__app_label="events", content_type__model="eventpage")
            .order_by("path")
        )

    def location(self, item: Page) -> str:
        return item.url

    def get_latest_lastmod(self) -> None:
        """Asking every page for it would read them all for the index."""
        return None

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at
