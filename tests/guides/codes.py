"""Writes progress codes as a browser does; the site itself only checks them."""

from uuid import UUID

from guides.progress_codes import (
    ALPHABET,
    BASE,
    PRIME,
    VERSION,
    digits,
    programme_mark,
    rest_of,
)


def code_of(key: UUID, numbers: list[int]) -> str:
    """The code of the parts that are done, by their numbers."""
    bits = [0] * max((max(numbers, default=1) + 4) // 5, 1)
    for number in numbers:
        bits[(number - 1) // 5] |= 1 << ((number - 1) % 5)
    start = VERSION + programme_mark(key) + "".join(ALPHABET[each] for each in bits)
    return start + digits((1 - rest_of(start) * BASE * BASE) % PRIME)
