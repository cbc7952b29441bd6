"""What somebody who has begun to type may want: words to search, and pages."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Any, NamedTuple

import numpy as np
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Collate
from wagtail.models import Page

from events.languages import index_path
from events.models import EventText
from events.models.texts import text_for
from home.collation import sort_key
from home.languages import fallbacks
from home.models import Keyword
from home.models.locales import code_of
from home.models.memory import Memory
from home.models.restrictions import restricted_paths

from .analysis import base_language, words_of
from .crisis import speaks_of_distress
from .documents import ORGANISERS_FROM
from .index_writer import current_index
from .kinds import KINDS, kind_of, name_of
from .models import SearchIndex, Word
from .questions import OTHER_LANGUAGE, Asker, Question, QuestionWord, Terms
from .scoring import Matches, match, read_postings
from .vocabulary import plain

SHORTEST_BEGINNING = 2
"""Letters. The vocabulary is kept by its first two."""

MOST_WORDS = 3
MOST_PAGES = 5
MOST_BEGUN = 15
"""Words of the index that what was typed last may become."""

LETTERS_FOR_TITLES = 2
"""So few say too little: what only has such a word in its text is no help."""

GROUP = "event"

MOST_CANDIDATES = 60
"""Of the best pages, those whose titles are looked at."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str | None
    """None: a word to search."""
    kind: str
    label: str
    """What kind of page it is, in the reader's language."""
    lang: str
    """Of the text; "" when it is the reader's."""


def suggest(typed: str, language: str) -> list[Suggestion]:
    """For words that have been cleaned: words first, then pages."""
    if len(plain(typed)) < SHORTEST_BEGINNING:
        return []
    return [*keywords_for(typed, language), *pages_for(typed, language)]


# Words


class Name(NamedTuple):
    """A keyword's name from one of its words on, in the order of the alphabet."""

    tail: str
    is_later: bool
    text: str
    keyword_id: int


_names = Memory[list[Name]]()


def folded(text: str) -> str:
    return plain(" ".join(words_of(text)))


def names_in(language: str) -> Iterator[Name]:
    keywords = Keyword.objects.values_list("pk", "name", "other_names")
    for keyword_id, *texts in keywords:
        for text in texts:
            own = text.get(language) or text.get(base_language(language), "")
            for line in own.splitlines():
                if speaks_of_distress(line):
                    continue  # It is found when it is typed; nobody else needs it.
                words = folded(line).split()
                for place in range(len(words)):
                    tail = " ".join(words[place:])
                    yield Name(tail, place > 0, line.strip(), keyword_id)


def keywords_for(typed: str, language: str) -> list[Suggestion]:
    """One name of a keyword: the one that begins so, then the shortest."""
    begun = folded(typed)
    names = _names.get(language, lambda: sorted(names_in(language)))
    if not begun:
        return []
    beginning_so = takewhile(
        lambda name: name.tail.startswith(begun),
        islice(names, bisect_left(names, (begun,)), None),
    )
    ranked = sorted(
        beginning_so,
        key=lambda name: (name.is_later, len(name.text), sort_key(name.text)),
    )
    texts: dict[int, str] = {}
    for name in ranked:
        if name.text.casefold() != typed.casefold():
            texts.setdefault(name.keyword_id, name.text)
    return [
        Suggestion(text, None, "word", "", "")
        for text in list(dict.fromkeys(texts.values()))[:MOST_WORDS]
    ]


# Pages

_index = Memory[SearchIndex | None]()


def pages_for(typed: str, language: str) -> list[Suggestion]:
    index = _index.get("current", current_index)
    if index is None:
        return []
    question = question_begun(Asker(index, language), typed)
    if not question.words:
        return []
    postings = read_postings(index, question, None)
    found = match(question, postings, needs_all=True)
    ids = best_pages(found if len(found) else match(question, postings))
    return list(islice(shown(ids, typed, language), MOST_PAGES))


def question_begun(asker: Asker, typed: str) -> Question:
    """The last word may be the beginning of one; a whole word in another form is not
    the beginning of any and is asked as it is."""
    *before, last = words_of(typed)
    ways = tuple(ways_to_end(asker, last))
    if not ways:
        return asker.ask(typed)
    question = asker.ask(" ".join(before))
    word = QuestionWord(last, ways, is_known=True)
    return replace(question, words=(*question.words, word))


def ways_to_end(asker: Asker, begun: str) -> Iterator[Terms]:
    """The less is still to be typed, the more it counts. Without parts of compounds,
    which begin otherwise."""
    bare = plain(begun)
    if len(bare) < SHORTEST_BEGINNING:
        return
    texts: dict[str, list[str]] = defaultdict(list)
    for language, text in words_beginning(asker, bare).values_list("language", "text"):
        texts[language].append(text)
    for language, some in texts.items():
        factor = 1 if language == asker.language else OTHER_LANGUAGE
        for token in asker.tokens(some, language):
            weight = factor * len(bare) / len(plain(token.word))
            most = max((each for _term, each in token.terms), default=0)
            yield {term: weight for term, each in token.terms if each == most}


