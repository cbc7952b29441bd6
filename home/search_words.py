"""Makes what somebody typed safe for a search in the database."""

import re
import unicodedata

LONGEST = 200


def clean_words(typed: str) -> str:
    """Letters, digits and single spaces; "" when nothing to search for is left.

    A lone quote, a NUL or only spaces crash Wagtail's database search (stack.md).
    """
    composed = unicodedata.normalize("NFC", typed[:LONGEST])
    words = re.sub(r"[^\w'’-]+|_", " ", composed)
    return " ".join(word for word in words.split() if re.search(r"\w", word))
