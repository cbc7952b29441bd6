"""Addresses in the NGO door's templates."""

from typing import Any

from django import template

from events.door.addresses import door_url
from home.languages import SPOKEN_LANGUAGES

register = template.Library()
register.simple_tag(door_url, name="door_url")


@register.filter
def language_of_text(code: str) -> Any:
    """“Finnish”, in the reader's language."""
    return SPOKEN_LANGUAGES[code]
