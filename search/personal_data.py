"""Whether a search may tell of a person: then nothing of it is kept anywhere.

Rather too often than too seldom: a search that is not counted costs the staff little.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from home.models import PostalCode
from home.personal_data.mail import AT_SIGN, MAIL_PROVIDERS
from home.personal_data.plain_text import folded
from home.personal_data.streets import has_street_address
from home.search_words import LONGEST

from . import voikko
from .analysis import LANGUAGES, SNOWBALL, stem_of
from .index_writer import current_index
from .known_names import NOT_NAMES, is_family_name, is_first_name
from .known_words import STOP_WORDS, known_word
from .models import Word
from .vocabulary import plain

MANY_DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d){4}")
"""A phone number, a date of birth, an account: also with signs between. Every
henkilötunnus begins with six, whatever sign stands for its century."""

MOST_DIGITS = 6
"""In the whole search, however far apart: "040 tai 123 4567"."""

LETTERS = re.compile(r"[^\W\d_]{2,}")
UNKNOWN_WORDS = 2
"""As many that nobody knows, beside a number, may be a name."""
LONGEST_UNKNOWN_NAME = 9
"""Letters: with a dictionary one such word is enough: "Abdi 43"."""


@dataclass(frozen=True, slots=True)
class NameReading:
    is_first: bool
    is_family: bool
    is_only_name: bool
    """It is no ordinary word besides."""


NO_NAME = NameReading(is_first=False, is_family=False, is_only_name=False)


def looks_personal(words: str, *, with_voikko: bool = True) -> bool:
    """`words` as they were typed: what has been cleaned no longer shows an “@”."""
    uses_voikko = with_voikko and voikko.is_installed()
    text = folded(words)
    if len(text) > LONGEST or AT_SIGN.search(text):
        return True  # Somebody's own story is longer than a search.
    found = LETTERS.findall(text)
    if not MAIL_PROVIDERS.isdisjoint(found) or tells_number_of_somebody(text):
        return True
    readings = [name_reading(word, uses_voikko) for word in found]
    if any(reading.is_only_name for reading in readings) or any(
        is_full_name(*pair) for pair in pairwise(readings)
    ):
        return True
    if not any(sign.isdecimal() for sign in text):
        return False
    return (
        any(reading.is_first or reading.is_family for reading in readings)
        or has_street_address(text)
        or may_hold_a_name(unknown_words(found, uses_voikko), uses_voikko)
    )


def may_hold_a_name(unknown: set[str], uses_voikko: bool) -> bool:
    return len(unknown) >= UNKNOWN_WORDS or (
        uses_voikko and any(len(word) <= LONGEST_UNKNOWN_NAME for word in unknown)
    )


def tells_number_of_somebody(text: str) -> bool:
    digits = [sign for sign in text if sign.isdecimal()]
    if len(digits) > MOST_DIGITS:
        return True
    if not MANY_DIGITS.search(text):
        return False
    # The one number that may be as long: a postal code of the county.
    code = re.fullmatch(r"\D*(?<!\w)([0-9]{5})(?!\w)\D*", text)
    return not (code and PostalCode.objects.filter(pk=code[1]).exists())


def is_full_name(one: NameReading, other: NameReading) -> bool:
    """ "Toivo Mäki": each may be an ordinary word, side by side they are somebody."""
    return (one.is_first and other.is_family) or (one.is_family and other.is_first)


def name_reading(word: str, uses_voikko: bool) -> NameReading:
    if has_meaning_of_its_own(word):
        return NO_NAME
    if uses_voikko and (readings := voikko.classes(word)):
        if any(base in NOT_NAMES for base, _kind in readings):
            return NO_NAME
        kinds = {kind for _base, kind in readings}
        return NameReading(
            is_first=voikko.FIRST_NAME in kinds,
            is_family=voikko.FAMILY_NAME in kinds,
            is_only_name=kinds <= {voikko.FIRST_NAME, voikko.FAMILY_NAME},
        )
    is_first, is_family = is_first_name(word), is_family_name(word)
    return NameReading(is_first, is_family, is_only_name=is_first or is_family)


def has_meaning_of_its_own(word: str) -> bool:
    return (
        word in NOT_NAMES
        or bool(known_word(word))
        or any(word in stops for stops in STOP_WORDS.values())
    )


def unknown_words(words: list[str], uses_voikko: bool) -> set[str]:
    """Those that neither a dictionary nor the texts of the site have."""
    unknown = {
        word
        for word in words
        if not has_meaning_of_its_own(word)
        and not (uses_voikko and voikko.classes(word))
    }
    index = current_index() if unknown else None
    if index is None:
        return unknown
    stems = {word: {stem_of(word, code) for code in SNOWBALL} for word in unknown}
    spelt = Q(plain__in=sorted(map(plain, unknown)))
    inflected = Q(language__in=LANGUAGES, stem__in=sorted(set().union(*stems.values())))
    known: set[str] = set()
    rows = Word.objects.filter(spelt | inflected, index=index)
    for pair in rows.values_list("plain", "stem"):
        known.update(pair)
    return {
        word
        for word in unknown
        if plain(word) not in known and stems[word].isdisjoint(known)
    }
