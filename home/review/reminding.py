"""Tells reviewers and owners 30 days before a review is due, on the day, and 30 after.

Each step of a page and a date is a row for each person, which says when its letter was
sent: it is told once, however often this runs, and in however many processes. A letter
that a mail server did not take is written again the next day. After days of standing
still only the newest step is told. A new date begins anew. Who has several pages gets
one letter that names them all, at most one a day. Of a page of nobody staff are told.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..background import after_commit
from ..models import PageReview, ReviewDue, ReviewPerson, ReviewReminder
from ..models.review import ReviewDueQuerySet
from .asking import new_review
from .links import LIFETIME
from .tasks import mail_reminder
from .versions import live_version

KEYS = ("pk", "kept_by", "reviewed_by")
STAFF = None
"""In the place of a person's key: nobody else is there to be told."""


class Done(NamedTuple):
    letters: int
    pages: int


def due_for(today: date) -> ReviewDueQuerySet:
    return ReviewDue.objects.to_remind(today, staff_too=bool(settings.FEEDBACK_EMAIL))


def remind(now: datetime | None = None) -> Done:
    now = now or timezone.now()
    rows = list(due_for(timezone.localdate(now)).values_list(*KEYS))
    return write_letters(rows, now) if rows else Done(0, 0)


@transaction.atomic
def write_letters(found: list[Any], now: datetime) -> Done:
    """Under the lock of those pages and people. What is due is asked again: another
    process may have written while this one waited."""
    today = timezone.localdate(now)
    pages, owners, reviewers = zip(*found, strict=True)
    rows = ReviewDue.objects.select_for_update().filter(pk__in=pages)
    list(rows.order_by("pk").values_list("pk"))
    locked = ReviewPerson.objects.select_for_update().filter(
        pk__in={*owners, *reviewers} - {None}
    )
    people = {person.pk: person for person in locked.order_by("pk")}
    letters: dict[int | None, list[int]] = defaultdict(list)
    due = list(due_for(today).filter(pk__in=pages).select_related("page"))
    told = already_told(due)
    busy: set[int | None] = {
        key for key, person in people.items() if person.reminded_on == today
    }
    if ReviewReminder.objects.filter(person=None, written_on=today).exists():
        busy.add(STAFF)
    for row in due:
        for key in receivers_of(row, people):
            # Who has had a letter today is asked again tomorrow, in one letter.
            if key in busy or (row.pk, key) in told:
                continue
            reminder, _made = ReviewReminder.objects.update_or_create(
                page=row.page,
                person_id=key,
                due_on=row.due_on,
                step=row.step,
                defaults={"written_on": today},
            )
            letters[key].append(reminder.pk)
            if key is not STAFF and key == row.reviewed_by_id:
                ask_about_live_text(row, people[key], now)
    for key, reminders in letters.items():
        after_commit(mail_reminder, key, reminders)
    mark_reminded(letters, today)
    named = ReviewReminder.objects.filter(pk__in=chain(*letters.values()))
    return Done(len(letters), named.values("page").distinct().count())


def already_told(due: list[ReviewDue]) -> set[tuple[int, int | None]]:
    """Of which page who has been told this step or a later one."""
    by_page = {row.pk: row for row in due}
    sent = ReviewReminder.objects.exclude(sent_at=None).filter(page__in=by_page)
    return {
        (reminder.page_id, reminder.person_id)
        for reminder in sent
        if reminder.due_on == by_page[reminder.page_id].due_on
        and reminder.step >= by_page[reminder.page_id].step
    }


def receivers_of(row: ReviewDue, people: dict[int, ReviewPerson]) -> list[int | None]:
    """Once each: the one who keeps a page may also review it."""
    keys = dict.fromkeys((row.reviewed_by_id, row.kept_by_id))
    reachable = [key for key in keys if key in people and not people[key].bounced_at]
    if reachable:
        return [*reachable]
    return [STAFF] if settings.FEEDBACK_EMAIL else []


def mark_reminded(keys: Iterable[int | None], today: date) -> None:
    people = [key for key in keys if key is not STAFF]
    ReviewPerson.objects.filter(pk__in=people).update(reminded_on=today)


def ask_about_live_text(row: ReviewDue, person: ReviewPerson, now: datetime) -> None:
    """A link of the letter. One that waits for an answer about the same text goes on;
    a draft that somebody asked about is left alone."""
    page = row.page.specific
    version = live_version(page)
    asked = PageReview.objects.usable(now).filter(page=page.pk, person=person)
    expires_at = now + LIFETIME
    about_this = asked.filter(fingerprint=version.fingerprint(page))
    if about_this.update(expires_at=expires_at) or asked.exists():
        return
    new_review(version, page, person, now).save()
