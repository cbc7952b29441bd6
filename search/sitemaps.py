from django.contrib.sitemaps import Sitemap

from home.languages import MAIN_LANGUAGE

from .need_finder.addresses import need_finder_path


class NeedFinderSitemap(Sitemap):
    """In Finnish; the page names its other languages."""

    def items(self) -> list[str]:
        return [need_finder_path(MAIN_LANGUAGE)]

    def location(self, item: str) -> str:
        return item
