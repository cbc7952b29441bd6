"""What time does to feedback: it grows late, and it is forgotten."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..background import after_commit
from ..limits import forget_old_counts
from ..models import Feedback, FeedbackSender, PageComment
from .tasks import REMINDER, mail_staff


def remind_of_late(now: datetime | None = None) -> int:
    """One letter for each that nobody has answered in ten days, and never a second.

    That it is written and that it was are one transaction: killed in between, it is
    written the next time.
    """
    now = now or timezone.now()
    if not settings.FEEDBACK_EMAIL:
        return 0
    late = Feedback.objects.late(now).filter(reminded_at=None)
    return sum(remind(key, now) for key in late.values_list("pk", flat=True))


def remind(key: int, now: datetime) -> int:
    with transaction.atomic():
        unreminded = Feedback.objects.open().filter(pk=key, reminded_at=None)
        if not unreminded.update(reminded_at=now):
            return 0  # Another process has, or it was answered meanwhile.
        after_commit(mail_staff, key, REMINDER)
    return 1


def forget_old_feedback(now: datetime | None = None) -> int:
    """Gives how many comments, pieces of feedback and addresses are gone."""
    now = now or timezone.now()
    forget_old_counts(now)
    gone = [
        FeedbackSender.objects.old(now).delete(),
        Feedback.objects.old(now).delete(),
        PageComment.objects.old(timezone.localdate(now)).delete(),
    ]
    return sum(number for number, _kinds in gone)
