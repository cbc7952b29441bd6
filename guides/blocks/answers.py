"""What a reader writes or ticks in an exercise, and where the browser keeps it.

Nothing of it reaches the server. A key is made of the ids that Wagtail gives to blocks
and to the items of lists: it stays when an editor changes a sentence or the order, and
it is the same in every language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import blocks

KEY_LENGTH = 8
"""Of an id's 36 characters: enough within one part, and short in a code."""


@dataclass(frozen=True)
class Answer:
    key: str
    label: str
    hint: str = ""
    example: str = ""
    is_tick: bool = False
    is_deed: bool = False
    """The tick says that something has been done, not that something is so."""
    highest: int = 0
    """Of a number that begins at 0; of anything else 0."""


def key_of(*ids: object) -> str:
    return "-".join(str(each or "")[:KEY_LENGTH] for each in ids)


def items_of(values: Any) -> Iterator[tuple[str, Any]]:
    """Each item of a list with its key."""
    for child in values.bound_blocks:
        yield key_of(child.id), child.value


class ExerciseValue(blocks.StructValue):
    """Each kind of exercise says what one writes in it."""

    def answers(self, block_id: object) -> list[Answer]:
        raise NotImplementedError


class ExerciseBlock(blocks.StructBlock):
    """An exercise is filled in on the page or on paper; it is no form to be sent."""

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["key"] = key_of(context.get("id"))
        if isinstance(value, ExerciseValue):
            context["answers"] = value.answers(context.get("id"))
        return context
