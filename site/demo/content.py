"""Reads the content files: TOML, one file for each page and language."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

CONTENT = Path(__file__).parent / "content"
CHOSEN_BY_KEY = {"self_assessment", "while_you_wait"}


def read(name: str) -> dict[str, Any]:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)


def read_folder(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each file's stem and content, in the order of the names."""
    for path in sorted((CONTENT / name).glob("*.toml")):
        with path.open("rb") as file:
            yield path.stem, tomllib.load(file)


def stream(
    blocks: list[dict[str, Any]], key: str, pages: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """Blocks as a StreamField stores them.

    Their ids come from the key and the place, so that a translation's blocks have
    the ids of its source's. `pages` turns the key of a self-assessment or of a queue
    into its id; a block that refers to none is left out.
    """
    made = []
    for place, block in enumerate(blocks):
        value = as_stored(block["value"], f"{key}/{place}")
        if block["type"] in CHOSEN_BY_KEY:
            value = (pages or {}).get(value)
            if value is None:
                continue
        identity = str(uuid5(NAMESPACE_URL, f"{key}/{place}"))
        made.append({"type": block["type"], "value": value, "id": identity})
    return made


def as_stored(value: Any, key: str) -> Any:
    """Dates as JSON has them, and each item of a list with an id of its own.

    Without the ids wagtail-localize would not offer the items to a translator.
    """
    if isinstance(value, dict):
        return {name: as_stored(item, f"{key}/{name}") for name, item in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": as_stored(item, f"{key}/{place}"),
                "id": str(uuid5(NAMESPACE_URL, f"{key}/{place}")),
            }
            for place, item in enumerate(value)
        ]
    return value.isoformat() if isinstance(value, date) else value
