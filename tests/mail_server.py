"""A mail server that the site talks SMTP with, over loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

TAKEN = "250 OK"


class MailServer:
    """Say in `answers` what it answers to an address instead of taking its mail."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.letters: list[EmailMessage] = []
        self.asked: list[str] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.asked.append(address)
        answer = self.answers.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)  # type: ignore[arg-type]
        return TAKEN

    @contextmanager
    def running(self) -> Iterator[None]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    def mailers(self) -> dict[str, Any]:
        """The setting MAILERS that leads here."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 5}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"default": {"BACKEND": backend, "OPTIONS": options}}