def words_beginning(asker: Asker, bare: str) -> QuerySet[Word]:
    """The reader's language first, then what most pages have."""
    is_other = Case(When(language=asker.language, then=Value(0)), default=Value(1))
    # By code points: each database has an alphabet of its own.
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    return Word.objects.filter(
        index=asker.index, beginning=bare[:2], plain__startswith=bare
    ).order_by(is_other, "-documents", Collate("text", collation))[:MOST_BEGUN]


def best_pages(found: Matches) -> list[int]:
    """Without sorting all that two letters find."""
    is_candidate = found.ids < ORGANISERS_FROM
    if is_candidate.sum() > MOST_CANDIDATES:
        scores = found.scores[is_candidate]
        is_candidate &= (
            found.scores >= np.partition(scores, -MOST_CANDIDATES)[-MOST_CANDIDATES]
        )
    candidates = Matches(found.ids[is_candidate], found.scores[is_candidate])
    return candidates.ranked()[:MOST_CANDIDATES].tolist()


class Text(NamedTuple):
    language: str
    title: str


class PageRow(NamedTuple):
    """Of a page what is needed of all candidates: whole pages take half the time."""

    pk: int
    title: str
    slug: str
    path: str
    url_path: str
    translation_key: Any
    locale_id: int
    content_type_id: int

    @property
    def type(self) -> str:
        model = ContentType.objects.get_for_id(self.content_type_id).model
        return model.removesuffix("page")

    @property
    def url(self) -> str:
        return Page(pk=self.pk, url_path=self.url_path).url


class Candidate(NamedTuple):
    words_in_title: int
    language_rank: int
    place: int
    page: PageRow
    text: Text


def shown(ids: list[int], typed: str, language: str) -> Iterator[Suggestion]:
    """Public pages, each once: what has the words in its title before what only speaks
    of them, and of each the reader's language first."""
    best: dict[Any, Candidate] = {}
    for each in candidates(ids, typed, language):
        known = best.setdefault(each.page.translation_key, each)
        if each.language_rank < known.language_rank:
            best[each.page.translation_key] = each
    ranked = sorted(best.values(), key=lambda c: (-c.words_in_title, *c[1:3]))
    for _words, _rank, _place, page, text in ranked:
        kind = kind_of(page.type)
        is_group = page.type == GROUP
        yield Suggestion(
            text=text.title,
            url=index_path(language) + f"{page.slug}/" if is_group else page.url,
            kind=kind,
            label=name_of(kind) if kind in KINDS else "",
            lang="" if text.language == language else text.language,
        )


def candidates(ids: list[int], typed: str, language: str) -> Iterator[Candidate]:
    order = fallbacks(language)
    begun = [plain(word) for word in words_of(typed)]
    only_titles = len(typed) <= LETTERS_FOR_TITLES
    pages = {page.pk: page for page in public_pages(ids)}
    locales = {page.locale_id for page in pages.values()}
    language_of = {locale_id: code_of(locale_id) for locale_id in locales}
    groups = {pk for pk, page in pages.items() if page.type == GROUP}
    texts = group_texts(groups, language) if groups else {}
    for place, pk in enumerate(ids):
        if not (page := pages.get(pk)):
            continue
        text = texts.get(pk) or Text(language_of[page.locale_id], page.title)
        if pk not in groups and text.language not in order:
            continue
        rank = order.index(text.language) if text.language in order else len(order)
        words = words_begun(text.title, begun)
        if words or not only_titles:
            yield Candidate(words, rank, place, page, text)


def words_begun(title: str, begun: list[str]) -> int:
    words = [plain(word) for word in words_of(title)]
    return sum(any(word.startswith(each) for word in words) for each in begun)


def public_pages(ids: list[int]) -> list[PageRow]:
    restricted = restricted_paths()
    pages = Page.objects.live().filter(pk__in=ids, depth__gt=2)
    rows = (PageRow(*row) for row in pages.values_list(*PageRow._fields))
    return [row for row in rows if not row.path.startswith(restricted)]


def group_texts(ids: set[int], language: str) -> dict[int, Text]:
    """What `EventPage.text_in` gives, for many groups in one query."""
    rows = EventText.objects.filter(event__in=ids).order_by("pk")
    texts: dict[int, dict[str, Text]] = defaultdict(dict)
    main = {}
    for event_id, code, title, main[event_id] in rows.values_list(
        "event_id", "language", "title", "event__main_language"
    ):
        texts[event_id][code] = Text(code, title)
    return {
        event_id: text
        for event_id, by_language in texts.items()
        if (text := text_for(by_language, language, main[event_id]))
    }
