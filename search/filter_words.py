"""Words of a query that name what the group index can be narrowed by."""

from collections.abc import Iterable

Words = dict[str, tuple[str, ...]]

FORMER_MUNICIPALITIES = {
    "anjala": "kouvola",
    "anjalankoski": "kouvola",
    "elimäki": "kouvola",
    "inkeroinen": "kouvola",
    "jaala": "kouvola",
    "karhula": "kotka",
    "keltakangas": "kouvola",
    "koria": "kouvola",
    "kuusankoski": "kouvola",
    "myllykoski": "kouvola",
    "siltakylä": "pyhtaa",
    "valkeala": "kouvola",
    "vehkalahti": "hamina",
    "voikkaa": "kouvola",
}
"""And the larger centres, by the key of the municipality that they belong to."""

TARGET_GROUPS: dict[str, Words] = {
    "children-families": {
        "fi": ("lapsiperhe", "perhe"),
        "sv": ("barnfamilj", "familj"),
        "en": ("family",),
    },
    "youth": {
        "fi": ("nuori", "nuoriso", "teini"),
        "sv": ("ung", "unga", "ungdom", "tonåring"),
        "en": ("youth", "young", "teenager"),
    },
    "older-people": {
        "fi": ("ikääntynyt", "ikäihminen", "eläkeläinen", "seniori", "vanhus"),
        "sv": ("äldre", "pensionär", "senior"),
        "en": ("elderly", "pensioner", "senior"),
    },
    "carers": {
        "fi": ("omaishoitaja",),
        "sv": ("närståendevårdare",),
        "en": ("carer", "caregiver"),
    },
    "job-seekers": {
        "fi": ("työtön", "työnhakija"),
        "sv": ("arbetslös", "arbetssökande"),
        "en": ("unemployed", "jobseeker"),
    },
    "immigrants": {
        "fi": ("maahanmuuttaja",),
        "sv": ("invandrare",),
        "en": ("immigrant",),
    },
}
"""Whom a group is for, by the key of the target group. Words that name a subject as
well ("läheinen", "nepsy") are left to the search."""

WEEKDAYS: Words = {
    "fi": (
        *("maanantai", "tiistai", "keskiviikko", "torstai"),
        *("perjantai", "lauantai", "sunnuntai"),
    ),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": (
        *("monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday"),
    ),
}
WEEKDAY_ENDINGS: Words = {
    "fi": ("", "n", "na", "sin", "isin", "t", "ta", "ksi"),
    "sv": ("", "s", "en", "ar", "arna"),
    "en": ("", "s", "'s"),
}
""" "Fredagsmys" is no Friday."""

FEATURES: dict[str, Words] = {
    "free": {
        "fi": ("ilmainen", "ilmaiseksi", "maksuton", "maksutta"),
        "sv": ("gratis", "avgiftsfri", "kostnadsfri"),
        "en": ("free",),
    },
    "remote": {
        "fi": ("etänä", "verkossa", "netissä", "etäryhmä"),
        "sv": ("distans", "online", "nätet"),
        "en": ("online", "remote", "remotely"),
    },
}
NOT_A_PRICE = {"alcohol", "drug", "gluten", "pain", "smoke", "substance", "tobacco"}
"""Before "free"."""


def weekday_of(word: str) -> int | None:
    """ISO's number, of a lower-case word in any of the languages."""
    for language, names in WEEKDAYS.items():
        for number, name in enumerate(names, 1):
            ending = word.removeprefix(name)
            if ending != word and ending in WEEKDAY_ENDINGS[language]:
                return number
    return None


def all_words(words: Words) -> Iterable[tuple[str, str]]:
    """Languages and words."""
    return [(language, word) for language, some in words.items() for word in some]
