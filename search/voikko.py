"""Voikko, the Finnish dictionary: a Debian package that may be missing."""

import re
import threading
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import libvoikko
from django.conf import settings

LONGEST_WORD = 100
MOST_READINGS = 4
FIRST_NAME = "etunimi"
FAMILY_NAME = "sukunimi"
NAMES = {FIRST_NAME, FAMILY_NAME, "paikannimi", "nimi"}
BASE_IN_BRACKETS = re.compile(r"\+([^+()]+)\(([^()+][^()]*)\)")

_handles = threading.local()
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form may be: base forms of the word, and those of its parts."""

    bases: tuple[str, ...]
    parts: tuple[str, ...]


@cache
def version() -> str:
    """Of the library; "" when it or its dictionary is not installed, or not wanted."""
    if not settings.VOIKKO:
        return ""
    try:
        handle = libvoikko.Voikko("fi")
    except (OSError, libvoikko.VoikkoException):
        return ""
    handle.terminate()
    return str(libvoikko.Voikko.getVersion())


def is_installed() -> bool:
    return bool(version())


def analyses(word: str) -> list[dict[str, str]]:
    # One handle used by two threads ends the process (search.md, section 7).
    handle = getattr(_handles, "handle", None)
    if handle is None:
        with _opening:
            handle = _handles.handle = libvoikko.Voikko("fi")
    found: list[dict[str, str]] = handle.analyze(word)
    return found


def plain(base: str) -> str:
    return base.lower().replace("-", "").replace("=", "")


def read(word: str) -> Reading | None:
    """A lower-case word of letters; None when Voikko does not know it."""
    if len(word) > LONGEST_WORD:
        return None
    bases: list[str] = []
    parts: list[str] = []
    found = usual(word, analyses(word))
    linked = {
        modifier: plain(base)
        for analysis in found
        for modifier, base in BASE_IN_BRACKETS.findall(analysis.get("WORDBASES", ""))
        if "=" not in base
    }
    for analysis in found:
        base = plain(analysis.get("BASEFORM", word))
        for each in (base, verb_of(analysis)):
            if each and each not in bases:
                bases.append(each)
        if analysis.get("CLASS") not in NAMES:
            parts += parts_of(word, analysis, linked)
    if not bases:
        return None
    bases = bases[:MOST_READINGS]
    distinct = dict.fromkeys(part for part in parts if len(part) > 1)
    return Reading(tuple(bases), tuple(part for part in distinct if part not in bases))


def usual(word: str, found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without names where it is a word as well ("milloin" is not about Milla), and
    without participles where it is a word of its own ("syöpä" is not about eating)."""
    words = [each for each in found if each.get("CLASS") not in NAMES] or found
    is_own = any(
        plain(each.get("BASEFORM", word)) == word and "PARTICIPLE" not in each
        for each in words
    )
    return [each for each in words if not (is_own and "PARTICIPLE" in each)]


def verb_of(analysis: dict[str, str]) -> str:
    """Of a participle: "nukuttua" is found by "nukkua" as well; "" if it is none, or
    a compound, whose first root is another word."""
    if "PARTICIPLE" not in analysis or analysis["STRUCTURE"].count("=") > 1:
        return ""
    roots = BASE_IN_BRACKETS.findall(analysis.get("WORDBASES", ""))
    return plain(roots[0][1]) if roots else ""


def classes(word: str) -> set[tuple[str, str]]:
    """Each base form that a lower-case word may have, with its class."""
    if len(word) > LONGEST_WORD:
        return set()
    return {
        (plain(analysis.get("BASEFORM", word)), analysis.get("CLASS", ""))
        for analysis in analyses(word)
    }


def parts_of(word: str, analysis: dict[str, str], linked: dict[str, str]) -> list[str]:
    """Base forms of a compound's parts, and of each two that stand side by side.

    The last comes from the end of the base form: the form that was written may be
    read otherwise alone ("tuki" is also a form of "tukea").
    """
    lengths = [
        len(part.replace("-", "")) for part in analysis["STRUCTURE"].split("=") if part
    ]
    if len(lengths) < 2:
        return []
    letters = word.replace("-", "")
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    last = plain(analysis.get("BASEFORM", word))[starts[-1] :]
    modifiers = [
        letters[start : start + length]
        for start, length in zip(starts[:-1], lengths[:-1], strict=True)
    ]
    found = [last]
    for modifier in modifiers:
        found += bases_of_modifier(modifier, linked)
    for first, second in pairwise(modifiers):
        found += bases_of_modifier(first + second, {})
    if len(modifiers) > 1:
        found.append(modifiers[-1] + last)
    return found


def bases_of_modifier(modifier: str, linked: dict[str, str]) -> list[str]:
    """Of "mielen" in "mielenterveys"; a link ("vertais") has its word named."""
    bases = [
        plain(analysis["BASEFORM"])
        for analysis in analyses(modifier)
        if "BASEFORM" in analysis and analysis.get("CLASS") != "teonsana"
    ]
    if not bases and modifier in linked:
        bases = [linked[modifier]]
    return list(dict.fromkeys(bases or [modifier]))[:2]
