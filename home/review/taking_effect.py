"""When a good verdict sets the dates that readers see.

At once when the text that was read is the one that is live, else when it goes live.
Nothing else is published by it, and a version that waits does not undo it.
"""

from typing import Any

from django.utils import timezone

from ..models import ContentVersion, PageReview, ReviewDue
from ..models.fingerprints import fingerprint_of


def take_effect(review: PageReview, page: Any) -> None:
    """Only the dates of the page's own row: its revisions stay as they are."""
    page.last_reviewed = review.reviewed_on
    page.next_review = review.next_review
    type(page).objects.filter(pk=page.pk).update(
        last_reviewed=review.reviewed_on, next_review=review.next_review
    )
    ReviewDue.write(page)
    PageReview.objects.filter(pk=review.pk).update(took_effect_at=timezone.now())
    ContentVersion.bump()


def when_published(page: Any) -> None:
    """A text that was approved as a draft has gone live."""
    waiting = PageReview.objects.positive().filter(page=page.pk, took_effect_at=None)
    review = waiting.without_text().first()
    if review is None:
        return
    text = fingerprint_of(type(page), page.serializable_data())
    is_newer = page.last_reviewed is None or page.last_reviewed <= review.reviewed_on
    if review.fingerprint == text and is_newer:
        take_effect(review, page)
