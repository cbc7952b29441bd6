"""Where the need-finder is in each language."""

SLUGS = {"fi": "loyda", "sv": "hitta", "en": "find", "fi-simple": "loyda"}
"""Fixed: posters lead there (architecture.md, addresses)."""


def need_finder_path(language: str) -> str:
    """`/sv/hitta/`"""
    return f"/{language}/{SLUGS[language]}/"


def need_finder_paths() -> dict[str, str]:
    """In every language, for the language menu."""
    return {language: need_finder_path(language) for language in SLUGS}
