"""Keeps the narrow row of a reviewed page, which reports, reminders and readers ask."""

from typing import Any

from ..models import PageReview, ReviewDue
from .versions import is_live


def write_due(page: Any) -> None:
    ReviewDue.write(page, has_changed=has_changed(page))


def has_changed(page: Any) -> bool:
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
