"""What the site search finds: pages, groups and organisers in one order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any, NamedTuple

import numpy as np
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from events.filters import EventFilterForm
from events.listing import Question as GroupQuestion
from events.listing import find
from events.models import EventText, Organisation
from home.languages import fallbacks

from .analysis import words_of
from .documents import ORGANISERS_FROM, page_models
from .index_writer import current_index
from .kinds import kind_of
from .promoted import promoted_pages
from .questions import WEAK, Asker, Question
from .scoring import NOTHING, Matches, Postings, match, read_postings
from .understanding import Understood, understand

GROUP, ORGANISER = "event", "organisation"
MOST_RESULTS = 200
PAGES_AT_ONCE = 300
AS_LIST = 0.2
"""Weight of a page that only leads to others."""
LISTS = ("eventindex", "guideindex", "home")
CLEARLY_WEAKER = 0.4
"""Of the best score: below it a page in the reader's language stands after better ones
in another."""
AS_ASKED_GROUP = 3
"""Weight of groups when a place, a day or a price was asked: guides have none."""
FOUND_BY_FILTERS = 0.01
"""Score of a group of which only the filters were asked."""


class Hit(NamedTuple):
    """What was found, before it is read for showing."""

    document_id: int
    type: str
    language: str
    """Of the text that the reader gets."""
    score: float


@dataclass(frozen=True)
class Findings:
    hits: list[Hit]
    understood: Understood
    terms: frozenset[str]
    """What was looked for, to be marked in the texts."""
    corrected: str = ""
    """What was searched instead of what was typed; "" when that is the same."""
    ignores_filters: bool = False
    """No group fits all that was understood, so groups are found by words alone."""

    def counts(self) -> Counter[str]:
        return Counter(kind_of(hit.type) for hit in self.hits)

    def of_kind(self, kind: str) -> list[Hit]:
        return [hit for hit in self.hits if not kind or kind_of(hit.type) == kind]


def search_site(
    typed: str,
    language: str,
    *,
    left_as_words: Iterable[str] = (),
    as_typed: bool = False,
) -> Findings:
    """At most `MOST_RESULTS`, a page once: in the reader's language if it has it."""
    understood = understand(typed, left_as_words)
    index = current_index()
    if index is None or not typed:
        return Findings([], understood, frozenset())
    asker = Asker(index, language)
    question, postings, found = asker.ask(typed), None, NOTHING
    if question.words:
        postings = read_postings(index, question, None)
        if not as_typed and (better := asker.correct(question, postings.terms)):
            question, postings = better, read_postings(index, better, None)
            understood = understand(question.corrected or typed, left_as_words)
        asked = with_filters_below(question, understood)
        found = match(asked, postings)
    ignores_filters = False
    if understood.filters:
        groups = narrowed(question, postings, understood)
        ignores_filters = not len(groups)
        if not ignores_filters:
            found = merged(without_groups(found), groups)
    return Findings(
        hits_of(found, language, promoted_pages(question.corrected or typed)),
        understood,
        frozenset(question.terms),
        corrected=question.corrected,
        ignores_filters=ignores_filters,
    )


def with_filters_below(question: Question, understood: Understood) -> Question:
    """ "Uniryhmä Kotka" is about sleep first: all that is in Kotka comes far behind."""
    subjects = set(words_of(understood.rest))
    return replace(
        question,
        words=tuple(
            word if word.typed in subjects else replace(word, weight=WEAK)
            for word in question.words
        ),
    )


def narrowed(
    question: Question, postings: Postings | None, understood: Understood
) -> Matches:
    """Groups that fit what was understood and have any of the other words. With no
    other word all that fit, those first that speak of what was understood."""
    groups = EventFilterForm(understood.query(with_words=False)).found
    others = set(words_of(understood.rest or understood.spoken_of))
    words = tuple(word for word in question.words if word.typed in others)
    by_words = NOTHING
    if words and postings is not None:
        found = match(replace(question, words=words), postings)
        is_held = groups.holds(found.ids)
        scores = found.scores[is_held] * np.float32(AS_ASKED_GROUP)
        by_words = Matches(found.ids[is_held], scores)
    if understood.rest:
        return by_words
    ids = np.array(groups.event_ids(0, MOST_RESULTS), np.int64)
    # The soonest first.
    scores = FOUND_BY_FILTERS * np.linspace(2, 1, len(ids), dtype=np.float32)
    is_new = ~np.isin(ids, by_words.ids)
    by_filters = Matches(ids[is_new], scores[is_new].astype(np.float32))
    return merged(by_words, by_filters)


