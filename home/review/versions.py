"""Which version of a page is read, and what has become of it since."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from ..models import PageReview
from ..models.fingerprints import fingerprint_of


class Version(NamedTuple):
    """As it stands now: it may be saved over later."""

    revision: Revision | None
    content: dict[str, Any]
    saved_at: datetime

    def fields(self, page: Page) -> dict[str, Any]:
        """Of a review of it."""
        return {
            "page": page,
            "revision": self.revision,
            "content": self.content,
            "version_of": self.saved_at,
            "fingerprint": fingerprint_of(type(page), self.content),
        }


def live_version(page: Any) -> Version:
    """Of a page as it stands in its own table."""
    saved_at = page.last_published_at or page.latest_revision_created_at
    return Version(
        page.live_revision, page.serializable_data(), saved_at or timezone.now()
    )


def latest_version(page: Any) -> Version:
    """The draft when one waits, else what readers see."""
    revision = page.get_latest_revision()
    if revision is None or (page.live and not page.has_unpublished_changes):
        return live_version(page)
    return Version(revision, revision.content, revision.created_at)


def as_page(review: PageReview) -> Any:
    """The page with the text that is reviewed."""
    return review.page.specific.with_content_json(review.content)


def is_live(review: PageReview, page: Any) -> bool:
    """Readers see just this text."""
    live = page.serializable_data()
    return page.live and fingerprint_of(type(page), live) == review.fingerprint


def is_latest(review: PageReview, page: Any) -> bool:
    """Nobody has changed the text since."""
    latest = latest_version(page).content
    return fingerprint_of(type(page), latest) == review.fingerprint


def reviewed_before(review: PageReview) -> PageReview | None:
    """The last one whose verdict was good."""
    before: QuerySet[PageReview] = PageReview.objects.positive()
    return before.filter(page=review.page_id).exclude(pk=review.pk).first()
