"""Random input that no person would type, and some that would break a weaker search."""

from collections.abc import Iterator
from random import Random

PIECES = (
    *('"', "'", "\x00", "\\", "%", "_", "*", "(", ")", "[", "{", "-", "--", ";", ":"),
    *(" ", "\t", "\n", "\u00a0", "\u200b", "\u202e", "\ufeff", "\ud7ff", "\U0010ffff"),
    *("AND", "OR", "NOT", "NEAR", "a\u0308", "e\u0301", "\u0301" * 20, "ä" * 300),
    *("😀", "👩\u200d👧", "שלום", "مرحبا", "你好", "Ω", "ß", "ﬁ"),
    *(
        "uni",
        "ryhmä",
        "kotka",
        "alkoholi-",
        "päihde",
        "SELECT 1",
        "<b>",
        "&amp;",
        "1e9",
    ),
    *("x" * 10_000, "yö" * 500, "a-" * 300, "mielenterveys" * 40),
)
"""Pieces that are put together; letters and signs of every kind come between them."""
LONGEST = 12


def hostile_inputs(number: int, seed: int) -> Iterator[str]:
    """The same for the same seed."""
    random = Random(seed)
    for _number in range(number):
        parts = (
            random.choice(PIECES) if random.random() < 0.7 else any_sign(random)
            for _place in range(random.randint(0, LONGEST))
        )
        yield random.choice(("", " ")).join(parts)


def any_sign(random: Random) -> str:
    """Of all of Unicode but the halves of pairs, which no browser sends."""
    sign = random.randrange(0x110000 - 0x800)
    return chr(sign if sign < 0xD800 else sign + 0x800)
