"""What an editor sees of dates before publishing."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import MODERATORS
from events.days import day_in_words
from events.models import EventText, OccurrenceChange
from events.recurrence import local_moment
from tests import factories
from tests.editing import edit_address, filled, staff_client


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


@pytest.fixture
def event(event_index):
    event = factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Perhekahvila", lead="Tule mukaan."),
            EventText(language="sv", title="Familjecafé", lead="Kom med."),
        ],
        organisers=[factories.make_organisation()],
    )
    event.save_revision().publish()
    return event


def preview(client, event, changes=None, language="fi"):
    """Of the form as it stands in the editor, unsaved."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[event.pk])
    sent = client.post(address, filled(client, edit_address(event), changes))
    assert sent.json()["is_valid"]
    response = client.get(address, {"mode": language})
    assert response.status_code == 200
    return response


def test_cancelled_and_moved_dates_show_in_the_preview(moderator, event):
    first, second = event.upcoming_dates()[:2]
    day = timezone.localdate(second.starts_at) + timedelta(days=1)
    OccurrenceChange.objects.create(
        event=event,
        original_start=first.original_start,
        kind="cancelled",
        note={"fi": "Ohjaaja on sairaana.", "sv": "Ledaren är sjuk."},
    )
    OccurrenceChange.objects.create(
        event=event,
        original_start=second.original_start,
        kind="moved",
        new_start=local_moment(day, time(17)),
    )

    finnish = preview(moderator, event)
    swedish = preview(moderator, event, language="sv")

    shown = finnish.context_data["dates"]
    assert [date.status for date in shown[:3]] == ["cancelled", "moved", "scheduled"]
    assert "Ohjaaja on sairaana." in finnish.text
    assert f"{day_in_words(day)} klo 17.00–18.30" in finnish.text
    assert "Ledaren är sjuk." in swedish.text
    assert 'lang="sv"' in swedish.text


def test_a_far_moved_date_stands_in_its_new_place(moderator, event):
    first = event.upcoming_dates()[0]
    day = timezone.localdate(first.starts_at) + timedelta(days=16)
    OccurrenceChange.objects.create(
        event=event,
        original_start=first.original_start,
        kind="moved",
        new_start=local_moment(day, time(17)),
    )

    dates = preview(moderator, event).context_data["dates"]

    assert dates == sorted(dates, key=lambda date: date.starts_at)
    assert dates[2].status == "moved"


def test_unsaved_rules_show_with_changes_of_dates_that_stay(moderator, event):
    second = event.upcoming_dates()[1]
    OccurrenceChange.objects.create(
        event=event, original_start=second.original_start, kind="cancelled"
    )

    page = preview(moderator, event, {"rules-0-weekdays": ["2", "4"]})

    shown = page.context_data["dates"]
    days = {timezone.localdate(date.starts_at).isoweekday() for date in shown}
    assert days == {2, 4}
    cancelled = [date.starts_at for date in shown if date.is_cancelled]
    assert cancelled == [second.starts_at]
    # Nothing of it is written.
    assert {
        timezone.localdate(date.starts_at).isoweekday()
        for date in event.upcoming_dates()
    } == {2}


def test_a_draft_for_the_next_season_is_previewed_with_its_own_dates(moderator, event):
    OccurrenceChange.objects.create(
        event=event,
        original_start=event.upcoming_dates()[0].original_start,
        kind="cancelled",
    )
    rule = event.rules.get()
    first = timezone.localdate() + timedelta(weeks=8)
    moderator.post(
        reverse("event_staff:next-season", args=[event.pk]),
        {f"rule-{rule.pk}-first_day": str(first), f"rule-{rule.pk}-last_day": ""},
    )
    made = event.next_seasons.get()

    shown = preview(moderator, made).context_data["dates"]

    assert all(timezone.localdate(date.starts_at) >= first for date in shown)
    assert not any(date.is_cancelled for date in shown)
