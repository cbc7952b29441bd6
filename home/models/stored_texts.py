"""The text of a page as readers see it, and its newest, be it a draft."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from wagtail.models import Revision


class StoredText(NamedTuple):
    revision: Revision | None
    content: dict[str, Any]
    saved_at: datetime


def live_text(page: Any) -> StoredText:
    """Of a page as it stands in its own table."""
    saved_at = page.last_published_at or page.latest_revision_created_at
    return StoredText(
        page.live_revision, page.serializable_data(), saved_at or timezone.now()
    )


def newest_text(page: Any) -> StoredText:
    """The draft when one waits, else what readers see."""
    revision = page.get_latest_revision()
    if revision is None or (page.live and not page.has_unpublished_changes):
        return live_text(page)
    return StoredText(revision, revision.content, revision.created_at)
