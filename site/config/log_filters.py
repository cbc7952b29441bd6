"""What must never stand in a log."""

import logging
import re

SECRET_PARTS = re.compile(r"(/(?:key|confirm|tarkastus|granskning|review)/)[\w-]{20,}")
"""Of addresses: the tokens of the NGO door's links, and of those to review a page."""


class WithoutTokens(logging.Filter):
    """Django's messages hold the address of a request that went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET_PARTS.search(message):
            record.msg, record.args = SECRET_PARTS.sub(r"\1…", message), ()
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = SECRET_PARTS.sub(r"\1…", text)
        return True
