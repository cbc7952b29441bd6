"""What a trusted organisation may change at once (`Organisation.is_trusted`)."""

import re

from ..models import Contact, EventPage, Submission
from .drafts import typed_of
from .merging import effective

SMALL: dict[str, tuple[str, ...]] = {
    "when": ("rule-", "date-", "break-", "pauses"),
    "where": ("place_note_",),
    "whom": (
        *("is_free", "price_", "sign_up_info_", "sign_up_until"),
        *("capacity", "contact_hours"),
    ),
}
"""Beginnings of the names of fields, by step."""
SMALL_EXACTLY = ("sign_up",)
LEADS_AWAY = re.compile(r"(?i)https?:|www\.|@|\w\.(?:fi|com|org|net|eu|info)\b")


def is_small_change(submission: Submission, event: EventPage, contact: Contact) -> bool:
    if not (submission.is_change and event.live and may_publish(submission, contact)):
        return False
    if submission.image_id != event.image_id or has_plans(event):
        return False
    before = typed_of(event)
    return all(
        is_same_or_small(step, name, submission.typed_in(step), before[step])
        for step in before
        for name in {*submission.typed_in(step), *before[step]}
    )


def has_plans(event: EventPage) -> bool:
    """A draft or a schedule of staff, which another version on top would undo."""
    return bool(
        event.has_unpublished_changes or event.approved_schedule or event.expire_at
    )


def is_same_or_small(
    step: str, name: str, typed: dict[str, list[str]], before: dict[str, list[str]]
) -> bool:
    now, then = effective(name, typed), effective(name, before)
    if now == then:
        return True
    is_small = name in SMALL_EXACTLY or name.startswith(SMALL.get(step, ()))
    return is_small and not any(LEADS_AWAY.search(value) for value in now)


def may_publish(submission: Submission, contact: Contact) -> bool:
    """Trusted, and the contact is one of theirs."""
    organisation = submission.organisation
    return bool(
        organisation
        and organisation.is_trusted
        and organisation.memberships.filter(contact=contact, is_approved=True).exists()
    )