def without_groups(found: Matches) -> Matches:
    """Without those on the index; one that has paused stays a page like others."""
    is_kept = ~find(GroupQuestion()).holds(found.ids)
    return Matches(found.ids[is_kept], found.scores[is_kept])


def merged(first: Matches, second: Matches) -> Matches:
    return Matches(
        np.concatenate([first.ids, second.ids]),
        np.concatenate([first.scores, second.scores]),
    )


# From ids to what a reader of the language gets


def hits_of(found: Matches, language: str, promoted: list[int]) -> list[Hit]:
    """Best first; what staff put first stands before all."""
    best = float(found.scores.max()) if len(found) else 0.0
    hits = list(best_versions(read_hits(found, promoted), language))
    order = fallbacks(language)

    def rank(hit: Hit) -> tuple[bool, int, float, int]:
        in_order = place_of(hit.language, order)
        if hit.language not in order:  # Few can read it.
            in_order = 2 * len(order)
        elif hit.score < CLEARLY_WEAKER * best:
            in_order += len(order)
        return hit.document_id not in promoted, in_order, -hit.score, hit.document_id

    return sorted(hits, key=rank)[:MOST_RESULTS]


class Version(NamedTuple):
    """A hit with what its versions in other languages have in common."""

    key: Any
    hit: Hit


def read_hits(found: Matches, promoted: list[int]) -> Iterator[Version]:
    """Public ones, at least `MOST_RESULTS` if there are."""
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    number = 0
    ids = [*promoted, *(pk for pk in found.ranked().tolist() if pk not in promoted)]
    for some in batched(ids, PAGES_AT_ONCE):
        for version in (
            *page_versions(some, scores),
            *organiser_versions(some, scores),
        ):
            number += 1
            yield version
        if number >= MOST_RESULTS:
            return


def page_versions(ids: Iterable[int], scores: dict[int, float]) -> Iterator[Version]:
    codes = {locale.pk: locale.language_code for locale in Locale.objects.all()}
    types = ContentType.objects.get_for_models(*page_models())
    names = {
        kind.pk: str(model._meta.model_name).removesuffix("page")
        for model, kind in types.items()
    }
    pages = Page.objects.filter(pk__in=[pk for pk in ids if pk < ORGANISERS_FROM])
    rows = (
        pages.live()
        .public()
        .filter(depth__gt=2)
        .values_list("pk", "translation_key", "locale_id", "content_type_id")
    )
    for pk, key, locale_id, kind in rows:
        name = names.get(kind, "")
        score = scores.get(pk, 0.0) * (AS_LIST if name in LISTS else 1)
        yield Version(key, Hit(pk, name, codes[locale_id], score))


def organiser_versions(
    ids: Iterable[int], scores: dict[int, float]
) -> Iterator[Version]:
    keys = [pk - ORGANISERS_FROM for pk in ids if pk >= ORGANISERS_FROM]
    if not keys:
        return
    rows = Organisation.objects.with_groups().filter(pk__in=keys)
    for pk, described in rows.values_list("pk", "description"):
        document_id = ORGANISERS_FROM + pk
        score = scores.get(document_id, 0.0)
        # Its page is in every language, and its name is a name.
        for code in [code for code, text in described.items() if text] or [""]:
            yield Version((ORGANISER, pk), Hit(document_id, ORGANISER, code, score))


def best_versions(versions: Iterable[Version], language: str) -> Iterator[Hit]:
    """Of each page the version for readers of the language, with the best score of
    all: a group in the language of its text."""
    order = fallbacks(language)
    by_key: dict[Any, list[Hit]] = {}
    for key, hit in versions:
        by_key.setdefault(key, []).append(hit)
    written = languages_of_groups(
        hit.document_id for hits in by_key.values() for hit in hits if hit.type == GROUP
    )
    for hits in by_key.values():
        score = max(hit.score for hit in hits)
        hit = min(hits, key=lambda each: place_of(each.language, order))
        code = hit.language
        if hit.type == GROUP:
            in_texts = written.get(hit.document_id, {code})
            code = min(in_texts, key=lambda each: (place_of(each, order), each))
        elif not code:
            code = language
        yield hit._replace(language=code, score=score)


def place_of(code: str, order: tuple[str, ...]) -> int:
    return order.index(code) if code in order else len(order)


def languages_of_groups(ids: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = EventText.objects.filter(event__in=list(ids))
    for pk, code in rows.values_list("event_id", "language"):
        found.setdefault(pk, set()).add(code)
    return found
