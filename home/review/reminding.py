"""Tells reviewers and owners 30 days before a review is due, on the day, and 30 after.

Each step of a page and a date is a row, written in the transaction that stores the
letter's task: it is told once, however often this runs, and in however many processes.
After days of standing still only the newest step is told. A new date begins anew.
Who has several pages gets one letter that names them all, at most one a day.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ..background import after_commit
from ..models import PageReview, ReviewDue, ReviewPerson, ReviewReminder
from ..models.fingerprints import fingerprint_of
from .asking import new_review
from .links import LIFETIME
from .tasks import mail_reminder
from .versions import live_version


class Done(NamedTuple):
    letters: int
    pages: int


def remind(now: datetime | None = None) -> Done:
    now = now or timezone.now()
    today = timezone.localdate(now)
    due = ReviewDue.objects.to_remind(today)
    people = {key for pair in due.values_list("kept_by", "reviewed_by") for key in pair}
    return write_letters(people - {None}, now) if people else Done(0, 0)


@transaction.atomic
def write_letters(keys: set[int], now: datetime) -> Done:
    """Under the lock of those people. What is due is asked again: another process may
    have written to them while this one waited."""
    today = timezone.localdate(now)
    locked = ReviewPerson.objects.select_for_update().filter(pk__in=keys)
    people = {person.pk: person for person in locked.order_by("pk")}
    letters: dict[int, list[int]] = defaultdict(list)
    pages = 0
    for row in ReviewDue.objects.to_remind(today).select_related("page"):
        receivers = receivers_of(row, people)
        if not receivers or any(person.reminded_on == today for person in receivers):
            continue  # Asked again tomorrow, in one letter.
        reminder = ReviewReminder.objects.create(
            page=row.page, due_on=row.due_on, step=row.step
        )
        pages += 1
        for person in receivers:
            letters[person.pk].append(reminder.pk)
            if person.pk == row.reviewed_by_id:
                ask_about_live_text(row, person, now)
    for key, reminders in letters.items():
        after_commit(mail_reminder, key, reminders)
    mark_reminded(letters, today)
    return Done(len(letters), pages)


def receivers_of(row: ReviewDue, people: dict[int, ReviewPerson]) -> list[ReviewPerson]:
    """Once each: the one who keeps a page may also review it."""
    keys = dict.fromkeys((row.reviewed_by_id, row.kept_by_id))
    found = [people[key] for key in keys if key in people]
    return [person for person in found if not person.bounced_at]


def mark_reminded(keys: dict[int, list[int]], today: date) -> None:
    ReviewPerson.objects.filter(pk__in=keys).update(reminded_on=today)


def ask_about_live_text(row: ReviewDue, person: ReviewPerson, now: datetime) -> None:
    """A link of the letter. One that waits for an answer about the same text goes on;
    a draft that somebody asked about is left alone."""
    page = row.page.specific
    version = live_version(page)
    asked = PageReview.objects.usable(now).filter(page=page.pk, person=person)
    expires_at = now + LIFETIME
    text = fingerprint_of(type(page), version.content)
    about_this = asked.filter(fingerprint=text)
    if about_this.update(expires_at=expires_at) or asked.exists():
        return
    new_review(version, page, person, now).save()
