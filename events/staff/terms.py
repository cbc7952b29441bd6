"""When the next season begins and ends, as a first guess for staff to correct. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

SPRING = ((1, 7), (5, 31))
"""From the day after Epiphany, as month and day."""
AUTUMN = ((9, 1), (12, 15))
A_DAY = timedelta(days=1)


def next_term(
    weekdays: Collection[int], last: date | None, today: date
) -> tuple[date, date]:
    """The first and last day on the weekdays (ISO) in the term after the last day."""
    after = max(last or today, today)
    terms = (
        (date(year, *begins), date(year, *ends))
        for year in (after.year, after.year + 1)
        for begins, ends in (SPRING, AUTUMN)
    )
    first, final = next(term for term in terms if term[0] > after)
    if not weekdays:
        return first, final
    while first.isoweekday() not in weekdays:
        first += A_DAY
    while final.isoweekday() not in weekdays:
        final -= A_DAY
    return first, final
