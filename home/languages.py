"""Which language a text is in, and what stands in for one that is missing."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MAIN_LANGUAGE = "fi"
EASY_FINNISH = "fi-simple"

FALLBACKS = {
    "fi": ("fi", "fi-simple"),
    "sv": ("sv", "fi", "en"),
    "en": ("en", "fi", "sv"),
    "fi-simple": ("fi-simple", "fi"),
}
"""In this order a reader of a language is offered a text that exists."""

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


def current_language() -> str:
    """The active language if the site has it, else Finnish."""
    language = get_language() or MAIN_LANGUAGE
    return language if language in FALLBACKS else MAIN_LANGUAGE


def fallbacks(language: str) -> tuple[str, ...]:
    return FALLBACKS.get(language, (MAIN_LANGUAGE,))


def language_name(code: str) -> str:
    """The language's name in the language itself."""
    return dict(settings.LANGUAGES).get(code, code)
