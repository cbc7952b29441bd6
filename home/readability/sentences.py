"""Where words and sentences begin and end; in words in `site/docs/readability.md`."""

import re
from collections.abc import Iterator

PLAIN_WORD = r"""
    (?<![^\W_])(?:bl|fr|[^\W\d_])(?:\.[^\W\d_]{1,3})+(?![^\W_])  # t.ex, e.g
    | \d+(?:[.,:]\d+)+                                             # 14.30, 3,5
    | [^\W_]+(?:(?:[-\u2010'’:]|(?<=\d)–(?=\d))[^\W_]+)*  # EU:n, A-vitamiini, 10–12
"""
ADDRESS = r"(?:https?://|www\.)\S+ | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
WORD = re.compile(PLAIN_WORD, re.VERBOSE)
WORD_OR_ADDRESS = re.compile(f"{ADDRESS} | {PLAIN_WORD}", re.VERBOSE)
SIGNS_OF_ADDRESS = ("@", "://", "www.")
END = re.compile(r"[.!?…]+[)\]”\"’'»]*(?=\s|$)")
OPENERS = "([”\"’'»«“‘–- "
LONGEST_TOKEN = 40
"""What stands before a full stop is looked at this far back."""

NEVER_LAST = {
    "fi": "esim. mm. klo n. nro puh. ks. vrt. ns. s. v. os. synt. toim. em. ko. ao.",
    "sv": "t.ex. bl.a. kl. ca. c. nr. tel. s. d.v.s. dvs. fr.o.m. t.o.m. s.k. p.g.a."
    " resp. jfr. st. dr. f.d. m.a.o. max. min. ung.",
    "en": "e.g. i.e. approx. no. tel. mr. mrs. ms. dr. st. vs. p. pp. cf. fig. max."
    " min. prof.",
}
"""Abbreviations after which a sentence goes on. Not those that may also end one, as
“jne.”, “osv.” and “etc.”: after them a capital begins a new sentence, as ever."""

_never_last = {
    language: frozenset(word.rstrip(".") for word in words.split())
    for language, words in NEVER_LAST.items()
}
NUMBER = re.compile(r"\(?\d+(?:[.,:–-]\d+)*")


def words_of(text: str) -> list[str]:
    pattern = WORD_OR_ADDRESS if is_address(text) else WORD
    return pattern.findall(text)


def is_address(text: str) -> bool:
    """Of a text: whether there may be one in it."""
    return any(sign in text for sign in SIGNS_OF_ADDRESS)


def sentences_of(text: str, language: str) -> Iterator[str]:
    """Of one paragraph, list item or line: its end is always the end of a sentence."""
    begun = 0
    for mark in END.finditer(text):
        if not is_end(text, begun, mark, language):
            continue
        yield text[begun : mark.end()].strip()
        begun = mark.end()
    if rest := text[begun:].strip():
        yield rest


def is_end(text: str, begun: int, mark: re.Match[str], language: str) -> bool:
    following = text[mark.end() : mark.end() + LONGEST_TOKEN].lstrip().lstrip(OPENERS)
    if not following:
        return True
    if not (following[0].isupper() or following[0].isdigit()):
        return False
    if mark[0] != ".":
        return True
    before = text[max(begun, mark.start() - LONGEST_TOKEN) : mark.start()].split()
    if not before:
        return True
    last = before[-1].lstrip(OPENERS)
    if NUMBER.fullmatch(last):
        # “1. Soita” at the beginning, or “3. 5.”; else “Tule kello 14. Ota eväät.”
        return len(before) > 1 and not following[0].isdigit()
    if last.casefold() in _never_last[language.removesuffix("-simple")]:
        return False
    return not (len(last) == 1 and last.isupper())  # An initial: “M. Virtanen”.
