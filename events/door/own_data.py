"""All that is stored about a contact, as they may see it and take it along."""

from typing import Any

from django.db import transaction
from wagtail.models import PageLogEntry

from ..models import Contact, DoorLink, LinkAnswer, Submission
from . import links
from .access import events_of
from .pictures import delete_drafts


def everything_about(contact: Contact) -> dict[str, Any]:
    """For a file; names are those of the columns."""
    return {
        "email": contact.email,
        "name": contact.name,
        "phone": contact.phone,
        "language": contact.language,
        "consented_at": contact.consented_at,
        "created_at": contact.created_at,
        "last_seen_at": contact.last_seen_at,
        "signed_out_at": contact.signed_out_at,
        "bounced_at": contact.bounced_at,
        "memberships": [
            {
                "organisation": str(membership.organisation.name),
                "role": membership.role,
                "is_approved": membership.is_approved,
                "created_at": membership.created_at,
            }
            for membership in contact.memberships.select_related("organisation")
        ],
        "submissions": [
            {
                "key": submission.key,
                "status": submission.status,
                "created_at": submission.created_at,
                "saved_at": submission.saved_at,
                "sent_at": submission.sent_at,
                "answer": submission.answer,
                "typed": submission.typed,
            }
            for submission in contact.submissions.order_by("pk")
        ],
        "links": list(
            DoorLink.objects.filter(email=contact.email).values(
                "purpose", "created_at", "expires_at", "used_at"
            )
        ),
        "answers": list(
            LinkAnswer.objects.filter(link__contact=contact)
            .order_by("pk")
            .values("event", "action", "answered_at")
        ),
        "invitations": list(
            DoorLink.objects.invitations()
            .filter(contact=contact)
            .values("email", "role", "created_at", "expires_at")
        ),
        "changes": list(
            PageLogEntry.objects.filter(
                page__in=events_of(contact).values("pk"), data__contact=contact.pk
            )
            .order_by("timestamp")
            .values("page", "action", "timestamp")
        ),
    }


@transaction.atomic
def erase(contacts: list[Contact]) -> None:
    """Their groups stay, and what they sent, without them.

    Drafts that no organisation has go along: nobody else could open them.
    """
    Contact.objects.filter(pk__in=[contact.pk for contact in contacts]).delete()
    forget_traces(contacts)


def forget_traces(erased: list[Contact]) -> None:
    links.revoke(*(contact.email for contact in erased))
    drafts = Submission.objects.filter(status=Submission.Status.DRAFT)
    delete_drafts(drafts.filter(contact=None, organisation=None))
