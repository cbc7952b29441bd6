"""Two who write the same: nobody overwrites what they have not seen.

A form carries a mark of what it was drawn from. When that is not what is stored any
more, a colleague has saved meanwhile: the answer then shows both texts.
"""

import hashlib
import json
from typing import Any

FIELD = "seen"
LENGTH = 16
"""Hexadecimal digits: it need not keep anybody from making another."""


def mark_of(stored: Any) -> str:
    words = json.dumps(stored, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()[:LENGTH]


def is_overtaken(mark: str, stored: Any) -> bool:
    """A form that has no mark was drawn before there were any."""
    return bool(mark) and mark != mark_of(stored)
