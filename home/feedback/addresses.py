"""Where feedback is given, in each language's own words."""

from django.conf import settings
from django.urls import reverse

from ..languages import current_language

FEEDBACK_SLUGS = {
    "fi": "palaute",
    "sv": "respons",
    "en": "feedback",
    "fi-simple": "palaute",
}
"""Fixed: the law wants the way to stay (architecture.md, addresses)."""


def feedback_url(name: str = "form", *args: object, language: str = "") -> str:
    return reverse(f"feedback-{language or current_language()}:{name}", args=args)


def feedback_urls(name: str = "form", *args: object) -> dict[str, str]:
    """The same page in every language, for the language menu."""
    return {
        code: feedback_url(name, *args, language=code)
        for code, _name in settings.LANGUAGES
    }
