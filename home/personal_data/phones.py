"""A phone number, however it is parted, and neither a date nor opening hours."""

import re

DASH = r"[-\u2010-\u2015\u2212]"
GAP = r"[-\s\u2010-\u2015\u2212()\[\]/\\_*|~\u00b7\u2022]{0,5}"
NEXT_DIGIT = rf"(?:{GAP}|[.,:]\s?(?=\d{{3}}))\d"
PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,:])(?:"
    rf"(?:\+|00)\d{{1,3}}(?:{NEXT_DIGIT}){{5,12}}"
    rf"|0\d(?:{NEXT_DIGIT}){{4,12}}"
    rf"|358(?:{NEXT_DIGIT}){{7,11}}"
    r")(?!\d|:\d)"
)
"""Groups of three digits and more may also be parted by a stop: “040.123.4567”, and
not “08.00–16.00”."""

YEAR = r"(?:19|20)\d{2}"
HOUR = r"(?:[01]\d|2[0-4])"
NOT_PHONES = re.compile(
    rf"(?<!\d){YEAR}-\d{{2}}-\d{{2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}([./])\s?\d{{1,2}}\1\s?(?:{YEAR}|\d{{2}})(?!\d)"
    rf"|(?<!\d)\d{{1,2}}-\d{{1,2}}-{YEAR}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:{DASH}\d{{1,2}})?[./]\s?{YEAR}(?!\d)"
    r"|(?<!\d)[1-9]\d{0,2}(?:\s\d{3})?(?:\s000){1,3}(?!\d)"
    rf"|(?<!\d){HOUR}\s?{DASH}\s?{HOUR}(?!\d|{DASH}\d)(?!\s\d{{2,3}}\s?\d)"
)
"""“15.01.2026”, “05/2026”, “10 000 000” and “08-16 10-14”: days, months, sums and hours
are what people write about."""


def has_phone(plain: str) -> bool:
    return bool(PHONE.search(NOT_PHONES.sub(" ", plain)))
