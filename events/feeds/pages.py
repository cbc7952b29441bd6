"""Which part of a list a feed holds, by the rules of the index page."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from ..listing import Found


@dataclass(frozen=True)
class FeedPage:
    found: Found
    number: int
    size: int

    @classmethod
    def asked(cls, found: Found, number: str | None, size: int) -> "FeedPage":
        """The first page when it is no number or below one; 404 after the last."""
        try:
            wanted = max(int(number or 1), 1)
        except ValueError:
            wanted = 1
        page = cls(found, wanted, size)
        if page.start >= found.total and page.number > 1:
            raise Http404
        return page

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        return min(self.start + self.size, self.found.total)

    @property
    def has_next(self) -> bool:
        return self.stop < self.found.total

    def in_words(self) -> str:
        """Which groups these are, when they are not all."""
        if self.number == 1 and not self.has_next:
            return ""
        return _("Here are groups %(first)s–%(last)s of %(total)s.") % {
            "first": self.start + 1,
            "last": self.stop,
            "total": self.found.total,
        }
