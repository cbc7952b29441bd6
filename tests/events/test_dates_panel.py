"""The editor sees what the times come to before anything is saved."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.roles import EDITORS, MODERATORS
from events.models import (
    EventPage,
    Occurrence,
    OccurrenceChange,
    SchoolBreak,
)
from events.recurrence import local_moment
from tests import factories
from tests.editing import add_address, edit_address, filled, send, staff_client

TODAY = timezone.localdate()
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def moderator(db):
    client = staff_client(MODERATORS)
    user = User.objects.get(groups__name=MODERATORS)
    UserProfile.objects.create(user=user, preferred_language="en")
    return client


def rows(name, *items):
    data = nested_form_data(
        {name: inline_formset([dict.fromkeys(item, "") for item in items])}
    )
    for number, item in enumerate(items):
        data |= {f"{name}-{number}-{field}": value for field, value in item.items()}
    return data


def written(day):
    return day.isoformat()


def rule(**fields):
    return {
        "id": "",
        "frequency": "weekly",
        "interval": "1",
        "weekdays": ["2"],
        "nth": "",
        "start_date": written(MONDAY),
        "end_date": "",
        "count": "",
        "start_time": "14:00",
        "end_time": "15:30",
    } | fields


def address_of(page):
    return reverse("event_next_dates", args=[page.pk])


def form_of(client, page, changes):
    is_event = isinstance(page, EventPage)
    address = edit_address(page) if is_event else add_address(EventPage, page)
    return filled(client, address, changes)


def ask(client, page, changes):
    """Posts the editor's form as its script does; what is drawn, as objects."""
    response = client.post(address_of(page), form_of(client, page, changes))
    assert response.status_code == 200, response
    assert "data-summary" in response.text
    return response.context["overview"]


def days_of(overview):
    return [timezone.localdate(date.starts_at) for date in overview.dates]


# What is shown


def test_new_group_shows_its_dates_before_it_is_saved(moderator, event_index):
    overview = ask(moderator, event_index, rows("rules", rule(count="6")))

    assert overview.total == 6
    assert [date.starts_at for date in overview.dates] == [
        local_moment(TUESDAY + timedelta(weeks=week), time(14)) for week in range(6)
    ]
    assert overview.warnings == []
    assert len(overview.lines) == 1
    assert overview.lines[0].startswith("Every Tuesday 14:00–15:30, 6 meetings from")
    assert not EventPage.objects.exists()
    assert not Occurrence.objects.exists()


def test_unsaved_times_of_a_public_group_count_and_change_nothing(
    moderator, event_index
):
    event = factories.make_event(event_index)
    before = list(event.occurrences.values())

    overview = ask(
        moderator, event, {"rules-0-weekdays": ["4"], "rules-0-start_time": "9:00"}
    )

    assert {day.isoweekday() for day in days_of(overview)} == {4}
    assert list(event.occurrences.values()) == before
    assert event.rules.get().weekdays == [2]


def test_only_ten_dates_are_listed_and_the_rest_counted(moderator, event_index):
    overview = ask(moderator, event_index, rows("rules", rule(count="40")))

    assert (len(overview.dates), overview.rest, overview.total) == (10, 30, 40)


def test_single_dates_breaks_and_pauses_count(moderator, event_index):
    third = TUESDAY + timedelta(weeks=2)
    changes = (
        rows("rules", rule(count="3"))
        | rows(
            "extra_dates",
            {"id": "", "starts_at": f"{written(third)} 10:00", "ends_at": ""},
        )
        | rows(
            "breaks",
            {"id": "", "start_date": written(TUESDAY), "end_date": written(TUESDAY)},
        )
        | {"pauses": ["july"]}
    )

    overview = ask(moderator, event_index, changes)

    assert overview.total == 4
    assert days_of(overview)[:2] == [TUESDAY + timedelta(weeks=1), third]
    assert any(line.startswith("No meeting on") for line in overview.lines)
    assert "No meetings in July" in overview.lines


def test_row_that_is_being_deleted_does_not_count(moderator, event_index):
    event = factories.make_event(event_index)

    overview = ask(moderator, event, {"rules-0-DELETE": "1"})

    assert overview.total == 0


