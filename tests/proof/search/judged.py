"""Queries with what a judge, who had not seen the search, wanted to find."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = ("tuning", "unseen")
"""While the search was tuned nobody looked at the second."""


@dataclass(frozen=True)
class Judged:
    text: str
    language: str
    """Of the page that the visitor is on."""
    kind: str
    grades: dict[str, int]
    """3: exactly what was wanted; 2: good; 1: somewhat. By the page's key."""


def judged(name: str) -> list[Judged]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        rows = tomllib.load(file)["query"]
    return [
        Judged(row["text"], row["language"], row["kind"], row["relevant"])
        for row in rows
    ]
