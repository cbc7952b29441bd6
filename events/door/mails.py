"""Letters of the door; a contact whose address is refused is marked."""

import logging

from django.utils import timezone

from home import letters

from ..models import Contact

logger = logging.getLogger(__name__)


class Letter(letters.Letter):
    folder = "events/mails"


def post(letter: Letter, email: str) -> bool:
    """False when the server refuses the address: its contact is marked."""
    if letters.post(letter, email):
        return True
    mark_bounced(email)
    return False


def mark_bounced(email: str) -> None:
    Contact.objects.with_address(email).update(bounced_at=timezone.now())
    logger.warning("The mail server refused a contact's address.")
