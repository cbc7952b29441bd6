"""Text inputs that stored data may lack."""

from typing import Any

from wagtail import blocks


class OptionalTextBlock(blocks.CharBlock):
    """Empty rather than None when it is not there: translating asks for a text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def get_default(self) -> str:
        return super().get_default() or ""

    def to_python(self, value: str | None) -> str:
        return value or ""

    def bulk_to_python(self, values: list) -> list[str]:
        return [self.to_python(value) for value in values]

    def deconstruct(self) -> tuple:
        """In migrations it is the plain block: what is stored is the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class PhoneNumberBlock(OptionalTextBlock):
    """A number is the same in every language: translators do not see it."""

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value
