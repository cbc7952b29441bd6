"""Examples of school holidays, as they usually are in Kymenlaakso."""

from datetime import date, datetime, timedelta
from functools import partial

from events.models import SchoolBreak

from .records import once


def make_school_breaks(monday: date) -> None:
    """This school year's and the next one's. For all municipalities."""
    for year in (monday.year - 1, monday.year, monday.year + 1):
        for key, name, (start, end) in (
            (
                "autumn",
                {
                    "fi": "Syysloma (esimerkki)",
                    "sv": "Höstlov (exempel)",
                    "en": "Autumn holiday (example)",
                },
                week_of(year, 42),
            ),
            (
                "christmas",
                {
                    "fi": "Joululoma (esimerkki)",
                    "sv": "Jullov (exempel)",
                    "en": "Christmas holiday (example)",
                },
                (date(year, 12, 21), date(year + 1, 1, 6)),
            ),
            (
                "winter",
                {
                    "fi": "Talviloma (esimerkki)",
                    "sv": "Sportlov (exempel)",
                    "en": "Winter holiday (example)",
                },
                week_of(year + 1, 8),
            ),
        ):
            if end >= monday:
                once(
                    f"school-break/{key}-{year}",
                    partial(
                        SchoolBreak.objects.create,
                        name=name,
                        start_date=start,
                        end_date=end,
                    ),
                )


def week_of(year: int, number: int) -> tuple[date, date]:
    first = datetime.fromisocalendar(year, number, 1).date()
    return first, first + timedelta(days=6)
