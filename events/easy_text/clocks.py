"""Days and hours in easy Finnish: “tiistaina 24. marraskuuta”, “15.30”."""

from datetime import date, datetime, time

from ..days import local_day, local_time
from .patterns import patterns

MIDNIGHT = time(0)
NIGHT_ENDS = time(5)


def date_in_words(moment: date, today: date, weekdays: str = "on") -> str:
    """With the year when it is another. `weekdays`: the row of bent weekdays."""
    day = local_day(moment)
    listing = patterns()["listing"]
    pattern = listing["date" if day.year == today.year else "date_with_year"]
    words: str = pattern.format(
        weekday=patterns()["weekdays"][weekdays][day.isoweekday() - 1],
        day=day.day,
        month=patterns()["months"]["of"][day.month - 1],
        year=day.year,
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
