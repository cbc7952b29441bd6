"""iCalendar files: rules, left-out and changed dates, whole days, other zones."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.importing.documents import Document, UnreadableError
from events.importing.icalendar import read_calendar
from events.importing.schedule import plan_dates
from events.models import EventPage, EventState, ImportedEvent, OccurrenceChange
from events.recurrence import LOCAL, MOST_DATES, expand

from .conftest import dated

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def calendar(*lines, uid="kerho@esimerkki.example", more=""):
    """A calendar with one event of these lines, and others after it."""
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Esimerkki//FI",
            "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260901T080000Z",
            "SUMMARY:Kädentaitokerho", *lines, "END:VEVENT",
            *([more] if more else []), "END:VCALENDAR", "",
        ]
    )  # fmt: skip


def override(recurrence, *lines, uid="kerho@esimerkki.example"):
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260901T080000Z", "SEQUENCE:2",
         "SUMMARY:Kädentaitokerho", f"RECURRENCE-ID{recurrence}", *lines, "END:VEVENT"]
    )  # fmt: skip


def read(text):
    return read_calendar(Document("kerho.ics", text))


def event_of(text):
    reading = read(text)
    assert not reading.skipped
    return reading.events[0]


def local_starts(event, now=NOW):
    plan = plan_dates(event, now)
    return [
        span.starts_at.astimezone(LOCAL).replace(tzinfo=None)
        for span in expand(plan.rules, plan.dates, event.breaks, now)
    ]


WEEKLY = (
    "DTSTART;TZID=Europe/Helsinki:20260903T140000",
    "DTEND;TZID=Europe/Helsinki:20260903T153000",
)


# Rules


def test_weekly_rule_in_helsinki_time_is_a_rule_of_ours():
    event = event_of(calendar(*WEEKLY, "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO"))

    rule = event.rules[0]
    assert (rule.frequency, rule.interval, rule.weekdays) == ("weekly", 2, [1, 4])
    assert (rule.start_time, rule.end_time) == (time(14), time(15, 30))
    assert (rule.start_date, rule.end_date) == (date(2026, 9, 3), None)
    assert event.series == ()
    assert event.dates == ()
    assert local_starts(event)[:4] == [
        datetime(2026, 9, 3, 14), datetime(2026, 9, 14, 14),
        datetime(2026, 9, 17, 14), datetime(2026, 9, 28, 14),
    ]  # fmt: skip


def test_group_stays_at_its_clock_time_over_the_october_change():
    starts = local_starts(event_of(calendar(*WEEKLY, "RRULE:FREQ=WEEKLY")))

    assert datetime(2026, 10, 22, 14) in starts
    assert datetime(2026, 10, 29, 14) in starts
    assert all(second - first == timedelta(7) for first, second in pairwise(starts))


@pytest.mark.parametrize(("by_day", "nth", "weekday"), [("1TH", 1, 4), ("-1TH", -1, 4)])
def test_monthly_rule_on_a_certain_weekday_is_a_rule_of_ours(by_day, nth, weekday):
    start = "20260903" if nth == 1 else "20260924"
    event = event_of(
        calendar(
            f"DTSTART;TZID=Europe/Helsinki:{start}T180000",
            f"RRULE:FREQ=MONTHLY;BYDAY={by_day}",
        )
    )

    rule = event.rules[0]
    assert (rule.frequency, rule.nth, rule.weekdays) == ("monthly", nth, [weekday])
    assert rule.end_time is None


def test_number_of_meetings_counts_those_left_out():
    event = event_of(
        calendar(
            *WEEKLY,
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "EXDATE;TZID=Europe/Helsinki:20260910T140000",
        )
    )

    assert event.rules[0].end_date == date(2026, 10, 1)
    assert local_starts(event) == [
        datetime(2026, 9, 3, 14), datetime(2026, 9, 17, 14),
        datetime(2026, 9, 24, 14), datetime(2026, 10, 1, 14),
    ]  # fmt: skip


def test_until_includes_a_meeting_that_begins_at_that_moment():
    event = event_of(
        calendar(*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20260917T110000Z")
    )  # 14.00 in Helsinki

    assert event.rules[0].end_date == date(2026, 9, 17)


def test_dates_left_out_one_after_another_are_one_break():
    event = event_of(
        calendar(
            *WEEKLY,
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=Europe/Helsinki:20261224T140000,20261231T140000",
            "EXDATE:20261022T110000Z",
            "EXDATE;VALUE=DATE:20261112",
        )
    )

    assert [(pause.start_date, pause.end_date) for pause in event.breaks] == [
        (date(2026, 10, 22), date(2026, 10, 22)),
        (date(2026, 11, 12), date(2026, 11, 12)),
        (date(2026, 12, 24), date(2026, 12, 31)),
    ]
    left_out = {date(2026, 10, 22), date(2026, 11, 12), date(2026, 12, 24)}
    assert not left_out & {start.date() for start in local_starts(event)}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=10",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261001",
        "FREQ=MONTHLY;BYMONTHDAY=3;COUNT=4",
        "FREQ=MONTHLY;BYDAY=5TH;COUNT=3",
        "FREQ=YEARLY;COUNT=3",
        "FREQ=WEEKLY;BYDAY=TH;BYMONTH=9,10;COUNT=12",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,SU;WKST=SU;COUNT=8",
    ],
)
def test_rule_that_ours_cannot_say_is_written_out(rule):
    event = event_of(calendar(*WEEKLY, f"RRULE:{rule}"))

    assert event.rules == ()
    starts = local_starts(event)
    assert starts[0] == datetime(2026, 9, 3, 14)
    assert {start.time() for start in starts} == {time(14)}
    assert len(starts) == len(set(starts)) > 1


def test_endless_daily_rule_is_cut_at_500_dates_and_said_so():
    event = event_of(calendar(*WEEKLY, "RRULE:FREQ=DAILY"))

    plan = plan_dates(event, NOW)

    assert len(plan.dates) == MOST_DATES
    assert plan.is_cut
    assert plan.notes[0].sentence.endswith("dates left out: 500 are taken")


def test_endless_yearly_rule_reaches_two_years_ahead():
    plan = plan_dates(event_of(calendar(*WEEKLY, "RRULE:FREQ=YEARLY")), NOW)

    assert [span.starts_at.year for span in plan.dates] == [2026, 2027]
    assert plan.is_cut


def test_rule_in_a_zone_with_another_offset_is_written_out_in_its_own_clock():
    event = event_of(
        calendar(
            "DTSTART;TZID=America/New_York:20261022T090000",
            "DTEND;TZID=America/New_York:20261022T100000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
        )
    )

    assert event.rules == ()
    new_york = ZoneInfo("America/New_York")
    spans = plan_dates(event, NOW).dates
    assert [span.starts_at.astimezone(new_york).hour for span in spans] == [9, 9, 9]
    # For a week the clocks have changed here and not there.
    assert [span.starts_at.astimezone(LOCAL).hour for span in spans] == [16, 15, 16]


def test_zone_with_the_same_clock_as_ours_gives_a_rule():
    event = event_of(
        calendar("DTSTART;TZID=Europe/Tallinn:20260903T140000", "RRULE:FREQ=WEEKLY")
    )

    assert event.rules[0].start_time == time(14)


def test_utc_rule_drifts_with_the_clock_change_as_its_source_says():
    event = event_of(calendar("DTSTART:20261021T110000Z", "RRULE:FREQ=WEEKLY;COUNT=2"))

    assert event.rules == ()
    assert local_starts(event) == [
        datetime(2026, 10, 21, 14), datetime(2026, 10, 28, 13),
    ]  # fmt: skip


def test_time_without_a_zone_is_the_calendars_or_helsinkis():
    floating = calendar("DTSTART:20260903T140000", "RRULE:FREQ=WEEKLY")

    assert event_of(floating).rules[0].start_time == time(14)

    berlin = floating.replace(
        "VERSION:2.0", "VERSION:2.0\r\nX-WR-TIMEZONE:Europe/Berlin"
    )
    assert local_starts(event_of(berlin))[0] == datetime(2026, 9, 3, 15)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=1", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,30",
    ],
)  # fmt: skip
def test_rule_made_to_run_for_ever_gives_one_date_and_is_told(rule):
    event = event_of(calendar(*WEEKLY, f"RRULE:{rule}"))

    assert local_starts(event) == [datetime(2026, 9, 3, 14)]
    assert event.notes[0].sentence.endswith("one date is taken")


def test_endless_rule_that_never_comes_true_is_skipped_at_once():
    text = calendar(*WEEKLY, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")

    assert local_starts(event_of(text)) == [datetime(2026, 9, 3, 14)]


# Single dates


def test_extra_dates_are_added_once_each():
    event = event_of(
        calendar(
            "DTSTART:20260903T110000Z",
            "DTEND:20260903T120000Z",
            "RDATE:20260903T110000Z",
            "RDATE;TZID=Europe/Helsinki:20261008T140000,20261105T140000",
            "RDATE;VALUE=PERIOD:20261203T120000Z/PT3H",
        )
    )

    spans = plan_dates(event, NOW).dates
    assert [span.starts_at.astimezone(LOCAL).hour for span in spans] == [14] * 4
    lengths = [span.ends_at - span.starts_at for span in spans]
    assert lengths == [timedelta(hours=1)] * 3 + [timedelta(hours=3)]
    assert event.kind == "group"


def test_missing_end_lasts_the_day_and_a_duration_is_an_end():
    without_end = event_of(calendar("DTSTART:20260903T110000Z"))
    assert without_end.dates[0].ends_at is None
    assert without_end.kind == "event"

    lasting = event_of(calendar("DTSTART:20260903T110000Z", "DURATION:PT90M"))
    assert lasting.dates[0].ends_at == datetime(2026, 9, 3, 12, 30, tzinfo=UTC)


def test_whole_days_end_where_the_calendar_says_the_next_day_begins():
    one = event_of(
        calendar("DTSTART;VALUE=DATE:20260905", "DTEND;VALUE=DATE:20260906")
    ).dates[0]
    three = event_of(
        calendar("DTSTART;VALUE=DATE:20260905", "DTEND;VALUE=DATE:20260908")
    ).dates[0]

    assert one.is_all_day
    assert one.ends_at is None
    assert one.starts_at.astimezone(LOCAL) == datetime(2026, 9, 5, tzinfo=LOCAL)
    assert three.ends_at.astimezone(LOCAL) == datetime(2026, 9, 8, tzinfo=LOCAL)


def test_weekly_whole_days_are_written_out():
    event = event_of(
        calendar("DTSTART;VALUE=DATE:20261020", "RRULE:FREQ=WEEKLY;COUNT=3")
    )

    spans = plan_dates(event, NOW).dates
    assert [span.starts_at.astimezone(LOCAL).time() for span in spans] == [time(0)] * 3
    assert all(span.is_all_day for span in spans)


@pytest.mark.parametrize("year", ["1985", "2150"])
def test_event_in_a_far_year_is_skipped_with_the_reason(year):
    reading = read(calendar(f"DTSTART:{year}0903T110000Z"))

    assert reading.events == []
    assert reading.skipped[0].reason == f"the year {year} is outside 2000–2100"


def test_event_all_of_whose_dates_are_left_out_is_skipped():
    text = calendar(
        *WEEKLY,
        "RRULE:FREQ=WEEKLY;COUNT=2",
        "EXDATE;TZID=Europe/Helsinki:20260903T140000,20260910T140000",
    )

    assert read(text).skipped[0].reason == "all its dates are left out"


# Changed dates


def test_recurrence_id_cancels_or_moves_one_date():
    event = event_of(
        calendar(
            *WEEKLY,
            "RRULE:FREQ=WEEKLY",
            more="\r\n".join(
                [
                    override(
                        ";TZID=Europe/Helsinki:20261008T140000",
                        "DTSTART;TZID=Europe/Helsinki:20261008T140000",
                        "STATUS:CANCELLED",
                    ),
                    override(
                        ":20261015T110000Z",
                        "DTSTART;TZID=Europe/Helsinki:20261016T150000",
                        "DTEND;TZID=Europe/Helsinki:20261016T160000",
                    ),
                    override(
                        ";TZID=Europe/Helsinki:20261119T140000",
                        "DTSTART;TZID=Europe/Helsinki:20261119T140000",
                        "DTEND;TZID=Europe/Helsinki:20261119T153000",
                        "LOCATION:Toinen huone",
                    ),
                ]
            ),
        )
    )

    cancelled, moved = event.changes
    assert cancelled.original_start == datetime(2026, 10, 8, 11, tzinfo=UTC)
    assert cancelled.new_start is None
    assert moved.original_start == datetime(2026, 10, 15, 11, tzinfo=UTC)
    assert moved.new_start == datetime(2026, 10, 16, 12, tzinfo=UTC)
    assert moved.new_end == datetime(2026, 10, 16, 13, tzinfo=UTC)
    assert "19.11.2026" in event.notes[-1].sentence


def test_changed_dates_without_their_series_are_dates_of_their_own():
    lonely = override(
        ":20261015T110000Z", "DTSTART:20261016T120000Z", "DTEND:20261016T130000Z"
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{lonely}\r\nEND:VCALENDAR\r\n"

    event = event_of(text)

    assert [day.starts_at for day in event.dates] == [
        datetime(2026, 10, 16, 12, tzinfo=UTC)
    ]


# Words


def test_place_organiser_and_contact_are_read_from_the_lines(payload):
    event = event_of(payload("weekly_group.ics"))

    assert event.place.name == {"fi": "Esimerkkikirjasto"}
    assert event.place.street_address == "Koulukatu 3"
    assert event.place.postal_code == "45100"
    assert event.place.localities == ("Kouvola",)
    assert (event.place.latitude, event.place.longitude) == (60.868, 26.704)
    assert event.organiser == {"fi": "Kouvolan esimerkkiyhdistys ry"}
    assert event.phone == "040 765 4321"
    assert event.is_free is True
    assert event.texts[0].lead == "Juttelua ja kahvia. Kysy lisää: puh. 040 765 4321."


def test_fold_escapes_and_html_in_descriptions_are_undone():
    text = calendar(
        "DTSTART:20260903T110000Z",
        "SUMMARY;LANGUAGE=sv:ignored",
        "DESCRIPTION:<p>Askartelua\\, kahvia&nbsp\\;ja juttelua pitkän pöydän ä",
        " äressä.</p><script>alert(1)</script>",
        "CATEGORIES:Kerhot\\, avoimet,Kahvila",
    ).replace("SUMMARY:Kädentaitokerho\r\n", "")

    body = event_of(text).texts[0]
    assert body.language == "sv"
    assert body.lead == "Askartelua, kahvia ja juttelua pitkän pöydän ääressä."


def test_fingerprint_does_not_depend_on_when_the_calendar_was_made():
    text = calendar(*WEEKLY, "RRULE:FREQ=WEEKLY")
    later = text.replace("DTSTAMP:20260901T080000Z", "DTSTAMP:20261101T080000Z")

    assert event_of(text).fingerprint() == event_of(later).fingerprint()
    moved = text.replace("T140000", "T143000")
    assert event_of(text).fingerprint() != event_of(moved).fingerprint()


def test_uid_is_the_identity_and_without_one_name_and_start_are():
    text = calendar(*WEEKLY)
    assert event_of(text).external_id == "kerho@esimerkki.example"

    nameless = text.replace("UID:kerho@esimerkki.example\r\n", "")
    assert event_of(nameless).external_id.startswith("no-uid-")
    assert event_of(nameless).external_id == event_of(nameless).external_id

    long_one = event_of(calendar(*WEEKLY, uid="x" * 400))
    assert len(long_one.external_id) <= 255


def test_uid_that_stands_twice_is_taken_in_its_newest_form():
    newer = (
        override("", "SEQUENCE:3", "DTSTART:20260904T110000Z")
        .replace("RECURRENCE-ID\r\n", "")
        .replace("SEQUENCE:2\r\n", "")
    )
    event = event_of(calendar("DTSTART:20260903T110000Z", more=newer))

    assert event.dates[0].starts_at.day == 4
    assert event.notes[-1].sentence == "its UID is there twice: the newest is taken"


@pytest.mark.parametrize(
    "text", ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT", "BEGIN:VCALENDAR:x"]
)
def test_file_that_is_no_calendar_says_so(text):
    """icalendar forgives much: then there is nothing in it."""
    with suppress(UnreadableError):
        assert read(text).events == []


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:huomenna", "RRULE:FREQ=WEEKLY;BYDAY=XX", "RRULE:WEEKLY", "EXDATE:x",
        "RRULE:FREQ=WEEKLY;INTERVAL=0", "RRULE:FREQ=WEEKLY;COUNT=-5",
        "RRULE:FREQ=MONTHLY;BYDAY=99MO", "DTEND:20200101T100000Z", "GEO:x;y",
        "SEQUENCE:x", "DURATION:x", "ORGANIZER:x", "RDATE:x", "LOCATION:,,,",
    ],
)  # fmt: skip
def test_broken_line_never_stops_the_other_events(line):
    good = override("", "DTSTART:20260904T110000Z", uid="toinen@esimerkki.example")
    text = calendar(
        "DTSTART:20260903T110000Z", line, more=good.replace("RECURRENCE-ID\r\n", "")
    )

    reading = read(text)

    assert "toinen@esimerkki.example" in [event.external_id for event in reading.events]
    assert len(reading.events) + len(reading.skipped) == 2


# As pages


@pytest.mark.django_db
def test_weekly_group_becomes_a_page_with_its_rule_and_changed_dates(
    run, payload, page_of
):
    said = run(payload("weekly_group.ics"))

    page = page_of("torstaikahvila@esimerkki.example")
    assert page.live
    assert page.kind == "group"
    assert page.rules.get().end_date == date(2027, 3, 25)
    assert page.breaks.get().end_date == date(2026, 12, 31)
    assert page.venue.municipality.key == "kouvola"
    assert page.contact_phone == "040 765 4321"
    assert ImportedEvent.objects.get().source == "lahde"
    kinds = page.occurrence_changes.values_list("kind", flat=True)
    assert list(kinds) == ["cancelled", "moved"]
    assert "new: Torstaikahvila" in said
    assert "     1  unchanged" in run(payload("weekly_group.ics"))


def weekly_from_now(*lines, more=""):
    return calendar(
        "DTSTART;TZID=Europe/Helsinki:<-7c>T140000",
        "DTEND;TZID=Europe/Helsinki:<-7c>T150000",
        "RRULE:FREQ=WEEKLY",
        *lines,
        more=more,
    )


@pytest.mark.django_db
def test_changed_date_is_cancelled_moved_and_back_as_the_calendar_says(run, page_of):
    cancelled = override(
        ";TZID=Europe/Helsinki:<+7c>T140000",
        "DTSTART;TZID=Europe/Helsinki:<+7c>T140000",
        "STATUS:CANCELLED",
    )
    moved = override(
        ";TZID=Europe/Helsinki:<+7c>T140000",
        "DTSTART;TZID=Europe/Helsinki:<+8c>T160000",
        "DTEND;TZID=Europe/Helsinki:<+8c>T170000",
    )
    week = timezone.localdate() + timedelta(days=7)

    def second_date():
        page = page_of("kerho@esimerkki.example")
        start = datetime.combine(week, time(14), tzinfo=LOCAL)
        return page.occurrences.get(original_start=start)

    run(weekly_from_now(more=cancelled))
    pk = second_date().pk
    assert second_date().status == "cancelled"

    run(weekly_from_now(more=moved))
    assert second_date().status == "moved"
    assert timezone.localtime(second_date().starts_at).hour == 16

    run(weekly_from_now())
    assert second_date().status == "scheduled"
    assert second_date().pk == pk
    assert not OccurrenceChange.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["STATUS:CANCELLED", "title"])
def test_cancelled_series_has_all_its_coming_dates_cancelled_and_an_end(
    run, page_of, how
):
    text = weekly_from_now(*([how] if how != "title" else []))
    if how == "title":
        text = text.replace("SUMMARY:", "SUMMARY:PERUUTETTU! ")

    run(text)

    page = page_of("kerho@esimerkki.example")
    assert page.title == "Kädentaitokerho"
    assert all(day.is_cancelled for day in page.upcoming_dates())
    assert page.upcoming_dates().count() > 100
    assert page.rules.get().end_date is not None
    assert page.search_row.next_start is None


@pytest.mark.django_db
def test_past_calendar_event_is_ended_and_online_one_has_no_venue(run, page_of):
    run(
        calendar(
            "DTSTART:20250310T160000Z",
            "DTEND:20250310T170000Z",
            "LOCATION:Teams",
            "DESCRIPTION:https://teams.microsoft.com/l/meetup-join/abc",
        )
    )

    page = page_of("kerho@esimerkki.example")
    assert EventState.objects.get(event=page).ended_on == date(2025, 3, 10)
    assert page.attendance == "online"
    assert page.venue is None
    assert page.online_url == "https://teams.microsoft.com/l/meetup-join/abc"


@pytest.mark.django_db
def test_location_that_is_only_a_town_gives_the_municipality(run, page_of):
    run(calendar("DTSTART:<+5c>T160000Z", "LOCATION:Hamina"))

    page = page_of("kerho@esimerkki.example")
    assert page.venue is None
    assert page.municipality.key == "hamina"


@pytest.mark.django_db
def test_series_written_out_is_renewed_when_it_runs_out(run, page_of):
    daily = dated(calendar("DTSTART:<-7c>T080000Z", "RRULE:FREQ=DAILY"))
    run(daily)
    page = page_of("kerho@esimerkki.example")
    assert page.upcoming_dates().count() == MOST_DATES
    assert "     1  unchanged" in run(daily)

    soon = timezone.now() + timedelta(days=150)
    page.occurrences.filter(over_at__gt=soon).delete()

    assert "     1  changed" in run(daily)
    assert page.upcoming_dates().count() == MOST_DATES
    assert EventPage.objects.count() == 1
