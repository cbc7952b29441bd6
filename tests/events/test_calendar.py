"""Calendar files of a group: read back, they give the same dates as its pages."""

import random
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from types import SimpleNamespace
from uuid import UUID

import icalendar
import pytest
from dateutil.tz import tzical
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.date_rows import values_of
from events.derived import refresh_derived_rows
from events.enums import Attendance
from events.feeds.icalendar import Edition, date_entry, new_calendar, series_entries
from events.feeds.recurring import split
from events.feeds.words import Words
from events.importing.documents import Document
from events.importing.icalendar import read_calendar
from events.importing.schedule import spans_of_series
from events.models import (
    Break,
    EventState,
    EventText,
    Occurrence,
    OccurrenceChange,
    ScheduleRule,
)
from events.recurrence import LOCAL, expand, local_moment, over_at, spans_of
from tests import factories

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
AUTUMN_CHANGE, SPRING_CHANGE = date(2026, 10, 25), date(2027, 3, 28)


# Dates written and read back, without a database


def rule(**fields):
    """Tuesdays from 14 to 15.30 over both clock changes."""
    return ScheduleRule(
        **{
            "frequency": "weekly",
            "weekdays": [2],
            "start_date": date(2026, 9, 1),
            "end_date": date(2027, 5, 31),
            "start_time": time(14),
            "end_time": time(15, 30),
        }
        | fields
    )


def away(first, last):
    return Break(start_date=first, end_date=last)


def single(starts_at, ends_at=None, *, is_all_day=False):
    return SimpleNamespace(starts_at=starts_at, ends_at=ends_at, is_all_day=is_all_day)


def change(original_start, kind="cancelled", new_start=None, new_end=None):
    return OccurrenceChange(
        original_start=original_start, kind=kind, new_start=new_start, new_end=new_end
    )


def rows_of(rules, extra=(), breaks=(), changes=(), now=NOW):
    by_start = {change.original_start: change for change in changes}
    return [
        Occurrence(
            original_start=span.starts_at,
            **values_of(span, by_start.get(span.starts_at)),
        )
        for span in expand(rules, extra, breaks, now)
    ]


EVENT = SimpleNamespace(translation_key=UUID(int=7))
WORDS = Words("Perhekahvila", "fi", "perhekahvila", ["Kahvia."], "Kotka")


def file_of(rules, rows):
    calendar = new_calendar("Perhekahvila")
    edition = Edition(3, NOW)
    all_series, singles = split(rules, rows)
    for series in all_series:
        for entry in series_entries(EVENT, WORDS, edition, series):
            calendar.add_component(entry)
    for row in singles:
        calendar.add_component(date_entry(EVENT, WORDS, edition, row))
    return calendar.to_ical().decode()


def read_back(text):
    """What our own importer finds: start, end, whether it is cancelled; by moment."""
    reading = read_calendar(Document("kahvila.ics", text))
    assert not reading.skipped
    found = []
    for event in reading.events:
        spans = [
            span
            for rule in event.rules
            for span in spans_of(rule, list(event.breaks), rule.end_date)
        ]
        for series in event.series:
            left_out = set(series.left_out)
            spans += [
                span
                for span in spans_of_series(series)
                if span.starts_at not in left_out
            ]
        dates = {span.starts_at: (span.starts_at, span.ends_at) for span in spans}
        dates |= {day.starts_at: (day.starts_at, day.ends_at) for day in event.dates}
        is_cancelled = dict.fromkeys(dates, event.is_cancelled)
        for changed in event.changes:
            assert changed.original_start in dates
            is_cancelled[changed.original_start] = changed.new_start is None
            if changed.new_start:
                dates[changed.original_start] = (changed.new_start, changed.new_end)
        found += [
            (*dates[original], is_cancelled[original]) for original in sorted(dates)
        ]
    return sorted((start, over_at(start, end), gone) for start, end, gone in found)


def as_read(rows):
    return sorted((row.starts_at, row.over_at, row.is_cancelled) for row in rows)


