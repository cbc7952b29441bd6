"""One date cancelled or moved from a phone: everything that residents see follows."""

import json
import re
from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.management import call_command
from django.utils import timezone

from events.breaks import public_holidays
from events.door import sending
from events.door.drafts import change_of
from events.models import EventPage, Occurrence, OccurrenceChange, SchoolBreak
from events.recurrence import local_moment
from home.models import TargetGroup
from tests import factories

from .door import START

INDEX = "/fi/tapahtumat/"


@pytest.fixture
def organisation(db):
    return factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def event(event_index, organisation):
    """Tuesdays from 14 to 15.30, in Kotka."""
    return factories.make_event(
        event_index,
        "Perhekahvila",
        slug="perhekahvila",
        venue=factories.make_venue(),
        organisers=[organisation],
    )


def address(event):
    return f"{START}groups/{event.pk}/"


def coming(event, number=0):
    return event.upcoming_dates()[number]


def cancel(client, event, row, **fields):
    data = {"action": "cancel", "date": row.pk} | fields
    return client.post(address(event), data)


def move(client, event, row, day, clock="17:00", **fields):
    data = {"action": "move", "date": row.pk, "day": str(day), "time": clock}
    return client.post(address(event), data | fields)


def restore(client, event, row):
    data = {"action": "restore", "date": row.pk, "status": row.status}
    return client.post(address(event), data)


def ordinary_day(after):
    """A Thursday that is no public holiday."""
    day = after + timedelta(days=(4 - after.isoweekday()) % 7 or 7)
    while day in public_holidays(day.year):
        day += timedelta(weeks=1)
    return day


def entry_of(client, path, moment):
    """The calendar's entry of one date."""
    calendar = icalendar.Calendar.from_ical(client.get(path).content)
    return next(
        (
            entry
            for entry in calendar.walk("VEVENT")
            if moment in (entry.start, getattr(entry.get("RECURRENCE-ID"), "dt", None))
        ),
        calendar.walk("VEVENT")[0],
    )


def test_one_post_cancels_a_date_everywhere_at_once(person, event, client):
    first, second = event.upcoming_dates()[:2]
    series = f"{INDEX}perhekahvila.ics"
    before = entry_of(client, series, first.starts_at)

    response = cancel(person, event, first, note_fi="Ohjaaja on sairaana.")

    assert response.status_code == 302
    page = client.get(event.path_in("fi")).text
    assert "Ohjaaja on sairaana." in page
    assert f'datetime="{local(first)}"' in page
    card = client.get(INDEX).text
    assert second.starts_at.isoformat() in card
    assert first.starts_at.isoformat() not in card
    (item,) = json.loads(client.get(f"{INDEX}feed.json").content)["items"]
    assert item["_group"]["next_start"] == local(second)
    for path in (f"{INDEX}feed.ics", series):
        entry = entry_of(client, path, first.starts_at)
        assert (entry["STATUS"], entry.start) == ("CANCELLED", first.starts_at)
    assert entry["SEQUENCE"] > before["SEQUENCE"]


def local(row):
    return timezone.localtime(row.starts_at).isoformat()


def test_the_other_dates_stay_as_they_were(person, event):
    others = [(row.pk, row.starts_at, row.status) for row in event.upcoming_dates()[1:]]

    cancel(person, event, coming(event))

    assert [
        (row.pk, row.starts_at, row.status) for row in event.upcoming_dates()[1:]
    ] == others


def test_the_next_dates_come_before_all_else_and_need_no_script(person, event):
    page = person.get(address(event)).text.partition("<h1")[2]

    assert page.index('name="action" value="cancel"') < page.index('value="pause"')
    assert "<script" not in page.partition("</main>")[0]
    # The note is offered, not asked for.
    note = re.search(r'<input[^>]*name="note_fi"[^>]*>', page)[0]
    assert "required" not in note


def test_no_later_approval_brings_a_cancelled_date_back(person, contact, event):
    """A change is sent, a date is cancelled meanwhile, then the change is published."""
    change = change_of(event, contact)
    change.typed["what"]["title_fi"] = ["Perhekahvila ja leikkitupa"]
    change.typed["whom"]["target_groups"] = [str(TargetGroup.objects.first().pk)]
    change.save()
    sent = sending.send(change, contact)
    first, second = event.upcoming_dates()[:2]
    cancel(person, event, first)
    move(person, event, second, ordinary_day(timezone.localdate(second.starts_at)))
    second.refresh_from_db()

    sent.revision.publish()
    call_command("roll_events")

    assert EventPage.objects.get(pk=event.pk).title == "Perhekahvila ja leikkitupa"
    assert Occurrence.objects.get(pk=first.pk).is_cancelled
    now = Occurrence.objects.get(pk=second.pk)
    assert (now.status, now.starts_at) == ("moved", second.starts_at)


