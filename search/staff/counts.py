"""What was not found in a month, beside the month before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Min, Q, Sum
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.filters import KEYS, EventFilterForm
from home.languages import SPOKEN_LANGUAGES

from ..kinds import name_of
from ..models import ContentTask, MissedSearch

BY_WORDS = "words"
BY_FILTERS = "filters"
COLUMNS = {
    BY_WORDS: ("language", "lemmas"),
    BY_FILTERS: ("language", "where", "filters"),
}
"""What is counted together."""

LONGEST_TITLE = 200
"""Of a task."""


@dataclass(frozen=True, slots=True)
class Row:
    example: MissedSearch
    """The first one of the month."""
    text: str
    number: int
    before: int
    has_task: bool

    @property
    def language(self) -> str:
        return str(SPOKEN_LANGUAGES.get(self.example.language, self.example.language))

    @property
    def arrow(self) -> str:
        if self.number > self.before:
            return "↑"
        return "↓" if self.number < self.before else "→"

    @property
    def trend(self) -> str:
        if not self.before:
            return _("new")
        if self.number > self.before:
            return _("more")
        return _("fewer") if self.number < self.before else _("as many")


def counts(month: date, by: str, where: str = "") -> Any:
    """The most often looked for first. `month` is its first day."""
    after = month + relativedelta(months=1)
    before = month - relativedelta(months=1)
    this = Q(day__gte=month)
    of_column = COLUMNS[by]
    rows = MissedSearch.objects.filter(day__gte=before, day__lt=after)
    if where:
        rows = rows.filter(where=where)
    return (
        rows.exclude(**{of_column[-1]: ""})
        .order_by()
        .values(*of_column)
        .annotate(
            times=Sum("number", filter=this, default=0),
            before=Sum("number", filter=~this, default=0),
            example=Min("pk", filter=this),
        )
        .filter(times__gt=0)
        .order_by("-times", "-before", *reversed(of_column))
    )


def number_without_words(month: date, where: str = "") -> int:
    """Searches of days that had too many different ones."""
    rows = MissedSearch.objects.filter(
        day__gte=month, day__lt=month + relativedelta(months=1), lemmas="", filters=""
    )
    if where:
        rows = rows.filter(where=where)
    return rows.aggregate(number=Sum("number", default=0))["number"]


def rows_of(found: Iterable[dict[str, Any]], by: str) -> list[Row]:
    """Two queries, however many they are."""
    found = list(found)
    examples = MissedSearch.objects.in_bulk([each["example"] for each in found])
    texts = {
        each["example"]: text_of(examples[each["example"]], by)
        for each in found
        if each["example"] in examples
    }
    with_task = open_tasks([task_key(examples[pk], by, texts[pk]) for pk in texts])
    return [
        Row(
            example=examples[each["example"]],
            text=texts[each["example"]],
            number=each["times"],
            before=each["before"],
            has_task=task_key(examples[each["example"]], by, texts[each["example"]])
            in with_task,
        )
        for each in found
        if each["example"] in texts
    ]


def text_of(miss: MissedSearch, by: str) -> str:
    return miss.lemmas if by == BY_WORDS else filters_in_words(miss)


def filters_in_words(miss: MissedSearch) -> str:
    """ "Haminassa, keskiviikko"; what has no name any more as it is in the address."""
    query = QueryDict(miss.filters, mutable=True)
    words = []
    if miss.where == MissedSearch.Where.SITE:
        words += [str(name_of(kind)) for kind in query.pop("type", [])]
    form = EventFilterForm(query)
    words += [form.in_words()] if form.is_narrowed else []
    words += [
        f"{key}: {value}"
        for key in query
        for value in query.getlist(key)
        if key not in KEYS or value not in form.query.getlist(key)
    ]
    return capfirst(", ".join(words))


TaskKey = tuple[str, str]


def task_key(miss: MissedSearch, by: str, text: str) -> TaskKey:
    """By what an open task is known again: its words, or its title if it has none."""
    return (miss.lemmas, "") if by == BY_WORDS else ("", text[:LONGEST_TITLE])


def open_tasks(keys: Collection[TaskKey]) -> set[TaskKey]:
    lemmas = {words for words, _title in keys if words}
    titles = {title for words, title in keys if not words}
    tasks = ContentTask.objects.filter(is_done=False).filter(
        Q(lemmas__in=lemmas) | Q(lemmas="", title__in=titles)
    )
    return {
        (words, "" if words else title)
        for words, title in tasks.values_list("lemmas", "title")
    }
