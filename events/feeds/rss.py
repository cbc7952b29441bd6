"""RSS 2.0 of a list of groups, by Django's own writer."""

from collections.abc import Callable
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed

from home.characters import storable

from .items import items_of
from .pages import FeedPage

CONTENT_TYPE = "application/rss+xml; charset=utf-8"


class GroupsFeed(Rss201rev2Feed):
    """With a link to the next page (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if address := self.feed["next_url"]:
            handler.addQuickElement("atom:link", "", {"rel": "next", "href": address})


def rss(page: FeedPage, head: dict[str, Any], absolute: Callable[[str], str]) -> bytes:
    """`head` names the feed, as `SyndicationFeed` takes it, and its `next_url`."""
    known: dict[str, Any] = {
        name: storable(value) if isinstance(value, str) else value
        for name, value in head.items()
    }
    feed = GroupsFeed(**known)
    for item in items_of(page.found.moments(page.start, page.stop)):
        feed.add_item(
            title=storable(item.title),
            link=absolute(item.path),
            description=storable(item.in_words()),
            unique_id=str(item.event_id),
            unique_id_is_permalink=False,
            pubdate=item.published_at,
        )
    return feed.writeString("utf-8").encode()
