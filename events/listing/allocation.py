"""How the C library gives memory back: glibc's habits, which others do not have."""

import ctypes
from functools import cache

M_MMAP_THRESHOLD = -3
THRESHOLD = 256 * 1024
"""Bytes. A megabyte of numbers for each step of a question is more, a page less."""

_library = ctypes.CDLL(None)


@cache
def give_large_blocks_back() -> None:
    """Arrays that are only needed for a moment leave the process when it is over.

    glibc raises the size from which it does so with each large block that is freed, so
    that a process with 200,000 groups would keep some 80 MB for nothing.
    """
    if hasattr(_library, "mallopt"):
        _library.mallopt(M_MMAP_THRESHOLD, THRESHOLD)


def give_free_memory_back() -> None:
    """What was needed while all groups were read."""
    if hasattr(_library, "malloc_trim"):
        _library.malloc_trim(0)
