"""Where in the tree not everybody may look, read once for each content version."""

from wagtail.models import PageViewRestriction

from .memory import Memory

_memory = Memory[tuple[str, ...]]()


def restricted_paths() -> tuple[str, ...]:
    """Tree paths of pages that ask for a password or an account: there are few."""
    paths = PageViewRestriction.objects.values_list("page__path", flat=True)
    return _memory.get("paths", lambda: tuple(paths))
