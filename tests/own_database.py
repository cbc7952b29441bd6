"""A database whose transactions are real, for tests of locks and of several processes.

The usual tests stand in a transaction that is never committed, on SQLite in a memory
that nobody else can open. Here a copy of the empty test database stands in its place.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

ALIAS = "default"


@contextmanager
def empty_copy(folder: Path) -> Iterator[str]:
    """To be made while no test has written anything; gives its name."""
    if connection.vendor == "sqlite":
        path = folder / "empty.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        yield str(path)
        return
    name = connection.settings_dict["NAME"]
    connection.close()  # A template must not be in use.
    with cluster_copy(name, f"{name}_empty"):
        yield f"{name}_empty"


@contextmanager
def in_its_place(source: str, folder: Path) -> Iterator[None]:
    usual = connections[ALIAS]
    name = usual.settings_dict["NAME"]
    if usual.vendor == "sqlite":
        shutil.copy(source, own := str(folder / "own.sqlite3"))
        with connected_to(own):
            yield
    else:
        with cluster_copy(source, f"{name}_own"), connected_to(f"{name}_own"):
            yield


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Threads of the test find it too."""
    usual = connections[ALIAS]
    kept, usual.settings_dict["NAME"] = usual.settings_dict["NAME"], name
    own = connections.create_connection(ALIAS)
    connections[ALIAS] = own
    try:
        yield
    finally:
        own.close()
        connections[ALIAS] = usual
        usual.settings_dict["NAME"] = kept


@contextmanager
def cluster_copy(source: str, name: str) -> Iterator[None]:
    server: Any = connections[ALIAS]._nodb_cursor  # type: ignore[attr-defined]
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield
    finally:
        with server() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
