"""What in a text tells who somebody is: then it is not to be stored.

Names are not looked for: in a comment they are as often a service's or a street's.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

AT_SIGN = re.compile(r"@|[(\[{]\s*(?:at|ät|miukumauku)\s*[)\]}]")
MAIL_PROVIDERS = {"gmail", "hotmail", "icloud", "kolumbus", "luukku", "outlook"}
SPELT_MAIL = re.compile(
    r"\b(?:at|ät|miukumauku)\s+\w+\s*(?:\.|\bpiste\b|\bdot\b|\bpunkt\b)\s*[a-zåäö]{2,}"
)
STREET_NUMBER = re.compile(
    r"(?:ka(?:tu|dun|dulla|dulta)|tie|tien|tiellä|kuja|kujan|kujalla|polku|polun"
    r"|polulla|gatan|vägen|stigen|gränden|street|road)\s+\d"
)
HIGHWAY = re.compile(r"\b(?:valta|kanta|seutu|moottori)(?:tie|tien|tiellä)\s+\d+\b")
"""Everybody's: nobody lives on “valtatie 6”."""

BETWEEN = r"[ \u00a0\u2010-\u2015()/-]"
PHONE = re.compile(
    rf"(?<![\w+-])(?<!\d[.,:])(?:(?:\+|00)\d{{1,3}}|0\d)(?:{BETWEEN}{{0,2}}\d){{4,12}}(?![\w:])"
)
NOT_PHONES = re.compile(
    r"(?<!\d)\d{1,2}(?:[-\u2013]\d{1,2})?/\d{4}(?!\d)"
    r"|(?<!\d)\d{2}[-\u2013]\d{2}(?: \d{2}[-\u2013]\d{2})*(?![\d-])"
)
"""“05/2026” and “08-16 10-14”: months and hours are what people write about."""
DOTTED_PHONE = re.compile(r"(?<![\w.])0\d{1,2}\.\d{3}\.?\d{2,4}(?!\w)")
"""“040.123.4567”, and not “01.02.2026” or “08.00–16.00”."""

IDENTITY_CODE = re.compile(
    r"(?<!\d)(\d{2})(\d{2})(\d{2})\s?([-+\u2010-\u2015\u2212a-fu-y])\s?(\d{3})"
    r"\s?([0-9a-fhj-np-y])(?!\w)"
)
CONTROL_SIGNS = "0123456789abcdefhjklmnprstuvwxy"
CENTURIES = {
    "+": 1800,
    **dict.fromkeys("-uvwxy", 1900),
    **dict.fromkeys("abcdef", 2000),
}


class Kind(StrEnum):
    IDENTITY_CODE = "identity-code"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def kinds_in(text: str) -> list[Kind]:
    """In the order of how much they tell; empty when the text may be stored."""
    plain = folded(text)
    checks = {
        Kind.IDENTITY_CODE: has_identity_code(plain),
        Kind.MAIL: bool(AT_SIGN.search(plain) or SPELT_MAIL.search(plain)),
        Kind.PHONE: has_phone(plain),
        Kind.ADDRESS: bool(STREET_NUMBER.search(HIGHWAY.sub(" ", plain))),
    }
    return [kind for kind, is_there in checks.items() if is_there]


def has_identity_code(plain: str) -> bool:
    """A henkilötunnus: a real date, and the control sign that its digits give."""
    return any(is_identity_code(*found) for found in IDENTITY_CODE.findall(plain))


def is_identity_code(
    day: str, month: str, year: str, century: str, number: str, control: str
) -> bool:
    try:
        date(CENTURIES.get(century, 1900) + int(year), int(month), int(day))
    except ValueError:
        return False
    return CONTROL_SIGNS[int(day + month + year + number) % 31] == control


def has_phone(plain: str) -> bool:
    return any(
        len(re.sub(r"\D", "", found[0])) > 5
        for pattern in (PHONE, DOTTED_PHONE)
        for found in pattern.finditer(NOT_PHONES.sub(" ", plain))
    )
