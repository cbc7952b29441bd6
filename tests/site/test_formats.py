"""Dates and times are written as in Finland, in every language."""

from datetime import date, time

import pytest
from django.utils.formats import date_format, time_format
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "short", "long", "clock"),
    [
        ("fi", "3.10.2026", "3. lokakuuta 2026", "14.05"),
        ("sv", "3.10.2026", "3 oktober 2026", "14.05"),
        ("en", "3 Oct 2026", "3 October 2026", "14:05"),
        ("fi-simple", "3.10.2026", "3. lokakuuta 2026", "14.05"),
    ],
)
def test_date_and_time(language, short, long, clock):
    day = date(2026, 10, 3)

    with override(language):
        assert date_format(day, "SHORT_DATE_FORMAT") == short
        assert date_format(day, "DATE_FORMAT") == long
        assert time_format(time(14, 5), "TIME_FORMAT") == clock
