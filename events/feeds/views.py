"""Calendar files and feeds under the event index of each language."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.models import Redirect

from home.languages import current_language
from home.page_cache import expires_by

from ..filters import EventFilterForm
from ..held import hold_municipalities
from ..languages import index_path
from ..models.pages import EventPage
from . import icalendar, json_feed, rss
from .addresses import feed_path
from .event_calendar import EventCalendar
from .list_calendar import list_calendar
from .pages import FeedPage

MOST_GROUPS = 500
"""What calendars and RSS readers still take in one piece."""


# One event


@require_safe
def series_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    event = live_event(slug)
    if event is None:
        return to_new_slug(slug, ".ics")
    calendar = EventCalendar(event, request.build_absolute_uri(event.local_url))
    return calendar_response(calendar.of_series(), calendar.file_name)


@require_safe
def date_file(request: HttpRequest, slug: str, day: date) -> HttpResponseBase:
    event = live_event(slug)
    if event is None:
        return to_new_slug(slug, f"/{day.isoformat()}.ics")
    calendar = EventCalendar(event, request.build_absolute_uri(event.local_url))
    content = calendar.of_day(day)
    if content is None:
        raise Http404
    return calendar_response(content, f"{calendar.file_name}-{day.isoformat()}")


def live_event(slug: str) -> EventPage | None:
    """None also when its page asks for a password: calendars cannot give one."""
    event = (
        EventPage.objects.for_serving()
        .filter(slug=slug)
        .prefetch_related("texts")
        .first()
    )
    if event is None or event.is_restricted:
        return None
    hold_municipalities(event)
    return event


def to_new_slug(slug: str, ending: str) -> HttpResponseBase:
    """A calendar that somebody subscribed to goes on when the address changes."""
    index = index_path(current_language())
    old = Redirect.normalise_path(f"{index}{slug}/")
    known = Redirect.objects.filter(old_path=old).select_related("redirect_page")
    for found in known:
        page, link = found.redirect_page, found.redirect_link
        new = page.slug if page else link.removeprefix(index).strip("/")
        if new != slug and live_event(new):
            return redirect(f"{index}{new}{ending}", permanent=True)
    raise Http404


def calendar_response(content: bytes, file_name: str) -> HttpResponse:
    return feed_response(content, icalendar.CONTENT_TYPE, f"{file_name}.ics")


# A list


class AskedList:
    """The part of a list that a feed's address asks for, and what the feed is called.

    The query keys are those of the index.
    """

    def __init__(self, request: HttpRequest, ending: str, size: int) -> None:
        self.request = request
        self.form = EventFilterForm(request.GET)
        self.ending = ending
        self.page = FeedPage.asked(self.form.found, request.GET.get("page"), size)
        if self.form.found.expires_at:
            expires_by(request, self.form.found.expires_at)

    @cached_property
    def host(self) -> str:
        return self.request.build_absolute_uri("/").rstrip("/")

    def absolute(self, path: str) -> str:
        return self.host + (path if path.isascii() else iri_to_uri(path))

    @cached_property
    def query(self) -> str:
        return self.form.canonical_query()

    @property
    def name(self) -> str:
        words = self.form.in_words() if self.query else ""
        return f"{_('Groups and events')}: {words}" if words else _("Groups and events")

    @property
    def web_address(self) -> str:
        path = index_path(current_language())
        return self.absolute(f"{path}?{self.query}" if self.query else path)

    def address(self, number: int) -> str:
        parts = [self.query, f"page={number}" if number > 1 else ""]
        query = "&".join(part for part in parts if part)
        return self.absolute(feed_path(current_language(), self.ending, query))

    @property
    def next_address(self) -> str:
        return self.address(self.page.number + 1) if self.page.has_next else ""

    def answer(self, content: bytes, content_type: str) -> HttpResponse:
        return feed_response(content, content_type, f"feed.{self.ending}")


@require_safe
def feed_ics(request: HttpRequest) -> HttpResponse:
    asked = AskedList(request, "ics", MOST_GROUPS)
    content = list_calendar(
        asked.page, asked.name, lambda event: asked.absolute(event.local_url)
    )
    return asked.answer(content, icalendar.CONTENT_TYPE)


@require_safe
def feed_rss(request: HttpRequest) -> HttpResponse:
    asked = AskedList(request, "rss", MOST_GROUPS)
    head: dict[str, Any] = {
        "title": asked.name,
        "link": asked.web_address,
        "description": f"{asked.name}. {asked.page.in_words()}".strip(),
        "language": current_language(),
        "feed_url": asked.address(asked.page.number),
        "next_url": asked.next_address,
    }
    return asked.answer(rss.rss(asked.page, head, asked.absolute), rss.CONTENT_TYPE)


@require_safe
def feed_json(request: HttpRequest) -> HttpResponse:
    asked = AskedList(request, "json", json_feed.GROUPS_ON_A_PAGE)
    head = {
        "title": asked.name,
        "home_page_url": asked.web_address,
        "feed_url": asked.address(asked.page.number),
        "language": current_language(),
    }
    if asked.next_address:
        head["next_url"] = asked.next_address
    content = json_feed.json_feed(asked.page, head, asked.absolute)
    return asked.answer(content, json_feed.CONTENT_TYPE)


def feed_response(content: bytes, content_type: str, file_name: str) -> HttpResponse:
    """Public data: scripts of other sites may read it too."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'inline; filename="{file_name}"',
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
