"""Where the door is in each language."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from home.languages import current_language

DOOR_SLUGS = {
    "fi": "ilmoita",
    "sv": "anmal",
    "en": "submit",
    "fi-simple": "ilmoita",
}
"""Fixed: organisations keep them in their bookmarks (architecture.md, addresses)."""


def door_url(name: str, *args: Any, language: str = "") -> str:
    """The address of one of the door's pages, in the reader's language."""
    return reverse(f"door-{language or current_language()}:{name}", args=args)


def door_urls(name: str, *args: Any) -> dict[str, str]:
    """The same page in every language, for the language menu."""
    return {
        code: door_url(name, *args, language=code) for code, _name in settings.LANGUAGES
    }
