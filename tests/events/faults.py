"""Faults of the database, made for real."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection

SHORT_WAIT_MS = 200


@contextmanager
def locked_database() -> Iterator[float]:
    """Another connection holds what every writer needs. Gives how long they wait."""
    wait_shortly()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            if other.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("BEGIN")
                for table in written_tables():
                    cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield SHORT_WAIT_MS / 1000
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def written_tables() -> list[str]:
    return [
        "django_session",
        "events_submission",
        "events_contact",
        "events_doorlink",
        "home_limitcount",
        "events_errorreport",
        "events_eventpage",
        "events_eventstate",
        "events_membership",
        "events_occurrencechange",
        "home_pagereview",
    ]


def wait_shortly() -> None:
    """The setting is some seconds; a test is not."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout={SHORT_WAIT_MS}")
        else:
            cursor.execute(f"SET lock_timeout={SHORT_WAIT_MS}")


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite may not take another page. Each connection has to be told."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1000000000")


def integrity() -> str:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
        return file.execute("PRAGMA integrity_check").fetchone()[0]
