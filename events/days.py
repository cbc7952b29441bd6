"""Days and times as people write them, by the language of the page."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.languages import current_language

DAY_FORMATS = {"sv": "D j.n", "en": "D j M", "fi-simple": "l j.n."}
LONG_DAY_FORMATS = {"sv": "l j F Y", "en": "l j F Y"}
CLOCKS = {"sv": ("kl. ", "G.i"), "en": ("", "G:i")}
MIDNIGHT = time(0)


@lru_cache(maxsize=5000)
def formatted_in(language: str, value: date | time, pattern: str) -> str:
    """In the language, which has to be the active one. Lists repeat the same days."""
    return date_format(value, pattern)  # type: ignore[arg-type]  # Times work too.


def formatted(value: date | time, pattern: str) -> str:
    return formatted_in(current_language(), value, pattern)


def day_in_words(moment: date) -> str:
    """“ti 24.11.”, with the year when it is not near."""
    day = local_day(moment)
    pattern = DAY_FORMATS.get(current_language(), "D j.n.")
    if abs(day - timezone.localdate()) > timedelta(days=300):
        pattern = {"sv": "D j.n.Y", "en": "D j M Y"}.get(current_language(), "D j.n.Y")
    return formatted(day, pattern)


def long_day(moment: date) -> str:
    """“tiistai 24. marraskuuta 2026”"""
    pattern = LONG_DAY_FORMATS.get(current_language(), "l j. E Y")
    return formatted(local_day(moment), pattern)


def weekday_short(moment: date) -> str:
    return formatted(local_day(moment), "D")


def day_and_month(moment: date) -> str:
    """“24.11.”"""
    pattern = {"sv": "j.n", "en": "j M"}.get(current_language(), "j.n.")
    return formatted(local_day(moment), pattern)


def local_day(moment: date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def clock(start: Any, end: Any = None, is_all_day: bool = False) -> str:
    """“klo 14.00–15.30”. Moments or times; nothing for a whole day.

    An end at midnight means that the end is not known.
    """
    if is_all_day:
        return ""
    begins = local_time(start)
    ends = local_time(end) if end else None
    if begins == MIDNIGHT and ends in {None, MIDNIGHT}:
        return ""
    before, pattern = CLOCKS.get(current_language(), ("klo ", "G.i"))
    words = before + formatted(begins, pattern)
    if ends and ends != MIDNIGHT and ends != begins:
        words += "–" + formatted(ends, pattern)
    return words


def local_time(moment: Any) -> Any:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).time().replace(second=0, microsecond=0)
    return moment


def time_in_words(
    start: datetime,
    end: datetime | None = None,
    is_all_day: bool = False,
    long: bool = False,
) -> str:
    """“ti 24.11. klo 14.00–15.30”; over several days “ti 24.11. – to 26.11.”"""
    today, language = timezone.localdate(), current_language()
    return time_in_words_on(today, language, start, end, is_all_day, long)


@lru_cache(maxsize=5000)
def time_in_words_on(
    _today: date,
    _language: str,
    start: datetime,
    end: datetime | None,
    is_all_day: bool = False,
    long: bool = False,
) -> str:
    """Today and in the active language, which are named for the memory only."""
    day = long_day if long else day_in_words
    last = last_day(start, end)
    if last == local_day(start):
        return f"{day(start)} {clock(start, end, is_all_day)}".strip()
    begins = f"{day(start)} {clock(start, None, is_all_day)}".strip()
    ends = f"{day(last)} {clock(end, None, is_all_day)}".strip()
    return f"{begins} – {ends}"


def last_day(start: datetime, end: datetime | None) -> date:
    """The local day it ends on; an end at midnight belongs to the day before.

    An evening that goes on for some hours past midnight is still one day.
    """
    if end is None or end - start <= timedelta(hours=12):
        return local_day(start)
    return local_day(end - timedelta(microseconds=1))


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    if youngest and oldest:
        return _("ages %(youngest)s–%(oldest)s") % {
            "youngest": youngest,
            "oldest": oldest,
        }
    if youngest:
        return _("from %(youngest)s years on") % {"youngest": youngest}
    if oldest:
        return _("up to %(oldest)s years") % {"oldest": oldest}
    return ""
