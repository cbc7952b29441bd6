"""Languages as rows of the database."""

from django.core.cache import cache
from wagtail.models import Locale

from ..languages import MAIN_LANGUAGE, current_language
from .content_version import ContentVersion

SECONDS = 60 * 60


def code_of(locale_id: int) -> str:
    """`fi` for the Finnish locale's id: what `page.locale` would ask a query for.

    Read once for each content version.
    """
    key = f"locales:{ContentVersion.current()}"
    codes = cache.get(key)
    if codes is None or locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(key, codes, SECONDS)
    return codes[locale_id]


def locales_of_reader() -> tuple[Locale, Locale]:
    """The reader's and the main locale, in one query."""
    codes = {current_language(), MAIN_LANGUAGE}
    by_code = {
        locale.language_code: locale
        for locale in Locale.objects.filter(language_code__in=codes)
    }
    main = by_code[MAIN_LANGUAGE]
    return by_code.get(current_language(), main), main
