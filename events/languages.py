"""Where the event index is in each language, and the languages groups are held in."""

from django.utils.translation import gettext_lazy as _

INDEX_SLUGS = {
    "fi": "tapahtumat",
    "sv": "evenemang",
    "en": "events",
    "fi-simple": "tapahtumat",
}
"""Fixed: feeds and other sites rely on them (architecture.md, addresses)."""

SPOKEN_LANGUAGES = {
    "fi": _("Finnish"),
    "sv": _("Swedish"),
    "en": _("English"),
    "ru": _("Russian"),
    "uk": _("Ukrainian"),
    "et": _("Estonian"),
    "ar": _("Arabic"),
    "so": _("Somali"),
    "fa": _("Persian"),
    "ku": _("Kurdish"),
    "fr": _("French"),
    "fi-simple": _("Easy Finnish"),
    "fse": _("Finnish sign language"),
}
"""By code. The order gives the bits of a search row's mask: add only at the end."""

LANGUAGE_BITS = {code: bit for bit, code in enumerate(SPOKEN_LANGUAGES)}


def index_path(language: str) -> str:
    """`/sv/evenemang/`"""
    return f"/{language}/{INDEX_SLUGS[language]}/"
