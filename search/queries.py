"""What is asked of pages and events together."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Locale, Page

from events.models import EventPage
from home.languages import fallbacks

MOST_RESULTS = 200


@dataclass(frozen=True)
class Result:
    id: int
    type: str
    title: str
    lead: str
    url: str
    lang: str


def find(words: str, language: str) -> list[Result]:
    """Live pages with any of the words, the reader's language first.

    At most `MOST_RESULTS`. A page is found once: in the reader's language if it has
    it, else in Finnish.
    """
    if not words:
        return []
    order = fallbacks(language)
    locales = list(Locale.objects.filter(language_code__in=order))
    codes = {locale.pk: locale.language_code for locale in locales}
    found = (
        Page.objects.live()
        .public()
        .filter(locale__in=locales, depth__gt=2)
        .search(words, backend="public")[:MOST_RESULTS]
    )
    best: dict[Any, tuple[int, Page]] = {}
    for page in found:
        rank = order.index(codes[page.locale_id])
        known = best.get(page.translation_key)
        if known is None or rank < known[0]:
            best[page.translation_key] = (rank, page)
    pages = Page.objects.filter(pk__in=[page.pk for _rank, page in best.values()])
    specific = {page.pk: page for page in pages.specific()}
    events = [page for page in specific.values() if isinstance(page, EventPage)]
    prefetch_related_objects(events, "texts")
    return [
        result_of(specific[page.pk], codes[page.locale_id], language)
        for _rank, page in sorted(best.values(), key=lambda found: found[0])
        if page.pk in specific
    ]


def result_of(page: Page, page_language: str, language: str) -> Result:
    kind = page._meta.model_name.removesuffix("page")
    if isinstance(page, EventPage):
        text = page.text_in(language)
        return Result(
            id=page.pk,
            type=kind,
            title=text.title if text else page.title,
            lead=text.lead if text else "",
            url=page.path_in(language),
            lang=text.language if text else page_language,
        )
    return Result(
        id=page.pk,
        type=kind,
        title=page.title,
        lead=getattr(page, "lead", ""),
        url=page.url,
        lang=page.language,
    )
