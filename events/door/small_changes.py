"""What a trusted organisation may change at once (`Organisation.is_trusted`)."""

from ..models import Contact, EventPage, Submission
from .drafts import typed_of

SMALL = {
    "when": ("rule-", "date-", "break-", "pauses"),
    "where": ("place_note_",),
    "whom": (
        *("is_free", "price_", "sign_up", "capacity", "contact_hours"),
        *("contact_name", "contact_email", "image_alt"),
    ),
}
"""Beginnings of the names of fields, by step."""


def is_small_change(submission: Submission, event: EventPage, contact: Contact) -> bool:
    if not (submission.is_change and event.live and may_publish(submission, contact)):
        return False
    if submission.image_id != event.image_id:
        return False
    before = typed_of(event)
    return all(
        same(submission.typed_in(step), before[step], name)
        for step in before
        for name in {*submission.typed_in(step), *before[step]}
        if not name.startswith(SMALL.get(step, ()))
    )


def may_publish(submission: Submission, contact: Contact) -> bool:
    """Trusted, and the contact is one of theirs."""
    organisation = submission.organisation
    return bool(
        organisation
        and organisation.is_trusted
        and organisation.memberships.filter(contact=contact, is_approved=True).exists()
    )


def same(typed: dict[str, list[str]], before: dict[str, list[str]], name: str) -> bool:
    """An empty field and one that is not there say the same."""
    one, other = (
        [value for value in each.get(name, []) if value] for each in (typed, before)
    )
    return sorted(one) == sorted(other) or without_ends(one) == without_ends(other)


def without_ends(values: list[str]) -> list[str]:
    """Browsers send line ends of their own kind."""
    return [value.replace("\r\n", "\n").strip() for value in values]
