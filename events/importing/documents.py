"""Opens a source: a file, a folder or an address on the web.

An address may come from anybody, so it is never a door to our own network: only
http and https, only public addresses (checked on the connection that is used, so a
name that changes its mind is refused too), redirects by the same rules, a cap on
size and on time. Proxies of the environment are not used.
"""

import ipaddress
import logging
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

logger = logging.getLogger(__name__)

MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 5
SECONDS_TO_CONNECT = 10
SECONDS_BETWEEN_BYTES = 30
SECONDS_FOR_A_DOCUMENT = 180
SUFFIXES = {".json", ".ics", ".ical"}
HEADERS = {
    "Accept": "application/json, text/calendar;q=0.9, */*;q=0.1",
    "User-Agent": "hyva-arki-import/1",
}


class UnreadableError(Exception):
    """A source that cannot be read; the message is a sentence for who runs it."""


@dataclass(frozen=True)
class Document:
    name: str
    text: str
    address: str = ""
    """Where it came from on the web; empty for a file."""

    @property
    def is_calendar(self) -> bool:
        return self.text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"

    @property
    def stem(self) -> str:
        """A name for the source: the host, or the file's name without its ending."""
        return urlsplit(self.address).hostname or Path(self.name).stem


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def is_address(source: str) -> bool:
    return "://" in source


def open_documents(source: str, fetcher: "Fetcher") -> list[Document]:
    """The source's documents: one, or each calendar and JSON file of a folder."""
    if "\0" in source or not source.strip():
        message = "The source has to be a file, a folder or an address."
        raise UnreadableError(message)
    if is_address(source):
        return [fetcher.fetch(source)]
    path = Path(source)
    if path.is_dir():
        files = sorted(
            file for file in path.iterdir() if file.suffix.lower() in SUFFIXES
        )
        if not files:
            message = f"The folder {source} has no .json or .ics file."
            raise UnreadableError(message)
        return [read_file(file) for file in files]
    return [read_file(path)]


def read_file(path: Path) -> Document:
    if not path.is_file():
        message = f"There is no file or folder {path}."
        raise UnreadableError(message)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise UnreadableError(message) from error
    if len(content) > MOST_BYTES:
        raise UnreadableError(too_large(str(path)))
    return Document(path.name, decoded(content))


def too_large(name: str) -> str:
    return f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB."


def is_public(host: str) -> bool:
    """True for an address of the open internet, IPv4 inside IPv6 looked into."""
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        address = inner
    return address.is_global and not address.is_multicast


def refuse_private(connection: Any, opened: Any) -> Any:
    """Looks at who really answered, before anything is sent."""
    host = opened.getpeername()[0]
    if not is_public(host):
        opened.close()
        raise UnreadableError(private(connection.host))
    return opened


def private(host: str) -> str:
    return (
        f"{host} is an address of a private network: not read"
        " (--allow-private lets it through)."
    )


class GuardedConnection(HTTPConnection):
    def _new_conn(self) -> Any:
        return refuse_private(self, super()._new_conn())


class GuardedSecureConnection(HTTPSConnection):
    def _new_conn(self) -> Any:
        return refuse_private(self, super()._new_conn())


class GuardedPool(HTTPConnectionPool):
    ConnectionCls = GuardedConnection


class GuardedSecurePool(HTTPSConnectionPool):
    ConnectionCls = GuardedSecureConnection


class GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": GuardedPool,
            "https": GuardedSecurePool,
        }


class Fetcher:
    """Reads addresses for one run, each document at most once."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self.allow_private = allow_private
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(HEADERS)
        if not allow_private:
            for prefix in ("http://", "https://"):
                self.session.mount(prefix, GuardedAdapter())

    def fetch(self, address: str) -> Document:
        """The document at the address, after redirects. `webcal:` means https."""
        if address.lower().startswith("webcal://"):
            address = "https://" + address[len("webcal://") :]
        deadline = time.monotonic() + SECONDS_FOR_A_DOCUMENT
        for _hop in range(MOST_REDIRECTS + 1):
            self.check(address)
            try:
                with self.session.get(
                    address,
                    stream=True,
                    allow_redirects=False,
                    timeout=(SECONDS_TO_CONNECT, SECONDS_BETWEEN_BYTES),
                ) as response:
                    if response.is_redirect:
                        address = urljoin(address, response.headers["location"])
                        continue
                    if not response.ok:
                        message = f"{address} answers {response.status_code}."
                        raise UnreadableError(message)
                    content = self.body(response, address, deadline)
            except (requests.RequestException, ValueError, OSError) as error:
                message = f"{address} cannot be read: {first_words(error)}."
                raise UnreadableError(message) from error
            name = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]
            return Document(name or "document", decoded(content), address)
        message = f"{address} redirects more than {MOST_REDIRECTS} times."
        raise UnreadableError(message)

    def body(self, response: requests.Response, address: str, deadline: float) -> bytes:
        """Counted as unpacked, so that a small packed answer cannot become huge."""
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_content(64 * 1024):
            size += len(chunk)
            if size > MOST_BYTES:
                raise UnreadableError(too_large(address))
            if time.monotonic() > deadline:
                message = f"{address} sends too slowly."
                raise UnreadableError(message)
            chunks.append(chunk)
        return b"".join(chunks)

    def check(self, address: str) -> None:
        """Refuses what is plainly not ours to read, with a sentence that says why."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            message = "This is not an address of a web page."
            raise UnreadableError(message) from error
        if parts.scheme.lower() not in {"http", "https"} or not host:
            message = "Only addresses that begin with http:// or https:// are read."
            raise UnreadableError(message)
        if parts.username or parts.password:
            message = "An address with a user name or password in it is not read."
            raise UnreadableError(message)
        if self.allow_private:
            return
        try:
            found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            message = f"No machine called {host} was found."
            raise UnreadableError(message) from error
        if not all(is_public(str(entry[4][0])) for entry in found):
            raise UnreadableError(private(host))


def first_words(error: BaseException) -> str:
    """An error's kind, without its innards: they may hold addresses and tokens."""
    return type(error).__name__


def same_site(address: str, other: str) -> bool:
    return urlsplit(address).hostname == urlsplit(other).hostname


def kept_secure(address: str, source: str) -> str:
    """Linked Events behind a proxy names its pages with http: stay on https."""
    if source.startswith("https://") and address.startswith("http://"):
        return "https://" + address[len("http://") :]
    return address


def calendars(documents: Iterable[Document]) -> list[Document]:
    return [document for document in documents if document.is_calendar]
