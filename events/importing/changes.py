"""Cancelled and moved dates of an imported event (decision 5: in no revision)."""

from datetime import datetime

from django.db import models

from ..models import OccurrenceChange
from .records import IncomingChange, Note, NoteKind
from .schedule import Plan


def write_changes(
    page_pk: int, plan: Plan, imported_at: datetime
) -> tuple[models.QuerySet[OccurrenceChange], list[Note]]:
    """Makes the import's own rows those of the plan; gives these rows.

    What somebody here has cancelled or moved stays: the import's own rows are
    known by bearing the very moment of the last import.
    """
    rows = {
        row.original_start: row
        for row in OccurrenceChange.objects.filter(event_id=page_pk)
    }
    ours = {start: row for start, row in rows.items() if row.changed_at == imported_at}
    wanted = {change.original_start: change for change in plan.changes}
    theirs = [start for start in wanted if start in rows and start not in ours]
    notes = []
    if gone := [row.pk for start, row in ours.items() if start not in wanted]:
        OccurrenceChange.objects.filter(pk__in=gone).delete()
        sentence = f"{len(gone)} dates are no longer cancelled or moved in the source"
        notes.append(Note(NoteKind.CANCELLED, sentence))
    if theirs:
        notes.append(
            Note(NoteKind.CHECK, f"{len(theirs)} dates were changed here: left so")
        )
    new, changed = [], []
    for start, change in wanted.items():
        if start in theirs:
            continue
        row = ours.get(start)
        values = values_of(change)
        if row is None:
            new.append(
                OccurrenceChange(event_id=page_pk, original_start=start, **values)
            )
            continue
        for name, value in values.items():
            setattr(row, name, value)
        changed.append(row)
    # In bulk: no signal draws the dates anew for each row, publishing does it once.
    OccurrenceChange.objects.bulk_create(new)
    OccurrenceChange.objects.bulk_update(changed, ["kind", "new_start", "new_end"])
    starts = [start for start in wanted if start not in theirs]
    return (
        OccurrenceChange.objects.filter(event_id=page_pk, original_start__in=starts),
        notes,
    )


def values_of(change: IncomingChange) -> dict:
    kind = OccurrenceChange.Kind
    return {
        "kind": kind.MOVED if change.new_start else kind.CANCELLED,
        "new_start": change.new_start,
        "new_end": change.new_end if change.new_start else None,
    }
