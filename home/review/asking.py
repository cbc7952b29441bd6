"""Asking somebody to review a version of a page."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..background import after_commit
from ..models import PageReview, ReviewPerson
from . import log
from .links import LIFETIME
from .tasks import mail_request
from .versions import Version, latest_version


@transaction.atomic
def ask(page: Any, person: ReviewPerson, user: Any, message: str = "") -> PageReview:
    """For the newest text, be it a draft. A person has one link to a page at a time."""
    review = new_review(latest_version(page), page, person)
    review.asked_by, review.message = user, message
    review.save()
    log.record(page, log.ASKED, user, person=str(person))
    after_commit(mail_request, review.pk)
    return review


def new_review(
    version: Version, page: Any, person: ReviewPerson, now: datetime | None = None
) -> PageReview:
    """Takes the place of what the person has been asked about the page before."""
    PageReview.objects.unanswered().filter(page=page.pk, person=person).withdraw()
    expires_at = (now or timezone.now()) + LIFETIME
    return PageReview(person=person, expires_at=expires_at, **version.fields(page))
