"""So many groups, as ordinary saving would have left them, but written in bulk.

Every table that a page reads is written, consistent with `events/derived.py`:
`tests/site/test_proof_groups.py` tries a sample.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from itertools import batched
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from events.derived import NAME_LENGTH
from events.models import (
    EventPage,
    EventState,
    EventText,
    Occurrence,
    OccurrenceChange,
    ScheduleRule,
    SearchRow,
)
from home.collation import sort_key
from home.models import ContentVersion
from tests.proof.databases import Template, last_id, settle, write_values

from .facts import LEADERS, SPOKEN, Facts, row_values, some_facts
from .schedules import Schedule, Schedules, some_schedule
from .surroundings import Surroundings
from .words import Texts, counted_words

BATCH = 5000
BODY_WORDS = 60
SWEDISH_EVERY = 5
CANCELLED_EVERY = 50
PAUSED_EVERY = 100
DAYS_SINCE_CONFIRMED = 90
THROUGH = {
    name: getattr(EventPage, name).through
    for name in ("organisers", "goals", "themes", "target_groups")
}
"""Their columns: id, the event's, the other's."""
TABLES: tuple[type[models.Model], ...] = (
    *(Page, EventPage, EventText, ScheduleRule, OccurrenceChange, Occurrence),
    *(EventState, SearchRow, *THROUGH.values()),
)
Row = tuple[type[models.Model], tuple[Any, ...]]
"""A table, and the values of its columns as the database takes them."""


class Filling:
    def __init__(self, groups: int, around: Surroundings) -> None:
        self.groups = groups
        self.around = around
        self.random = Random(2026)
        self.texts = Texts()
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.schedules = Schedules(self.now)
        self.ids = {model: last_id(model) for model in TABLES}

    def write(self) -> Iterator[int]:
        """Gives how many groups are written so far."""
        for numbers in batched(range(self.groups), BATCH):
            rows = defaultdict(list)
            for number in numbers:
                for model, values in self.rows_of(number):
                    rows[model].append(values)
            for model in TABLES:
                write_values(model, rows[model])
            yield numbers[-1] + 1
        Page.objects.filter(pk=self.around.index.pk).update(numchild=self.groups)
        settle(TABLES)

    def rows_of(self, number: int) -> Iterator[Row]:
        pk = self.next_id(Page)
        facts = some_facts(number, self.random, self.around)
        schedule = some_schedule(self.random, self.today + timedelta(days=1))
        is_cancelled = number % CANCELLED_EVERY == 11
        title = self.texts.title(self.random, "fi")
        yield Page, self.page_row(pk, number, title)
        yield EventPage, self.event_row(pk, facts)
        yield from self.text_rows(pk, number, title)
        yield from self.date_rows(pk, schedule, is_cancelled)
        yield EventState, self.state_row(pk, number, facts)
        for name, through in THROUGH.items():
            for term in getattr(facts, name):
                yield through, (self.next_id(through), pk, term.pk)
        if not is_paused(number):
            yield (
                SearchRow,
                self.search_rows.row(
                    event_id=pk,
                    name_key=sort_key(title)[:NAME_LENGTH],
                    **row_values(facts),
                    **self.schedules.row_values(schedule, is_cancelled),
                ),
            )

    def next_id(self, model: type[models.Model]) -> int:
        self.ids[model] += 1
        return self.ids[model]

    # Rows

    def page_row(self, pk: int, number: int, title: str) -> tuple[Any, ...]:
        index, slug = self.around.index, f"ryhma-{number}"
        return self.pages.row(
            id=pk,
            path=Page._get_path(index.path, index.depth + 1, number + 1),
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{index.url_path}{slug}/",
            translation_key=self.pages.ready(
                "translation_key", uuid.UUID(int=self.random.getrandbits(128))
            ),
        )

    def event_row(self, pk: int, facts: Facts) -> tuple[Any, ...]:
        return self.events.row(
            page_ptr_id=pk,
            kind=facts.kind,
            attendance=facts.attendance,
            venue_id=facts.venue.pk if facts.venue else None,
            municipality_id=facts.own_town.pk if facts.own_town else None,
            is_address_protected=facts.is_address_protected,
            is_sensitive=facts.is_sensitive,
            is_free=facts.is_free,
            sign_up=facts.sign_up,
            min_age=facts.ages[0],
            max_age=facts.ages[1],
            spoken_languages=self.lists[facts.spoken],
            led_by=self.lists[facts.leaders],
            capacity=facts.capacity,
            come_alone_ok=facts.come_alone_ok,
            may_only_listen=facts.may_only_listen,
            buddy_available=facts.buddy_available,
        )

    def text_rows(self, pk: int, number: int, title: str) -> Iterator[Row]:
        counted = " ".join(counted_words(number, self.groups))
        for language in ("fi",) if number % SWEDISH_EVERY else ("fi", "sv"):
            words = self.texts.words[language].some(self.random, 8)
            lead = f"{counted} {words}" if language == "fi" else words
            if language != "fi":
                title = self.texts.title(self.random, language)
            yield (
                EventText,
                self.event_texts.row(
                    id=self.next_id(EventText),
                    event_id=pk,
                    language=language,
                    title=title,
                    lead=f"{lead.strip().capitalize()}."[:250],
                    body=self.texts.body(self.random, language, BODY_WORDS),
                ),
            )

    def date_rows(
        self, pk: int, schedule: Schedule, is_cancelled: bool
    ) -> Iterator[Row]:
        rule = self.schedules.rule(schedule)
        yield ScheduleRule, (self.next_id(ScheduleRule), pk, *rule)
        if is_cancelled:
            change = self.schedules.change(schedule)
            yield OccurrenceChange, (self.next_id(OccurrenceChange), pk, *change)
        for date in self.schedules.dates(schedule, is_cancelled):
            yield Occurrence, (self.next_id(Occurrence), pk, *date)

    def state_row(self, pk: int, number: int, facts: Facts) -> tuple[Any, ...]:
        return self.states.row(
            event_id=pk,
            confirmed_on=self.random.choice(self.days_confirmed),
            is_paused=is_paused(number),
            is_full=facts.is_full,
        )

    # What is the same in all rows of a table

    @cached_property
    def pages(self) -> Template:
        index = self.around.index
        return Template(
            Page(
                depth=index.depth + 1,
                numchild=0,
                content_type=ContentType.objects.get_for_model(EventPage),
                locale_id=index.locale_id,
                live=True,
                first_published_at=self.now,
                last_published_at=self.now,
                latest_revision_created_at=self.now,
            )
        )

    @cached_property
    def events(self) -> Template:
        return Template(
            EventPage(
                contact_name="Ohjaaja (esimerkki)",
                contact_phone="000 000 0000",
                contact_hours="arkisin klo 9–15",
            )
        )

    @cached_property
    def lists(self) -> dict[tuple[str, ...], Any]:
        return {
            values: self.events.ready("led_by", list(values))
            for values in (*SPOKEN, *LEADERS)
        }

    @cached_property
    def event_texts(self) -> Template:
        first_visit = "<p>Ohjaaja on ovella vastassa. Saat myös vain kuunnella.</p>"
        return Template(EventText(first_visit=first_visit))

    @cached_property
    def states(self) -> Template:
        return Template(EventState())

    @cached_property
    def days_confirmed(self) -> list[Any]:
        days = [self.today - timedelta(day) for day in range(DAYS_SINCE_CONFIRMED)]
        return [self.states.ready("confirmed_on", day) for day in days]

    @cached_property
    def search_rows(self) -> Template:
        return Template(SearchRow(version=ContentVersion.raise_and_read()))


def is_paused(number: int) -> bool:
    return number % PAUSED_EVERY == 50
