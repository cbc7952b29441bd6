"""Letters: plain text, in the receiver's language, written in the background.

No letter has a word in its subject that somebody else has written.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import Task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .languages import EASY_FINNISH, MAIN_LANGUAGE

REFUSED_FOR_GOOD = 500
"""Answers of a mail server from here on: the address will never take mail."""

FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=12)
TRIES = 18
"""Each pause is twice the last one, up to the longest: the last try is nearly five days
after the first, as mail servers do among themselves (RFC 5321, 4.5.4.1)."""


@dataclass(frozen=True)
class Letter:
    """A template of the folder, whose first line is the subject."""

    template: str
    language: str
    context: dict[str, Any]

    folder: ClassVar[str] = "home/mails"

    def parts(self) -> tuple[str, str]:
        language = MAIN_LANGUAGE if self.language == EASY_FINNISH else self.language
        with translation.override(language):
            text = render_to_string(f"{self.folder}/{self.template}.txt", self.context)
        subject, _line, body = text.strip().partition("\n")
        return " ".join(subject.split()), body.strip() + "\n"


def post(letter: Letter, email: str) -> bool:
    """False when the server refuses the address for good.

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
        return False
    return True


class LetterNotSentError(Exception):
    """What the server said is left out: it often names the address, and is stored."""


def tried_again(
    letter_task: Task, send: Callable[[], Any], *args: Any, tries: int
) -> None:
    """A mail server that is away is asked again, where tasks can wait."""
    try:
        send()
    except OSError as error:  # Also every error of smtplib.
        if tries >= TRIES or not letter_task.get_backend().supports_defer:
            raise LetterNotSentError(type(error).__name__) from None
        pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
        letter_task.using(run_after=timezone.now() + pause).enqueue(*args, tries + 1)


def with_host(path: str) -> str:
    """As it is written in a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
