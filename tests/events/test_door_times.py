"""Times that change at the door, around single dates that were changed before."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import moderation
from events.date_rows import dates_of_draft
from events.door.when_forms import FORMSETS, MOST_DATES, MOST_RULES
from events.models import Break, EventPage, EventText, Occurrence, Submission
from tests import factories

from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    plain_what,
    plain_when,
    send,
)
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
    over, later = now - timedelta(minutes=30), now + timedelta(minutes=10)
    singles = [
        factories.single_date(over, ends_at=over + timedelta(minutes=5)),
        factories.single_date(later),
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


# What a form shows less of than the group has


def sent_untouched(client: Client, event: EventPage, step: str = "") -> EventPage:
    """Sent as it is; one of its steps saved as well."""
    draft = begin_change(client, event)
    if step:
        assert write(client, draft, step).status_code == 302
    assert send(client, draft).status_code == 302
    draft.refresh_from_db()
    return draft.revision.as_object()


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize("ends", ["at the next day's beginning", "at 23.59", "unsaid"])
def test_whole_days_stay_as_long_as_they_were(
    event_index: Any, days: int, ends: str
) -> None:
    day = timezone.localdate() + timedelta(days=10)
    starts_at, after = midnight(day), midnight(day + timedelta(days=days))
    ends_at = {"at the next day's beginning": after, "unsaid": None}.get(
        ends, after - timedelta(minutes=1)
    )
    single = factories.single_date(starts_at, ends_at=ends_at, is_all_day=True)
    event = make_public(event_index, "Avoimet ovet", kind="event", dates=[single])

    made = sent_untouched(door_of(event), event, "when").extra_dates.get()

    assert (made.starts_at, made.ends_at) == (starts_at, ends_at)
    assert made.is_all_day


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


def group_with_break(index: Any) -> EventPage:
    event = group_on_thursdays(index, 14)
    reason = {"fi": "Heinäkuu", "sv": "Juli", "en": "July"}
    event.breaks = [
        Break(start_date=date(2027, 7, 1), end_date=date(2027, 7, 31), reason=reason)
    ]
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def test_a_reason_that_is_not_touched_keeps_its_languages(event_index: Any) -> None:
    event = group_with_break(event_index)
    client = door_of(event)
    client.post(f"/sv/anmal/change/{event.pk}/")
    draft = Submission.objects.latest("pk")
    assert write(client, draft, "when", **{"break-0-end_date": ["2027-08-01"]})

    sender = {"name": "Esimerkki Henkilö", "phone": ""}
    client.post(f"/sv/anmal/draft/{draft.key}/check/", sender)

    made = EventPage.objects.get(pk=event.pk).breaks.get()
    assert made.end_date == date(2027, 8, 1)
    assert made.reason == {"fi": "Heinäkuu", "sv": "Juli", "en": "July"}


def test_a_reason_is_written_in_the_main_language(event_index: Any) -> None:
    event = group_with_break(event_index)
    event.main_language = "sv"
    event.texts = [EventText(language="sv", title="Vardagsrum", lead="Välkommen.")]
    event.save_revision().publish()
    client = door_of(event)
    draft = begin_change(client, event)
    assert draft.typed_in("when")["break-0-reason"] == ["Juli"]
    write(client, draft, "when", **{"break-0-reason": ["Sommarpaus"]})
    send(client, draft)

    made = EventPage.objects.get(pk=event.pk).breaks.get()
    assert made.reason == {"sv": "Sommarpaus"}


def test_what_the_group_has_is_never_too_much(event_index: Any) -> None:
    now = timezone.now()
    dates = [
        factories.single_date(now + timedelta(days=number + 1))
        for number in range(MOST_DATES + 1)
    ]
    body = f"<p>{'Tule mukaan. ' * 300}</p><p>{'Kahvia on. ' * 300}</p>"
    text = EventText(language="fi", title="Olohuone", lead="Kahvia.", body=body)
    event = make_public(event_index, "Olohuone", dates=dates, texts=[text])
    client = door_of(event)

    assert sent_untouched(client, event, "when").extra_dates.count() == len(dates)

    draft = begin_change(client, event)
    browsers = draft.typed_in("what")["body_fi"][0].replace("\n", "\r\n")
    assert write(client, draft, "what", body_fi=[browsers]).status_code == 302
    assert send(client, draft).status_code == 302
    draft.refresh_from_db()
    made = draft.revision.as_object()
    assert (made.extra_dates.count(), made.texts.get().body) == (len(dates), body)


def test_a_time_that_staff_wrote_is_not_asked_about(event_index: Any) -> None:
    rule = factories.weekly_rule(start_time=time(12), end_time=time(11))
    event = make_public(event_index, "Olohuone", rules=[rule])

    made = sent_untouched(door_of(event), event, "when")

    assert made.rules.get().end_time == time(11)


def new_draft(event_index: Any) -> tuple[Client, Submission]:
    organisation = factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})
    factories.make_venue(name={"fi": "Esimerkkitalo"})
    client = client_of(make_contact(organisation))
    return client, fill_in(client)


def test_a_text_that_is_too_long_is_kept_and_refused_at_its_field(
    event_index: Any,
) -> None:
    client, draft = new_draft(event_index)
    long = "kahvia " * 1714 + "loppu."

    response = write(client, draft, "what", **plain_what(body_fi=long))

    assert response.status_code == 422
    assert response.context["step"].form.errors.keys() == {"body_fi"}
    draft.refresh_from_db()
    assert draft.typed_in("what")["body_fi"] == [long]


# Past midnight


@pytest.mark.parametrize(
    ("begins", "ends", "status"),
    [
        ("21:00", "01:00", 302),
        ("18:00", "06:00", 302),
        ("14:00", "14:00", 422),
        ("14:00", "13:00", 422),
    ],
)
def test_a_group_may_meet_past_midnight(
    event_index: Any, begins: str, ends: str, status: int
) -> None:
    client, draft = new_draft(event_index)
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    weekly = {"rule-0-start_time": begins, "rule-0-end_time": ends}
    single = {
        "date-TOTAL_FORMS": "1",
        "date-0-day": day,
        "date-0-start_time": begins,
        "date-0-end_time": ends,
    }

    for fields in (weekly, single):
        response = write(client, draft, "when", **plain_when(**fields))

        assert response.status_code == status
        assert ("enintään 12 tuntia" in response.text) == (status == 422)
    if status == 302:
        send(client, draft)
        draft.refresh_from_db()
        made = draft.revision.as_object().extra_dates.get()
        assert made.starts_at < made.ends_at <= made.starts_at + timedelta(hours=12)


def test_a_group_that_meets_past_midnight_can_be_changed(event_index: Any) -> None:
    rule = factories.weekly_rule(
        weekdays=[FRIDAY], start_time=time(21), end_time=time(1)
    )
    event = make_public(event_index, "Yökahvila", rules=[rule])

    made = sent_untouched(door_of(event), event, "when")

    assert made.rules.get().end_time == time(1)


# Rows


def test_no_row_is_added_beyond_the_most_and_removed_ones_make_room(
    event_index: Any,
) -> None:
    client, draft = new_draft(event_index)
    hours = range(8, 8 + MOST_RULES)
    full = rules(*((2, f"{hour:02}:00", f"{hour:02}:30") for hour in hours))
    button = 'name="add" value="rule"'
    address = f"{START}draft/{draft.key}/when/"

    write(client, draft, "when", **full, add="rule")

    assert number_of_rows(draft) == MOST_RULES
    assert button not in client.get(address).text
    assert write(client, draft, "when").status_code == 302

    removed = {"rule-1-DELETE": "on", "rule-3-DELETE": "on"}
    assert write(client, draft, "when", **removed).status_code == 302
    assert button in client.get(address).text
    write(client, draft, "when", add="rule")
    assert number_of_rows(draft) == MOST_RULES - 1
    assert draft.typed_in("when")["rule-1-start_time"] == ["10:00"]
    another = rules(*((5, f"{hour:02}:00", f"{hour:02}:30") for hour in hours[:-1]))
    assert write(client, draft, "when", **another).status_code == 302


def number_of_rows(draft: Submission) -> int:
    draft.refresh_from_db()
    return int(draft.typed_in("when")["rule-TOTAL_FORMS"][0])


def test_who_added_a_row_too_many_before_can_remove_it(event_index: Any) -> None:
    client, draft = new_draft(event_index)
    hours = range(8, 9 + MOST_RULES)
    over = rules(*((2, f"{hour:02}:00", f"{hour:02}:30") for hour in hours))

    assert write(client, draft, "when", **over).status_code == 422
    removed = {"rule-10-DELETE": "on"}
    assert write(client, draft, "when", **removed).status_code == 302


@pytest.mark.parametrize("prefix", FORMSETS)
def test_the_button_is_there_while_there_is_room(event_index: Any, prefix: str) -> None:
    client, draft = new_draft(event_index)
    address = f"{START}draft/{draft.key}/when/"
    most = FORMSETS[prefix].max_num
    total = f"{prefix}-TOTAL_FORMS"

    for number, is_there in ((most - 1, True), (most, False)):
        write(client, draft, "when", **{total: str(number)})
        page = client.get(address).text
        assert (f'name="add" value="{prefix}"' in page) == is_there
