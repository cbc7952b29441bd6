"""Times that change at the door, around single dates that were changed before."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import moderation
from events.date_rows import dates_of_draft
from events.models import EventPage, Occurrence, Submission
from tests import factories

from .door import START, client_of, make_contact, send
from .sent import make_public

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY = 4, 5


def door_of(event: EventPage) -> Client:
    """Of a contact whose organisation staff trust."""
    organisation = event.organisers.all()[0]
    organisation.is_trusted = True
    organisation.save()
    return client_of(make_contact(organisation))


def begin_change(client: Client, event: EventPage) -> Submission:
    assert client.post(f"{START}change/{event.pk}/").status_code == 302
    return Submission.objects.latest("pk")


def write(client: Client, draft: Submission, step: str, **fields: Any) -> Any:
    """The step as it stands, with some of its fields written otherwise."""
    draft.refresh_from_db()
    data = draft.typed_in(step) | fields
    return client.post(f"{START}draft/{draft.key}/{step}/", data)


def rules(*each: tuple[int, str, str]) -> dict[str, Any]:
    """Weekly, by weekday, from and to."""
    fields: dict[str, Any] = {"rule-TOTAL_FORMS": [str(len(each))]}
    start = timezone.localdate() - timedelta(weeks=4)
    for number, (weekday, begins, ends) in enumerate(each):
        row = {
            "repeats": "weekly-1",
            "weekdays": str(weekday),
            "start_time": begins,
            "end_time": ends,
            "start_date": start.isoformat(),
        }
        fields |= {f"rule-{number}-{name}": [value] for name, value in row.items()}
    return fields


def change_times(
    client: Client, event: EventPage, *each: tuple[int, str, str]
) -> Submission:
    draft = begin_change(client, event)
    assert write(client, draft, "when", **rules(*each)).status_code == 302
    assert send(client, draft).status_code == 302
    draft.refresh_from_db()
    return draft


def press(client: Client, event: EventPage, action: str, **fields: Any) -> Any:
    return client.post(f"{START}groups/{event.pk}/", {"action": action} | fields)


def cancel(client: Client, event: EventPage, row: Occurrence) -> None:
    note = {"note_fi": "Ohjaaja on sairaana."}
    assert press(client, event, "cancel", date=row.pk, **note).status_code == 302


def move(client: Client, event: EventPage, row: Occurrence, day: date) -> None:
    fields = {"date": row.pk, "day": str(day), "time": "17:00", "holiday": str(day)}
    assert press(client, event, "move", **fields).status_code == 302


def states(dates: Any) -> list[tuple[str, str]]:
    return [(f"{timezone.localtime(row.starts_at):%H:%M}", row.status) for row in dates]


def group_on_thursdays(index: Any, *hours: int) -> EventPage:
    made = [
        factories.weekly_rule(
            weekdays=[THURSDAY], start_time=time(hour), end_time=time(hour + 1)
        )
        for hour in hours
    ]
    return make_public(index, "Olohuone", rules=made)


def test_a_change_that_waited_and_one_that_is_carried_there_become_one(
    event_index: Any,
) -> None:
    event = group_on_thursdays(event_index, 14)
    client = door_of(event)
    cancel(client, event, event.upcoming_dates()[0])
    change_times(client, event, (FRIDAY, "14:00", "15:00"))
    change_times(client, event, (THURSDAY, "16:00", "17:00"))
    cancel(client, event, event.upcoming_dates()[0])

    sent = change_times(client, event, (THURSDAY, "14:00", "15:00"))

    assert sent.status == Submission.Status.APPROVED
    first, second = event.upcoming_dates()[:2]
    assert states([first, second]) == [("14:00", "cancelled"), ("14:00", "scheduled")]
    assert event.occurrence_changes.get().original_start == first.original_start


@pytest.mark.parametrize(
    ("before", "after"),
    [([14], ["13:00", "15:00"]), ([10, 14], ["12:00"]), ([10, 14], ["10:00"])],
)
def test_a_day_on_which_all_is_cancelled_stays_so_when_its_times_change(
    event_index: Any, before: list[int], after: list[str]
) -> None:
    event = group_on_thursdays(event_index, *before)
    client = door_of(event)
    number = len(before)
    for row in event.upcoming_dates()[:number]:
        cancel(client, event, row)
    ends = [f"{clock[:2]}:50" for clock in after]
    times = [(THURSDAY, *clocks) for clocks in zip(after, ends, strict=True)]
    draft = begin_change(client, event)
    write(client, draft, "when", **rules(*times))
    write(client, draft, "what", title_fi=["Olohuone ja leikkitupa"])
    send(client, draft)
    draft.refresh_from_db()
    planned = dates_of_draft(draft.revision.as_object(), timezone.now())

    moderation.approve(draft, draft.revision_id, factories.make_administrator())

    event = EventPage.objects.get(pk=event.pk)
    dates = event.upcoming_dates()[: len(after) + 1]
    cancelled = [(clock, "cancelled") for clock in after]
    assert states(dates) == [*cancelled, (after[0], "scheduled")]
    assert states(planned[: len(after) + 1]) == states(dates)
    assert dates[0].note == dates[len(after) - 1].note == {"fi": "Ohjaaja on sairaana."}


def test_a_day_on_which_one_of_two_is_cancelled_is_not_cancelled_as_a_whole(
    event_index: Any,
) -> None:
    event = group_on_thursdays(event_index, 10, 14)
    client = door_of(event)
    cancel(client, event, event.upcoming_dates()[0])

    change_times(client, event, (THURSDAY, "12:00", "13:00"))

    assert states(event.upcoming_dates()[:1]) == [("12:00", "scheduled")]


def test_a_date_of_today_is_not_moved_onto_one_that_is_over(event_index: Any) -> None:
    """The later of two is taken away while the first one is held already."""
    now = timezone.now()
    over, running = now - timedelta(minutes=30), now - timedelta(minutes=10)
    singles = [
        factories.single_date(over, ends_at=over + timedelta(minutes=5)),
        factories.single_date(running),
    ]
    event = make_public(event_index, "Olohuone", dates=singles)
    client = door_of(event)
    first, second = event.occurrences.order_by("starts_at")
    cancel(client, event, second)

    event.extra_dates.set([factories.single_date(over, ends_at=first.ends_at)])
    event.save_revision().publish()

    assert not event.occurrences.get(pk=first.pk).is_cancelled
    assert event.occurrence_changes.get().original_start == second.original_start


def test_the_day_on_which_a_date_is_held_counts_when_a_group_ends(
    event_index: Any,
) -> None:
    event = group_on_thursdays(event_index, 14)
    client = door_of(event)
    first, second = event.upcoming_dates()[:2]
    last = timezone.localdate(first.starts_at) + timedelta(days=3)
    move(client, event, first, last + timedelta(days=17))
    move(client, event, second, last - timedelta(days=2))

    assert press(client, event, "end", day=str(last)).status_code == 302

    assert [row.pk for row in event.upcoming_dates()] == [second.pk]
    press(client, event, "go-on")
    days = [timezone.localdate(row.starts_at) for row in event.upcoming_dates()]
    assert last + timedelta(days=17) in days


def group_moved_from_the_past(index: Any, until: date) -> EventPage:
    """Held every day at one minute past midnight; the last one is still to come."""
    rule = factories.weekly_rule(
        weekdays=[*range(1, 8)],
        start_time=time(0, 1),
        end_time=time(0, 2),
        end_date=timezone.localdate() + timedelta(weeks=3),
    )
    event = make_public(index, "Olohuone", rules=[rule])
    past = event.occurrences.filter(over_at__lte=timezone.now()).latest("starts_at")
    event.occurrence_changes.create(
        original_start=past.original_start,
        kind="moved",
        new_start=noon(until),
    )
    return event


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_a_date_that_was_moved_from_a_past_day_goes_when_the_group_ends_before(
    event_index: Any,
) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=10)
    event = group_moved_from_the_past(event_index, day)
    client = door_of(event)
    assert event.occurrences.filter(starts_at=noon(day)).exists()

    press(client, event, "end", day=str(today + timedelta(days=3)))
    assert not event.occurrences.filter(starts_at=noon(day)).exists()

    press(client, event, "go-on")
    assert event.occurrences.filter(starts_at=noon(day)).exists()


def test_a_date_does_not_go_back_to_a_time_that_is_past(event_index: Any) -> None:
    day = timezone.localdate() + timedelta(days=1)
    event = group_moved_from_the_past(event_index, day)
    client = door_of(event)
    row = event.occurrences.get(status="moved")
    assert f"restore-{row.pk}-" not in client.get(f"{START}groups/{event.pk}/").text

    response = press(client, event, "restore", date=row.pk, status="moved")

    assert response.status_code == 422
    assert event.occurrences.get(pk=row.pk).starts_at == noon(day)
    # Cancelled, it can be held after all: at the time that it was moved to.
    cancel(client, event, row)
    assert f"restore-{row.pk}-" in client.get(f"{START}groups/{event.pk}/").text
    press(client, event, "restore", date=row.pk, status="cancelled")
    assert event.occurrences.get(pk=row.pk).starts_at == noon(day)
    assert event.occurrences.get(pk=row.pk).status == "moved"
