"""Letters about reviews; what is stored about a task holds ids only."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation

from .. import letters
from ..letters import Letter, tried_again, with_host
from ..models import PageReview, ReviewDue, ReviewPerson, ReviewReminder
from .links import LIFETIME, link_to

logger = logging.getLogger(__name__)


def post(letter: Letter, person: ReviewPerson) -> bool:
    """Who cannot be reached is marked: the report says so."""
    was_taken = letters.post(letter, person.email)
    if not was_taken:
        ReviewPerson.objects.filter(pk=person.pk).update(bounced_at=timezone.now())
        logger.warning("The mail server refused a reviewer's address.")
    return was_taken


def staff_address(page_id: int) -> str:
    return with_host(reverse("review_staff:page", args=[page_id]))


@task()
def mail_request(review_id: int, tries: int = 1) -> None:
    """An editor asks. The token is made here: a second try makes another."""
    review = PageReview.objects.usable().filter(pk=review_id).first()
    if review is None or review.person is None:
        return
    person = review.person
    context = {
        "title": review.content["title"],
        "asked_by": review.asked_by.get_full_name() if review.asked_by else "",
        "message": review.message,
        "url": link_to(review, person.language),
        "days": LIFETIME.days,
    }
    letter = Letter("review-request", person.language, context)
    tried_again(mail_request, partial(post, letter, person), review_id, tries=tries)


@task()
def mail_reminder(person_id: int | None, reminders: list[int], tries: int = 1) -> None:
    """All pages of a person that are due: one letter, with a link to each.

    What another letter is bringing, or has brought, is left to it.
    """
    person = person_to_remind(person_id)
    if person is None:
        return
    rows = ReviewReminder.objects.filter(pk__in=reminders)
    claimed = {row.pk for row in rows.claim(timezone.now())}
    pages = pages_due(person, claimed)
    if not pages:
        return
    context = {
        "pages": pages,
        "links": any(page["url"] for page in pages),
        "of_nobody": person_id is None,
        "report": with_host(reverse("review_staff:report")),
        "days": LIFETIME.days,
    }
    letter = Letter("review-reminder", person.language, context)
    send = partial(post_claimed, letter, person, rows.filter(pk__in=claimed))
    tried_again(mail_reminder, send, person_id, reminders, tries=tries)


def post_claimed(letter: Letter, person: ReviewPerson, rows: QuerySet[Any]) -> None:
    """What could not be sent is free to be sent again."""
    try:
        was_taken = post(letter, person)
    except OSError:
        rows.update(claimed_at=None)
        raise
    rows.update(claimed_at=None, sent_at=timezone.now() if was_taken else None)


def person_to_remind(key: int | None) -> ReviewPerson | None:
    if key is None:
        return staff()
    return ReviewPerson.objects.reachable().filter(pk=key).first()


def staff() -> ReviewPerson | None:
    """Those who read the mailbox, as if they were one."""
    mailbox = settings.FEEDBACK_EMAIL
    return ReviewPerson(email=mailbox) if mailbox else None


def pages_due(person: ReviewPerson, reminders: Iterable[int]) -> list[dict[str, Any]]:
    """As the letter lists them: not those that were reviewed meanwhile, or that are
    somebody else's now."""
    rows = ReviewReminder.objects.filter(pk__in=reminders).order_by("due_on", "pk")
    asked = PageReview.objects.usable().filter(person=person.pk).without_text()
    reviews = {review.page_id: review for review in asked}
    pages = []
    for row in rows.select_related("page__review_due"):
        due: ReviewDue = row.page.review_due
        if due.next_review != row.due_on or not row.page.live:
            continue
        if person.pk and person.pk not in (due.kept_by_id, due.reviewed_by_id):
            continue
        is_reviewer = due.reviewed_by_id == person.pk
        review = reviews.get(row.page_id) if is_reviewer else None
        pages.append(
            {
                "title": row.page.title,
                "due_on": row.due_on,
                "step": ReviewReminder.Step(row.step).name,
                "reviewer": due.reviewer,
                "url": link_to(review, person.language) if review else "",
                "page_url": row.page.full_url,
            }
        )
    return pages


@task()
def mail_answer(review_id: int, tries: int = 1) -> None:
    """To who keeps the page; where nobody is named, to who asked; else to staff."""
    found = PageReview.objects.answered().select_related("page", "asked_by")
    review = found.filter(pk=review_id).without_text().first()
    if review is None:
        return
    person = receiver_of(review)
    if person is None:
        return
    with translation.override(person.language):
        verdict = str(review.get_verdict_display())
    context = {
        "title": review.page.title,
        "verdict": verdict,
        "name": review.name,
        "comment": review.comment,
        "is_positive": review.is_positive,
        "is_live": review.took_effect_at is not None,
        "next_review": review.next_review,
        "address": staff_address(review.page_id),
    }
    letter = Letter("review-answer", person.language, context)
    tried_again(mail_answer, partial(post, letter, person), review_id, tries=tries)


def receiver_of(review: PageReview) -> ReviewPerson | None:
    due = ReviewDue.objects.filter(pk=review.page_id).select_related("kept_by").first()
    if due and due.kept_by and not due.kept_by.bounced_at:
        return due.kept_by
    if review.asked_by and review.asked_by.email:
        return ReviewPerson(email=review.asked_by.email)
    return staff()
