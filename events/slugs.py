"""Addresses of records, made from their names."""

from django.db.models import Model
from django.utils.text import slugify

from .models.pages import PLAIN_LETTERS

LONGEST_SLUG = 80
ROOM_FOR_A_NUMBER = 4


def slug_of(text: str, limit: int = LONGEST_SLUG) -> str:
    return slugify(text.translate(PLAIN_LETTERS))[:limit].strip("-")


def free_slug(model: type[Model], name: str, *, instead: str, suffix: str = "") -> str:
    """One that no record has; the unique column has the last word.

    `instead` is for a name without letters.
    """
    room = LONGEST_SLUG - len(suffix) - ROOM_FOR_A_NUMBER
    base = slug_of(name, room) or instead
    rows = model._default_manager.filter(slug__startswith=base)
    taken = set(rows.values_list("slug", flat=True))
    number, slug = 1, base + suffix
    while slug in taken:
        number += 1
        slug = f"{base}-{number}{suffix}"
    return slug
