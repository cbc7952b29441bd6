"""What a Linked Events object is, and what it refers to."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeGuard
from urllib.parse import unquote, urlsplit

from .records import (
    Note,
    NoteKind,
)
from .texts import (
    in_any,
    one_line,
    one_lines,
    without_mark,
)

Item = dict[str, Any]


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def type_of(item: Mapping[str, Any]) -> str:
    return str(item.get("@type") or "").lower()


def looks_like_event(item: object) -> TypeGuard[Item]:
    if not isinstance(item, dict):
        return False
    if type_of(item):
        return type_of(item).startswith("event") and "name" in item
    has_name = isinstance(item.get("name"), dict | str)
    return has_name and ("start_time" in item or "super_event_type" in item)


def looks_like_place(item: Mapping[str, Any]) -> bool:
    return type_of(item) == "place" or ("position" in item and "name" in item)


def looks_like_keyword(item: Mapping[str, Any]) -> bool:
    return type_of(item) == "keyword"


def ref_address(value: object) -> str:
    address = value.get("@id") if isinstance(value, Mapping) else value
    return address if isinstance(address, str) else ""


def ref_id(value: object) -> str:
    """`tprek:45317` from an object, from `{"@id": url}`, from a url, or itself."""
    if isinstance(value, Mapping) and isinstance(value.get("id"), str | int):
        return one_line(str(value["id"]))
    address = ref_address(value)
    if not address:
        return ""
    try:
        path = urlsplit(address).path if "://" in address else address
    except ValueError:
        return ""
    return one_line(unquote(path.rstrip("/").rsplit("/", 1)[-1]))


def event_id(item: Mapping[str, Any]) -> str:
    """Its id; without one, what tells it from others: its name and start."""
    if key := ref_id(item):
        if len(key) <= 255:
            return key
        return key[:190] + sha256(key.encode()).hexdigest()
    name = in_any(one_lines(item.get("name")))
    words = f"{name}|{item.get('start_time')}|{ref_id(item.get('location'))}"
    return "no-id-" + sha256(words.encode(errors="replace")).hexdigest()[:32]


def parent_id(item: Mapping[str, Any]) -> str:
    return ref_id(item.get("super_event"))


def source_of(item: Mapping[str, Any]) -> str:
    """Its data source; without one, what stands before the colon of its id."""
    name = one_line(item.get("data_source"))
    if not name and ":" in (key := ref_id(item)):
        name = key.split(":")[0]
    return name[:100]


def title_of(item: Mapping[str, Any]) -> str:
    return in_any(one_lines(item.get("name")))


def is_deleted(item: Mapping[str, Any]) -> bool:
    return item.get("deleted") is True or bool(item.get("replaced_by"))


def status_of(item: Mapping[str, Any]) -> str:
    """“cancelled”, whether it came as EventCancelled or with schema.org before it."""
    status = one_line(item.get("event_status")).rsplit("/", 1)[-1].lower()
    return status.removeprefix("event")


def is_draft(item: Mapping[str, Any]) -> bool:
    return one_line(item.get("publication_status")).lower() == "draft"


def has_mark(item: Mapping[str, Any], mark: re.Pattern[str]) -> bool:
    names = one_lines(item.get("name")).values()
    return any(without_mark(name, mark)[1] for name in names)


@dataclass
class References:
    """Places and keywords seen expanded anywhere, by id."""

    places: dict[str, Item] = field(default_factory=dict)
    keywords: dict[str, Item] = field(default_factory=dict)
    resolve: Callable[[object], Item | None] | None = None
    """Fetches what a reference names, when the source is on the web."""

    def add_place(self, item: Item) -> None:
        if key := ref_id(item):
            self.places[key] = item

    def add_keyword(self, item: Item) -> None:
        if key := ref_id(item):
            self.keywords[key] = item

    def learn_from(self, event: Item) -> None:
        location = event.get("location")
        if isinstance(location, dict) and location.get("name"):
            self.places.setdefault(ref_id(location), location)
        for keyword in [*listed(event.get("keywords")), *listed(event.get("audience"))]:
            if isinstance(keyword, dict) and keyword.get("name"):
                self.keywords.setdefault(ref_id(keyword), keyword)

    def place(self, reference: object) -> tuple[Item | None, list[Note]]:
        """The place, or the one that has taken its place."""
        item: Item | None = None
        seen: set[str] = set()
        notes: list[Note] = []
        while (key := ref_id(reference)) and key not in seen:
            seen.add(key)
            found = self.places.get(key)
            if found is None and isinstance(reference, dict) and reference.get("name"):
                found = reference
            if found is None and self.resolve:
                found = self.resolve(reference)
            if found is None:
                break
            item = found
            if not item.get("deleted") and not item.get("replaced_by"):
                return item, notes
            reference = item.get("replaced_by")
        if item is not None:
            notes.append(
                Note(
                    NoteKind.PLACE, f"its place {ref_id(item)} is deleted in the source"
                )
            )
        return item, notes

    def keyword_ids(self, references: Iterable[object]) -> list[str]:
        """Ids after replacement; a deprecated keyword counts as its successor."""
        ids = []
        for reference in references:
            key, seen = ref_id(reference), set()
            while key and key not in seen:
                seen.add(key)
                item = self.keywords.get(key)
                successor = ref_id(item.get("replaced_by")) if item else ""
                if not successor:
                    break
                key = successor
            if key and key not in ids:
                ids.append(key)
        return ids
