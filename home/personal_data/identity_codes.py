"""A Finnish personal identity code (henkilötunnus), also one that is typed wrong."""

import re
from datetime import date

CENTURY = r"[-+\u2010-\u2015\u2212a-fu-y]"
REST = rf"(\s?{CENTURY}?\s?)(\d{{3}})\s?([0-9](?!\d)|[a-z])"
CODES = (
    re.compile(rf"(?<!\d)(\d{{2}})(\d{{2}})(?:18|19|20)?(\d{{2}}){REST}"),
    re.compile(
        rf"(?<!\d)(\d{{1,2}})[./]\s?(\d{{1,2}})[./]\s?(?:18|19|20)?(\d{{2}}){REST}"
    ),
)
CONTROL_SIGNS = "0123456789abcdefhjklmnprstuvwxy"


def has_identity_code(plain: str) -> bool:
    return any(is_code(*found) for code in CODES for found in code.findall(plain))


def is_code(
    day: str, month: str, year: str, sign: str, number: str, control: str
) -> bool:
    """With its century's sign a possible date is enough: one who mistypes the end has
    told who they are. Without, or with gaps, ordinary numbers look the same."""
    if not is_possible(day, month, year):
        return False
    if re.fullmatch(CENTURY, sign):
        return True
    digits = f"{int(day):02}{int(month):02}{year}{number}"
    return CONTROL_SIGNS[int(digits) % len(CONTROL_SIGNS)] == control


def is_possible(day: str, month: str, year: str) -> bool:
    """In some century: of them all, 2000 has the most days."""
    try:
        date(2000 + int(year), int(month), int(day))
    except ValueError:
        return False
    return True
