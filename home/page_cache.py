"""Whole public pages, kept with the content version they were made from.

An entry is never purged: a change raises the version, and old entries are not asked
for again. It also ends when the first date it shows has passed, and at midnight in
Helsinki, because pages say "today" (decision 12).
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

SMALLEST_WORTH_PACKING = 400
LONGEST_QUERY = 500
MOST_VALUES = 900
"""Django refuses a thousand; such a request is left for it to answer."""
QUERY_KEYS = (
    *("q", "type", "goal", "theme", "group", "municipality", "near", "weekday"),
    *("time", "from", "to", "language", "age", "free", "remote", "step_free"),
    *("no_signup", "buddy", "sort", "page", "format", "p", "plain", "exact"),
)
"""All that public pages ask of an address, in the one order (architecture.md)."""
NOT_IN_304 = {"Content-Type", "Content-Length", "Content-Encoding"}
UNSTORED_DIRECTIVES = ("no-store", "private")
CACHE_CONTROL = "public, max-age=0, stale-if-error=86400"
"""Always ask again; an old copy only when the site is down."""


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5, lgwin=16),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""In the order in which they are chosen; packing costs more than a stored page. A
window of 64 kB holds a page: brotli's own of 4 MB is cleared at each for nothing."""


@dataclass(frozen=True)
class StoredPage:
    status: int
    headers: dict[str, str]
    body: bytes
    etag: str

    @classmethod
    def of(cls, response: HttpResponse, version: int, coding: str) -> "StoredPage":
        """Packed by the coding, unless it is "" or the page not worth packing."""
        body = response.content
        digest = hashlib.sha256(body).hexdigest()[:16]
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        patch_vary_headers(response, ["Accept-Encoding"])
        if coding and len(body) >= SMALLEST_WORTH_PACKING and is_text(response):
            body = PACKERS[coding](body)
            response.headers["Content-Encoding"] = coding
        response.headers["Content-Length"] = str(len(body))
        return cls(
            status=response.status_code,
            headers=dict(response.headers),
            body=body,
            etag=f'W/"{version}-{digest}"',
        )

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page for this request, or 304 when the reader has it already."""
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if self.status == 200 and (self.etag in known or known == ["*"]):
            response = HttpResponse(status=304)
            headers = {
                name: value
                for name, value in self.headers.items()
                if name not in NOT_IN_304
            }
        else:
            response = HttpResponse(self.body, status=self.status)
            headers = self.headers
        del response.headers["Content-Type"]
        for name, value in headers.items():
            response.headers[name] = value
        if self.status == 200:
            response.headers["ETag"] = self.etag
        return response


def coding_for(request: HttpRequest) -> str:
    """How the reader's page is packed; "" when not at all."""
    accepted = accepted_codings(request.headers.get("Accept-Encoding", ""))
    return next((name for name in PACKERS if name in accepted), "")


def accepted_codings(header: str) -> set[str]:
    """The codings a reader takes; `gzip;q=0` says that it does not."""
    codings = set()
    for part in header.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        if not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality):
            codings.add(name.strip())
    return codings


def is_text(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/") or "json" in kind or "xml" in kind


def is_public(request: HttpRequest) -> bool:
    """Public pages stand under a language; they are the same for everybody."""
    if request.method not in {"GET", "HEAD"} or getattr(request, "is_dummy", False):
        return False  # A dummy request is the editor's preview of a draft.
    first = request.path.split("/", 2)[1]
    return first in dict(settings.LANGUAGES) or first.startswith("sitemap")


def with_known_keys(request: HttpRequest) -> None:
    """Leaves in the query string what pages ask for, in one order.

    Otherwise a page would be stored anew for each campaign mark, and the first
    reader's query would stand in the links that the next one gets.
    """
    given = request.META.get("QUERY_STRING", "")
    if not given or given.count("&") >= MOST_VALUES:
        return
    asked = QueryDict(given)
    known = QueryDict(mutable=True)
    for key in QUERY_KEYS:
        if key in asked:
            known.setlist(key, list(dict.fromkeys(asked.getlist(key))))
    request.META["QUERY_STRING"] = known.urlencode()


def key_of(request: HttpRequest, version: int, coding: str) -> str:
    address = "\n".join(
        (
            coding,
            request.scheme or "",
            request.META.get("HTTP_HOST", ""),
            request.path,
            request.META.get("QUERY_STRING", ""),
        )
    )
    digest = hashlib.sha256(address.encode()).hexdigest()
    return f"page:{version}:{digest}"


def expires_by(request: HttpRequest, moment: datetime) -> None:
    """The page shows something that changes at the moment: do not keep it longer."""
    known = getattr(request, "page_expires_at", None)
    request.page_expires_at = (  # type: ignore[attr-defined]  # Ours, for the middleware.
        min(known, moment) if known else moment
    )


def seconds_to_keep(request: HttpRequest) -> int:
    now = timezone.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = datetime.combine(
        tomorrow, time(0), tzinfo=timezone.get_default_timezone()
    )
    ends = [now + timedelta(seconds=settings.PAGE_CACHE_SECONDS), midnight]
    if moment := getattr(request, "page_expires_at", None):
        ends.append(moment)
    return int((min(ends) - now).total_seconds())


def may_be_stored(response: HttpResponse) -> bool:
    control = response.headers.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(directive in control for directive in UNSTORED_DIRECTIVES)
    )


def read(request: HttpRequest, version: int, coding: str) -> StoredPage | None:
    return cache.get(key_of(request, version, coding))


def store(request: HttpRequest, page: StoredPage, version: int, coding: str) -> None:
    seconds = seconds_to_keep(request)
    if seconds > 0 and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY:
        cache.set(key_of(request, version, coding), page, seconds)
