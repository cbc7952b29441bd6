"""Letters about feedback. What is stored about a task holds ids only."""

from functools import partial

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from ..background import after_commit
from ..languages import MAIN_LANGUAGE
from ..letters import Letter, post, tried_again, with_host
from ..limits import allows
from ..models import Feedback, FeedbackSender
from . import limits

ARRIVED, REMINDER = "feedback-arrived", "feedback-reminder"


def tell_staff(feedback: Feedback) -> None:
    """Of accessibility feedback, which has its time; the rest waits in the list."""
    receiver = settings.FEEDBACK_EMAIL
    is_on_accessibility = feedback.kind == Feedback.Kind.ACCESSIBILITY
    if receiver and is_on_accessibility and allows(limits.LETTERS_OF_DAY, receiver):
        after_commit(mail_staff, feedback.pk, ARRIVED)


@task()
def mail_staff(feedback_id: int, template: str, tries: int = 1) -> None:
    """What was written stays in the list: mail is read by more people."""
    feedback = Feedback.objects.open().filter(pk=feedback_id).first()
    if feedback is None or not settings.FEEDBACK_EMAIL:
        return
    context = {
        "feedback": feedback,
        "address": with_host(reverse("feedback_staff:answer", args=[feedback.pk])),
    }
    send = partial(
        post, Letter(template, MAIN_LANGUAGE, context), settings.FEEDBACK_EMAIL
    )
    tried_again(mail_staff, send, feedback_id, template, tries=tries)


@task()
def mail_answer(feedback_id: int, tries: int = 1) -> None:
    sender = (
        FeedbackSender.objects.select_related("feedback")
        .filter(feedback=feedback_id)
        .first()
    )
    if sender is None:
        return
    feedback = sender.feedback
    context = {
        "answer": feedback.answer_text,
        "lines": feedback.text.splitlines(),
        "day": timezone.localdate(feedback.sent_at),
    }
    letter = Letter("feedback-answer", feedback.language, context)
    tried_again(
        mail_answer, partial(send_answer, sender, letter), feedback_id, tries=tries
    )


def send_answer(sender: FeedbackSender, letter: Letter) -> None:
    """Staff see in the list when the address takes no mail."""
    if not post(letter, sender.email):
        FeedbackSender.objects.filter(pk=sender.pk).update(bounced_at=timezone.now())
