"""A street with the number of a house: “Kasarminkadulle 7”, “Koivurinne 4 B”."""

import re

CASES = (
    "(?:n|na|nä|a|ä|ta|tä|lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|an|hen|in|on|un|än|seen)?"
)
ROADS = re.compile(
    r".{2,}(?:"
    r"(?:ka[td]u|kuja|polk?u|raitt?i|kaar[ei]|väylä|bulevardi|esplanadi"
    rf"|(?<![kt])tie){CASES}"
    r"|gatan|vägen|gränd(?:en)?|stigen|torget|esplanaden|allén|backen|kajen)"
)
"""In any case. Before “tie” no k or t: “projektien 2”, “reittien 5”."""
PLACES = re.compile(
    r".{2,}(?:rin(?:ne|tee)|(?<=[aenosuy])tori|ran(?:ta|na)|puisto|aukio|penger"
    rf"|penkeree|piha|mä(?:ki|e)|törmä)({CASES})"
)
"""What people also do things in: “pihalla 3”. Before “tori” a letter of a Finnish word,
and not that of “moottori”."""
SHORT = re.compile(r".{3,}k\.")
""" “Kauppak. 5” """

NOBODY_LIVES_THERE = re.compile(
    r"(?:(?:ajo|kanta|kevyenliikenteen|kävely|kylä|maan|moottori|pyörä|rauta|seutu"
    r"|valta|yhdys)tie"
    r"|(?:asiakas|elämän|hoito|hyvinvointi|kunto|kuntoutus|liikunta|luonto|oppimis"
    r"|palvelu|terveys)polk?u"
    r"|(?:elämän|sateen)kaar[ei]|(?:laiva|vene)väylä"
    r"|(?:hiihto|laskettelu)rin(?:ne|tee)|(?:men|tuu)tori|(?:hiekka|uima|ve)ran(?:ta|na)"
    r"|(?:huvi|kansallis|koira|leikki|liikunta|skeitti)puisto"
    r"|(?:etu|koulu|sisä|taka)piha|(?:hyppyri|lasku|pulkka)mä(?:ki|e)"
    r"|(?:bil|cykel|gång|huvud|lands|livs|motor|riks)vägen|(?:natur|vandrings)stigen"
    rf"){CASES}"
)
"""Everybody's roads and figures of speech: “valtatie 6”, “hoitopolku 3”."""

LETTER = r"[^\W\d_]"
NUMBERED = re.compile(
    rf"(?<!{LETTER})(?P<street>(?:{LETTER}|-){{5,60}}\.?)[\s,]{{0,3}}"
    r"(?:(?:numero|nummer|number|nro|nr|no|n:o)\.?\s{0,3})?"
    r"(?P<number>\d{1,4})(?![\d%€]|\s[%€]|[.:]\d{1,2}(?!\d)|\.[-\u2013]\d)"
    rf"(?P<door>\s?[a-k](?!{LETTER}))?"
)
UNIT = re.compile(
    r"(?:[.,]\d{1,2})?(?:\s?[-\u2013]\s?\d{1,4})?[\s-]{0,3}"
    r"(?:km|m(?!\s?\d)|met(?:ri[än]|er|res)|kilomet\w{1,6}|mil(?:es?)?"
    r"|kert(?:aa|oja)|kerran|krt|gånger|times"
    r"|min|minu\w{1,8}|tunti[an]?|tunnin|timm(?:e|ar)|hours?"
    r"|päiv(?:ää|än)|pv|dagar|days?|viikko?[an]|veck(?:a|or)|weeks?"
    r"|kk|kuuka\w{2,5}|månader|months?|vuo(?:tta|den)|vuoti\w{1,8}|år|years?"
    r"|euro[an]?|prosenttia|procent|per ?cent|astetta|kg|kiloa|kpl|kappaletta"
    r"|askelta|henke[äa]|hlö|henkilöä|ihmistä|lasta|ryhmää)\b"
)
LIVES = re.compile(r"\b(?:asu|osoite|osoittee|bor\b|live)")
FEW_WORDS = 40

ENGLISH = re.compile(
    r"\b(?!(?:the|this|that|main|and|our|your)\b)[a-z]{3,20}\s(?:street|road)\s{1,3}\d"
    r"|\b\d{1,4}[a-k]?\s[a-z]{3,20}\s(?:street|road|avenue|lane)\b"
)


def has_street_address(plain: str) -> bool:
    houses = (found for found in NUMBERED.finditer(plain) if is_house(found))
    return any(houses) or bool(ENGLISH.search(plain))


def is_house(found: re.Match[str]) -> bool:
    street = found["street"]
    if NOBODY_LIVES_THERE.fullmatch(street):
        return False
    if UNIT.match(found.string, found.end("number")):
        return False
    if ROADS.fullmatch(street) or SHORT.fullmatch(street):
        return True
    place = PLACES.fullmatch(street)
    if place is None:
        return False
    return not place[1] or bool(found["door"]) or is_lived_in(found)


def is_lived_in(found: re.Match[str]) -> bool:
    start = found.start()
    return bool(LIVES.search(found.string, max(0, start - FEW_WORDS), start))
