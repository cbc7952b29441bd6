"""Schedules as people say them, in the languages of the site."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from events.enums import Pause
from events.models import Break, ExtraDate, ScheduleRule
from events.schedules import Schedule
from events.wording import rule_in_words, schedule_in_words

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def rule(**fields):
    return ScheduleRule(
        **{
            "frequency": "weekly",
            "weekdays": [2],
            "start_date": date(2026, 9, 1),
            "start_time": time(14),
            "end_time": time(15, 30),
        }
        | fields
    )


def monthly(nth, weekdays, **fields):
    return rule(frequency="monthly", nth=nth, weekdays=weekdays, **fields)


def lines(language, *rules, **parts):
    with translation.override(language):
        return schedule_in_words(Schedule(rules=rules, **parts), NOW)


@pytest.mark.parametrize(
    ("found", "finnish", "swedish", "english"),
    [
        (rule(), "Tiistaisin", "På tisdagar", "Every Tuesday"),
        (
            rule(weekdays=[3]),
            "Keskiviikkoisin",
            "På onsdagar",
            "Every Wednesday",
        ),
        (
            rule(interval=2),
            "Joka toinen tiistai",
            "Varannan tisdag",
            "Every second Tuesday",
        ),
        (
            rule(weekdays=[4, 1]),
            "Maanantaisin ja torstaisin",
            "På måndagar och torsdagar",
            "On Mondays and Thursdays",
        ),
        (
            rule(weekdays=[1, 3, 5]),
            "Maanantaisin, keskiviikkoisin ja perjantaisin",
            "På måndagar, onsdagar och fredagar",
            "On Mondays, Wednesdays and Fridays",
        ),
        (
            rule(weekdays=[1, 2, 3, 4, 5]),
            "Maanantaista perjantaihin",
            "Från måndag till fredag",
            "From Monday to Friday",
        ),
        (
            rule(weekdays=[1, 2, 3, 4, 5, 6, 7]),
            "Joka päivä",
            "Varje dag",
            "Every day",
        ),
        (
            rule(weekdays=[1, 4], interval=2),
            "Joka toinen viikko maanantaisin ja torstaisin",
            "Varannan vecka på måndagar och torsdagar",
            "Every second week on Mondays and Thursdays",
        ),
        (
            rule(interval=3),
            "Joka kolmas viikko tiistaisin",
            "Var tredje vecka på tisdagar",
            "Every third week on Tuesdays",
        ),
        (
            rule(interval=6),
            "6 viikon välein tiistaisin",
            "Var 6:e vecka på tisdagar",
            "Every 6 weeks on Tuesdays",
        ),
        (
            monthly(1, [1]),
            "Kuukauden ensimmäinen maanantai",
            "Första måndagen i månaden",
            "First Monday of the month",
        ),
        (
            monthly(-1, [3, 5]),
            "Kuukauden viimeinen keskiviikko ja perjantai",
            "Sista onsdagen och fredagen i månaden",
            "Last Wednesday and Friday of the month",
        ),
        (
            monthly(2, [6], interval=2),
            "Joka toisen kuukauden toinen lauantai",
            "Andra lördagen varannan månad",
            "Second Saturday of every second month",
        ),
        (
            monthly(1, [7], interval=6),
            "Ensimmäinen sunnuntai 6 kuukauden välein",
            "Första söndagen var 6:e månad",
            "First Sunday every 6 months",
        ),
    ],
)
def test_rule_is_said_as_people_say_it(found, finnish, swedish, english):
    for language, words in (
        ("en", english),
        ("fi", finnish),
        ("fi-simple", finnish),
        ("sv", swedish),
    ):
        with translation.override(language):
            assert rule_in_words(found) == words


@pytest.mark.parametrize(
    ("fields", "finnish", "english"),
    [
        ({}, "Tiistaisin klo 14.00–15.30", "Every Tuesday 14:00–15:30"),
        ({"end_time": None}, "Tiistaisin klo 14.00", "Every Tuesday 14:00"),
        (
            {"start_date": date(2027, 1, 10)},
            "Tiistaisin klo 14.00–15.30, 12.1. alkaen",
            "Every Tuesday 14:00–15:30 from 12 January",
        ),
        (
            {"end_date": date(2027, 5, 31)},
            "Tiistaisin klo 14.00–15.30, 31.5. asti",
            "Every Tuesday 14:00–15:30 until 31 May",
        ),
        (
            {"start_date": date(2027, 1, 10), "end_date": date(2027, 5, 31)},
            "Tiistaisin klo 14.00–15.30, 12.1.–31.5.",
            "Every Tuesday 14:00–15:30 from 12 January to 31 May",
        ),
        (
            {"start_date": date(2027, 1, 10), "count": 6},
            "Tiistaisin klo 14.00–15.30, 6 kertaa 12.1. alkaen",
            "Every Tuesday 14:00–15:30, 6 meetings from 12 January",
        ),
        (
            {"start_date": date(2027, 1, 10), "count": 1},
            "Kerran 12.1. klo 14.00–15.30",
            "One meeting on 12 January 14:00–15:30",
        ),
        (
            {"start_date": date(2027, 12, 1)},
            "Tiistaisin klo 14.00–15.30, 7.12.2027 alkaen",
            "Every Tuesday 14:00–15:30 from 7 December 2027",
        ),
    ],
)
def test_season_and_series_are_said(fields, finnish, english):
    assert lines("en", rule(**fields)) == [english]
    assert lines("fi", rule(**fields)) == [finnish]


def test_first_meeting_is_the_one_after_the_pause():
    (line, _pauses) = lines(
        "en",
        rule(start_date=date(2027, 1, 4), count=6),
        pauses=[Pause.CHRISTMAS],
    )

    assert line.endswith("6 meetings from 12 January")


@pytest.mark.parametrize(
    ("pauses", "finnish", "english"),
    [
        (["july"], "Ei tapaamisia heinäkuussa", "No meetings in July"),
        (
            ["public-holidays", "july"],
            "Ei tapaamisia heinäkuussa eikä pyhäpäivinä",
            "No meetings in July or on public holidays",
        ),
        (
            list(Pause),
            "Ei tapaamisia heinäkuussa, joulun aikaan (21.12.–6.1.), koulujen"
            " loma-aikoina eikä pyhäpäivinä",
            "No meetings in July, at Christmas (21 December – 6 January), during"
            " school holidays or on public holidays",
        ),
    ],
)
def test_pauses_are_said(pauses, finnish, english):
    assert lines("en", rule(), pauses=pauses)[1:] == [english]
    assert lines("fi", rule(), pauses=pauses)[1:] == [finnish]


def test_breaks_that_are_not_over_are_said_with_a_reason_in_the_readers_language():
    breaks = [
        Break(start_date=date(2026, 10, 1), end_date=date(2026, 10, 8)),
        Break(
            start_date=date(2027, 3, 1),
            end_date=date(2027, 3, 7),
            reason={"fi": "Remontti"},
        ),
        Break(
            start_date=date(2026, 12, 8),
            end_date=date(2026, 12, 8),
            reason={"en": "Staff day"},
        ),
    ]

    assert lines("en", rule(), breaks=breaks)[1:] == [
        "No meeting on 8 December (Staff day)",
        "No meetings from 1 March to 7 March",
    ]


def test_single_dates_are_said_beside_the_rule_and_only_counted_when_many():
    dates = [
        ExtraDate(starts_at=datetime(2026, 12, day, 8, tzinfo=UTC))
        for day in (5, 12, 13, 19)
    ]

    assert lines("en", rule(), extra_dates=dates[:2])[1:] == [
        "Also on Sat 5 Dec 10:00 and Sat 12 Dec 10:00"
    ]
    assert lines("en", rule(), extra_dates=dates)[1:] == ["Also on 4 other days"]
    assert lines("en", extra_dates=dates) == []


def test_rule_of_a_season_that_is_over_is_left_out_while_there_is_another():
    past = rule(start_date=date(2026, 1, 1), end_date=date(2026, 5, 31))

    assert lines("en", past, rule()) == ["Every Tuesday 14:00–15:30"]
    assert len(lines("en", past)) == 1


def test_series_whose_meetings_are_over_is_left_out_while_there_is_another():
    # Tuesdays 8, 15, 22 and 29 September; a break may put the last one off.
    past = rule(start_date=date(2026, 9, 7), count=4)
    put_off = [Break(start_date=date(2026, 9, 8), end_date=date(2026, 11, 2))]

    assert lines("fi", past, rule(weekdays=[5])) == ["Perjantaisin klo 14.00–15.30"]
    assert len(lines("fi", past, rule(weekdays=[5]), breaks=put_off)) == 2
    assert len(lines("fi", past)) == 1


def test_rule_half_written_is_left_out():
    assert lines("en", rule(weekdays=[])) == []
