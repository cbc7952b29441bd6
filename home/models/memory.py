"""What a process keeps of the database until the content version rises."""

from collections.abc import Callable, Hashable
from typing import ClassVar

from .content_version import ContentVersion

MOST_KEYS = 1000


class Memory[T]:
    """Values that many pages need. Shared between requests: not to be changed."""

    _all: ClassVar[list["Memory"]] = []

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[int, T]] = {}
        self._all.append(self)

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        """The value of the key; `read` is called when the content has changed."""
        version = ContentVersion.current()
        known = self._known.get(key)
        if known is not None and known[0] == version:
            return known[1]
        value = read()
        if len(self._known) >= MOST_KEYS:
            self._known.clear()
        self._known[key] = (version, value)
        return value

    @classmethod
    def forget_all(cls) -> None:
        """When another database takes the place of this one, as in tests."""
        for memory in cls._all:
            memory._known.clear()
        ContentVersion.forget()
