"""Keeps the table of the report in step with what is public."""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from wagtail.models import Page, get_page_models

from ..models import BasePage, PageReadability
from .levels import LEVELS
from .pages import read
from .reading import RULES

PAGES_AT_ONCE = 100
MEASURED = (
    "language",
    "lix",
    "band",
    "above_plain",
    "words",
    "sentences",
    "advice",
    "advice_by_kind",
    "computed_with",
    "measured_at",
)


def row_of(page: Any) -> PageReadability | None:
    reading = read(page)
    if reading is None:
        return None
    return PageReadability(
        page_id=page.pk,
        language=reading.language,
        lix=reading.lix,
        band=reading.band or "",
        above_plain=reading.above_plain,
        words=reading.measure.words,
        sentences=reading.measure.sentences,
        advice=len(reading.advice),
        advice_by_kind=reading.counts,
        computed_with=RULES,
    )


def write_rows(pages: Iterable[Any]) -> int:
    """In one query, whether they are new or not. How many were written."""
    rows = [row for page in pages if (row := row_of(page))]
    PageReadability.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page"], update_fields=MEASURED
    )
    return len(rows)


def readable_models() -> list[type[BasePage]]:
    return [
        model
        for model in get_page_models()
        if issubclass(model, BasePage) and model.readable_fields
    ]


def live_pages() -> Iterator[tuple[type[BasePage], list[int]]]:
    """Keys of all that is measured, by type."""
    for model in readable_models():
        keys = model.objects.live().filter(locale__language_code__in=LEVELS)
        yield model, list(keys.order_by("pk").values_list("pk", flat=True))


def measure_all() -> Iterator[tuple[int, int]]:
    """Every public page anew, and rows that nothing stands behind taken away.

    Yields how many pages of how many have been read.
    """
    found = list(live_pages())
    total = sum(len(keys) for _model, keys in found)
    done = 0
    known: set[int] = set()
    for model, keys in found:
        for some in batched(keys, PAGES_AT_ONCE):
            pages = list(model.objects.live().filter(pk__in=some))
            write_rows(pages)
            known.update(page.pk for page in pages)
            done += len(some)
            yield done, total
    forget_others(known)


def forget_others(known: set[int]) -> None:
    keys = PageReadability.objects.values_list("pk", flat=True)
    gone = [key for key in keys.iterator() if key not in known]
    for some in batched(gone, PAGES_AT_ONCE):
        PageReadability.objects.filter(pk__in=some).delete()


def bring_up_to_date() -> None:
    """For a site that is older than the measure or its rules."""
    if is_out_of_date():
        for _progress in measure_all():
            pass


def is_out_of_date() -> bool:
    """Rows are missing altogether, or follow older rules."""
    if PageReadability.objects.exclude(computed_with=RULES).exists():
        return True
    has_rows = PageReadability.objects.exists()
    return not has_rows and Page.objects.live().exists()
