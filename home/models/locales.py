"""Languages as rows of the database, read once for each content version."""

from django.core.cache import cache
from wagtail.models import Locale

from ..languages import MAIN_LANGUAGE, current_language
from .content_version import ContentVersion

SECONDS = 60 * 60


def known_codes(*, with_id: int | None = None, with_code: str = "") -> dict[int, str]:
    """Codes by id; read again when what is asked for is not among them."""
    key = f"locales:{ContentVersion.current()}"
    codes: dict[int, str] = cache.get(key, {})
    if with_id not in {None, *codes} or with_code not in {"", *codes.values()}:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        cache.set(key, codes, SECONDS)
    return codes


def code_of(locale_id: int) -> str:
    """`fi` for the Finnish locale's id: what `page.locale` would ask a query for."""
    return known_codes(with_id=locale_id)[locale_id]


def locales_of_reader() -> tuple[Locale, Locale]:
    """The reader's and the main locale."""
    by_code = {
        code: Locale(pk=pk, language_code=code)
        for pk, code in known_codes(with_code=MAIN_LANGUAGE).items()
    }
    main = by_code[MAIN_LANGUAGE]
    return by_code.get(current_language(), main), main
