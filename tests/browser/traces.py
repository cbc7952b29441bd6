"""What a visit leaves behind: in addresses and headers, in logs, and in files."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from playwright.sync_api import BrowserContext, Request


class Traces:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contexts: list[BrowserContext] = []
        self.requests: list[Request] = []

    def follow(self, context: BrowserContext) -> None:
        """From the context's first request on."""
        self.contexts.append(context)
        context.on("request", lambda request: self.requests.append(request))

    @property
    def posted(self) -> list[str]:
        return [each.post_data or "" for each in self.requests if each.method != "GET"]

    @property
    def queries(self) -> list[str]:
        return [request.url for request in self.requests if "?" in request.url]

    @property
    def cookies(self) -> list[str]:
        return [str(each) for context in self.contexts for each in context.cookies()]

    @property
    def log(self) -> str:
        """The server's accesses, and whatever else it says."""
        return (self.folder / "log").read_text()

    def told(self, words: Iterable[str]) -> list[str]:
        """Which of them stand in an address, a header (Referer!) or the log."""
        places = [f"{each.url} {headers_of(each)}" for each in self.requests]
        return [
            f"{word} in {place[:200]}"
            for word in as_written(words)
            for place in (*places, self.log)
            if word in place
        ]

    def kept(self, words: Iterable[str]) -> list[str]:
        """Which of them stand in a file of the server's: the database, its log, media.

        The database's file as it lies on the disk, and what is not merged into it yet.
        """
        static = self.folder / "static"
        files = {
            path: path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and static not in path.parents
        }
        assert self.folder / "db.sqlite3" in files
        return [
            f"{word} in {path.name}"
            for word in as_written(words)
            for path, content in files.items()
            if word.encode() in content
        ]


def headers_of(request: Request) -> dict[str, str]:
    """But for the cache's "max-age=0": "age=0" is also an answer."""
    return {
        name: value
        for name, value in request.all_headers().items()
        if (name, value) != ("cache-control", "max-age=0")
    }


def as_written(words: Iterable[str]) -> Iterator[str]:
    """As they are, and as addresses and forms have them."""
    for word in words:
        yield from {word, quote(word), quote_plus(word)}