def round_trip(rules, extra=(), breaks=(), changes=()):
    rows = rows_of(rules, extra, breaks, changes)
    assert rows

    text = file_of(rules, rows)

    assert read_back(text) == as_read(rows)
    return text


def kinds_of(text):
    """How many entries say a rule, change a date of one, or stand alone."""
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    rules = sum("RRULE" in event for event in events)
    overrides = sum("RECURRENCE-ID" in event for event in events)
    return rules, overrides, len(events) - rules - overrides


def test_weekly_group_is_one_rule_that_keeps_its_clock_time():
    text = round_trip([rule()])

    assert kinds_of(text) == (1, 0, 0)
    assert "DTSTART;TZID=Europe/Helsinki:20260901T140000" in text
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270525T110000Z;BYDAY=TU" in text
    starts = {start for start, _over, _gone in read_back(text)}
    for day in (date(2026, 10, 20), date(2026, 10, 27), date(2027, 3, 30)):
        assert local_moment(day, time(14)) in starts


@pytest.mark.parametrize(
    "fields",
    [
        {"interval": 2},
        {"interval": 3, "weekdays": [1, 4]},
        {"frequency": "monthly", "nth": 1, "weekdays": [1]},
        {"frequency": "monthly", "nth": -1, "weekdays": [3]},
        {"frequency": "monthly", "nth": 2, "weekdays": [2, 5], "interval": 2},
        {"weekdays": [7], "start_time": time(12), "end_time": None},
        {"weekdays": [6], "start_time": time(22), "end_time": time(2)},
        {"end_date": None},
        {"weekdays": [1, 2, 3, 4, 5, 6, 7], "end_date": None},
    ],
)
def test_rule_says_the_dates_of_the_group(fields):
    text = round_trip([rule(**fields)])

    rules, _overrides, singles = kinds_of(text)
    assert (rules, singles) == (1, 0)


def test_break_is_left_out_of_the_rule():
    text = round_trip([rule()], breaks=[away(date(2026, 12, 15), date(2027, 1, 6))])

    assert kinds_of(text) == (1, 0, 0)
    assert text.count("EXDATE") == 1


def test_closed_series_with_a_break_goes_on_until_all_have_met():
    rules = [rule(end_date=None, count=10)]
    breaks = [away(date(2026, 10, 12), date(2026, 10, 25))]

    text = round_trip(rules, breaks=breaks)

    assert len(read_back(text)) == 10
    assert kinds_of(text) == (1, 0, 0)
    assert "COUNT" not in text


def test_two_rules_are_two_series():
    rules = [rule(), rule(weekdays=[5], start_time=time(9), end_time=time(10))]

    assert kinds_of(round_trip(rules)) == (2, 0, 0)


def test_date_that_two_rules_give_is_told_once():
    rules = [rule(weekdays=[2, 4]), rule(weekdays=[2], interval=2)]

    text = round_trip(rules)

    starts = [start for start, _over, _gone in read_back(text)]
    assert len(starts) == len(set(starts))


def test_extra_date_stands_alone():
    extra = single(datetime(2026, 10, 24, 9, tzinfo=UTC))

    assert kinds_of(round_trip([rule()], extra=[extra])) == (1, 0, 1)


def test_moved_and_cancelled_dates_are_told_beside_the_rule():
    cancelled = local_moment(AUTUMN_CHANGE + timedelta(days=2), time(14))
    moved = local_moment(date(2027, 3, 23), time(14))
    to = local_moment(SPRING_CHANGE, time(16))

    text = round_trip(
        [rule()],
        changes=[
            change(cancelled),
            change(moved, "moved", to, to + timedelta(hours=2)),
        ],
    )

    assert kinds_of(text) == (1, 2, 0)
    assert "STATUS:CANCELLED" in text
    assert "RECURRENCE-ID;TZID=Europe/Helsinki:20261027T140000" in text
    assert "RECURRENCE-ID;TZID=Europe/Helsinki:20270323T140000" in text
    assert "DTSTART;TZID=Europe/Helsinki:20270328T160000" in text


