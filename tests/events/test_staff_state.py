"""Staff confirm, pause, fill and end a group."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.models import EventState, SearchRow
from tests import factories
from tests.editing import staff_client


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


@pytest.fixture
def event(event_index):
    return factories.make_event(event_index, "Perhekahvila")


def address(event):
    return reverse("event_staff:dates", args=[event.pk])


def press(client, event, action, **fields):
    return client.post(address(event), {"action": action} | fields)


def offered(client, event):
    return [form.action for form in client.get(address(event)).context["state_forms"]]


def logged(event):
    return list(
        PageLogEntry.objects.filter(page=event.pk, action__startswith="events.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_a_group_is_confirmed_today(moderator, event, client):
    assert press(moderator, event, "confirm").status_code == 302

    assert EventState.objects.get().confirmed_on == timezone.localdate()
    assert "confirm" not in offered(moderator, event)
    assert logged(event) == ["events.confirm"]


def test_a_break_takes_the_group_from_the_lists_and_its_end_brings_it_back(
    moderator, event
):
    press(moderator, event, "pause")
    assert not SearchRow.objects.filter(event=event).exists()
    assert "resume" in offered(moderator, event)
    assert "pause" not in offered(moderator, event)

    press(moderator, event, "resume")

    assert SearchRow.objects.filter(event=event).exists()
    assert logged(event) == ["events.pause", "events.resume"]


def test_a_group_is_full_and_has_room_again(moderator, event):
    press(moderator, event, "full")
    assert EventState.objects.get().is_full

    press(moderator, event, "room")

    assert not EventState.objects.get().is_full
    assert logged(event) == ["events.full", "events.room"]


def test_an_ended_group_has_no_dates_after_its_last_day(moderator, event):
    last = timezone.localdate(event.upcoming_dates()[1].starts_at)

    assert press(moderator, event, "end", day=last).status_code == 302

    assert EventState.objects.get().ended_on == last
    assert event.upcoming_dates().count() == 2
    assert "go-on" in offered(moderator, event)
    press(moderator, event, "go-on")
    assert event.upcoming_dates().count() > 2
    assert logged(event) == ["events.end", "events.go_on"]


def test_a_group_that_ended_yesterday_leaves_the_lists(moderator, event, client):
    yesterday = timezone.localdate() - timedelta(days=1)

    press(moderator, event, "end", day=yesterday)

    assert not SearchRow.objects.filter(event=event).exists()
    assert client.get(event.path_in("fi")).status_code == 200


@pytest.mark.parametrize(
    "day", ["", "joulukuussa", "0001-01-01", "9999-12-31", "2099-01-01", "2026-02-30"]
)
def test_a_last_day_that_cannot_be_is_told_at_its_field(moderator, event, day):
    response = press(moderator, event, "end", day=day)

    assert response.status_code == 422
    assert list(response.context["sent"].errors) == ["day"]
    form = next(
        form for form in response.context["state_forms"] if form.action == "end"
    )
    assert form.is_bound
    assert not EventState.objects.exists()


def test_a_button_pressed_twice_changes_and_logs_once(moderator, event):
    last = timezone.localdate() + timedelta(days=30)
    for action in ("confirm", "full", "pause"):
        for _time in range(2):
            assert press(moderator, event, action).status_code == 302
    for _time in range(2):
        assert press(moderator, event, "end", day=last).status_code == 302

    assert logged(event) == [
        f"events.{action}" for action in ("confirm", "full", "pause", "end")
    ]


def test_publishing_a_waiting_text_does_not_undo_a_state(moderator, event):
    waiting = event.save_revision()

    press(moderator, event, "full")
    waiting.publish()

    assert EventState.objects.get().is_full


def test_what_happened_elsewhere_stays(moderator, event):
    EventState.objects.create(event=event, is_full=True)

    press(moderator, event, "confirm")

    state = EventState.objects.get()
    assert state.is_full
    assert state.confirmed_on


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, False), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_the_state_belongs_to_those_who_may_publish(event, role, may):
    press(staff_client(role), event, "full")

    assert EventState.objects.exists() == may


def test_history_says_it_in_words(moderator, event):
    last = timezone.localdate() + timedelta(days=30)
    press(moderator, event, "end", day=last)

    page = moderator.get(reverse("wagtailadmin_pages:history", args=[event.pk]))

    assert str(last.year) in page.text
    entry = PageLogEntry.objects.get(page=event.pk, action="events.end")
    assert entry.data == {"day": last.isoformat()}
    assert str(last.year) in str(entry.message)
