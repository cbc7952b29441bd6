"""Sets of small numbers as one integer, for the columns of search rows."""

from collections.abc import Iterable


def mask(bits: Iterable[int]) -> int:
    """The numbers as places in a bit mask."""
    result = 0
    for bit in bits:
        result |= 1 << int(bit)
    return result
