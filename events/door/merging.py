"""What an organisation typed, put together with what staff have published meanwhile.

A change holds the whole group as it stood when it was begun. Sent as it is, it would
take back every word that staff have mended since. So each field that the organisation
has not touched is read anew from the group.
"""

from collections.abc import Iterable, Mapping

from .fields import Typed

ROWS = ("rule-", "date-", "break-")
"""Rows of times belong together: half of theirs and half of ours would be nonsense."""
SEVERAL = {"goals", "target_groups", "spoken_languages", "pauses"}
"""Fields that hold several values; of others the last one counts, as for a form."""

Steps = Mapping[str, Typed]


def merged(
    mine: Steps, before: Steps, theirs: Steps
) -> dict[str, dict[str, list[str]]]:
    """`before`: what both began from."""
    return {
        step: merged_step(
            mine.get(step, {}), before.get(step, {}), theirs.get(step, {})
        )
        for step in {*mine, *theirs}
    }


def merged_step(mine: Typed, before: Typed, theirs: Typed) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for names in units({*mine, *before, *theirs}):
        is_untouched = all(
            effective(name, mine) == effective(name, before) for name in names
        )
        source = theirs if is_untouched else mine
        result |= {name: source[name] for name in names if name in source}
    return result


def units(names: set[str]) -> Iterable[set[str]]:
    """Names of fields that are taken together."""
    for rows in ROWS:
        together = {name for name in names if name.startswith(rows)}
        yield together
        names = names - together
    for name in names:
        yield {name}


def effective(name: str, typed: Typed) -> list[str]:
    """What a form would read; an empty field and one that is not there are the same."""
    values = [plain(value) for value in typed.get(name, [])]
    if name not in SEVERAL and not name.startswith(ROWS):
        values = values[-1:]
    return sorted(filter(None, values))


def plain(value: str) -> str:
    """Browsers send line ends of their own kind, and say what is not known."""
    text = value.replace("\r\n", "\n").strip()
    return "" if text == "unknown" else text