def test_a_cancelled_date_is_held_after_all(person, event):
    row = coming(event)
    cancel(person, event, row)
    row.refresh_from_db()

    restore(person, event, row)

    row.refresh_from_db()
    assert not row.is_cancelled
    assert not OccurrenceChange.objects.exists()


def test_a_moved_date_moves_in_every_calendar(person, event, client):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))

    assert move(person, event, row, day, "17:30").status_code == 302

    row.refresh_from_db()
    assert row.starts_at == local_moment(day, time(17, 30))
    assert row.ends_at == local_moment(day, time(19))
    entry = entry_of(client, f"{INDEX}perhekahvila.ics", row.starts_at)
    assert entry.start == row.starts_at


def test_a_public_holiday_is_asked_about_once(person, event):
    row = coming(event)
    day = date(timezone.localdate().year + 1, 12, 6)

    asked = move(person, event, row, day)

    assert asked.status_code == 422
    assert "itsenäisyyspäivä" in asked.text.lower()
    assert not OccurrenceChange.objects.exists()
    hidden = re.search(r'name="holiday" value="([^"]+)"', asked.text)[1]
    assert move(person, event, row, day, holiday=hidden).status_code == 302


def test_a_school_holiday_of_the_groups_town_is_asked_about_once(person, event):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))
    elsewhere = SchoolBreak.objects.create(
        name={"fi": "Hiihtoloma"}, start_date=day, end_date=day
    )
    elsewhere.municipalities.add(factories.town("hamina"))
    autumn = SchoolBreak.objects.create(
        name={"fi": "Syysloma"}, start_date=day, end_date=day + timedelta(days=3)
    )
    autumn.municipalities.add(factories.town("kotka"))

    asked = move(person, event, row, day)

    assert asked.status_code == 422
    assert "Syysloma" in asked.text
    assert "Hiihtoloma" not in asked.text
    assert move(person, event, row, day, holiday=str(day)).status_code == 302


def test_another_towns_school_holiday_is_not_asked_about(person, event):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))
    elsewhere = SchoolBreak.objects.create(
        name={"fi": "Hiihtoloma"}, start_date=day, end_date=day
    )
    elsewhere.municipalities.add(factories.town("hamina"))

    assert move(person, event, row, day).status_code == 302


def test_a_note_that_is_too_long_stays_in_its_field(person, event):
    long = "Ohjaaja on sairaana. " * 20

    response = cancel(person, event, coming(event), note_fi=long)

    assert response.status_code == 422
    assert long.strip() in response.text
    assert not OccurrenceChange.objects.exists()


@pytest.mark.parametrize(
    "note", ["<script>alert(1)</script>", "{{ 7 }}", "\u202e\u0000x", "='1+1"]
)
def test_a_hostile_note_is_plain_text_for_residents(person, event, client, note):
    response = cancel(person, event, coming(event), note_fi=note)

    assert response.status_code in (302, 422)
    assert "<script>alert" not in client.get(event.path_in("fi")).text
    assert "<script>alert" not in person.get(address(event)).text


def test_a_date_that_has_gone_is_told_and_the_note_is_shown(person, event):
    row = coming(event)
    event.rules = [factories.weekly_rule(weekdays=[4])]
    event.save_revision().publish()

    response = cancel(person, event, row, note_fi="Ohjaaja on sairaana.")

    assert response.status_code == 422
    assert response.context["lost"]
    assert "Ohjaaja on sairaana." in response.text


def test_another_groups_date_is_refused(person, event, event_index):
    other = factories.make_event(event_index, "Lauluryhmä")

    response = cancel(person, event, coming(other))

    assert response.status_code == 422
    assert not coming(other).is_cancelled


def test_many_dates_come_in_pages_and_a_change_stays_on_its_page(person, event):
    second = f"{address(event)}?page=2"
    row = person.get(second).context["rows"][0].date

    response = person.post(second, {"action": "cancel", "date": row.pk})

    assert response.url == second
    assert person.get(second).context["rows"][0].date.is_cancelled
