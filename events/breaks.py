"""Breaks that return by themselves: public holidays, July, Christmas, school holidays.

Pure: no database, no current time of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays

from home.languages import MAIN_LANGUAGE

from .enums import Pause
from .recurrence import Pause as Days

HOLIDAY_LANGUAGES = {"fi": "fi", "fi-simple": "fi", "sv": "sv_FI", "en": "en_US"}
"""The site's languages as the library calls them."""


@dataclass(frozen=True)
class StandingBreak:
    start_date: date
    end_date: date


@cache
def public_holidays(year: int, language: str = MAIN_LANGUAGE) -> Mapping[date, str]:
    """Finland's, with the eves of Midsummer and Christmas, by day."""
    return dict(
        holidays.country_holidays(
            "FI",
            years=year,
            language=HOLIDAY_LANGUAGES.get(language, HOLIDAY_LANGUAGES[MAIN_LANGUAGE]),
        )
    )


def public_holiday_name(day: date, language: str = MAIN_LANGUAGE) -> str | None:
    """“Helatorstai”; None on an ordinary day. Takes a local day, not a moment."""
    return public_holidays(day.year, language).get(day)


def standing_breaks(
    pauses: Collection[str], school_breaks: Iterable[Days], first: date, last: date
) -> list[StandingBreak]:
    """The breaks that touch the days from the first to the last, both included."""
    return [
        found
        for found in every_break(pauses, school_breaks, first, last)
        if found.start_date <= last and found.end_date >= first
    ]


def every_break(
    pauses: Collection[str], school_breaks: Iterable[Days], first: date, last: date
) -> Iterator[StandingBreak]:
    # Christmas begins the year before it ends.
    for year in range(first.year - 1, last.year + 1):
        if Pause.PUBLIC_HOLIDAYS in pauses:
            for day in public_holidays(year):
                yield StandingBreak(day, day)
        if Pause.JULY in pauses:
            yield StandingBreak(date(year, 7, 1), date(year, 7, 31))
        if Pause.CHRISTMAS in pauses:
            yield StandingBreak(date(year, 12, 21), date(year + 1, 1, 6))
    if Pause.SCHOOL_BREAKS in pauses:
        for school_break in school_breaks:
            yield StandingBreak(school_break.start_date, school_break.end_date)
