"""Two at once, each on a connection of their own: for tests of locks."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

AT_MOST = 10
"""Seconds that a test waits for the other one."""


@contextmanager
def meanwhile(do: Callable[[], Any]) -> Iterator[threading.Thread]:
    """Somebody else, on a connection of their own."""

    def run() -> None:
        try:
            do()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(AT_MOST)
    assert not thread.is_alive()


def waits_for_a_lock(thread: threading.Thread) -> bool:
    """False when it has gone through without one. PostgreSQL only."""
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            (waiting,) = cursor.fetchone()
        if waiting:
            return True
        thread.join(0.05)
    return False
