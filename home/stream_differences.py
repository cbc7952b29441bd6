"""Rich text and blocks beside another version of them, by what is read.

Wagtail joins the last word of a paragraph to the first of the next, takes a space
between tags for a change, and writes the code of a choice.
"""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.utils.choices import flatten_choices
from django.utils.html import escape
from django.utils.translation import pgettext
from wagtail import blocks
from wagtail.admin.compare import (
    BlockComparison,
    RichTextFieldComparison,
    StreamFieldComparison,
    diff_text,
    register_comparison_class,
)
from wagtail.fields import RichTextField, StreamField

from .models.fingerprints import settled, without_ids

PART_ENDS = re.compile(r"</(?:p|li|h[1-6]|tr|d[td]|blockquote|div)>|<[bh]r/>")


def text_of(html: Any) -> str:
    """A line for each paragraph, heading and item."""
    parted = PART_ENDS.sub("\n", settled(str(html or "")))
    text = BeautifulSoup(parted, "html.parser").get_text()
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class BlockInWords(BlockComparison):
    def words(self, value: Any) -> str:
        raise NotImplementedError

    def htmlvalue(self, value: Any) -> Any:
        return escape(self.words(value))

    def htmldiff(self) -> Any:
        return diff_text(self.words(self.val_a), self.words(self.val_b)).to_html()


class RichTextInWords(BlockInWords):
    def words(self, value: Any) -> str:
        return text_of(self.block.render_basic(value))


class ChoiceInWords(BlockInWords):
    def words(self, value: Any) -> str:
        choices = dict(flatten_choices(self.block.field.choices))
        return str(choices.get(value, value)) if value else ""


class YesNoInWords(BlockInWords):
    def words(self, value: Any) -> str:
        return pgettext("a fact", "Yes") if value else pgettext("a fact", "No")


# Wagtail asks a block for its comparison, and its own blocks have none.
for block, comparison in (
    (blocks.RichTextBlock, RichTextInWords),
    (blocks.ChoiceBlock, ChoiceInWords),
    (blocks.BooleanBlock, YesNoInWords),
):
    block.get_comparison_class = lambda _block, found=comparison: found


class RichTextInLines(RichTextFieldComparison):
    def has_changed(self) -> bool:
        return bool(settled(self.val_a) != settled(self.val_b))

    def htmldiff(self) -> Any:
        return diff_text(text_of(self.val_a), text_of(self.val_b)).to_html()


class StreamAsRead(StreamFieldComparison):
    def has_changed(self) -> bool:
        return bool(self.read(self.val_a) != self.read(self.val_b))

    def read(self, value: Any) -> Any:
        return settled(without_ids(self.field.get_prep_value(value)))


register_comparison_class(RichTextField, comparison_class=RichTextInLines)
register_comparison_class(StreamField, comparison_class=StreamAsRead)
