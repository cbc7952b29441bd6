"""Another e-mail address for a contact, once it is proved."""

from datetime import datetime

from ..models import Contact


def take_address(contact: Contact, email: str, now: datetime) -> Contact:
    """What was opened under the old address is closed, on every device.

    Who has come in with the new address before stays who they are, and nothing of
    theirs moves: anybody can ask for a change to an address that is not their own.
    """
    if owner := Contact.objects.with_address(email).first():
        return owner
    contact.email, contact.signed_out_at = email, now
    contact.save(update_fields=["email", "signed_out_at"])
    return contact