def test_cancelled_date_shows_as_cancelled(moderator, event_index):
    event = factories.make_event(event_index)
    first = event.occurrences.upcoming().first()
    OccurrenceChange.objects.create(
        event=event, original_start=first.original_start, kind="cancelled"
    )

    overview = ask(moderator, event, {"rules-0-end_time": "16:00"})

    assert overview.dates[0].original_start == first.original_start
    assert overview.dates[0].is_cancelled


def test_dates_of_a_group_are_there_when_the_editor_opens(moderator, event_index):
    event = factories.make_event(event_index)

    page = moderator.get(edit_address(event)).text

    assert f'data-url="{address_of(event)}"' in page
    first = event.occurrences.upcoming().first()
    assert (
        f'<time datetime="{timezone.localtime(first.starts_at).isoformat()}">' in page
    )
    assert "dates-panel" in page
    assert 'type="module"' in page


def test_new_group_opens_with_an_empty_panel(moderator, event_index):
    page = moderator.get(add_address(EventPage, event_index))

    assert f'data-url="{address_of(event_index)}"' in page.text
    assert page.status_code == 200


def test_form_sent_back_with_errors_still_shows_its_dates(moderator, event_index):
    changes = rows("rules", rule(count="6")) | {"contact_phone": "ei ole"}

    refused = send(moderator, add_address(EventPage, event_index), "publish", changes)

    assert refused.status_code == 200
    assert 'data-summary="6 dates to come"' in refused.text


# What it warns of


def test_no_dates_at_all_is_said(moderator, event_index):
    overview = ask(moderator, event_index, {})

    assert overview.total == 0
    assert overview.warnings == ["There are no dates to come."]


def test_end_before_the_start_is_said(moderator, event_index):
    overview = ask(
        moderator,
        event_index,
        rows("rules", rule(end_date=written(MONDAY - timedelta(days=1)))),
    )

    assert any(
        "The last day is before the first." in said for said in overview.warnings
    )


def test_more_than_500_dates_is_said(moderator, event_index):
    everyday = rule(weekdays=["1", "2", "3", "4", "5", "6", "7"])

    overview = ask(moderator, event_index, rows("rules", everyday))

    assert overview.is_cut
    assert any("more than 500" in said for said in overview.warnings)


def test_series_that_its_last_day_cuts_short_is_said(moderator, event_index):
    short = rule(count="6", end_date=written(TUESDAY + timedelta(weeks=3)))

    overview = ask(moderator, event_index, rows("rules", short))

    assert overview.total == 4
    assert "The last day leaves room for 4 of 6 meetings." in overview.warnings


def independence_day():
    year = TODAY.year if date(TODAY.year, 12, 6) > TODAY else TODAY.year + 1
    return date(year, 12, 6)


def test_public_holiday_is_said_by_name_until_the_pause_is_chosen(
    moderator, event_index
):
    day = independence_day()
    changes = rows(
        "rules",
        rule(weekdays=[str(day.isoweekday())], start_date=written(day), count="1"),
    )

    (said,) = ask(moderator, event_index, changes).warnings
    paused = ask(moderator, event_index, changes | {"pauses": ["public-holidays"]})

    assert "Independence Day" in said
    assert paused.warnings == []
    assert paused.dates[0].starts_at > local_moment(day, time(23))


def test_school_holiday_of_the_groups_town_is_said_until_the_pause_is_chosen(
    moderator, event_index
):
    holiday = SchoolBreak.objects.create(
        name={"fi": "Syysloma"}, start_date=MONDAY, end_date=MONDAY + timedelta(days=6)
    )
    holiday.municipalities.set([factories.town("hamina")])
    changes = rows("rules", rule(count="2"))
    kotka = {"municipality": str(factories.town("kotka").pk)}
    hamina = {"municipality": str(factories.town("hamina").pk)}

    elsewhere = ask(moderator, event_index, changes | kotka)
    there = ask(moderator, event_index, changes | hamina)
    paused = ask(
        moderator, event_index, changes | hamina | {"pauses": ["school-breaks"]}
    )

    assert elsewhere.warnings == []
    assert len(there.warnings) == 1
    assert "school holidays" in there.warnings[0]
    assert paused.warnings == []
    assert days_of(paused)[0] == TUESDAY + timedelta(weeks=1)


