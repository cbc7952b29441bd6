"""Staff read by mail that something waits; what it is stands in the queue."""

from functools import partial

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from home.background import after_commit
from home.languages import MAIN_LANGUAGE
from home.letters import tried_again, with_host

from ..models import Submission
from .limits import WAITING_MAILS_TO_STAFF, allows
from .mails import Letter, post


def mail_about_queue() -> None:
    staff = settings.MODERATORS_EMAIL
    if staff and allows(WAITING_MAILS_TO_STAFF, staff):
        after_commit(mail_waiting)


@task()
def mail_waiting(tries: int = 1) -> None:
    """Of none that waits any more nothing is written."""
    number = Submission.objects.waiting().count()
    if not (number and settings.MODERATORS_EMAIL):
        return
    queue = with_host(reverse("event_staff:queue"))
    letter = Letter("waiting", MAIN_LANGUAGE, {"number": number, "queue_url": queue})
    send = partial(post, letter, settings.MODERATORS_EMAIL)
    tried_again(mail_waiting, send, tries=tries)
