"""HTML of others made into what our rich text holds, and nothing else."""

import re
from html import escape
from html.parser import HTMLParser

import nh3

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a"}
SCHEMES = {"http", "https", "mailto", "tel"}
SAME_AS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
LISTS = {"ul", "ol"}
PARAGRAPHS = {
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "article",
    "blockquote", "header", "footer", "pre", "dt", "dd", "hr", "table", "body",
}  # fmt: skip
SILENT = {"script", "style", "title", "template", "noscript", "iframe", "object"}
ADDRESS = re.compile(r"(?i)(?:https?://|mailto:|tel:)[^\s<>\"]+")
LOOKS = re.compile(
    r"(?i)<(?:!doctype|html|body|p|br|ul|ol|li|div|span|a|b|i|em|strong|h\d|table|img"
    r"|script|style|iframe|svg|font|u)\b[^>]*>"
)


def looks_like_html(text: str) -> bool:
    return bool(LOOKS.search(text))


def body_from_plain_text(text: str) -> str:
    """A paragraph for each line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def body_from_html(html: str) -> str:
    """Paragraphs, lists, strong, em and safe links; other tags leave their words.

    The rewriter gives the shape; nh3 has the last word on what is safe.
    """
    rewriter = Rewriter()
    rewriter.feed(html)
    rewriter.close()
    return nh3.clean(
        rewriter.result(),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )


class Rewriter(HTMLParser):
    """Well-formed blocks from whatever comes: no empty ones, none in another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.block: list[str] = []
        self.lists: list[str] = []
        self.inline: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in LISTS:
            self.end_block()
            if not self.lists:
                self.parts.append(f"<{tag}>")
            self.lists.append(tag)
        elif tag == "li" or tag in PARAGRAPHS:
            self.break_line(tag)
        elif tag in SAME_AS:
            self.open_inline(SAME_AS[tag], f"<{SAME_AS[tag]}>")
        elif tag == "a" and "a" not in self.inline:
            href = (dict(attrs).get("href") or "").strip()
            if href.lower().startswith("www."):
                href = f"https://{href}"
            if ADDRESS.fullmatch(href):
                self.open_inline("a", f'<a href="{escape(href)}">')

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in LISTS and self.lists:
            self.end_block()
            first = self.lists[0]
            self.lists.pop()
            if not self.lists:
                self.parts.append(f"</{first}>")
        elif tag == "li" or tag in PARAGRAPHS:
            self.break_line(tag)
        elif SAME_AS.get(tag, tag) in self.inline:
            self.close_inline(SAME_AS.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.block.append(escape(re.sub(r"\s+", " ", data), quote=False))

    def break_line(self, tag: str) -> None:
        """Inside a list item only the next item ends it."""
        if self.lists and tag != "li":
            self.block.append(" ")
        else:
            self.end_block()

    def open_inline(self, name: str, markup: str) -> None:
        if name not in self.inline:
            self.inline.append(name)
            self.block.append(markup)

    def close_inline(self, name: str) -> None:
        """Closes those opened inside it too, so that nothing overlaps."""
        while self.inline:
            last = self.inline.pop()
            self.block.append(f"</{last}>")
            if last == name:
                return

    def end_block(self) -> None:
        while self.inline:
            self.block.append(f"</{self.inline.pop()}>")
        content = re.sub(r" {2,}", " ", "".join(self.block)).strip()
        self.block = []
        if re.sub(r"<[^>]+>", "", content).strip():
            name = "li" if self.lists else "p"
            self.parts.append(f"<{name}>{content}</{name}>")

    def result(self) -> str:
        self.end_block()
        if self.lists:
            self.parts.append(f"</{self.lists[0]}>")
        return re.sub(r"<(ul|ol)></\1>", "", "".join(self.parts))
