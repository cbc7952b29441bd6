"""Taking a reviewer's answer: once, and for the version that was read."""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from ..background import after_commit
from ..models import PageReview
from . import log
from .taking_effect import take_effect
from .tasks import mail_answer
from .versions import is_live


@dataclass(frozen=True)
class Answer:
    verdict: str
    name: str
    comment: str = ""
    months: int = 12
    """Until the next review."""


@transaction.atomic
def take_answer(
    review: PageReview, answer: Answer, now: datetime | None = None
) -> bool:
    """False when it has been answered or taken back meanwhile: nothing changes."""
    now = now or timezone.now()
    # A publishing that is under way is waited for: it may be of the text just read.
    Page.objects.select_for_update().filter(pk=review.page_id).first()
    today = timezone.localdate(now)
    given = {
        "verdict": answer.verdict,
        "name": answer.name,
        "comment": answer.comment,
        "decided_at": now,
    }
    if answer.verdict in PageReview.POSITIVE:
        given |= {"reviewed_on": today, "next_review": due_on(today, answer.months)}
    if not PageReview.objects.usable(now).filter(pk=review.pk).update(**given):
        return False
    review.refresh_from_db()
    page = review.page.specific
    if review.is_positive and is_live(review, page):
        take_effect(review, page)
    log.record(page, log.ANSWERED, None, verdict=answer.verdict, name=answer.name)
    after_commit(mail_answer, review.pk)
    return True


def due_on(day: date, months: int) -> date:
    return day + relativedelta(months=months)
