"""Reading a page as it stands in memory: published, or just being written."""

from typing import Any

from wagtail.blocks import StreamValue

from .advice import advise
from .blocks import read_stream
from .content import Content
from .levels import LEVELS
from .reading import Reading


def content_of(page: Any) -> Content:
    content = Content()
    content.add_heading(str(page.title or ""), 1, "title")
    for name in page.readable_fields:
        value = getattr(page, name)
        if isinstance(value, StreamValue):
            read_stream(value, content)
        else:
            content.add_text(str(value or ""), name)
    return content


def read(page: Any) -> Reading | None:
    """None where there is nothing to read, or in a language we have no rules for."""
    if not page.readable_fields or page.language not in LEVELS:
        return None
    return advise(content_of(page), page.language)
