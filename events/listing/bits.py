"""Sets of groups as packed bits: a bit for each group, 64 to a word."""

from typing import Any

import numpy as np

WORD = 64

Bits = np.ndarray[Any, np.dtype[np.uint64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, np.dtype[Any]]


def pack(flags: Flags) -> Bits:
    """The flags' number has to be a multiple of 64."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def positions(bits: Bits) -> Numbers:
    """The places of the bits that are set, ascending."""
    return np.flatnonzero(flags(bits))


def flags(bits: Bits) -> Flags:
    """A byte for each bit."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def counts(rows: Bits, base: Bits) -> list[int]:
    """For each row, how many of its bits the base has too."""
    return [int(number) for number in np.bitwise_count(rows & base).sum(axis=1)]


def any_of(rows: Bits) -> Bits:
    return np.bitwise_or.reduce(rows, axis=0)
