"""Where in the tree not everybody may look, read once for each content version."""

from wagtail.models import PageViewRestriction

from .content_version import ContentVersion

_memory: dict[str, tuple[int, tuple[str, ...]]] = {}


def restricted_paths() -> tuple[str, ...]:
    """Tree paths of pages that ask for a password or an account: there are few."""
    version = ContentVersion.current()
    known_version, paths = _memory.get("paths", (None, ()))
    if known_version != version:
        found = PageViewRestriction.objects.values_list("page__path", flat=True)
        paths = tuple(found)
        _memory["paths"] = (version, paths)
    return paths
