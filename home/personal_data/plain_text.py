"""A text as the rules read it, however its signs were typed."""

import unicodedata

UNSEEN = {"Cf", "Me", "Mn"}
"""Joiners, soft hyphens and marks, which part a number for machines only."""


def folded(text: str) -> str:
    """In small letters, with the ten digits for those of every script."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = (sign for sign in plain if unicodedata.category(sign) not in UNSEEN)
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen
    )
