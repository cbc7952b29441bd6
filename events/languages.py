"""Where the event index is in each language, and the languages groups are held in."""

from home.languages import SPOKEN_LANGUAGES

__all__ = ["INDEX_SLUGS", "LANGUAGE_BITS", "SPOKEN_LANGUAGES", "index_path"]

INDEX_SLUGS = {
    "fi": "tapahtumat",
    "sv": "evenemang",
    "en": "events",
    "fi-simple": "tapahtumat",
}
"""Fixed: feeds and other sites rely on them (architecture.md, addresses)."""

LANGUAGE_BITS = {code: bit for bit, code in enumerate(SPOKEN_LANGUAGES)}


def index_path(language: str) -> str:
    """`/sv/evenemang/`"""
    return f"/{language}/{INDEX_SLUGS[language]}/"
