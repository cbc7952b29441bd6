"""Texts as other formats may hold them."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""In XML and in iCalendar alike. An import may have brought them."""


def storable(text: object) -> str:
    """Without forbidden characters, and with one kind of line end."""
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub("", plain)
