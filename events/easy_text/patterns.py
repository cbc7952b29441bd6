"""The sentence patterns, as the reviewer reads them (`patterns.toml`)."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

PLACE = Path(__file__).with_name("patterns.toml")


@cache
def patterns() -> dict[str, Any]:
    with PLACE.open("rb") as file:
        return tomllib.load(file)


class Speaker:
    """Says a pattern of a kind of group: “Ryhmä alkaa kello 14.”"""

    def __init__(self, kind: str) -> None:
        self.words: dict[str, str] = patterns()["kinds"][kind]

    def say(self, part: str, key: str, **words: Any) -> list[str]:
        """The sentences; none when the patterns say nothing of it."""
        found = patterns()[part].get(key, [])
        return [sentence.format(**self.words | words) for sentence in found]

    def say_fact(self, part: str, name: str, value: bool | None, **words: Any) -> Any:
        """Of a fact with three values. What is not known is not said."""
        found = patterns()[part].get(name, {})
        if value is None:
            return []
        sentences = found.get("yes" if value else "no", [])
        return [sentence.format(**self.words | words) for sentence in sentences]


def listed(words: Sequence[str]) -> str:
    """“suomea, ruotsia ja englantia”"""
    if len(words) < 2:
        return "".join(words)
    together: str = patterns()["listing"]["and"]
    return together.format(first=", ".join(words[:-1]), last=words[-1])


def review_in_words() -> str:
    """For staff: who has reviewed the patterns, and when."""
    review = patterns()["review"]
    if not (review["by"] and review["on"]):
        return _("No expert in easy language has reviewed its sentences yet.")
    return _("Its sentences were reviewed by %(who)s on %(day)s.") % {
        "who": review["by"],
        "day": review["on"],
    }


def what_readers_get() -> str:
    """For the editor of a group."""
    told = _(
        "Readers of easy Finnish get a text that the site makes from the group's times,"
        " place and other fields, and your own text below it."
    )
    return f"{told} {review_in_words()}"
