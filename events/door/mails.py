"""Letters of the door: plain text, in the receiver's language.

No letter has a word in its subject that somebody else has written.
"""

import logging
import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from home.languages import EASY_FINNISH, MAIN_LANGUAGE

from ..models import Contact

logger = logging.getLogger(__name__)

REFUSED_FOR_GOOD = 500
"""Answers of a mail server from here on: the address will never take mail."""


@dataclass(frozen=True)
class Letter:
    """A template of `events/mails/`, whose first line is the subject."""

    template: str
    language: str
    context: dict[str, Any]

    def parts(self) -> tuple[str, str]:
        language = MAIN_LANGUAGE if self.language == EASY_FINNISH else self.language
        with translation.override(language):
            text = render_to_string(f"events/mails/{self.template}.txt", self.context)
        subject, _line, body = text.strip().partition("\n")
        return " ".join(subject.split()), body.strip() + "\n"


def post(letter: Letter, email: str) -> bool:
    """False when the server refuses the address: its contact is marked.

    Other faults of the server are raised, so that the task is tried again.
    """
    subject, body = letter.parts()
    message = EmailMessage(subject, body, to=[email])
    # Programs that answer by themselves leave such mail alone.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        if min(codes, default=0) < REFUSED_FOR_GOOD:
            raise
        mark_bounced(email)
        return False
    return True


def mark_bounced(email: str) -> None:
    Contact.objects.with_address(email).update(bounced_at=timezone.now())
    logger.warning("The mail server refused a contact's address.")
