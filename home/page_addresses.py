"""Where a page is, in each language that has it."""

from django.conf import settings
from wagtail.models import Page


def urls_of_page(page: Page, *, only_live: bool = True) -> dict[str, str]:
    """By language. A page that is one for all languages has an address in each."""
    if hasattr(page, "path_in"):
        return {code: page.path_in(code) for code, _name in settings.LANGUAGES}
    others = page.get_translations(inclusive=True).select_related("locale")
    if only_live:
        others = others.live()
    return {other.locale.language_code: other.url for other in others if other.url}
