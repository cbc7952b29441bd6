"""Where the event index is in each language, and the languages groups are held in."""

from home.languages import SPOKEN_LANGUAGES

__all__ = [
    "INDEX_SLUGS",
    "LANGUAGE_BITS",
    "MAP_SLUGS",
    "ORGANISER_SLUGS",
    "PLACE_SLUGS",
    "SPOKEN_LANGUAGES",
    "index_path",
    "organisers_path",
    "places_path",
]

INDEX_SLUGS = {
    "fi": "tapahtumat",
    "sv": "evenemang",
    "en": "events",
    "fi-simple": "tapahtumat",
}
"""Fixed: feeds and other sites rely on them (architecture.md, addresses)."""

ORGANISER_SLUGS = {
    "fi": "jarjestajat",
    "sv": "arrangorer",
    "en": "organisers",
    "fi-simple": "jarjestajat",
}
PLACE_SLUGS = {
    "fi": "paikat",
    "sv": "platser",
    "en": "venues",
    "fi-simple": "paikat",
}

MAP_SLUGS = {"fi": "kartta", "sv": "karta", "en": "map", "fi-simple": "kartta"}
"""Of the map under the index; no group has one of them."""

LANGUAGE_BITS = {code: bit for bit, code in enumerate(SPOKEN_LANGUAGES)}


def index_path(language: str) -> str:
    """`/sv/evenemang/`"""
    return f"/{language}/{INDEX_SLUGS[language]}/"


def organisers_path(language: str) -> str:
    """`/sv/arrangorer/`"""
    return f"/{language}/{ORGANISER_SLUGS[language]}/"


def places_path(language: str) -> str:
    """`/sv/platser/`"""
    return f"/{language}/{PLACE_SLUGS[language]}/"
