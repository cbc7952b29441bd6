"""What a run took, what it skipped and why, what it changed: counts and lines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from .records import Note, NoteKind, Skipped


class Outcome(StrEnum):
    CREATED = "new"
    UPDATED = "changed"
    UNCHANGED = "unchanged"
    EDITED_HERE = "edited here, left"
    WITHDRAWN = "taken off the site"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """One event's line. `is_live` is None where nothing was written."""

    outcome: Outcome
    title: str
    external_id: str = ""
    source: str = ""
    reason: str = ""
    is_live: bool | None = None
    notes: tuple[Note, ...] = ()

    def lines(self) -> Iterator[str]:
        name = self.title or self.external_id or "(no name)"
        key = f" ({self.external_id})" if self.title and self.external_id else ""
        state = ", unpublished" if self.is_live is False else ""
        reason = f": {self.reason}" if self.reason else ""
        yield f"{self.outcome}{state}: {name}{key}{reason}"
        for note in self.notes:
            yield f"    {note.sentence}"


TAKEN = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)
QUIET = (Outcome.UNCHANGED,)


@dataclass
class Report:
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """About the source as a whole."""

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def skip(self, skipped: Skipped) -> None:
        self.add(
            Entry(
                Outcome.SKIPPED,
                skipped.title,
                skipped.external_id,
                reason=skipped.reason,
            )
        )

    def count(self, *outcomes: Outcome) -> int:
        return sum(entry.outcome in outcomes for entry in self.entries)

    def counts_of_notes(self) -> dict[NoteKind, int]:
        """By kind, how many events have such a note; of the source, how many notes."""
        counter: Counter[NoteKind] = Counter(note.kind for note in self.notes)
        for entry in self.entries:
            counter.update({note.kind for note in entry.notes})
        return {kind: counter[kind] for kind in NoteKind if counter[kind]}

    def lines(self) -> Iterator[str]:
        """An unchanged event is only counted, unless there is something to say."""
        for entry in self.entries:
            if entry.outcome not in QUIET or entry.notes:
                yield from entry.lines()
        for note in self.notes:
            yield f"source: {note.sentence}"

    def summary(self) -> Iterator[str]:
        read = len(self.entries)
        taken = self.count(*TAKEN)
        yield f"Read {read}, of which taken {taken}:"
        for outcome in Outcome:
            yield f"  {self.count(outcome):>6}  {outcome}"
        unpublished = sum(entry.is_live is False for entry in self.entries)
        if unpublished:
            yield f"Saved unpublished: {unpublished}"
        notes = self.counts_of_notes()
        if notes:
            yield "Changed or to look at:"
        for kind, number in notes.items():
            yield f"  {number:>6}  {kind}"
