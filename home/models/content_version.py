"""One number for all that the public sees: it rises with every change.

It is part of every page's cache key and ETag (decision 12), so that no process
ever answers with an old page for longer than a second.
"""

import threading
import time

from django.db import models, transaction

SECONDS_BETWEEN_READS = 0.8
"""A change is to be seen within a second, and drawing a page takes some time."""

_lock = threading.Lock()
_seen: dict[str, float] = {}


class ContentVersion(models.Model):
    """A single row. Raised in the transaction that changes content."""

    number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="content_version_is_one_row"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def bump(cls) -> None:
        """Part of the running transaction: others see it when they see the change."""
        rows = cls.objects.filter(pk=1)
        if not rows.update(number=models.F("number") + 1):
            cls.objects.get_or_create(pk=1)
        cls.forget()
        transaction.on_commit(cls.forget)

    @classmethod
    def raise_and_read(cls) -> int:
        """The number that the running transaction gives to what it changes.

        The row stays locked until the transaction ends, so numbers become visible in
        the order in which they were given.
        """
        cls.bump()
        return cls.objects.values_list("number", flat=True).get(pk=1)

    @classmethod
    def current(cls) -> int:
        """Read from the database at most once a second in each process."""
        now = time.monotonic()
        with _lock:
            if _seen and now - _seen["at"] < SECONDS_BETWEEN_READS:
                return int(_seen["number"])
        number = cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0
        with _lock:
            _seen.update(number=number, at=now)
        return number

    @classmethod
    def forget(cls) -> None:
        """This process reads the number anew the next time."""
        with _lock:
            _seen.clear()
