"""The code that carries a reader's progress to another device.

It holds the progress itself, so the server keeps nothing. Seven characters for a
programme of up to ten parts, in Crockford's base 32 (no I, L, O or U to mistake):

    version, two of the programme, a bit for each part's number (five in a character),
    two to check

The two to check make the whole, read as a number, leave 1 when divided by a prime: one
wrong character, one too many at the end, or two that changed places always show. Notes
never go in it: see `site/static/js/programme-code.js`, which writes and reads codes.
Here they are only checked, so that the server draws no other pictures.
"""

from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE = len(ALPHABET)
VERSION = "1"
PRIME = 1021
"""The largest that fits in two characters."""
PROGRAMME_BITS = 10
SHORTEST, LONGEST = 6, 17
LARGEST_NUMBER = (LONGEST - SHORTEST + 1) * 5
"""Of a part: as far as a short code goes."""


def programme_mark(key: UUID) -> str:
    """Two characters of the programme, so that its code is not taken for another's."""
    return digits(key.int >> (128 - PROGRAMME_BITS))


def digits(number: int) -> str:
    return ALPHABET[number // BASE] + ALPHABET[number % BASE]


def rest_of(text: str) -> int:
    rest = 0
    for character in text:
        rest = (rest * BASE + ALPHABET.index(character)) % PRIME
    return rest


def is_code_of(code: str, key: UUID) -> bool:
    if not SHORTEST <= len(code) <= LONGEST or not set(code) <= set(ALPHABET):
        return False
    return code.startswith(VERSION + programme_mark(key)) and rest_of(code) == 1
