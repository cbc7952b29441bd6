"""Dates as people write them."""

from datetime import time, timedelta

import pytest
from django.utils import timezone, translation

from events.recurrence import local_moment
from events.templatetags.events_tags import time_in_words


def moment(day, hour, minute=0):
    return local_moment(day, time(hour, minute))


@pytest.fixture
def tuesday():
    """The coming Tuesday."""
    today = timezone.localdate()
    return today + timedelta(days=(1 - today.weekday()) % 7)


@pytest.mark.parametrize(
    ("language", "clock"),
    [
        ("fi", "klo 14.00–15.30"),
        ("sv", "kl. 14.00–15.30"),
        ("en", "14:00–15:30"),
        ("fi-simple", "klo 14.00–15.30"),
    ],
)
def test_meeting_has_its_day_and_its_hours(tuesday, language, clock):
    with translation.override(language):
        words = time_in_words(moment(tuesday, 14), moment(tuesday, 15, 30))

    assert words.endswith(clock)
    assert str(tuesday.day) in words


def test_day_is_written_as_in_finland(tuesday):
    words = time_in_words(moment(tuesday, 14), moment(tuesday, 15))

    assert words == f"ti {tuesday.day}.{tuesday.month}. klo 14.00–15.00"


def test_end_that_is_not_known_is_left_out(tuesday):
    assert time_in_words(moment(tuesday, 9)).endswith("klo 9.00")


def test_whole_day_has_no_hours(tuesday):
    wednesday = tuesday + timedelta(days=1)

    words = time_in_words(moment(tuesday, 0), moment(wednesday, 0), True)

    assert words == f"ti {tuesday.day}.{tuesday.month}."


def test_several_whole_days_end_on_the_last_of_them(tuesday):
    thursday = tuesday + timedelta(days=2)
    friday = tuesday + timedelta(days=3)

    words = time_in_words(moment(tuesday, 0), moment(friday, 0), True)

    assert words == (
        f"ti {tuesday.day}.{tuesday.month}. – to {thursday.day}.{thursday.month}."
    )


def test_evening_past_midnight_is_still_one_day(tuesday):
    wednesday = tuesday + timedelta(days=1)

    words = time_in_words(moment(tuesday, 20), moment(wednesday, 1))

    assert words == f"ti {tuesday.day}.{tuesday.month}. klo 20.00–1.00"
