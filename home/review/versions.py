"""Which version of a page is read, and what has become of it since."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page

from ..models import PageReview
from ..models.fingerprints import fingerprint_of, model_of
from ..models.stored_texts import StoredText, live_text, newest_text


class Version(NamedTuple):
    """As it stands now: it may be saved over later."""

    text: StoredText
    parts: list[StoredText]

    @property
    def contents(self) -> list[dict[str, Any]]:
        return [part.content for part in self.parts]

    def fingerprint(self, page: Page) -> str:
        return fingerprint_of(type(page), self.text.content, self.contents)

    def fields(self, page: Page) -> dict[str, Any]:
        """Of a review of it."""
        return {
            "page": page,
            "revision": self.text.revision,
            "content": self.text.content,
            "parts": self.contents,
            "version_of": max(text.saved_at for text in (self.text, *self.parts)),
            "fingerprint": self.fingerprint(page),
        }


def live_version(page: Any) -> Version:
    """What readers see of the page and of its parts."""
    parts = [part for part in page.reviewed_parts() if part.live]
    return Version(live_text(page), [live_text(part) for part in parts])


def latest_version(page: Any) -> Version:
    parts = [newest_text(part) for part in page.reviewed_parts()]
    return Version(newest_text(page), parts)


def as_page(review: PageReview) -> Any:
    """The page with the text that is reviewed."""
    return review.page.specific.with_content_json(review.content)


def parts_of(review: PageReview) -> list[Any]:
    """The pages that are parts of it, with the text that is reviewed; some may have
    been deleted since."""
    return [part_as_page(content) for content in review.parts]


def part_as_page(content: dict[str, Any]) -> Any:
    return model_of(content).from_serializable_data(content)


def is_live(review: PageReview, page: Any) -> bool:
    """Readers see just this text."""
    return page.live and live_version(page).fingerprint(page) == review.fingerprint


def is_latest(review: PageReview, page: Any) -> bool:
    """Nobody has changed the text since."""
    return latest_version(page).fingerprint(page) == review.fingerprint


def reviewed_before(review: PageReview) -> PageReview | None:
    """The last one whose verdict was good."""
    before: QuerySet[PageReview] = PageReview.objects.positive()
    return before.filter(page=review.page_id).exclude(pk=review.pk).first()
