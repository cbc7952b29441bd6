"""Another e-mail address for a contact, once it is proved."""

from datetime import datetime

from ..models import Contact


def take_address(contact: Contact, email: str, now: datetime) -> Contact:
    """What was opened under the old address is closed, on every device.

    Somebody who has come in with the new address before is the same person: both
    addresses are proved. What they had under it is theirs still.
    """
    if double := Contact.objects.with_address(email).exclude(pk=contact.pk).first():
        take_over(contact, double)
    contact.email, contact.signed_out_at = email, now
    contact.save(update_fields=["email", "signed_out_at"])
    return contact


def take_over(contact: Contact, double: Contact) -> None:
    double.submissions.update(contact=contact)
    approved = double.memberships.filter(is_approved=True)
    contact.memberships.filter(
        organisation__in=list(approved.values_list("organisation", flat=True))
    ).update(is_approved=True)
    known = list(contact.memberships.values_list("organisation", flat=True))
    double.memberships.exclude(organisation__in=known).update(contact=contact)
    double.delete()
