"""Results as the page shows them, read for one page of them at a time."""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.models import Page

from events.cards import Card, cards_of_rows
from events.models import EventPage, EventText, Organisation, SearchRow

from .documents import ORGANISERS_FROM, texts_of
from .passages import passage
from .site_search import GROUP, ORGANISER, Findings, Hit

SHOWN_FIELDS = ("lead", "body", "description")
"""Whose text a passage is taken from."""


@dataclass(frozen=True, slots=True)
class Result:
    id: int
    type: str
    title: str
    url: str
    lang: str
    passage: SafeString
    card: Card | None = None
    """Of a group that has dates to come."""


def results_of(findings: Findings, hits: Sequence[Hit], language: str) -> list[Result]:
    """In the order of the hits. A fixed number of queries for each type of page."""
    pages = {hit.document_id for hit in hits if hit.document_id < ORGANISERS_FROM}
    known: dict[int, Any] = {
        page.pk: page for page in Page.objects.filter(pk__in=pages).specific()
    }
    organisers = Organisation.objects.filter(
        pk__in=[hit.document_id - ORGANISERS_FROM for hit in of_type(hits, ORGANISER)]
    )
    known |= {ORGANISERS_FROM + each.pk: each for each in organisers}
    groups = [hit.document_id for hit in of_type(hits, GROUP)]
    texts = texts_of_groups(groups)
    cards = cards_of_groups(groups)
    results = []
    for hit in hits:
        item = known.get(hit.document_id)
        if item is None:
            continue
        if isinstance(item, EventPage):
            result = of_group(item, hit, texts, findings, language)
        elif isinstance(item, Organisation):
            result = of_organiser(item, hit, findings, language)
        else:
            result = of_page(item, hit, findings)
        if card := cards.get(hit.document_id):
            result = replace(result, card=card)
        results.append(result)
    return results


def of_type(hits: Iterable[Hit], name: str) -> Iterator[Hit]:
    return (hit for hit in hits if hit.type == name)


def texts_of_groups(ids: list[int]) -> dict[tuple[int, str], EventText]:
    rows = EventText.objects.filter(event__in=ids) if ids else []
    return {(row.event_id, row.language): row for row in rows}


def cards_of_groups(ids: list[int]) -> dict[int, Card]:
    if not ids:
        return {}
    cards = cards_of_rows(SearchRow.objects.upcoming().filter(pk__in=ids))
    return {card.event_id: card for card in cards}


def of_group(
    page: EventPage,
    hit: Hit,
    texts: dict[tuple[int, str], EventText],
    findings: Findings,
    language: str,
) -> Result:
    text = texts.get((hit.document_id, hit.language))
    shown = (text.lead, str(text.body)) if text else ()
    return Result(
        id=page.pk,
        type=hit.type,
        title=text.title if text else page.title,
        url=page.path_in(language),
        lang=hit.language,
        passage=passage(map(without_tags, shown), findings.terms, hit.language),
    )


def of_organiser(
    organiser: Organisation, hit: Hit, findings: Findings, language: str
) -> Result:
    lang = organiser.name.language_for(language)
    described = organiser.description.language_for(language)
    return Result(
        id=organiser.pk,
        type=hit.type,
        title=organiser.name.get(lang, ""),
        url=organiser.path_in(language),
        lang=lang,
        passage=passage(
            [organiser.description.get(described, "")], findings.terms, described
        ),
    )


def of_page(page: Any, hit: Hit, findings: Findings) -> Result:
    shown = [
        field
        for field in page.get_search_fields()
        if getattr(field, "field_name", "") in SHOWN_FIELDS
    ]
    texts = [text.text for text in texts_of(page, shown, page.language)]
    return Result(
        id=page.pk,
        type=hit.type,
        title=page.title,
        url=page.url,
        lang=page.language,
        passage=passage(map(without_tags, texts), findings.terms, hit.language),
    )


def without_tags(text: str) -> str:
    return html.unescape(strip_tags(text.replace("<", " <")))
