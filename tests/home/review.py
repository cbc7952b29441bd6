"""What tests of reviews do: pages with people, letters, and answers by link."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Event, Thread
from time import sleep
from typing import Any

from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from home.models import PageReview, ReviewPerson
from home.review.answering import Answer, take_answer
from home.review.asking import ask
from tests import factories

LINK = re.compile(r"https?://[^/\s]+(/[\w-]+/(?:tarkastus|granskning|review)/[\w-]+/)")
RIGHT = {
    "verdict": "right",
    "comment": "",
    "months": "12",
    "name": "Esimerkkitarkastaja, terveydenhoitaja",
    "is_read": "on",
}


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def noon_in(days: int) -> datetime:
    """On that day: summer time would move a late hour to the day after."""
    return datetime.combine(in_days(days), time(12), timezone.get_default_timezone())


def make_reviewed(index: Any, due_in: int, **fields: Any) -> Any:
    """A live guide with a revision, whose review is due in so many days."""
    next_review = in_days(due_in)
    guide = factories.make_guide(
        index,
        **{
            "last_reviewed": min(next_review - timedelta(days=1), timezone.localdate())
            - timedelta(days=300),
            "next_review": next_review,
        }
        | fields,
    )
    guide.save_revision().publish()
    guide.refresh_from_db()
    return guide


def asked(page: Any, capture: Any, person: ReviewPerson | None = None) -> str:
    """The path of the link that the letter brings."""
    with capture(execute=True):
        ask(page, person or factories.make_review_person(), None)
    return links_of(mail.outbox[-1])[0]


def answer_during(review: PageReview, job: Callable[[], Any]) -> None:
    """The answer is being stored when another process does its job."""
    is_answered, is_at_work = Event(), Event()

    def work() -> None:
        try:
            is_answered.wait(10)
            is_at_work.set()
            job()
        finally:
            connection.close()

    process = Thread(target=work)
    process.start()
    with transaction.atomic():
        assert take_answer(review, Answer("right", "Tarkastaja"))
        is_answered.set()
        is_at_work.wait(10)
        sleep(0.7)  # It has read by now, and waits to write.
    process.join()


def links_of(letter: Any) -> list[str]:
    return LINK.findall(letter.body)


def answer(path: str, capture: Any, client: Client | None = None, **fields: str) -> Any:
    """As a browser sends it from our own page."""
    client = client or Client(enforce_csrf_checks=True)
    with capture(execute=True):
        return client.post(
            path, RIGHT | fields, headers={"Sec-Fetch-Site": "same-origin"}
        )


def only_review() -> PageReview:
    return PageReview.objects.get()