def test_cancellation_that_loses_its_date_is_said(moderator, event_index):
    event = factories.make_event(event_index)
    OccurrenceChange.objects.create(
        event=event,
        original_start=event.occurrences.upcoming()[1].original_start,
        kind="cancelled",
    )

    overview = ask(moderator, event, {"rules-0-weekdays": ["4"]})

    assert any("no longer among the dates" in said for said in overview.warnings)


# Bad input


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"start_date": "huomenna"}, "First day"),
        ({"start_date": ""}, "First day"),
        ({"start_date": "1850-01-01"}, "First day"),
        ({"start_date": "9999-01-01"}, "First day"),
        ({"weekdays": []}, "Weekdays"),
        ({"weekdays": ["9"]}, "Weekdays"),
        ({"interval": "0"}, "Every how many"),
        ({"interval": "x"}, "Every how many"),
        ({"count": "0"}, "Number of meetings"),
        ({"count": "100000"}, "Number of meetings"),
        ({"start_time": "25:00"}, "Begins at"),
        ({"end_time": "puoli"}, "Ends at"),
        ({"frequency": "yearly"}, "How often"),
        ({"frequency": "monthly", "nth": ""}, "Say which weekday"),
        ({"frequency": "monthly", "nth": "7"}, "Which weekday"),
    ],
)
def test_row_that_cannot_be_used_is_said_and_the_others_count(
    moderator, event_index, fields, word
):
    changes = rows("rules", rule(count="6"), rule(**fields))

    overview = ask(moderator, event_index, changes)

    assert overview.total == 6
    (said,) = overview.warnings
    assert said.startswith("Weekly or monthly time 2: ")
    assert word in said


@pytest.mark.parametrize(
    "changes",
    [
        {"rules-TOTAL_FORMS": "x"},
        {"rules-TOTAL_FORMS": "100000"},
        {"rules-TOTAL_FORMS": "-1"},
        {"rules-0-id": "999999"},
        {"venue": "999999", "municipality": "x", "pauses": ["kuu"]},
    ],
)
def test_forms_tampered_with_get_an_answer(moderator, event_index, changes):
    event = factories.make_event(event_index)

    for page in (event, event_index):
        response = moderator.post(address_of(page), form_of(moderator, page, changes))

        assert response.status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"rules-INITIAL_FORMS": "5", "rules-TOTAL_FORMS": "5"},
        {"rules-INITIAL_FORMS": "1", "rules-TOTAL_FORMS": "1", "rules-0-id": "x"},
    ],
)
def test_rows_that_no_editor_sends_are_a_bad_request(moderator, event_index, changes):
    event = factories.make_event(event_index)

    response = moderator.post(address_of(event), form_of(moderator, event, changes))

    assert response.status_code == 400


def test_errors_elsewhere_in_the_form_do_not_hide_the_dates(moderator, event_index):
    text = {"id": "", "language": "fi", "title": "Kahvila"}
    changes = rows("texts", text, {"id": "", "language": "xx", "title": ""}) | {
        "contact_phone": "ei ole"
    }

    overview = ask(moderator, event_index, changes | rows("rules", rule(count="6")))

    assert overview.total == 6


def test_empty_post_gets_an_answer(moderator, event_index):
    assert moderator.post(address_of(event_index)).status_code == 200


# Who may ask


def test_it_takes_the_right_to_write_groups(moderator, event_indexes, home):
    event = factories.make_event(event_indexes["fi"])
    guide_writer = staff_client(EDITORS)
    xhr = {"X-Requested-With": "XMLHttpRequest"}

    assert moderator.get(address_of(event)).status_code == 405
    assert moderator.post(address_of(home)).status_code == 404
    assert Client().post(address_of(event)).status_code == 302
    refused = guide_writer.post(address_of(event_indexes["sv"]), headers=xhr)
    assert refused.status_code == 403
