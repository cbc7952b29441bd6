"""Linked Events: list pages, single objects and bare lists, from files or the web.

Reads all pages first, then sorts out families: a recurring parent and its children
are one event with dates, an umbrella only holds its children together.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from .documents import Document, Fetcher, UnreadableError, kept_secure, same_site
from .linked_event import (
    Gone,
    Unusable,
    date_of_child,
    read_event,
)
from .linked_references import (
    Item,
    References,
    event_id,
    is_deleted,
    listed,
    looks_like_event,
    looks_like_keyword,
    looks_like_place,
    parent_id,
    ref_address,
    ref_id,
    source_of,
    title_of,
)
from .records import (
    IncomingDate,
    Note,
    NoteKind,
    Reading,
    Skipped,
    Withdrawal,
)
from .schedule import UnusableDateError

logger = logging.getLogger(__name__)

MOST_PAGES = 2000
MOST_FETCHED = 1000
MOST_OF_A_FAMILY = 500


def nothing(_sentence: str) -> None:
    """Says nothing."""


@dataclass
class LinkedEventsReader:
    """One run over documents; `say` is told how the reading goes."""

    fetcher: Fetcher
    source: str = ""
    say: Callable[[str], None] = nothing
    references: References = field(default_factory=References)
    reading: Reading = field(default_factory=Reading)
    items: dict[str, Item] = field(default_factory=dict)
    """Every event seen, by id: from the lists, or expanded inside another."""
    listed_ids: dict[str, None] = field(default_factory=dict)
    """Those that are candidates themselves: a set in the source's order."""
    child_of: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    """By event id: the source's name where the event itself tells none."""
    address: str = ""
    fetched: dict[str, Item | None] = field(default_factory=dict)

    def read(self, documents: Iterable[Document]) -> Reading:
        for document in documents:
            try:
                self.read_pages(document)
            except UnreadableError as error:
                self.reading.skipped.append(Skipped("", document.name, str(error)))
        self.references.resolve = self.fetch_object if self.address else None
        self.find_parents()
        self.take_all()
        return self.reading

    # Documents and pages

    def read_pages(self, document: Document) -> None:
        """Follows `meta.next`, on the same site only, and never the same page twice."""
        seen: set[str] = set()
        page = 1
        while True:
            data = parsed(document)
            following = self.read_data(data, document)
            self.reading.documents += 1
            seen.add(document.address)
            if not following:
                return
            if not document.address:
                self.skip_pages("a file is read alone: give the address to read on")
                return
            following = kept_secure(
                urljoin(document.address, following), document.address
            )
            if following in seen:
                self.skip_pages("the next page is one already read")
                return
            if not same_site(following, document.address):
                self.skip_pages("the next page is on another site")
                return
            if page >= MOST_PAGES:
                self.skip_pages(f"more than {MOST_PAGES} pages")
                return
            page += 1
            self.say(f"page {page}: {len(self.listed_ids)} events so far")
            try:
                document = self.fetcher.fetch(following)
            except UnreadableError as error:
                self.skip_pages(str(error))
                return

    def skip_pages(self, sentence: str) -> None:
        self.reading.notes.append(Note(NoteKind.PAGES, sentence))

    def read_data(self, data: object, document: Document) -> str:
        """Takes in one page; gives the address of the next, or ""."""
        following: object = None
        if isinstance(data, Mapping) and isinstance(data.get("data"), list):
            rows = data["data"]
            meta = data.get("meta")
            following = meta.get("next") if isinstance(meta, Mapping) else None
        elif isinstance(data, list):
            rows = data
        else:
            rows = [data]
        known = 0
        for row in rows:
            if not isinstance(row, dict):
                self.reading.skipped.append(Skipped("", "", "not an object"))
            elif looks_like_event(row):
                self.add_event(row, document)
                known += 1
            elif looks_like_place(row):
                self.references.add_place(row)
                known += 1
            elif looks_like_keyword(row):
                self.references.add_keyword(row)
                known += 1
        is_list = isinstance(data, Mapping) and "meta" in data
        if not known and not (is_list or data == []):
            message = f"{document.name} is neither Linked Events nor iCalendar."
            raise UnreadableError(message)
        self.address = self.address or document.address
        return following if isinstance(following, str) else ""

    def add_event(self, item: Item, document: Document) -> None:
        self.listed_ids[event_id(item)] = None
        self.take_in(item, document)

    def take_in(self, item: Item, document: Document, parent: str = "") -> None:
        """Remembers an event with all that stands expanded inside it."""
        key = event_id(item)
        known = self.items.get(key)
        if known is None or newer(item, known):
            self.items[key] = item
        self.origin.setdefault(key, document.stem)
        self.references.learn_from(item)
        if parent:
            self.child_of.setdefault(key, parent)
        if own_parent := parent_id(item):
            self.child_of[key] = own_parent
            if looks_like_event(item.get("super_event")):
                self.items.setdefault(own_parent, item["super_event"])
                self.origin.setdefault(own_parent, document.stem)
                self.references.learn_from(item["super_event"])
        for child in listed(item.get("sub_events")):
            child_id = ref_id(child)
            if looks_like_event(child):
                if child_id not in self.items:
                    self.take_in(child, document, parent=key)
            elif child_id:
                self.child_of.setdefault(child_id, key)

    # Families

    def find_parents(self) -> None:
        """A parent that is only named is fetched where the source is on the web."""
        for key in [*self.listed_ids]:
            parent = self.child_of.get(key, "")
            if not parent or parent in self.items:
                continue
            found = self.fetch_object(self.items[key].get("super_event"))
            if found and event_id(found) == parent:
                self.take_in(found, Document(parent, "", self.address))

    def is_recurring(self, key: str) -> bool:
        item = self.items.get(key)
        return (
            item is not None
            and kind_of_parent(item) == "recurring"
            and not is_deleted(item)
        )

    def take_all(self) -> None:
        children: dict[str, list[str]] = {}
        for child, parent in self.child_of.items():
            children.setdefault(parent, []).append(child)
        done: set[str] = set()
        for key in [*self.listed_ids]:
            family = self.child_of.get(key, "")
            if family and self.is_recurring(family):
                key = family
            if key in done:
                continue
            done.add(key)
            item = self.items[key]
            if kind_of_parent(item) == "umbrella" and not is_deleted(item):
                reason = (
                    "it only holds other events together; they are events themselves"
                )
                self.reading.skipped.append(Skipped(key, title_of(item), reason))
                for child in children.get(key, []):
                    if child in self.items and child not in done:
                        done.add(child)
                        self.take(self.items[child], children.get(child, []))
                continue
            self.take(item, children.get(key, []))

    def take(self, item: Item, children: list[str]) -> None:
        """One event or family; what cannot be taken is skipped with the reason."""
        key, title = event_id(item), title_of(item)
        source = self.source or source_of(item) or self.origin.get(key, "")
        try:
            dates: list[IncomingDate] | None = None
            absorbed: list[str] = []
            notes: list[Note] = []
            if self.is_recurring(key):
                dates, absorbed, notes = self.dates_of_family(item, children)
            event = read_event(
                item, source=source, references=self.references, children=dates
            )
        except Gone as gone:
            self.reading.withdrawals.append(
                Withdrawal(source, key, title, gone.replaced_by)
            )
        except (Unusable, UnusableDateError) as error:
            self.reading.skipped.append(Skipped(key, title, str(error)))
        except (TypeError, ValueError, LookupError, AttributeError, OverflowError):
            logger.exception("Event cannot be read", extra={"external_id": key})
            self.reading.skipped.append(Skipped(key, title, "its fields are broken"))
        else:
            parent = self.child_of.get(key, "")
            if parent and parent not in self.items:
                note = Note(NoteKind.CHECK, f"part of {parent}, which is not here")
                notes = [*notes, note]
            self.reading.events.append(
                replace(event, absorbed=tuple(absorbed), notes=(*event.notes, *notes))
            )

    def dates_of_family(
        self, parent: Item, children: list[str]
    ) -> tuple[list[IncomingDate], list[str], list[Note]]:
        """The children's dates, their ids, and what was left out of them."""
        ids = list(
            dict.fromkeys([*map(ref_id, listed(parent.get("sub_events"))), *children])
        )
        ids = [key for key in ids if key]
        addresses = {
            ref_id(child): ref_address(child)
            for child in listed(parent.get("sub_events"))
        }
        dates: list[IncomingDate] = []
        notes: list[Note] = []
        unseen = 0
        for key in ids[:MOST_OF_A_FAMILY]:
            child = self.items.get(key) or self.fetch_object(
                {"@id": addresses.get(key)}
            )
            if child is None:
                unseen += 1
                continue
            date, more = date_of_child(child, parent)
            notes += more
            if date is not None:
                dates.append(date)
        unseen += len(ids[MOST_OF_A_FAMILY:])
        if unseen:
            sentence = f"{unseen} of its {len(ids)} dates are only named in the source"
            notes.append(Note(NoteKind.DATES, sentence))
        return dates, ids, notes

    # References

    def fetch_object(self, reference: object) -> Item | None:
        """What a reference names, from the source's own site and within a limit."""
        address = ref_address(reference)
        if not self.address or not address:
            return None
        address = kept_secure(urljoin(self.address, address), self.address)
        if address not in self.fetched:
            if len(self.fetched) >= MOST_FETCHED or not same_site(
                address, self.address
            ):
                return None
            self.fetched[address] = self.fetch_now(address)
        return self.fetched[address]

    def fetch_now(self, address: str) -> Item | None:
        try:
            data = parsed(self.fetcher.fetch(address))
        except UnreadableError as error:
            logger.warning("Reference cannot be read", extra={"reason": str(error)})
            return None
        return data if isinstance(data, dict) else None


def parsed(document: Document) -> object:
    try:
        return json.loads(document.text)
    except (ValueError, RecursionError) as error:
        message = f"{document.name} is neither Linked Events nor iCalendar."
        raise UnreadableError(message) from error


def newer(item: Item, known: Item) -> bool:
    """The one changed last wins; at a tie the later in the list."""
    return str(item.get("last_modified_time") or "") >= str(
        known.get("last_modified_time") or ""
    )


def kind_of_parent(item: Item) -> str:
    return str(item.get("super_event_type") or "").lower()
