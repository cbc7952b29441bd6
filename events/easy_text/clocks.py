"""Days and hours in easy Finnish: “tiistaina 24. marraskuuta”, “15.30”."""

from datetime import date, datetime, time

from ..days import local_day, local_time
from .patterns import patterns

MIDNIGHT = time(0)
NIGHT_ENDS = time(5)


def day_in_words(moment: date, today: date) -> str:
    """“24. marraskuuta”, with the year when it is another."""
    day = local_day(moment)
    pattern = "day" if day.year == today.year else "day_with_year"
    words: str = patterns()["listing"][pattern].format(
        day=day.day, month=patterns()["months"]["of"][day.month - 1], year=day.year
    )
    return words


def date_in_words(moment: date, today: date) -> str:
    """“tiistaina 24. marraskuuta”"""
    weekday = patterns()["weekdays"]["on"][local_day(moment).isoweekday() - 1]
    words: str = patterns()["listing"]["date"].format(
        weekday=weekday, day=day_in_words(moment, today)
    )
    return words


def date_and_clock(moment: datetime, today: date, *, is_all_day: bool) -> str:
    words = date_in_words(moment, today)
    hour = local_time(moment)
    if is_all_day or hour == MIDNIGHT:
        return words
    pattern: str = patterns()["listing"]["date_and_clock"]
    return pattern.format(date=words, clock=clock_in_words(hour))


def clock_in_words(hour: time) -> str:
    """“14”, “15.30”"""
    return f"{hour.hour}.{hour.minute:02}" if hour.minute else str(hour.hour)


def is_known(start: time, end: time | None) -> bool:
    """At midnight without an end: nobody has said when (`events.days.clock`)."""
    return start != MIDNIGHT or end not in {None, MIDNIGHT}


def how_it_ends(start: time, end: time | None) -> str:
    """The ending of a pattern's name; "" when the end is not known."""
    if end is None or end in {MIDNIGHT, start}:
        return ""
    if end > start:
        return "ends"
    return "ends_at_night" if end < NIGHT_ENDS else "ends_next_day"
