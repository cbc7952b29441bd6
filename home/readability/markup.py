"""Rich text taken apart. What is stored is well-formed; anything else does no harm."""

from html.parser import HTMLParser
from typing import Any

from .content import Content, Link, Text

HEADINGS = {f"h{level}": level for level in range(1, 7)}
PARTS = {"p", "li", "ul", "ol", "blockquote", "br", "hr", "div", *HEADINGS}
BOLD = {"b", "strong"}
MARKED, HARMLESS = "!", "&#33;"
"""The parser refuses some declarations, `<![x[`. Here they are words like others."""


class RichTextParser(HTMLParser):
    def __init__(self, content: Content, place: str) -> None:
        super().__init__(convert_charrefs=True)
        self.content = content
        self.place = place
        self.words: list[str] = []
        self.bold_letters = 0
        self.bold_depth = 0
        self.level = 0
        self.link: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in PARTS:
            self.end_part()
            self.level = HEADINGS.get(tag, 0)
        elif tag in BOLD:
            self.bold_depth += 1
        elif tag == "a":
            self.link = []

    def handle_endtag(self, tag: str) -> None:
        if tag in PARTS:
            self.end_part(closes_heading=tag in HEADINGS)
        elif tag in BOLD:
            self.bold_depth = max(0, self.bold_depth - 1)
        elif tag == "a" and self.link is not None:
            words = " ".join("".join(self.link).split())
            self.content.links.append(Link(words, self.place))
            self.link = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.bold_depth:
            self.bold_letters += len("".join(data.split()))
        if self.link is not None:
            self.link.append(data)

    def end_part(self, closes_heading: bool = False) -> None:
        words = " ".join("".join(self.words).split())
        if self.level and (words or closes_heading):
            self.content.add_heading(words, self.level, self.place)
            self.level = 0
        elif words:
            self.content.add_text(words, self.place)
            if self.bold_letters == len(words.replace(" ", "")):
                self.content.bold_paragraphs.append(Text(words, self.place))
        self.words.clear()
        self.bold_letters = 0


def read_rich_text(source: str, content: Content, place: str) -> None:
    parser = RichTextParser(content, place)
    parser.feed(source.replace(MARKED, HARMLESS))
    parser.close()
    parser.end_part()
