"""What stands on a page, as a reader meets it: texts, headings, links and pictures."""

from dataclasses import dataclass, field

LONGEST_READ = 200_000
"""Characters; what comes after them is not read."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, a list item or a heading, without markup."""

    words: str
    place: str
    """The field's name or the block's id, by which the editor finds it."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    words: str
    level: int
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Picture:
    alt: str
    is_decorative: bool
    place: str


@dataclass(slots=True)
class Content:
    texts: list[Text] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    bold_paragraphs: list[Text] = field(default_factory=list)
    """Wholly in bold: they look like headings and are none."""
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    length: int = 0

    def add_text(self, words: str, place: str) -> None:
        for line in words.splitlines():
            if line := self.within_limit(" ".join(line.split())):
                self.texts.append(Text(line, place))

    def add_heading(self, words: str, level: int, place: str) -> None:
        words = self.within_limit(" ".join(words.split()))
        self.headings.append(Heading(words, level, place))
        if words:
            self.texts.append(Text(words, place, is_heading=True))

    def within_limit(self, words: str) -> str:
        words = words[: LONGEST_READ - self.length]
        self.length += len(words)
        return words
