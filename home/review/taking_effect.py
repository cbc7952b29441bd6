"""When a good verdict sets the dates that readers see.

At once when the text that was read is the one that is live, else when it goes live.
Nothing else is published by it, and a version that waits does not undo it.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from ..models import ContentVersion, PageReview
from .due import write_due
from .versions import is_live


def take_effect(review: PageReview, page: Any) -> None:
    """Only the dates and the name in the page's own row: its revisions stay."""
    page.last_reviewed = review.reviewed_on
    page.next_review = review.next_review
    page.reviewer = review.shown_name or page.reviewer
    type(page).objects.filter(pk=page.pk).update(
        last_reviewed=page.last_reviewed,
        next_review=page.next_review,
        reviewer=page.reviewer,
    )
    PageReview.objects.filter(pk=review.pk).update(took_effect_at=timezone.now())
    write_due(page)
    ContentVersion.bump()


@transaction.atomic
def when_published(page: Any) -> None:
    """A text that was approved as a draft has gone live, or the last part of it."""
    waiting = PageReview.objects.standing().filter(page=page.pk, took_effect_at=None)
    if not waiting.exists():
        return
    # An answer that is being stored is waited for: it may say otherwise.
    Page.objects.select_for_update().filter(pk=page.pk).first()
    review = waiting.without_text().first()
    if review is None:
        return
    page = type(page).objects.get(pk=page.pk)
    is_newer = page.last_reviewed is None or page.last_reviewed <= review.reviewed_on
    if is_newer and is_live(review, page):
        take_effect(review, page)
