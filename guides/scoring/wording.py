"""All that a questionnaire says and counts, in one language, to tell versions apart."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from .instruments import Instrument
from .reading import LANGUAGES


def in_language(instrument: Instrument, language: str) -> Any:
    """As plain lists, dictionaries and values: a change in another language is none."""
    return of_language(instrument, language)


def of_language(value: Any, language: str) -> Any:
    if is_dataclass(value):
        return [
            of_language(getattr(value, field.name), language) for field in fields(value)
        ]
    if isinstance(value, tuple):
        return [of_language(each, language) for each in value]
    if isinstance(value, Mapping):
        if value and set(value) <= set(LANGUAGES):
            return value.get(language, "")
        return {key: of_language(each, language) for key, each in value.items()}
    return value
