"""All groups that residents may find, in this process's memory.

What changed since the last look is read by content version; what time has passed by
is read from its dates. The lock is held while something is asked, for some
milliseconds at most.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from home.models import ContentVersion

from ..derived import REMOVED_ROWS_KEPT, has_two_times_of_a_day, slots_of
from ..models.occurrences import Occurrence
from ..models.search_rows import RemovedRow, SearchRow
from .allocation import give_free_memory_back, give_large_blocks_back
from .bits import Numbers
from .columns import FIELDS, NO_MOMENT, Columns
from .layout import Layout

OLDEST_EPOCH = timedelta(days=28)
OLDEST_CHANGES = REMOVED_ROWS_KEPT.total_seconds() / 2
BATCH = 4096
FEW = 500


class Table:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """The next question reads everything anew."""
        with self.lock:
            self.version: int | None = None
            self.read_at = 0.0
            self.next_change = NO_MOMENT
            self.columns: Columns | None = None

    def up_to_date(self) -> Columns:
        """Call with the lock held; what is given is written to under the lock only."""
        version = ContentVersion.current()
        now = timezone.now()
        columns = self.columns
        if columns is None or self.must_begin_anew(columns, version, now):
            columns = self.read_everything(version)
        elif version != self.version:
            columns = self.read_changes(columns, version)
        if now.timestamp() >= self.next_change:
            columns = self.pass_time(columns, now)
        return columns

    def must_begin_anew(self, columns: Columns, version: int, now: datetime) -> bool:
        return (
            self.version is None
            or version < self.version
            or time.monotonic() - self.read_at > OLDEST_CHANGES
            or timezone.localdate(now) - columns.epoch > OLDEST_EPOCH
            or (version != self.version and Layout.current() != columns.layout)
        )

    def read_everything(self, version: int) -> Columns:
        give_large_blocks_back()
        rows = SearchRow.objects.order_by("pk")
        self.columns = None
        columns = Columns(rows.count(), Layout.current())
        for batch in in_batches(rows):
            columns = columns.with_room_for(columns.used + len(batch))
            columns.write(batch)
        self.settle(columns, version)
        give_free_memory_back()
        return columns

    def read_changes(self, columns: Columns, version: int) -> Columns:
        since = self.version
        for batch in in_batches(SearchRow.objects.filter(version__gt=since)):
            columns = columns.with_room_for(columns.used + len(batch))
            columns.write(batch)
        removed = RemovedRow.objects.filter(version__gt=since)
        ids = np.array(list(removed.values_list("pk", flat=True)), np.int64)
        columns.take_off(columns.lookup(ids)[1])
        self.settle(columns, version)
        return columns

    def settle(self, columns: Columns, version: int) -> None:
        self.columns = columns
        self.version = version
        self.read_at = time.monotonic()
        self.next_change = next_change_of(columns)

    def pass_time(self, columns: Columns, now: datetime) -> Columns:
        """Moves groups whose date is over on to their next one, as it stands now.

        The database's own rows follow by `roll_events`, some minutes later.
        """
        over = columns.next_over[: columns.used]
        passed: Numbers = np.flatnonzero(over <= now.timestamp())
        following = Occurrence.objects.upcoming(now).held().filter(event=OuterRef("pk"))
        rows = SearchRow.objects.annotate(
            coming_start=Subquery(following.values("starts_at")[:1]),
            coming_over=Subquery(following.values("over_at")[:1]),
        )
        if len(passed) > FEW:
            rows = rows.filter(next_over__lte=now)
        else:
            rows = rows.filter(pk__in=[int(pk) for pk in columns.ids[passed]])
        columns.take_off(passed)
        for batch in in_batches(rows, "coming_start", "coming_over"):
            columns = columns.with_room_for(columns.used + len(batch))
            columns.write(with_slots_to_come([moved_on(row) for row in batch], now))
        self.columns = columns
        self.next_change = next_change_of(columns)
        return columns


TABLE = Table()
"""This process's own."""


def next_change_of(columns: Columns) -> int:
    """When the first date is over, in seconds since 1970."""
    over = columns.next_over[: columns.used]
    return int(over.min()) if len(over) else int(NO_MOMENT)


def in_batches(rows: Any, *more: str) -> Iterator[list[tuple]]:
    values = rows.values_list(*FIELDS, *more).iterator(chunk_size=BATCH)
    batch: list[tuple] = []
    for row in values:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def moved_on(row: tuple) -> tuple:
    """The row with the date that comes next in place of the one that is over."""
    *values, start, over = row
    values[FIELDS.index("next_start")] = start
    values[FIELDS.index("next_over")] = over
    return tuple(values)


def with_slots_to_come(rows: list[tuple], now: datetime) -> list[tuple]:
    """Where a weekday has two parts of the day, only the dates tell which is left."""
    slots, pk = FIELDS.index("slots"), FIELDS.index("pk")
    two_times = [row[pk] for row in rows if has_two_times_of_a_day(row[slots])]
    if not two_times:
        return rows
    coming = Occurrence.objects.upcoming(now).held().filter(event__in=two_times)
    starts = defaultdict(list)
    for event_id, start in coming.values_list("event_id", "starts_at"):
        starts[event_id].append(start)
    return [
        (*row[:slots], slots_of(starts[row[pk]]), *row[slots + 1 :])
        if row[pk] in starts
        else row
        for row in rows
    ]
