"""Letters of the door, and what a refused address means for its contact."""

import logging
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from home import letters

from ..models import Contact

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter(letters.Letter):
    folder: ClassVar[str] = "events/mails"


def post(letter: Letter, email: str) -> bool:
    """False when the server refuses the address: its contact is marked."""
    taken = letters.was_taken(letter, email)
    if not taken:
        mark_bounced(email)
    return taken


def mark_bounced(email: str) -> None:
    Contact.objects.with_address(email).update(bounced_at=timezone.now())
    logger.warning("The mail server refused a contact's address.")
