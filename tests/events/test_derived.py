"""Dates and index rows follow an event in the transaction that changes it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from events.date_rows import refresh_occurrences
from events.derived import extend_horizon, roll_forward
from events.enums import Feature, TimeOfDay
from events.models import Break, EventState, Occurrence, OccurrenceChange, SearchRow
from events.models.search_rows import slot_bit
from events.recurrence import local_moment
from tests import factories


@pytest.fixture
def event(event_index):
    return factories.make_event(
        event_index, "Perhekahvila", venue=factories.make_venue()
    )


def first_date(event):
    return event.occurrences.upcoming().first()


def test_publishing_writes_dates_and_a_row(event):
    row = event.search_row

    assert event.occurrences.upcoming().count() > 50
    assert row.next_start == first_date(event).starts_at
    assert row.municipality.key == "kotka"
    assert row.slots == 1 << slot_bit(2, TimeOfDay.DAY)
    assert row.goals == 1 << factories.goal().bit


def test_draft_has_no_row_until_it_is_published(event_index):
    event = factories.make_event(event_index, live=False)
    assert not SearchRow.objects.filter(event=event).exists()

    event.save_revision().publish()

    assert SearchRow.objects.filter(event=event).exists()


def test_unpublishing_and_deleting_remove_the_row(event):
    event.unpublish()
    assert not SearchRow.objects.exists()

    event.save_revision().publish()
    assert SearchRow.objects.count() == 1
    event.delete()
    assert not SearchRow.objects.exists()
    assert not Occurrence.objects.exists()


def test_waiting_edit_changes_nothing_that_residents_see(event):
    before = list(event.occurrences.values_list("starts_at", flat=True))
    rule = event.rules.first()
    rule.start_time = time(9)
    event.rules.set([rule])

    event.save_revision()

    assert list(event.occurrences.values_list("starts_at", flat=True)) == before


def test_publishing_a_waiting_edit_keeps_a_date_cancelled_meanwhile(event):
    waiting = event.save_revision()
    date = first_date(event)
    OccurrenceChange.objects.create(
        event=event, original_start=date.original_start, kind="cancelled"
    )

    waiting.publish()

    date.refresh_from_db()
    assert date.status == Occurrence.Status.CANCELLED


def test_publishing_a_waiting_edit_keeps_the_confirmation(event):
    waiting = event.save_revision()
    today = timezone.localdate()
    EventState.objects.create(event=event, confirmed_on=today)

    waiting.publish()

    assert EventState.objects.get(event=event).confirmed_on == today


def test_dates_keep_their_ids_while_their_start_stays(event):
    before = dict(event.occurrences.upcoming().values_list("original_start", "pk"))
    rule = event.rules.first()
    rule.weekdays = [2, 4]
    event.rules.set([rule])

    event.save_revision().publish()

    after = dict(event.occurrences.upcoming().values_list("original_start", "pk"))
    assert len(after) > len(before)
    assert {start: after[start] for start in before} == before


def test_past_dates_are_never_rewritten(event):
    rule = event.rules.first()
    past = list(event.occurrences.filter(over_at__lt=timezone.now()).values())
    assert past

    rule.start_time = time(9)
    event.rules.set([rule])
    event.save_revision().publish()

    kept = event.occurrences.filter(pk__in=[row["id"] for row in past]).values()
    assert list(kept) == past


def test_moved_date_shows_its_new_time_and_keeps_its_length(event):
    date = first_date(event)
    later = date.starts_at + timedelta(days=1, hours=2)

    OccurrenceChange.objects.create(
        event=event, original_start=date.original_start, kind="moved", new_start=later
    )

    moved = event.occurrences.get(original_start=date.original_start)
    assert (moved.starts_at, moved.status) == (later, "moved")
    assert moved.ends_at - moved.starts_at == date.ends_at - date.starts_at


def test_taking_a_cancellation_back_restores_the_date(event):
    date = first_date(event)
    change = OccurrenceChange.objects.create(
        event=event, original_start=date.original_start, kind="cancelled"
    )

    change.delete()

    assert first_date(event).pk == date.pk
    assert first_date(event).status == "scheduled"


def test_paused_and_ended_groups_leave_the_index(event):
    state = EventState.objects.create(event=event, is_paused=True)
    assert not SearchRow.objects.exists()

    state.is_paused = False
    state.save()
    assert SearchRow.objects.count() == 1

    state.ended_on = timezone.localdate() - timedelta(days=1)
    state.save()
    assert not SearchRow.objects.exists()


def is_step_free(event):
    row = SearchRow.objects.get(event=event)
    return bool(row.features >> Feature.STEP_FREE & 1)


def test_venue_is_edited_once_and_counts_everywhere(event):
    venue = event.venue
    assert not is_step_free(event)

    venue.step_free_entrance = True
    venue.municipality = factories.town("hamina")
    venue.save()

    assert is_step_free(event)
    assert SearchRow.objects.get(event=event).municipality.key == "hamina"


@pytest.mark.parametrize(
    ("known", "counts"), [(None, False), (False, False), (True, True)]
)
def test_unknown_entrance_is_not_a_step_free_one(event_index, known, counts):
    venue = factories.make_venue(step_free_entrance=known)

    assert is_step_free(factories.make_event(event_index, venue=venue)) is counts


def test_rows_roll_forward_as_time_passes(event, django_assert_num_queries):
    first, second = event.occurrences.upcoming()[:2]

    with django_assert_num_queries(7):  # Two for the savepoint, two for the version.
        moved = roll_forward(first.over_at + timedelta(seconds=1))

    assert moved == 1
    event.search_row.refresh_from_db()
    assert event.search_row.next_start == second.starts_at


def test_event_after_its_last_date_is_not_in_the_index(event_index):
    starts_at = timezone.now() + timedelta(hours=1)
    factories.make_event(event_index, dates=[factories.single_date(starts_at)])
    assert SearchRow.objects.upcoming().count() == 1

    after = starts_at + timedelta(hours=2)
    roll_forward(after)

    assert not SearchRow.objects.upcoming(after).exists()


def test_calling_refresh_twice_changes_nothing(event):
    before = list(event.occurrences.values())

    refresh_occurrences(event)

    assert list(event.occurrences.values()) == before


def test_weekly_group_of_the_change_of_clocks_is_at_the_same_local_time(event_index):
    rule = factories.weekly_rule(
        start_date=datetime(2026, 10, 13, tzinfo=UTC).date(),
        end_date=datetime(2026, 11, 10, tzinfo=UTC).date(),
    )
    event = factories.make_event(event_index, rules=[rule])
    refresh_occurrences(event, now=datetime(2026, 10, 1, tzinfo=UTC))

    hours = {timezone.localtime(row.starts_at).hour for row in event.occurrences.all()}
    assert hours == {14}


def test_scheduled_end_of_a_page_removes_its_row(event):
    """`publish_scheduled` unpublishes it as a plain page."""
    event.expire_at = timezone.now() - timedelta(minutes=1)
    event.save_revision().publish()
    Page.objects.filter(pk=event.pk).update(expire_at=event.expire_at)
    assert SearchRow.objects.exists()

    call_command("publish_scheduled")

    assert not Page.objects.get(pk=event.pk).live
    assert not SearchRow.objects.exists()


def test_ended_group_has_no_dates_after_its_last_day(event):
    last = event.occurrences.upcoming()[2]

    EventState.objects.create(event=event, ended_on=timezone.localdate(last.starts_at))

    assert list(event.occurrences.upcoming()) == list(event.occurrences.upcoming()[:3])
    roll_forward(last.over_at + timedelta(seconds=1))
    assert not SearchRow.objects.upcoming(last.over_at).exists()


def test_open_ended_group_that_nobody_touches_gets_more_dates(event):
    far = timezone.now() + timedelta(days=366)
    event.occurrences.filter(starts_at__gt=far - timedelta(days=60)).delete()

    extended = list(extend_horizon())

    assert [group.pk for group in extended] == [event.pk]
    assert event.occurrences.filter(starts_at__gt=far).exists()
    assert not list(extend_horizon())


def test_second_group_of_the_same_name_gets_an_address_of_its_own(event_index):
    events = [factories.make_event(event_index, "Perhekahvila") for _each in range(3)]

    assert [event.slug for event in events] == [
        "perhekahvila",
        "perhekahvila-2",
        "perhekahvila-3",
    ]


# Changes of single dates, and rules that change around them


def publish_with(event, **fields):
    """A new revision whose rule is another one, published."""
    rule = event.rules.first()
    for name, value in fields.items():
        setattr(rule, name, value)
    event.rules.set([rule])
    event.save_revision().publish()


def change(event, row, kind="cancelled", **fields):
    return OccurrenceChange.objects.create(
        event=event, original_start=row.original_start, kind=kind, **fields
    )


def test_cancelled_date_goes_with_its_rule_and_comes_back_cancelled(event):
    date = event.occurrences.upcoming()[1]
    change(event, date)

    publish_with(event, weekdays=[4])
    assert not event.occurrences.filter(original_start=date.original_start).exists()
    assert event.occurrence_changes.count() == 1

    publish_with(event, weekdays=[2])
    assert event.occurrences.get(original_start=date.original_start).is_cancelled


def test_cancelled_date_of_the_past_stays_whatever_becomes_of_the_rule(event):
    past = event.occurrences.filter(over_at__lt=timezone.now()).last()
    change(event, past)

    publish_with(event, weekdays=[4], start_time=time(9), end_time=time(9, 30))

    kept = event.occurrences.get(pk=past.pk)
    assert kept.is_cancelled
    assert (kept.starts_at, kept.ends_at) == (past.starts_at, past.ends_at)


def test_cancelled_date_of_long_ago_is_not_lost(event_index):
    start = timezone.localdate() - timedelta(weeks=70)
    event = factories.make_event(
        event_index, rules=[factories.weekly_rule(start_date=start)]
    )
    old = Occurrence.objects.create(
        event=event,
        original_start=timezone.now() - timedelta(weeks=60),
        starts_at=timezone.now() - timedelta(weeks=60),
        over_at=timezone.now() - timedelta(weeks=60),
    )

    change(event, old)

    assert event.occurrences.get(pk=old.pk).is_cancelled


def test_cancellation_of_a_past_date_can_be_taken_back(event):
    past = event.occurrences.filter(over_at__lt=timezone.now()).last()
    cancelled = change(event, past)
    assert event.occurrences.get(pk=past.pk).is_cancelled

    cancelled.delete()

    kept = event.occurrences.filter(pk=past.pk).values().get()
    assert kept == {name: getattr(past, name) for name in kept}


def test_meeting_cancelled_while_it_should_be_running_still_shows(event_index):
    now = timezone.now()
    single = factories.single_date(now - timedelta(minutes=10))
    event = factories.make_event(event_index, dates=[single])
    change(event, event.occurrences.get())

    event.extra_dates.set([factories.single_date(now + timedelta(days=3))])
    event.save_revision().publish()

    assert [row.is_cancelled for row in event.occurrences.upcoming()] == [True, False]


def test_date_moved_from_the_past_into_the_future_is_kept_by_a_rule_change(event):
    past = event.occurrences.filter(over_at__lt=timezone.now()).last()
    later = timezone.now() + timedelta(days=2)
    change(event, past, "moved", new_start=later)

    publish_with(event, weekdays=[4])

    assert event.occurrences.upcoming().get(pk=past.pk).starts_at == later


def test_whole_day_that_is_moved_to_an_hour_shows_the_hour(event_index):
    day = timezone.localdate() + timedelta(days=5)
    single = factories.single_date(local_moment(day, time(0)), is_all_day=True)
    event = factories.make_event(event_index, dates=[single])
    row = event.occurrences.get()
    assert row.is_all_day

    change(event, row, "moved", new_start=local_moment(day, time(17)))

    row.refresh_from_db()
    assert not row.is_all_day


def test_single_date_on_a_rules_date_is_one_date(event_index):
    rule = factories.weekly_rule()
    first = factories.make_event(event_index, rules=[rule]).occurrences.upcoming()[0]
    extra = factories.single_date(first.starts_at, ends_at=None)

    event = factories.make_event(
        event_index, rules=[factories.weekly_rule()], dates=[extra]
    )

    assert event.occurrences.get(original_start=first.starts_at).ends_at is None


def test_new_end_keeps_every_coming_id(event):
    before = dict(event.occurrences.upcoming().values_list("original_start", "pk"))

    publish_with(event, end_time=time(16))

    after = event.occurrences.upcoming()
    assert dict(after.values_list("original_start", "pk")) == before
    assert {timezone.localtime(row.ends_at).hour for row in after} == {16}


@pytest.mark.parametrize("weeks", [5, 60])
def test_new_time_costs_as_much_for_many_dates_as_for_few(
    event_index, weeks, django_assert_max_num_queries
):
    end = timezone.localdate() + timedelta(weeks=weeks)
    event = factories.make_event(
        event_index, rules=[factories.weekly_rule(end_date=end)]
    )
    rule = event.rules.get()
    rule.start_time = time(9)
    rule.save()

    with django_assert_max_num_queries(10):
        refresh_occurrences(event)

    hours = {
        timezone.localtime(row.starts_at).hour for row in event.occurrences.upcoming()
    }
    assert hours == {9}


def test_closed_series_does_not_grow_when_a_break_is_written_over_a_held_meeting(
    event_index,
):
    rule = factories.weekly_rule(count=6)
    event = factories.make_event(event_index, rules=[rule])
    held = event.occurrences.order_by("starts_at")[1]
    assert held.over_at < timezone.now()
    day = timezone.localdate(held.starts_at)

    event.breaks.set([Break(start_date=day, end_date=day)])
    event.save_revision().publish()

    assert event.occurrences.count() == 6


def test_cancelled_date_stays_cancelled_when_the_group_meets_at_another_hour(
    event_index,
):
    event = factories.make_event(event_index)
    first, second = event.upcoming_dates()[:2]
    OccurrenceChange.objects.create(
        event=event,
        original_start=first.original_start,
        kind="cancelled",
        note={"fi": "Ohjaaja on poissa."},
    )

    rule = event.rules.get()
    rule.start_time, rule.end_time = time(16), time(17)
    event.rules = [rule]
    event.save_revision().publish()

    again, after = event.upcoming_dates()[:2]
    assert (again.pk, after.pk) == (first.pk, second.pk)
    assert again.is_cancelled
    assert again.note == {"fi": "Ohjaaja on poissa."}
    assert timezone.localtime(again.original_start).hour == 16
    assert event.occurrence_changes.get().original_start == again.original_start
