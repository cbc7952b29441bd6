from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from home.languages import MAIN_LANGUAGE

from .languages import index_path
from .models import EventText, Organisation, Venue


class EventSitemap(Sitemap):
    """Each event in each language it has a text in."""

    limit = 1000

    def items(self) -> QuerySet[EventText]:
        return (
            EventText.objects.filter(event__live=True, event__search_row__isnull=False)
            .select_related("event")
            .order_by("pk")
        )

    def location(self, item: EventText) -> str:
        return f"{index_path(item.language)}{item.event.slug}/"

    def get_latest_lastmod(self) -> None:
        """Asking every event for it would read them all for the index."""
        return None

    def lastmod(self, item: EventText) -> datetime | None:
        return item.event.last_published_at


class RecordSitemap(Sitemap):
    """In Finnish; each page names its other languages."""

    limit = 1000

    def location(self, item: Organisation | Venue) -> str:
        return item.path_in(MAIN_LANGUAGE)


class OrganisationSitemap(RecordSitemap):
    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.with_groups().order_by("pk")


class VenueSitemap(RecordSitemap):
    def items(self) -> QuerySet[Venue]:
        return Venue.objects.with_groups().order_by("pk")
