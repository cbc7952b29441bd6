"""Where a version is reviewed, in each language."""

from django.urls import reverse

from ..languages import current_language

REVIEW_SLUGS = {
    "fi": "tarkastus",
    "sv": "granskning",
    "en": "review",
    "fi-simple": "tarkastus",
}
"""Links in letters have them, and the log filters know them: fixed."""


def review_url(name: str, *args: str, language: str = "") -> str:
    return reverse(f"review-{language or current_language()}:{name}", args=args)
