"""The codes of locales by id, read once for each content version."""

from django.core.cache import cache
from wagtail.models import Locale

from .content_version import ContentVersion

SECONDS = 60 * 60


def code_of(locale_id: int) -> str:
    """`fi` for the Finnish locale's id: what `page.locale` would ask a query for."""
    key = f"locales:{ContentVersion.current()}"
    codes = cache.get(key)
    if codes is None or locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(key, codes, SECONDS)
    return codes[locale_id]
