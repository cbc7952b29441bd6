"""`manage.py proof groups`, with few groups and without a server of its own."""

import time
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from events.derived import refresh_derived_rows
from events.models import EventIndexPage, EventPage, Occurrence, SearchRow
from home.models import ContentVersion
from tests.proof.groups.exactness import differences, seconds_until_seen
from tests.proof.groups.filling import is_paused
from tests.proof.groups.measuring import Result, Visit, measure, warm_up
from tests.proof.groups.proof import fill
from tests.proof.groups.reporting import Measured, failures_of, growth, table
from tests.proof.groups.subjects import Asks, Subject, subjects
from tests.proof.server import Answer

GROUPS = 200


class InThisProcess:
    """What is asked of a server, answered here."""

    def get(self, address: str, *, counts_queries: bool = False) -> Answer:
        headers = {"X-Count-Queries": "1"} if counts_queries else {}
        began = time.perf_counter()
        response = Client(headers=headers).get(address)
        seconds = time.perf_counter() - began
        queries = int(response.headers.get("X-Queries", 0))
        return Answer(response.status_code, response.content, seconds, queries)

    def cpu(self) -> int:
        return time.process_time_ns()


@pytest.fixture
def server(settings: Any) -> Any:
    settings.ROOT_URLCONF = "tests.proof.served.urls"
    settings.PAGE_CACHE_SECONDS = 0
    settings.MIDDLEWARE = [
        "tests.proof.served.middleware.CountQueriesMiddleware",
        *settings.MIDDLEWARE,
    ]
    return InThisProcess()


@pytest.fixture
def index(db: None) -> EventIndexPage:
    index = fill(GROUPS)
    ContentVersion.forget()
    return index


def test_groups_in_bulk_are_as_saving_leaves_them(
    index: EventIndexPage,
) -> None:
    assert Occurrence.objects.count() == 10 * GROUPS
    assert SearchRow.objects.count() == GROUPS - sum(map(is_paused, range(GROUPS)))
    sample = EventPage.objects.order_by("pk")[::10]
    for event in EventPage.objects.filter(pk__in=[each.pk for each in sample]):
        before = derived_rows(event)
        refresh_derived_rows(event)
        assert derived_rows(event) == before


def derived_rows(event: EventPage) -> tuple[list, list]:
    """Each with its id, the rows' version left out: it rises by itself."""
    names = {field.attname for field in SearchRow._meta.concrete_fields} - {"version"}
    rows = SearchRow.objects.filter(event=event).values(*sorted(names))
    return list(event.occurrences.order_by("pk").values()), list(rows)


def test_every_page_of_the_proof_answers_and_is_told_of(
    index: EventIndexPage, server: Any
) -> None:
    asked = [replace(each, addresses=each.addresses[:2]) for each in subjects(GROUPS)]
    warm_up(server, asked)
    results = measure(server, asked, 1, 2, lambda progress: None)
    measured = Measured(GROUPS, 1, 1, 100, results)
    assert len(table(measured)) == len(asked) + 2
    assert len(growth([measured, measured])) == len(asked) + 4
    assert all(result.queries > 0 for result in results[2:])


def test_counts_beside_the_filters_are_those_of_a_plain_count(
    index: EventIndexPage, server: Any
) -> None:
    assert differences([server], GROUPS, 10) == []
    index.refresh_from_db()
    published, gone = seconds_until_seen([server], index)
    assert max(published, gone) < 1
    EventPage.objects.get(slug="ryhma-1").unpublish()
    assert differences([server], GROUPS, 3) == []


def test_a_page_that_costs_too_much_is_told_of() -> None:
    def result(cpu_ms: float, seconds: float, queries: int) -> Result:
        subject = Subject("index", ("/",), Asks.FILTERS)
        return Result(subject, queries, 1, [Visit([seconds] * 2, cpu_ms, 0)])

    def failures(result: Result, memory_mb: float = 100) -> list[str]:
        sizes = [
            Measured(1000, 1, 1, 100, []),
            Measured(5000, 1, 1, memory_mb, [result]),
        ]
        return failures_of(sizes)

    assert failures(result(15, 0.03, 8)) == []
    assert "CPU 15.1" in failures(result(15.1, 0.03, 8))[0]
    assert "p95 31" in failures(result(15, 0.031, 8))[0]
    assert "9 queries" in failures(result(15, 0.03, 9))[0]
    assert "61 MB more" in failures(result(15, 0.03, 8), memory_mb=161)[0]