def test_first_date_of_a_series_can_be_cancelled():
    text = round_trip([rule()], changes=[change(local_moment(NOW.date(), time(14)))])

    assert kinds_of(text) == (1, 1, 0)


def test_night_over_a_clock_change_tells_its_own_end():
    """From 22 to 6 is nine hours when summer time ends, and seven when it begins."""
    rules = [rule(weekdays=[6], start_time=time(22), end_time=time(6))]

    text = round_trip(rules)

    assert kinds_of(text) == (1, 2, 0)


def test_date_that_ends_in_the_hour_that_comes_twice_is_in_utc():
    end = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 3.30 for the second time.

    text = round_trip([], extra=[single(datetime(2026, 10, 24, 20, tzinfo=UTC), end)])

    assert "DTSTART:20261024T200000Z" in text
    assert "DTEND:20261025T013000Z" in text


def test_time_that_the_clocks_skip_is_told_date_by_date():
    rules = [rule(weekdays=[7], start_time=time(3, 30), end_time=time(5))]

    text = round_trip(rules)

    assert kinds_of(text)[0] == 0


def test_whole_days_end_on_the_day_after_the_last():
    first = local_moment(AUTUMN_CHANGE, time(0))
    extra = [
        single(first, is_all_day=True),
        single(
            local_moment(date(2027, 3, 27), time(0)),
            local_moment(date(2027, 3, 29), time(0)),
            is_all_day=True,
        ),
    ]

    text = round_trip([], extra=extra)

    assert "DTSTART;VALUE=DATE:20261025\r\n" in text
    assert "DTSTART;VALUE=DATE:20270327\r\n" in text
    assert "DTEND;VALUE=DATE:20270329\r\n" in text
    assert text.count("DTEND") == 1


def test_without_an_end_none_is_told():
    text = round_trip([rule(end_time=None)])

    assert "DTEND" not in text
    assert "\nDURATION" not in text


def test_dates_that_the_rules_have_left_behind_stay():
    """The rule was Tuesdays at 14; now it is Thursdays, and past dates are rows."""
    past = rows_of([rule(end_date=date(2026, 9, 30))])
    rules = [rule(weekdays=[4], start_date=date(2026, 10, 1))]
    rows = past + rows_of(rules)

    text = file_of(rules, rows)

    assert read_back(text) == as_read(rows)
    assert kinds_of(text) == (1, 0, len(past))


def random_schedule(chance):
    rules = [
        rule(
            frequency=chance.choice(["weekly", "weekly", "monthly"]),
            interval=chance.choice([1, 1, 2, 3]),
            weekdays=sorted(chance.sample(range(1, 8), chance.choice([1, 1, 2]))),
            nth=chance.choice([1, 2, 3, 4, -1]),
            start_date=date(2026, 8, 20) + timedelta(days=chance.randrange(60)),
            end_date=chance.choice([None, date(2027, 4, 30), date(2027, 6, 15)]),
            count=chance.choice([None, None, 8, 30]),
            start_time=time(chance.randrange(24), chance.choice([0, 15, 30])),
            end_time=chance.choice([None, time(chance.randrange(24), 45)]),
        )
        for _number in range(chance.choice([0, 1, 1, 1, 2, 3]))
    ]
    breaks = [
        away(first, first + timedelta(days=chance.randrange(1, 25)))
        for first in (
            date(2026, 9, 1) + timedelta(days=chance.randrange(250))
            for _number in range(chance.randrange(3))
        )
    ]
    extra = []
    for _number in range(chance.randrange(1, 4)):
        starts_at = NOW + timedelta(minutes=15 * chance.randrange(96 * 300))
        length = chance.choice([None, timedelta(hours=2), timedelta(hours=30)])
        extra.append(single(starts_at, starts_at + length if length else None))
    day = date(2026, 9, 1) + timedelta(days=chance.randrange(280))
    extra.append(single(local_moment(day, time(0)), is_all_day=True))
    spans = expand(rules, extra, breaks, NOW)
    changes = []
    for span in chance.sample(spans, min(len(spans), chance.randrange(5))):
        if span.is_all_day or chance.random() < 0.5:
            changes.append(change(span.starts_at))
        else:
            to = span.starts_at + timedelta(minutes=30 * chance.randrange(1, 200))
            ends = chance.choice([None, to + timedelta(hours=1)])
            changes.append(change(span.starts_at, "moved", to, ends))
    return rules, extra, breaks, changes


