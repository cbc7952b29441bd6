"""An e-mail address, also one that is spelt so that machines would not see it."""

import re

AT = r"(?:at|ät|ätmerkki|miukumauku|miuku mauku|kissanhäntä)"
AT_SIGN = re.compile(rf"@|[(\[{{<*_-]\s{{0,3}}{AT}\s{{0,3}}[)\]}}>*_-]")

MAIL_PROVIDERS = {
    *("elisanet", "gmail", "hotmail", "icloud", "kolumbus", "luukku"),
    *("outlook", "protonmail", "saunalahti", "yahoo"),
}
PROVIDER = rf"(?:{'|'.join(sorted(MAIL_PROVIDERS))})"
DOT = r"\s{0,3}(?:\.|\bpiste\b|\bdot\b|\bpunkt\b)\s{0,3}"
HOST = rf"(?:\w{{1,60}}{DOT}|{PROVIDER}\s{{1,3}})[a-zåäö]{{2,}}"
SPELT_MAIL = re.compile(rf"(?:\b{AT}|\(a\)|\[a\])\s{{1,5}}{HOST}")

WITHOUT_SIGN = re.compile(
    rf"\w\s{{1,5}}{PROVIDER}(?:{DOT}|\s{{1,3}})(?:com|fi|me|net)\b"
)
""" “matti.meikalainen gmail.com” """


def has_mail(plain: str) -> bool:
    patterns = (AT_SIGN, SPELT_MAIL, WITHOUT_SIGN)
    return any(pattern.search(plain) for pattern in patterns)
