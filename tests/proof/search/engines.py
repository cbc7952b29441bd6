"""The searches that are compared: each gives the keys of its first results."""

from collections.abc import Iterable

from django.utils import translation
from wagtail.models import Locale, Page

from events.models import Organisation
from home.languages import fallbacks
from search.documents import ORGANISERS_FROM
from search.site_search import Hit, search_site

from .judged import Judged
from .measures import DEPTH

TYPES = {
    "event": "group",
    "goal": "goal",
    "guide": "guide",
    "programme": "programme",
    "programmepart": "part",
    "selfassessment": "self-assessment",
    "service": "service",
    "standard": "page",
}


def public_search(query: Judged) -> list[str]:
    """What the site shows."""
    with translation.override(query.language):
        hits = search_site(query.text, query.language).hits[:DEPTH]
    return keys_of_hits(hits)


def stock_search(query: Judged) -> list[str]:
    """Wagtail's own database search as it comes: all words, in the page's language,
    then in the others that its reader gets."""
    with translation.override(query.language):
        pages = Page.objects.live().public().filter(depth__gt=2)
        found: list[Page] = []
        for code in fallbacks(query.language):
            locale = Locale.objects.get(language_code=code)
            of_locale = pages.filter(locale=locale).search(plain_words(query.text))
            found += list(of_locale[:DEPTH])
    return [key_of_page(page) for page in found[:DEPTH]]


def plain_words(text: str) -> str:
    """A quotation mark would be an error (stack.md)."""
    return text.replace('"', " ")


def keys_of_hits(hits: Iterable[Hit]) -> list[str]:
    some = list(hits)
    pages = Page.objects.in_bulk([hit.document_id for hit in some])
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    return [
        key_of_page(pages[hit.document_id])
        if hit.document_id < ORGANISERS_FROM
        else f"organisation/{slugs[hit.document_id - ORGANISERS_FROM]}"
        for hit in some
    ]


def key_of_page(page: Page) -> str:
    name = str(page.specific_class._meta.model_name).removesuffix("page")
    kind = TYPES.get(name, name)
    if kind == "group":
        return f"group/{page.slug}"
    return f"{kind}/{page.locale.language_code}/{page.slug}"
