"""JSON Feed 1.1 of a list of groups (jsonfeed.org), written straight from columns."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..recurrence import LOCAL
from .items import Item, items_of
from .pages import FeedPage

CONTENT_TYPE = "application/feed+json; charset=utf-8"
GROUPS_ON_A_PAGE = 50


def json_feed(
    page: FeedPage, head: dict[str, Any], absolute: Callable[[str], str]
) -> bytes:
    """`head` are the feed's own members; `absolute` puts the host to a path."""
    moments = page.found.moments(page.start, page.stop)
    items = [item_in_json(item, absolute) for item in items_of(moments)]
    feed = {"version": "https://jsonfeed.org/version/1.1", **head, "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


def item_in_json(item: Item, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Members of our own stand under `_group`, as the format asks."""
    parts = (when(item), item.place, item.lead)
    entry: dict[str, Any] = {
        "id": str(item.event_id),
        "url": absolute(item.path),
        "title": item.title,
        "summary": item.lead or item.title,
        "content_text": "\n".join(part for part in parts if part),
        "language": item.language,
        "_group": {
            "kind": item.kind,
            "next_start": local(item.starts_at),
            "next_end": local(item.ends_at),
            "is_all_day": item.is_all_day,
            "attendance": item.attendance,
            "municipality": item.municipality.key if item.municipality else None,
            "venue": item.venue or None,
            "is_free": item.is_free,
            "sign_up": item.sign_up,
            "is_full": item.is_full,
            "confirmed_on": item.confirmed_on and item.confirmed_on.isoformat(),
            "is_unconfirmed": item.is_in_doubt,
        },
    }
    if item.published_at:
        entry["date_published"] = local(item.published_at)
    return entry


def when(item: Item) -> str:
    """“2026-11-24 14:00”: words would cost more than the rest of the feed."""
    if item.starts_at is None:
        return ""
    start = item.starts_at.astimezone(LOCAL)
    return f"{start:%Y-%m-%d}" if item.is_all_day else f"{start:%Y-%m-%d %H:%M}"


def local(moment: datetime | None) -> str | None:
    """With Helsinki's offset of that day."""
    return moment.astimezone(LOCAL).isoformat(timespec="seconds") if moment else None
