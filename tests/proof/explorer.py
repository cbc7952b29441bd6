"""How long the editor's listing of the event index takes with 200,000 groups.

Runs on a test database of its own beside the configured one. On PostgreSQL:
`DATABASE_URL=postgres://... python3 manage.py proof explorer`.
"""

import os
import time
import uuid
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.roles import MODERATORS
from events.models import EventPage
from tests import factories
from tests.editing import staff_client
from tests.proof.databases import own_database

EVENTS = int(os.environ.get("PROOF_EVENTS", "200000"))
BATCH = 5000
TIMES = 3
WORDS = ("laulu", "käsityö", "kävely", "kahvila", "vertais", "perhe", "kuntosali")


def run(out: Any) -> None:
    with own_database():
        measure(out)


def measure(out: Any) -> None:
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_event_indexes(homes)["fi"]
    began = time.monotonic()
    fill(index)
    out.write(
        f"{connection.vendor}: {EVENTS} groups written in"
        f" {time.monotonic() - began:.0f} s"
    )
    superuser = Client()
    superuser.force_login(factories.make_administrator("proof@example.org"))
    moderator = staff_client(MODERATORS)
    explore = reverse("wagtailadmin_explore", args=[index.pk])
    pages = {
        "page 1": (explore, {}),
        "page 4000": (explore, {"p": "4000"}),
        "page 8000, the last but one": (explore, {"p": "8000"}),
        "by title": (explore, {"ordering": "title"}),
        "kind: course": (explore, {"kind": "course"}),
        "kind: course, page 900": (explore, {"kind": "course", "p": "900"}),
        "search: laulu": (explore, {"q": "laulu"}),
        "front page of the editor": (reverse("wagtailadmin_home"), {}),
        "explorer of the home page": (
            reverse("wagtailadmin_explore", args=[homes["fi"].pk]),
            {},
        ),
    }
    out.write("| | who | CPU ms | wall ms | queries | slowest query ms |")
    out.write("|---|---|---|---|---|---|")
    for who, client in (("superuser", superuser), ("moderator", moderator)):
        for name, (address, query) in pages.items():
            out.write(f"| {name} | {who} | {row(client, address, query)} |")


def row(client: Client, address: str, query: dict) -> str:
    client.get(address, query)  # Warms templates and caches.
    best = (float("inf"), float("inf"))
    for _time in range(TIMES):
        cpu, wall = time.process_time(), time.monotonic()
        response = client.get(address, query)
        best = min(best, (time.process_time() - cpu, time.monotonic() - wall))
        if response.status_code != 200:
            return f"{response.status_code} {response.headers.get('Location', '')}"
    with CaptureQueriesContext(connection) as queries:
        client.get(address, query)
    slowest = max(queries.captured_queries, key=lambda q: float(q["time"]))
    if os.environ.get("PROOF_QUERIES"):
        for query in queries.captured_queries:
            if float(query["time"]) > 0.02:
                print(query["time"], query["sql"][:1500])  # noqa: T201  (what was asked for)
    return (
        f"{best[0] * 1000:.0f} | {best[1] * 1000:.0f} | {len(queries)}"
        f" | {float(slowest['time']) * 1000:.0f}"
    )


def fill(index: Any) -> None:
    """Copies of one group: page rows, then the other tables from SQL."""
    model = factories.make_event(index, "Laulun ilo", rules=[], slug="malli")
    content_type = ContentType.objects.get_for_model(EventPage)
    now = timezone.now()
    base = Page.objects.get(pk=model.pk)
    for start in range(0, EVENTS, BATCH):
        Page.objects.bulk_create(
            [
                Page(
                    path=Page._get_path(index.path, index.depth + 1, number + 2),
                    depth=index.depth + 1,
                    numchild=0,
                    title=title(number),
                    draft_title=title(number),
                    slug=f"ryhma-{number}",
                    content_type=content_type,
                    url_path=f"{index.url_path}ryhma-{number}/",
                    locale_id=base.locale_id,
                    translation_key=uuid.uuid4(),
                    live=True,
                    latest_revision_created_at=now - timedelta(minutes=number),
                )
                for number in range(start, start + BATCH)
            ]
        )
    Page.objects.filter(pk=index.pk).update(numchild=EVENTS + 1)
    copy_rows(EventPage._meta.db_table, model.pk, content_type.pk)
    write_search_index(content_type, model.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def title(number: int) -> str:
    return f"{WORDS[number % len(WORDS)]}ryhmä {number}".capitalize()


def copy_rows(table: str, model_pk: int, content_type: int) -> None:
    columns = [
        field.column
        for field in EventPage._meta.local_concrete_fields
        if field.column not in {"page_ptr_id", "kind"}
    ]
    names = ", ".join(columns)
    values = ", ".join(f"model.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, kind, {names})"  # noqa: S608  (our names)
            " SELECT page.id, CASE page.id % 4 WHEN 0 THEN 'course' ELSE 'group' END,"
            f" {values} FROM wagtailcore_page page, {table} model"
            " WHERE model.page_ptr_id = %s AND page.content_type_id = %s"
            " AND page.id <> %s".replace("page.id % 4", "page.id %% 4"),
            [model_pk, content_type, model_pk],
        )


def write_search_index(content_type: ContentType, model_pk: int) -> None:
    """As the indexer would: a title to search and to complete."""
    columns, values = {
        "postgresql": (
            "title_text, body_text, title, autocomplete, body",
            "title, '', setweight(to_tsvector('simple', title), 'A'),"
            " to_tsvector('simple', title), ''::tsvector",
        ),
        "sqlite": ("title, autocomplete, body", "title, title, ''"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wagtailsearch_indexentry"  # noqa: S608  (our names)
            f" (content_type_id, object_id, title_norm, {columns})"
            f" SELECT %s, CAST(id AS VARCHAR(50)), 1.0, {values}"
            " FROM wagtailcore_page WHERE content_type_id = %s AND id <> %s",
            [content_type.pk, content_type.pk, model_pk],
        )
