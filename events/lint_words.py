"""What is looked for in the texts of groups, in Finnish, Swedish and English.

A name is not to be mistaken for news: “Tiistaikerho”, “Täynnä elämää” and “24/7” say
nothing that belongs elsewhere. Every repetition is bounded, so that no text is slow.
"""

import re
from itertools import pairwise

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
HOUR = r"(?:[01]?\d|2[0-4])"
DASH = r"\s{0,2}[-–—]\s{0,2}"
NO_PRICE = r"(?!\d)(?!\s?(?:€|eur|e\b))"


def words(*patterns: str) -> re.Pattern[str]:
    """Any of them, as whole words; capitals make no difference."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def parts(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


CANCELLED = words(
    r"peruttu|perutut|peruutettu|peruutetut|perutaan|peruutetaan",
    r"peruuntu(?:u|nut|neet|i)",
    r"inställ(?:t|d|da|s)(?!\s+på)|ställs\s+in",
    r"cancell?ed",
)
CANCELLED_LOUDLY = words(
    r"(?-i:PERUTTU|PERUUTETTU|PERUUNTUU|INSTÄLLT|INSTÄLLD|CANCELL?ED)"
)
MOVED = words(
    r"siirretty|siirretään|siirtyy|siirtynyt|siirtyi",
    r"uusi\s(?:aika|ajankohta|päivä)(?=\s?[:!])",
    r"flytta(?:d|t|ts)|framflytta(?:d|t|ts|s)|framskjut(?:en|et)|uppskjut(?:en|et)",
    r"ny(?:tt)?\s(?:tid|datum)(?=\s?[:!])",
    r"postponed|rescheduled|moved\sto|(?-i:MOVED)|new\s(?:date|time)(?=\s?[:!])",
)

MONTHS_FI = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu"
)
MONTHS_SV = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
    r"|december)"
)
MONTHS_EN = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
DATE = words(
    rf"{DAY}\.\s?{MONTH}\.(?:\s?\d{{4}}|\d\d)?",
    rf"{DAY}\.{MONTH}\.?{DASH}{DAY}\.{MONTH}\.?",
    rf"den\s{DAY}[./]{MONTH}",
    r"20\d\d-[01]\d-[0-3]\d",
    rf"{DAY}/{MONTH}/(?:20)?\d\d",
    rf"{DAY}\.?\s{MONTHS_FI}(?:ta|n)?|{MONTHS_FI}n\s{DAY}\.",
    rf"{DAY}\s{MONTHS_SV}",
    rf"{DAY}(?:st|nd|rd|th)?\s(?:of\s)?{MONTHS_EN}",
    rf"{MONTHS_EN}\.?\s{DAY}(?:st|nd|rd|th)?",
)
CLOCK = words(
    rf"klo\.?\s?{HOUR}(?:[.:]\d\d)?|kl\.?\s?{HOUR}(?:[.:]\d\d)?",
    rf"{HOUR}[.:][0-5]\d{DASH}{HOUR}(?:[.:][0-5]\d)?{NO_PRICE}",
    rf"{HOUR}{DASH}{HOUR}[.:][0-5]\d{NO_PRICE}",
    rf"{HOUR}[.:][0-5][05]{NO_PRICE}",
    r"(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?)",
    r"at\s(?:noon|midnight)(?=\s?(?:$|[,.;!)]))",
)

WEEKDAY_FI = r"(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)"
WEEKDAY_SV = r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)"
WEEKDAY_EN = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
AFTER_A_DAY = r"(?=\s?(?:[,;:/&)]|[-–—]\s?\d|\d|(?:klo|kl|at|ja|och|and)\b))"
"""What follows a weekday that is no part of a name, as in “Monday Club”."""
WEEKDAY = words(
    rf"{WEEKDAY_FI}(?:na|sin|isin)",
    r"maanantaisin|keskiviikkoisin|torstaisin",
    rf"joka\s{WEEKDAY_FI}|{WEEKDAY_FI}{AFTER_A_DAY}|(?-i:{WEEKDAY_FI})(?=\s?$)",
    rf"(?:på|varje|om)\s{WEEKDAY_SV}(?:ar|arna|en)?",
    rf"{WEEKDAY_SV}ar|{WEEKDAY_SV}{AFTER_A_DAY}|(?-i:{WEEKDAY_SV})(?=\s?$)",
    rf"(?:every|on)\s{WEEKDAY_EN}|{WEEKDAY_EN}s|{WEEKDAY_EN}{AFTER_A_DAY}",
    rf"(?<=[,(:–—-]\s){WEEKDAY_EN}(?=\s?$)",
)
A_TIME = rf"(?:klo|kl|{DAY}\.{MONTH}\b|{HOUR}[.:]\d\d|{HOUR}{DASH}{HOUR}(?!\w))"
SHORT_WEEKDAY = {
    "fi": words(
        rf"(?:ma|ti|ke|to|pe|la|su)(?=\.?\s{A_TIME})",
        rf"ma{DASH}(?:ti|ke|to|pe|la|su)|ti{DASH}(?:ke|to|pe|la|su)",
        rf"ke{DASH}(?:to|pe|la|su)|to{DASH}(?:pe|la|su)|pe{DASH}(?:la|su)|la{DASH}su",
        r"(?:ma|ti|ke|to|pe|la)\sja\s(?:ti|ke|to|pe|la|su)",
    ),
    "sv": words(
        rf"(?:mån?|tis?|ons?|to|tors|fre?|lör?|sön?)(?=\.?\s{A_TIME})",
        rf"mån?{DASH}(?:tis?|ons?|to|tors|fre?|lör?|sön?)",
    ),
    "en": words(
        rf"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?=\.?\s(?:at\s)?(?:\d|{A_TIME}))",
        rf"Mon{DASH}(?:Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)|Sat{DASH}Sun",
    ),
}
"""“to 5” is Thursday in Finnish and no day at all in English."""

PRICE = parts(
    r"(?<!\w)\d{1,5}(?:[.,]\d{1,2}|,-)?\s?(?:€|eur(?:oa|o|os)?\b)",
    r"€\s?\d",
    r"(?<!\w)\d{1,4}(?:[.,]\d{1,2})?\s?(?-i:e)(?=$|[/),.!]|\s/)",
    r"\b(?:hinta|maksu|pris|price|fee|tickets?)\s?:?\s?\d",
    r"\b(?:osallistumismaksu|kurssimaksu|pääsymaksu|deltagaravgift|kursavgift"
    r"|inträdesavgift|entry\sfee|course\sfee)\b",
)
FREE = parts(
    r"\b(?:maksuton(?:ta)?|maksuttom\w{1,6}|maksutta|ilmainen|ilmaiseksi|ilmaiset)\b",
    r"\bvapaa\spääsy\b",
    r"\bgratis\b|\b(?:avgifts|kostnads)fri(?:tt|a)?\b|\bfri(?:tt)?\s(?:entré|inträde)\b",
    r"\bfree\s(?:of\scharge|entry|entrance|admission|event|course|class|workshop)\b",
    r"\bfree\s(?:English|Finnish|Swedish|language)\s",
    r"\bfor\sfree\b|\(free\)|(?<![-\w]\w)(?<!-)\bfree\s?!|[,:–]\s?free\s?$",
)

MEETING_HOST = (
    r"(?:zoom\.us|teams\.(?:microsoft|live)\.com|meet\.google\.com|meet\.jit\.si)"
)
MEETING = parts(
    r"\bzoom(?!\w)(?!-?(?:objekti|kuva|kamera|lens|objektiv))|\bzoomi(?:ssa|n|lla)?\b",
    r"\b(?:google\smeet|skype|jitsi)\b|\b(?:microsoft|ms)\steams\b",
    MEETING_HOST,
)
TEAMS = {
    "fi": words(r"teams(?:issa|iin|in|illa)?"),
    "sv": words(r"teams"),
    "en": words(
        r"(?:on|via|in|by)\s(?-i:Teams)|\((?-i:Teams)\)|(?-i:Teams)\s(?:meeting|link)"
    ),
}
"""In English teams are people, too."""
ONLINE = words(
    r"(?:etänä|etäyhteydellä|verkossa)(?!-)|på\sdistans|via\snätet",
    r"\(?online\)?(?=\s?$)|\(online\)|webb?inaari|webb?inarium|webinar",
)
LINK = parts(
    r"https?://[^\s<>]{1,300}|\bwww\.[^\s<>]{1,300}",
    r"(?<![@\w])[\w-]{2,40}(?:\.[\w-]{2,40}){0,3}\.(?:fi|com|org|net|eu|us|gle|io)/"
    r"[^\s<>]{1,300}",
)
E_MAIL = parts(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    r"(?<![\w.+-])[\w.+-]{1,64}\s?[(\[](?:at|ät)[)\]]\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
)
PHONE = parts(
    r"(?<![\w.,/-])(?:\+\d{1,3}|\(?0)[\s-]?(?:\d[\s()-]{0,2}){5,13}\d(?![\w/])"
)

UNFINISHED = r"(?:keskeneräinen|luonnos|utkast|draft)"
DRAFT = parts(
    rf"^\s{{0,5}}{UNFINISHED}\s?\d{{0,2}}\s?(?:$|[:!–—]|-\s)|[(\[]\s?{UNFINISHED}\s?[)\]]",
    rf"\s[–—-]\s{UNFINISHED}$|(?-i:\b(?:KESKENERÄINEN|LUONNOS|UTKAST|DRAFT)\b)",
    r"\blorem\sipsum\b|\b(?:asdf|qwerty)\w{0,10}\b|\bx{3,10}\b",
    r"^\s{0,5}(?:testi|test|testing|testar)(?:\s?\d{0,3}|\s{0,2}[:–—-].{0,120})$",
    r"[(\[]\s?(?:testi|test)\s?[)\]]|\s[–—-]\s(?:testi|test)$|(?-i:\bTESTI?\b)",
    r"\b(?:testiryhmä|testitapahtuma|testikurssi|testgrupp|testevenemang)\b",
    r"\btest\s(?:group|event|course)\b",
)
CLOSED = parts(
    r"\bsuljettu\w{0,3}\s(?:vertais|keskustelu|tuki)?(?:ryhmä|kurssi)\w{0,4}\b|\bsuljetu(?:n|ssa)\sryhmä\w{1,4}\b",
    r"\(suljettu\)|\bei\sota\suusia\sjäseniä\b",
    r"\b(?:sluten|stängd)\s(?:grupp|kurs)\b|\((?:sluten|stängd)\)",
    r"\bclosed\s(?:group|course)\b|\(closed\)",
)
FULL = parts(
    r"(?<!jos\s)(?<!kun\s)\b(?:ryhmä|kurssi|paikat|leiri)\s?(?:on|ovat)?\s?(?:jo\s)?täynnä\b",
    r"[-–—(:!,/]\s{0,2}täynnä\s?(?=$|[)!.])|(?-i:\bTÄYNNÄ\b)",
    r"\b(?:loppuun\s?(?:varattu|myyty)|varattu\sloppuun)\b",
    r"\b(?:fullbokad|fullbokat|fullsatt|fulltecknad|slutsåld|slutsålt)\b",
    r"(?<!om\s)(?<!när\s)\b(?:gruppen|kursen)\sär\sfull\b|[-–—(:!,/]\s{0,2}fullt?\s?(?=$|[)!])",
    r"\b(?:fully\sbooked|sold\sout)\b|(?<!if\sthe\s)\b(?:group|course)\s(?:is\s)?full\b|(?-i:\bFULL\b)",
)
SIGN_UP = parts(
    r"\b(?:ennakko)?ilmoittau(?:du|tu)\w{0,12}|\bilm\.(?=\s)|\bvaraa\spaikkasi\b",
    r"\banmäl\s(?:dig|er)\b|\b(?:förhands)?anmälan\b|\b(?:förhands)?anmälning\w{0,6}\b",
    r"\bboka\s(?:din\s)?plats\b",
    r"\b(?:pre-?)?regist(?:er|ration)\b|\bsign[\s-]up\b|\brsvp\b|\bbook\syour\splace\b",
)
WORD = re.compile(r"[^\W\d_]+")


def capitals(text: str) -> str:
    """What is shouted; "" for abbreviations: AA, MLL, ADHD."""
    found = WORD.findall(text)
    letters = sum(map(len, found))
    if letters >= 6 and text == text.upper() and max(map(len, found)) >= 5:
        return text.strip()
    loud = [word if word.isupper() else "" for word in found]
    for one, other in pairwise([*loud, ""]):
        if len(one) >= 9 or (len(one) >= 4 and len(other) >= 4):
            return f"{one} {other}".strip()
    return ""
