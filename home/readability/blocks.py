"""The texts of stream fields, whatever blocks they are made of."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from ..blocks import ContactBlock, PhoneBlock, SourceBlock
from .content import Content, Picture
from .markup import read_rich_text

NOT_PROSE = (ContactBlock, PhoneBlock, SourceBlock)
"""Names, numbers, hours and titles of others: nobody would write them otherwise."""
HEADING_NAMES = ("title", "heading")
TOP_LEVEL = 2
DEEPEST_LEVEL = 6


def read_stream(stream: Any, content: Content) -> None:
    for child in stream:
        read_block(child.block, child.value, content, str(child.id or ""))


def read_block(
    block: blocks.Block,
    value: Any,
    content: Content,
    place: str,
    name: str = "",
    level: int = TOP_LEVEL,
) -> None:
    """`name` is the block's own inside a struct; `level` that of a heading there."""
    if value is None or isinstance(block, NOT_PROSE):
        return
    if isinstance(block, ImageBlock):
        alt = str(getattr(value, "contextual_alt_text", "") or "")
        is_decorative = bool(getattr(value, "decorative", False))
        content.pictures.append(Picture(alt, is_decorative, place))
    elif isinstance(value, RichText):
        read_rich_text(value.source, content, place)
    elif isinstance(block, blocks.BaseStructBlock):
        for child_name, child in block.child_blocks.items():
            read_block(child, value.get(child_name), content, place, child_name, level)
    elif isinstance(block, blocks.ListBlock):
        deeper = min(level + 1, DEEPEST_LEVEL)
        for each in value:
            read_block(block.child_block, each, content, place, "", deeper)
    elif isinstance(block, blocks.BaseStreamBlock):
        read_stream(value, content)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        if name.endswith(HEADING_NAMES):
            if value:
                content.add_heading(str(value), level, place)
        else:
            content.add_text(str(value), place)
