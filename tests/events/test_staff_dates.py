"""Staff cancel, move and restore single dates of a group."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.breaks import public_holidays
from events.models import Occurrence, OccurrenceChange
from events.recurrence import local_moment
from tests import factories
from tests.editing import edit_address, messages_of, staff_client


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


@pytest.fixture
def event(event_index):
    """Tuesdays from 14 to 15.30."""
    return factories.make_event(event_index, "Perhekahvila")


def address(event):
    return reverse("event_staff:dates", args=[event.pk])


def coming(event, number=1):
    """The date after `number` others."""
    return event.upcoming_dates()[number]


def ordinary_day(after):
    """A Thursday that is no public holiday."""
    day = after + timedelta(days=(4 - after.isoweekday()) % 7 or 7)
    while day in public_holidays(day.year):
        day += timedelta(weeks=1)
    return day


def cancel(client, event, row, **fields):
    data = {"action": "cancel", "date": row.pk} | fields
    return client.post(address(event), data)


def move(client, event, row, day, clock="17:00", **fields):
    data = {"action": "move", "date": row.pk, "day": str(day), "time": clock}
    return client.post(address(event), data | fields)


def restore(client, event, row, **fields):
    data = {"action": "restore", "date": row.pk, "status": row.status}
    return client.post(address(event), data | fields)


def errors_in(response, form="lost"):
    assert response.status_code == 422, response
    sent = response.context["sent"]
    return dict(sent.errors)


def logged(event):
    return list(
        PageLogEntry.objects.filter(page=event.pk, action__startswith="events.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


# Cancelling


def test_a_date_is_cancelled_with_a_note_and_residents_see_it(moderator, event, client):
    row = coming(event)

    response = cancel(
        moderator, event, row, note_fi="Ohjaaja on sairaana.", note_sv="Ledaren sjuk."
    )

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.is_cancelled
    assert row.note == {"fi": "Ohjaaja on sairaana.", "sv": "Ledaren sjuk."}
    assert "Ohjaaja on sairaana." in client.get(event.path_in("fi")).text
    assert "Ledaren sjuk." in client.get(event.path_in("sv")).text


def test_cancelling_the_next_date_moves_the_groups_place_in_the_lists(moderator, event):
    first, second = event.upcoming_dates()[:2]

    cancel(moderator, event, first)

    event.search_row.refresh_from_db()
    assert event.search_row.next_start == second.starts_at


def test_publishing_a_waiting_text_does_not_undo_a_cancellation(moderator, event):
    waiting = event.save_revision()

    cancel(moderator, event, coming(event))
    waiting.publish()

    assert coming(event).is_cancelled
    assert event.revisions.count() == 1


def test_sending_a_cancellation_twice_changes_nothing_more(moderator, event):
    row = coming(event)

    for _time in range(2):
        assert cancel(moderator, event, row, note_fi="Sairaana").status_code == 302

    assert OccurrenceChange.objects.count() == 1
    assert logged(event) == ["events.cancel_date"]


def test_the_list_says_dates_in_words_and_marks_what_is_cancelled(moderator, event):
    row = coming(event)
    cancel(moderator, event, row)

    page = moderator.get(address(event))

    assert page.status_code == 200
    assert [shown.date.pk for shown in page.context["rows"]][:3] == [
        each.pk for each in event.upcoming_dates()[:3]
    ]
    shown = page.context["rows"][1]
    assert [form.action for form in shown.forms] == ["restore"]
    assert f"ti {row.starts_at.day}.{row.starts_at.month}. klo 14.00–15.30" in page.text


def test_a_note_that_is_too_long_is_told_at_its_field_and_stays(moderator, event):
    row = coming(event)
    long = "Ohjaaja on sairaana. " * 20

    response = cancel(moderator, event, row, note_fi=long)

    assert list(errors_in(response)) == ["note"]
    assert long.strip() in response.text
    assert '<details class="staff-change" name="change" open>' in response.text
    assert not OccurrenceChange.objects.exists()


# Moving


def test_a_moved_date_keeps_its_length(moderator, event):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))

    response = move(moderator, event, row, day, "17:30", note_fi="Vain tällä kertaa.")

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.status == Occurrence.Status.MOVED
    assert row.starts_at == local_moment(day, time(17, 30))
    assert row.ends_at == local_moment(day, time(19))
    assert row.note == {"fi": "Vain tällä kertaa."}


def test_a_move_can_be_sent_twice_and_changed(moderator, event):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))

    for _time in range(2):
        assert move(moderator, event, row, day).status_code == 302
    assert logged(event) == ["events.move_date"]
    assert move(moderator, event, row, day, "18:00").status_code == 302

    row.refresh_from_db()
    assert timezone.localtime(row.starts_at).hour == 18
    assert OccurrenceChange.objects.count() == 1


def test_a_date_without_an_hour_is_moved_to_another_day(moderator, event_index):
    start = timezone.localdate() + timedelta(days=9)
    event = factories.make_event(
        event_index,
        dates=[
            factories.single_date(
                local_moment(start, time(0)), ends_at=None, is_all_day=True
            )
        ],
    )
    row = event.occurrences.get()
    day = ordinary_day(start)

    assert move(moderator, event, row, day, "").status_code == 302

    row.refresh_from_db()
    assert row.is_all_day
    assert timezone.localdate(row.starts_at) == day


@pytest.mark.parametrize(
    ("day", "clock", "field"),
    [
        ("", "14:00", "day"),
        ("huomenna", "14:00", "day"),
        ("0001-01-01", "14:00", "day"),
        ("9999-12-31", "14:00", "day"),
        ("2099-06-01", "14:00", "day"),
        ("2020-01-01", "14:00", "day"),
        ("2026-99-99", "14:00", "day"),
        ("+3", "", "time"),
        ("+3", "25:00", "time"),
    ],
)
def test_a_time_that_cannot_be_is_told_at_its_field(
    moderator, event, day, clock, field
):
    if day == "+3":
        day = ordinary_day(timezone.localdate())

    response = move(
        moderator, event, coming(event), day, clock, note_fi="Sali on varattu."
    )

    assert list(errors_in(response)) == [field]
    assert "Sali on varattu." in response.text
    assert not OccurrenceChange.objects.exists()


def test_an_hour_that_the_clocks_leap_over_is_refused(
    moderator,
    event,
):
    leap = date(2027, 3, 28)
    if not timezone.localdate() < leap < timezone.localdate() + timedelta(days=700):
        pytest.skip("The day is not ahead any more.")

    response = move(
        moderator, event, coming(event), leap, "03:30", holiday=leap.isoformat()
    )

    assert list(errors_in(response)) == ["time"]


def test_a_date_is_not_moved_onto_another_of_the_same_group(moderator, event):
    row, other = event.upcoming_dates()[1:3]
    day = timezone.localdate(other.starts_at)
    known = {"holiday": day.isoformat()}

    for clock in ("14:00", "13:00", "15:00"):
        response = move(moderator, event, row, day, clock, **known)
        assert list(errors_in(response)) == ["day"], clock

    # Before and after the other there is room.
    assert move(moderator, event, row, day, "12:30", **known).status_code == 302
    row.refresh_from_db()
    assert move(moderator, event, row, day, "15:30", **known).status_code == 302


def test_a_date_is_not_moved_to_its_own_time(moderator, event):
    row = coming(event)
    start = timezone.localtime(row.starts_at)

    response = move(moderator, event, row, start.date(), start.strftime("%H:%M"))

    assert list(errors_in(response)) == ["day"]


def test_a_public_holiday_is_asked_about_once(moderator, event):
    row = coming(event)
    today = timezone.localdate()
    day = min(
        day
        for year in (today.year, today.year + 1)
        for day, name in public_holidays(year).items()
        if day > today + timedelta(days=14) and day.isoweekday() != 2
    )

    asked = move(moderator, event, row, day, note_fi="Poikkeuksellisesti")

    assert list(errors_in(asked)) == ["day"]
    assert public_holidays(day.year)[day] in asked.text
    assert not OccurrenceChange.objects.exists()
    hidden = re.search(r'name="holiday" value="([^"]+)"', asked.text)[1]
    assert hidden == day.isoformat()
    assert move(moderator, event, row, day, holiday=hidden).status_code == 302
    row.refresh_from_db()
    assert timezone.localdate(row.starts_at) == day


def test_a_meant_holiday_is_not_another_one(moderator, event):
    christmas, eve = date(2027, 12, 25), date(2027, 12, 24)

    response = move(moderator, event, coming(event), eve, holiday=christmas.isoformat())

    assert list(errors_in(response)) == ["day"]


# Taking back


def test_a_cancelled_date_is_held_after_all(moderator, event):
    row = coming(event)
    start = row.starts_at
    cancel(moderator, event, row, note_fi="Sairaana")
    row.refresh_from_db()

    for _time in range(2):
        assert restore(moderator, event, row).status_code == 302

    again = Occurrence.objects.get(pk=row.pk)
    assert (again.status, again.starts_at, again.note) == ("scheduled", start, {})
    assert not OccurrenceChange.objects.exists()
    assert logged(event) == ["events.cancel_date", "events.restore_date"]


def test_a_date_moved_and_then_cancelled_stays_where_it_was_moved_to(moderator, event):
    row = coming(event)
    day = ordinary_day(timezone.localdate(row.starts_at))
    start = local_moment(day, time(17))
    move(moderator, event, row, day)

    cancel(moderator, event, row)
    row.refresh_from_db()
    assert (row.status, row.starts_at) == ("cancelled", start)

    for _time in range(2):  # The second, sent by mistake, takes nothing more back.
        assert restore(moderator, event, row).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.starts_at) == ("moved", start)

    restore(moderator, event, row)
    row.refresh_from_db()
    assert (row.status, row.starts_at) == ("scheduled", row.original_start)


def test_a_date_does_not_come_back_onto_another(moderator, event):
    row, other = event.upcoming_dates()[1:3]
    day = timezone.localdate(row.starts_at)
    move(moderator, event, row, ordinary_day(day))
    row.refresh_from_db()
    assert (
        move(moderator, event, other, day, "14:30", holiday=day.isoformat()).status_code
        == 302
    )

    response = restore(moderator, event, row)

    assert list(errors_in(response)) == ["date"]
    row.refresh_from_db()
    assert row.status == "moved"


# What can have happened meanwhile


def test_a_date_that_has_gone_is_told_and_the_note_is_shown(moderator, event):
    row = coming(event)
    event.rules = [factories.weekly_rule(weekdays=[4])]
    event.save_revision().publish()
    assert not Occurrence.objects.filter(pk=row.pk).exists()

    response = cancel(moderator, event, row, note_fi="Ohjaaja on sairaana.")

    assert list(errors_in(response)) == ["date"]
    assert response.context["lost"]
    assert "Ohjaaja on sairaana." in response.text
    assert not OccurrenceChange.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "1\x00"])
def test_a_date_that_never_was_is_refused(moderator, event, key):
    response = moderator.post(address(event), {"action": "cancel", "date": key})

    assert list(errors_in(response)) == ["date"]


def test_another_groups_date_is_refused(moderator, event, event_index):
    other = factories.make_event(event_index, "Lauluryhmä")

    response = cancel(moderator, event, coming(other))

    assert list(errors_in(response)) == ["date"]
    assert not coming(other).is_cancelled


def test_a_date_that_is_over_is_listed_but_not_changed(moderator, event_index):
    yesterday = timezone.now() - timedelta(days=1)
    event = factories.make_event(event_index, dates=[factories.single_date(yesterday)])
    row = event.occurrences.get()

    response = cancel(moderator, event, row)

    assert list(errors_in(response)) == ["date"]
    page = moderator.get(address(event))
    assert [(shown.date, shown.forms) for shown in page.context["past"]] == [(row, [])]


def test_an_unknown_change_is_a_bad_request(moderator, event):
    for action in ("", "delete", "cancel\x00"):
        response = moderator.post(address(event), {"action": action})
        assert response.status_code == 400, action


def test_a_group_that_is_not_public_has_no_dates_to_change(moderator, event):
    row = coming(event)
    event.unpublish()

    page = moderator.get(address(event))
    sent = cancel(moderator, event, row)

    assert "<form" not in page.text.split('class="staff-page"')[1]
    assert sent.status_code == 302
    assert not OccurrenceChange.objects.exists()


# Who may


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, False), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_dates_belong_to_those_who_may_publish(event, role, may):
    client = staff_client(role)
    row = coming(event)

    page = client.get(address(event))
    cancel(client, event, row)

    assert (page.status_code == 200) == may
    assert OccurrenceChange.objects.exists() == may
    if role != REVIEWERS:
        assert (address(event) in client.get(edit_address(event)).text) == may


def test_nobody_else_gets_in(event):
    page = Client().get(address(event))

    assert page.status_code == 302
    assert "login" in page.headers["Location"]


def test_a_form_without_its_token_is_refused(moderator, event):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = moderator.cookies
    row = coming(event)

    refused = cancel(strict, event, row)
    assert refused.status_code == 403
    assert not OccurrenceChange.objects.exists()

    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', strict.get(address(event)).text
    )[1]
    taken = cancel(strict, event, row, csrfmiddlewaretoken=token)
    assert taken.status_code == 302


def test_reading_changes_nothing(moderator, event):
    row = coming(event)

    moderator.get(address(event), {"action": "cancel", "date": row.pk})

    assert not OccurrenceChange.objects.exists()
    assert logged(event) == []


def test_a_group_that_is_not_there_is_not_found(moderator):
    for key in (12345, 10**30):
        assert moderator.get(f"/admin/groups/{key}/dates/").status_code == 404


# Log, ways here, length


def test_history_tells_who_changed_which_date_and_when(moderator, event):
    row = coming(event)
    cancel(moderator, event, row, note_fi="Ohjaaja on sairaana.")

    entry = PageLogEntry.objects.get(page=event.pk, action="events.cancel_date")
    page = moderator.get(reverse("wagtailadmin_pages:history", args=[event.pk]))

    assert entry.user.groups.get().name == MODERATORS
    assert datetime.fromisoformat(entry.data["date"]) == row.starts_at
    assert f"ti {row.starts_at.day}.{row.starts_at.month}. klo 14.00" in page.text
    assert "Ohjaaja on sairaana." in page.text


def test_the_listing_and_the_editor_lead_to_the_dates(
    moderator, event, event_index, homes
):
    listing = moderator.get(reverse("wagtailadmin_explore", args=[event_index.pk]))
    editor = moderator.get(edit_address(event))
    elsewhere = moderator.get(edit_address(homes["fi"]))

    assert address(event) in listing.text
    # In the menu of the header, and beside “Publish”.
    assert editor.text.count(address(event)) >= 2
    assert "/admin/groups/" not in elsewhere.text.split("<main")[-1]


def test_many_dates_come_in_pages_and_a_change_stays_on_its_page(moderator, event):
    second = address(event) + "?p=2"
    page = moderator.get(second)
    row = page.context["rows"][0].date

    response = moderator.post(second, {"action": "cancel", "date": row.pk})

    assert len(page.context["rows"]) == 15
    assert response.headers["Location"] == second
    assert moderator.get(second).context["rows"][0].date.is_cancelled
    for odd in ("0", "-1", "x", "9" * 30):
        assert moderator.get(address(event), {"p": odd}).status_code == 200


def test_the_page_costs_the_same_however_many_dates_there_are(
    moderator, event_index, django_assert_num_queries
):
    few = factories.make_event(
        event_index,
        dates=[factories.single_date(timezone.now() + timedelta(days=2))],
    )
    many = factories.make_event(event_index)
    moderator.get(address(few))
    with CaptureQueriesContext(connection) as queries:
        moderator.get(address(few))
    cost = len(queries)

    with django_assert_num_queries(cost):
        moderator.get(address(many))


def test_what_was_done_is_said_in_a_sentence(moderator, event):
    row = coming(event)
    data = {"action": "cancel", "date": row.pk}

    done = moderator.post(address(event), data, follow=True)

    assert len(messages_of(done)) == 1
    assert "klo 14.00–15.30" in messages_of(done)[0]
