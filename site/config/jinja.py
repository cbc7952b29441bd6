"""Jinja draws what stands on a page many times over; Django's templates the rest."""

from typing import Any

from django.utils.translation import gettext
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    made = Environment(  # noqa: S701  (Django's backend passes autoescape=True)
        trim_blocks=True, lstrip_blocks=True, **options
    )
    made.globals["_"] = gettext
    return made
