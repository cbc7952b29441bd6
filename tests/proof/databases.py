"""A test database of a proof's own beside the configured one."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.test.utils import override_settings, setup_databases, teardown_databases

from events.listing.table import TABLE
from home.models.memory import Memory

ROWS_AT_ONCE = 5000


@contextmanager
def own_database(name: str = "proof", keep_in: Path | None = None) -> Iterator[Path]:
    """Gives the folder of the SQLite file; on PostgreSQL the database has the name.

    Without DEBUG: it keeps the text of every query in memory. With `keep_in` the
    database stays, and is there the next time.
    """
    with ExitStack() as stack:
        stack.enter_context(override_settings(DEBUG=False))
        folder = keep_in or Path(stack.enter_context(TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        for database in connections.settings.values():
            is_file = database["ENGINE"].endswith("sqlite3")
            test = database.setdefault("TEST", {})
            test["NAME"] = str(folder / name) if is_file else name
        keeps = keep_in is not None
        databases = setup_databases(
            verbosity=0, interactive=False, keepdb=keeps, serialized_aliases=[]
        )
        forget_other_databases()
        try:
            yield folder
        finally:
            teardown_databases(databases, verbosity=0, keepdb=keeps)


def forget_other_databases() -> None:
    """What this process remembers, by ids and versions that mean something else now."""
    cache.clear()
    Memory.forget_all()
    TABLE.forget()
    ContentType.objects.clear_cache()


def write_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Past `save` and signals, ids as given. Also a model with a parent table."""
    write_values(model, (prepared(row) for row in rows))


def prepared(row: models.Model) -> tuple[Any, ...]:
    """The row's values as the database takes them, in the order of the columns."""
    return tuple(
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.local_concrete_fields
    )


class Template:
    """Rows of one table that are alike, made without a model's own cost.

    What is given to `row` goes to the database as it is: text, numbers, yes or no.
    Other values are made `ready` first.
    """

    def __init__(self, sample: models.Model) -> None:
        self.model = type(sample)
        names = [field.attname for field in self.model._meta.local_concrete_fields]
        self.values = dict(zip(names, prepared(sample), strict=True))

    def ready(self, name: str, value: Any) -> Any:
        field: Any = self.model._meta.get_field(name)
        return field.get_db_prep_save(value, connection)

    def row(self, **values: Any) -> tuple[Any, ...]:
        return tuple({**self.values, **values}.values())


def write_values(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
    fields = model._meta.local_concrete_fields
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    for batch in batched(rows, ROWS_AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(fields))
                cursor.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  (our names)
                    batch,
                )


def settle(written: Iterable[type[models.Model]] = ()) -> None:
    """As after some days of life: the next ids free, and the planner informed."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
        can_vacuum = (
            connection.vendor == "postgresql" and not connection.in_atomic_block
        )
        cursor.execute("VACUUM ANALYZE" if can_vacuum else "ANALYZE")
        if can_vacuum:
            cursor.execute("CHECKPOINT")  # Else its writing is measured later.


def last_id(model: type[models.Model]) -> int:
    highest: Any = model._default_manager.aggregate(last=models.Max("pk"))["last"]
    return highest or 0
