"""Counts what was looked for and not found: by what was meant, never by who asked."""

import logging
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from home.search_words import clean_words

from .analysis import WHOLE, analyse
from .crisis import crisis_topics
from .index_writer import erase, upsert
from .models import MissedSearch
from .personal_data import looks_personal

logger = logging.getLogger(__name__)

MOST_ROWS_A_DAY = 2000
"""So that nobody fills the database with nonsense. From then on searches that have no
row yet are counted together, in a row without words and filters for each language and
place; two processes at once may make a row more."""

MONTHS_KEPT = 13
ROW_KEY = ["day", "where", "language", "lemmas", "filters"]


@dataclass(frozen=True, slots=True)
class Miss:
    where: str
    language: str
    lemmas: str = ""
    filters: str = ""
    typed: str = ""


def count_miss(where: str, language: str, words: str, filters: str = "") -> None:
    """`words` as they were typed; nothing is kept of what looks personal, or speaks of
    distress."""
    if looks_personal(words) or crisis_topics(words):
        return
    typed = clean_words(words)
    miss = Miss(
        where,
        language,
        cut(lemmas_of(typed, language), " ", length_of("lemmas")),
        cut(filters, "&", length_of("filters")),
        typed[: length_of("typed")],
    )
    if not miss.lemmas and not miss.filters:
        return
    try:
        with transaction.atomic():
            add(miss)
    except DatabaseError:
        # Its message could hold the words. The reader has the page all the same.
        logger.warning("A search without results could not be counted.")


def add(miss: Miss) -> None:
    today = timezone.localdate()
    of_today = MissedSearch.objects.filter(day=today)
    same = of_today.filter(
        where=miss.where,
        language=miss.language,
        lemmas=miss.lemmas,
        filters=miss.filters,
    )
    if same.update(number=F("number") + 1):
        return
    rows_today = of_today.count()
    if rows_today == 0:
        forget_old_searches()
    if rows_today >= MOST_ROWS_A_DAY:
        miss = Miss(miss.where, miss.language)
    # One statement, for two processes may come with the same words. It sends no
    # signal, so the content version stays: residents see nothing of this.
    upsert(
        MissedSearch,
        ROW_KEY,
        ["typed", "number"],
        [
            (
                connection.ops.adapt_datefield_value(today),
                miss.where,
                miss.language,
                miss.lemmas,
                miss.filters,
                miss.typed,
                1,
            )
        ],
        adds="number",
    )


def lemmas_of(words: str, language: str) -> str:
    """Sorted base forms. Of several readings it is the one that was written, if that
    is a base form itself; words without meaning only where there are no others."""
    tokens = analyse(words, language)
    lemmas = set()
    for token in tokens:
        bases = [term for term, weight in token.terms if weight == WHOLE]
        if bases:
            lemmas.add(token.word if token.word in bases else bases[0])
    return " ".join(sorted(lemmas or {token.word for token in tokens}))


def cut(text: str, separator: str, length: int) -> str:
    """Whole parts only."""
    while len(text) > length:
        text, found, _last = text.rpartition(separator)
        if not found:
            return ""
    return text


def length_of(column: str) -> int:
    field: Any = MissedSearch._meta.get_field(column)
    return int(field.max_length)


def forget_old_searches() -> int:
    """Those of days more than thirteen months ago; says how many rows they were."""
    first = timezone.localdate() - relativedelta(months=MONTHS_KEPT)
    old = MissedSearch.objects.filter(day__lt=first)
    number = old.count()
    erase(old)
    return number