@pytest.mark.parametrize("seed", range(200))
def test_any_schedule_reads_back_as_it_is(seed):
    round_trip(*random_schedule(random.Random(seed)))


def test_clock_changes_of_the_file_are_those_of_helsinki():
    """As `dateutil` reads them, which looks up no zone by its name."""
    text = file_of([], []).replace("\r\n", "\n")
    zone = tzical(StringIO(text)).get("Europe/Helsinki")

    for day in (AUTUMN_CHANGE, SPRING_CHANGE, date(2026, 11, 1), date(2027, 7, 1)):
        for hour in range(24):
            local = datetime.combine(day, time(hour, 30))
            is_doubtful = day in (AUTUMN_CHANGE, SPRING_CHANGE) and hour in (2, 3)
            if not is_doubtful:
                assert local.replace(tzinfo=zone).utcoffset() == (
                    local.replace(tzinfo=LOCAL).utcoffset()
                )


# Files as residents get them


@pytest.fixture
def event(event_indexes):
    return factories.make_event(
        event_indexes["fi"],
        texts=[
            EventText(
                language="fi",
                title="Äitien ja isien perhekahvila; myös mummot, papat ja kummit",
                lead="Kahvia, leikkiä ja seuraa koko perheelle Kotkan keskustassa.",
            ),
            EventText(language="sv", title="Familjekafé", lead="Kaffe och sällskap."),
        ],
        slug="perhekahvila",
        venue=factories.make_venue(
            name={"fi": "Esimerkkitalo"}, latitude=60.46, longitude=26.94
        ),
        organisers=[
            factories.make_organisation(
                name={"fi": "Esimerkkiyhdistys; Kotka, ry"},
                email="yhdistys@example.org",
            )
        ],
    )


def entries(response):
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def cancel(event, date):
    return OccurrenceChange.objects.create(
        event=event,
        original_start=date.original_start,
        kind="cancelled",
        note={"fi": "Ohjaaja on sairas."},
    )


def next_dates(event):
    return list(event.occurrences.upcoming())


