"""Letters of the demo stand in the terminal, to be read and their links followed."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend

LINE = "-" * 72


class EmailBackend(ConsoleBackend):
    """As text: Django's own shows how mail travels, with links broken into lines."""

    def write_message(self, message: EmailMessage) -> None:
        head = f"{LINE}\nTo: {', '.join(message.to)}\nSubject: {message.subject}"
        self.stream.write(f"{head}\n\n{message.body}\n{LINE}\n")
