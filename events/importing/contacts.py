"""Phone numbers, e-mail and the web in what people write."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

FINNISH_PHONE = re.compile(
    r"(?<![\d/+\-.])"
    r"((?:\+358|00358|0)(?:[ \-–\u2011()]{0,2}\d){5,11}|116 ?\d{3})"
    r"(?![\d/]|[.:]\d)"
)
OTHER_NUMBERS = re.compile(r"\bFI\d\d(?: ?\d{2,4}){3,5}\b|\b\d{7}-\d\b|https?://\S+")
"""Bank accounts, business ids and web addresses."""
CUE = re.compile(
    r"(?i)(?:\bpuh(?:elin\w*)?|\bp|\btel|\btfn|\bsoita|\bring|\bcall|\bphone|\bgsm"
    r"|☎|📞)\W{0,3}(?:\w+\W{1,2}){0,2}$"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def finnish_phone(text: str, *, needs_cue: bool = False) -> str:
    """The first Finnish number, as digits, spaces and + only; "" when none.

    In running text a number counts only right after a word such as “puh.”.
    """
    text = OTHER_NUMBERS.sub(" ", text)
    for match in FINNISH_PHONE.finditer(text):
        if needs_cue and not CUE.search(text[: match.start()][-40:]):
            continue
        number = match[1].replace("(0)", "")
        number = re.sub(r"^00358", "+358", number)
        number = " ".join(re.sub(r"[^\d+]", " ", number).split())
        if 6 <= sum(letter.isdigit() for letter in number) <= 13:
            return number
    return ""


def email_in(text: str) -> str:
    found = MAIL.search(text)
    if not found:
        return ""
    address = found[0].strip(".-")
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us|zoomgov\.com|teams\.microsoft\.com"
    r"|teams\.live\.com|meet\.google\.com|meet\.jit\.si|webex\.com)/[^\s\"'<>)\]]+",
    re.I,
)
ONLINE_WORDS = re.compile(
    r"\b(?:(?i:zoom)(?i:issa|in|illa)?|Teams(?:issä|in|illä|iin)?|Google Meet"
    r"|(?i:verkossa|verkkotapahtuma|verkkotapaaminen|verkkotilaisuus|verkkoluento"
    r"|webinaari|webinarium|webinar|etänä|etäyhteydellä|etäryhmä|etätapaaminen"
    r"|på nätet|på distans|distansträff|online))\b"
)
ABOUT_REGISTERING = re.compile(
    r"(?i)ilmoittau|varaa|varau|liput|lippu|osta|lue lisää|anmäl|boka|biljett"
    r"|regist|sign up|book|ticket|tilaa|kysely"
)


def meeting_address(text: str) -> str:
    """The address of a video meeting, when one is given and fits."""
    found = MEETING.search(text)
    return found[0].rstrip(".,;") if found and len(found[0]) <= 200 else ""


def is_held_online(text: str) -> bool:
    """A sentence says Zoom, Teams or “verkossa”, and not about registering there."""
    if meeting_address(text):
        return True
    return any(
        ONLINE_WORDS.search(sentence) and not ABOUT_REGISTERING.search(sentence)
        for sentence in re.split(r"(?<=[.!?])\s|\n", text)
    )
