"""What organisations write is plain text; the page holds rich text."""

import re
from html.parser import HTMLParser

import nh3
from django.utils.html import escape

TAGS = {"p", "br", "ul", "li"}
BULLET = re.compile(r"^\s*[-*•–]\s+")


def rich_from_plain(text: str) -> str:
    """An empty line begins a paragraph, a hyphen an item of a list."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    html = "".join(block_of(block.split("\n")) for block in blocks if block.strip())
    # Everything has been escaped; the allow-list has the last word all the same.
    return nh3.clean(html, tags=TAGS, attributes={}, link_rel=None)


def block_of(lines: list[str]) -> str:
    parts: list[str] = []
    items: list[str] = []
    words: list[str] = []
    for line in [*lines, ""]:
        if BULLET.match(line):
            if words:
                parts.append(f"<p>{'<br>'.join(words)}</p>")
                words = []
            items.append(f"<li>{escape(BULLET.sub('', line).strip())}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line.strip():
            words.append(escape(line.strip()))
    if words:
        parts.append(f"<p>{'<br>'.join(words)}</p>")
    return "".join(parts)


def plain_from_rich(html: str) -> str:
    """The other way; bold and links leave their words."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in reader.text().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in {"p", "ul", "ol", "h2", "h3"}:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(" ".join(data.split("\n")))

    def text(self) -> str:
        return "".join(self.parts)
