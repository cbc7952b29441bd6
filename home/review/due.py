"""Keeps the narrow row of a reviewed page, which reports, reminders and readers ask."""

from typing import Any

from ..models import ContentVersion, PageReview, ReviewDue
from .versions import is_live


def write_due(page: Any) -> None:
    changed = is_changed_since_review(page)
    if page.changed_since_review != changed:
        page.changed_since_review = changed
        type(page).objects.filter(pk=page.pk).update(changed_since_review=changed)
        ContentVersion.bump()
    ReviewDue.write(page)


def is_changed_since_review(page: Any) -> bool:
    """Since the review by link whose day readers see. Of a day that an editor has typed
    nobody knows the text."""
    reviews = PageReview.objects.in_force().filter(page=page.pk)
    review = reviews.without_text().first()
    return (
        review is not None
        and page.live
        and page.last_reviewed == review.reviewed_on
        and not is_live(review, page)
    )