def test_series_file_holds_what_the_page_tells(client, event):
    response = client.get("/fi/tapahtumat/perhekahvila.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="perhekahvila.ics"' in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert read_back(response.text) == as_read(event.occurrences.all())
    entry = entries(response)[0]
    assert entry["SUMMARY"] == event.title
    assert entry["LOCATION"] == "Esimerkkitalo, Esimerkkikatu 1, 48100 Kotka"
    assert entry["URL"] == "http://testserver/fi/tapahtumat/perhekahvila/"
    assert entry["ORGANIZER"] == "mailto:yhdistys@example.org"
    assert entry["ORGANIZER"].params["CN"] == "Esimerkkiyhdistys; Kotka, ry"
    assert "000 000 0000" in entry["DESCRIPTION"]
    assert "slug" not in entry["UID"]


def test_organiser_without_an_email_is_no_address(client, event_index):
    factories.make_event(
        event_index, slug="kerho", organisers=[factories.make_organisation()]
    )

    entry = entries(client.get("/fi/tapahtumat/kerho.ics"))[0]

    assert "ORGANIZER" not in entry


def test_lines_are_as_calendars_want_them(client, event):
    content = client.get("/fi/tapahtumat/perhekahvila.ics").content

    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert b"METHOD:PUBLISH" in lines
    assert any(line.startswith(b"REFRESH-INTERVAL;VALUE=DURATION:") for line in lines)
    assert any(line.startswith(b"X-WR-CALNAME:") for line in lines)


def test_each_language_has_its_file(client, event):
    swedish = entries(client.get("/sv/evenemang/perhekahvila.ics"))[0]

    assert swedish["SUMMARY"] == "Familjekafé"
    assert swedish["SUMMARY"].params["LANGUAGE"] == "sv"
    assert swedish["URL"] == "http://testserver/sv/evenemang/perhekahvila/"
    for address in ("/en/events", "/fi-simple/tapahtumat"):
        assert client.get(f"{address}/perhekahvila.ics").status_code == 200


def test_file_of_a_date_holds_that_date_without_a_rule(client, event):
    date = next_dates(event)[1]
    day = timezone.localdate(date.original_start)

    response = client.get(f"/fi/tapahtumat/perhekahvila/{day}.ics")

    assert read_back(response.text) == as_read([date])
    assert b"RRULE" not in response.content.split(b"BEGIN:VEVENT")[1]
    assert f"perhekahvila-{day}.ics" in response.headers["Content-Disposition"]


def test_two_dates_of_a_day_are_in_one_file(client, event_index):
    day = timezone.localdate() + timedelta(days=3)
    event = factories.make_event(
        event_index,
        slug="uinti",
        dates=[
            factories.single_date(local_moment(day, time(10))),
            factories.single_date(local_moment(day, time(23, 30))),
            factories.single_date(local_moment(day + timedelta(days=1), time(0, 15))),
        ],
    )

    response = client.get(f"/fi/tapahtumat/uinti/{day}.ics")

    assert read_back(response.text) == as_read(next_dates(event)[:2])


@pytest.mark.parametrize(
    "address",
    [
        "perhekahvila/2019-01-01.ics",
        "perhekahvila/2026-02-30.ics",
        "perhekahvila/2026-1-1.ics",
        "perhekahvila/huomenna.ics",
        "muu.ics",
        "muu/2026-11-24.ics",
        "perhekahvila%00.ics",
    ],
)
def test_what_is_not_there_is_404_or_a_bad_request(client, event, address):
    response = client.get(f"/fi/tapahtumat/{address}")

    assert response.status_code == (400 if "%00" in address else 404)


def test_unpublished_group_has_no_files(client, event):
    event.unpublish()

    assert client.get("/fi/tapahtumat/perhekahvila.ics").status_code == 404


def test_group_that_asks_for_a_password_has_no_files(client, event):
    PageViewRestriction.objects.create(
        page=event, restriction_type=PageViewRestriction.PASSWORD, password="salasana"
    )

    assert client.get("/fi/tapahtumat/perhekahvila.ics").status_code == 404


def test_cancelled_date_is_told_as_cancelled_in_both_files(client, event):
    date = next_dates(event)[0]
    cancel(event, date)
    day = timezone.localdate(date.original_start)

    for address in ("perhekahvila.ics", f"perhekahvila/{day}.ics"):
        cancelled = [
            entry
            for entry in entries(client.get(f"/fi/tapahtumat/{address}"))
            if entry["STATUS"] == "CANCELLED"
        ]
        assert len(cancelled) == 1
        assert cancelled[0].start == date.starts_at
        assert "Ohjaaja on sairas." in cancelled[0]["DESCRIPTION"]
        assert cancelled[0]["SUMMARY"] != event.title


def test_moved_date_keeps_its_address_and_uid(client, event):
    date = next_dates(event)[0]
    day = timezone.localdate(date.original_start)
    address = f"/fi/tapahtumat/perhekahvila/{day}.ics"
    before = entries(client.get(address))[0]

    OccurrenceChange.objects.create(
        event=event,
        original_start=date.original_start,
        kind="moved",
        new_start=date.starts_at + timedelta(days=2, hours=1),
    )

    after = entries(client.get(address))[0]
    assert after["UID"] == before["UID"]
    assert after.start == date.starts_at + timedelta(days=2, hours=1)
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_sequence_rises_with_every_change_and_uids_stay(
    client, event, django_capture_on_commit_callbacks
):
    def read():
        found = entries(client.get("/fi/tapahtumat/perhekahvila.ics"))
        return {entry["UID"] for entry in found}, found[0]["SEQUENCE"]

    uids, sequence = read()

    def edit_time():
        event.rules = [factories.weekly_rule(start_time=time(15))]
        event.save_revision().publish()

    def rename():
        event.texts = [EventText(language="fi", title="Kahvila", lead="Kahvia.")]
        event.save_revision().publish()

    cancelled = cancel(event, next_dates(event)[2])
    state = EventState(event=event)
    for act in (edit_time, rename, cancelled.delete, state.save):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        uids_now, sequence_now = read()
        assert sequence_now > sequence, act
        if act is not edit_time:
            assert uids_now == uids
        uids, sequence = uids_now, sequence_now


def test_paused_group_is_tentative_and_ended_group_keeps_its_past(
    client, event, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        state = EventState.objects.create(event=event, is_paused=True)
    paused = entries(client.get("/fi/tapahtumat/perhekahvila.ics"))
    assert {entry["STATUS"] for entry in paused} == {"TENTATIVE"}

    with django_capture_on_commit_callbacks(execute=True):
        state.ended_on = timezone.localdate() - timedelta(days=1)
        state.is_paused = False
        state.save()
    refresh_derived_rows(event)

    ended = client.get("/fi/tapahtumat/perhekahvila.ics")
    assert read_back(ended.text) == as_read(event.occurrences.all())
    assert all(start < timezone.now() for start, _over, _gone in read_back(ended.text))


def test_group_without_dates_has_an_empty_calendar(client, event_index):
    factories.make_event(event_index, slug="tauolla", rules=[], dates=[])

    response = client.get("/fi/tapahtumat/tauolla.ics")

    assert response.status_code == 200
    assert entries(response) == []


def test_online_group_tells_where_to_join(client, event_index):
    factories.make_event(
        event_index,
        slug="etana",
        attendance=Attendance.ONLINE,
        online_url="https://kokous.example/abc",
    )

    entry = entries(client.get("/fi/tapahtumat/etana.ics"))[0]

    assert "https://kokous.example/abc" in entry["DESCRIPTION"]
    assert entry["LOCATION"] == str(Attendance.ONLINE.label)


def test_characters_that_no_calendar_takes_are_left_out(client, event_index):
    factories.make_event(
        event_index, "Kahvila\x0b\x1f Kulma", slug="kulma", contact_hours="ma\r"
    )

    entry = entries(client.get("/fi/tapahtumat/kulma.ics"))[0]

    assert entry["SUMMARY"] == "Kahvila Kulma"


def test_calendar_somebody_keeps_goes_on_under_a_new_address(
    client, event, django_capture_on_commit_callbacks
):
    day = timezone.localdate(next_dates(event)[0].original_start)
    with django_capture_on_commit_callbacks(execute=True):
        event.slug = "uusi-kahvila"
        event.save_revision().publish()

    for index in ("/fi/tapahtumat", "/sv/evenemang"):
        for ending in (".ics", f"/{day}.ics"):
            response = client.get(f"{index}/perhekahvila{ending}")
            assert response.status_code == 301
            assert response.headers["Location"] == f"{index}/uusi-kahvila{ending}"


def test_series_costs_the_same_whatever_its_number_of_dates(
    client, event_index, settled, django_assert_max_num_queries
):
    for slug, days in (("yksi", [2]), ("monta", [1, 2, 3, 4, 5])):
        event = factories.make_event(
            event_index, slug=slug, rules=[factories.weekly_rule(weekdays=days)]
        )
        for row in next_dates(event)[: len(days)]:
            cancel(event, row)
        settled()
        client.get("/fi/tapahtumat/")  # The municipalities are in memory from then on.
        with django_assert_max_num_queries(8):
            client.get(f"/fi/tapahtumat/{slug}.ics")
