"""How the C library gives memory back."""

import ctypes
from functools import cache

M_MMAP_THRESHOLD = -3
THRESHOLD = 256 * 1024
"""Bytes. A megabyte of numbers for each step of a question is more, a page less."""


@cache
def give_large_blocks_back() -> None:
    """Arrays that are only needed for a moment leave the process when it is over.

    glibc raises the size from which it does so with each large block that is freed, so
    that a process with 200,000 groups would keep some 80 MB for nothing. Other C
    libraries have no such habit, and no `mallopt`.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, THRESHOLD)
