"""The season board: groups that end soon, without a season after them."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.models import EventState, OccurrenceChange
from home.models import ContentVersion
from tests import factories
from tests.editing import staff_client

BOARD = "/admin/groups/ending/"


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


def group_ending_in(index, weeks, title="", **fields):
    """Its last date is so many weeks off, almost to the day."""
    last = timezone.now() + timedelta(weeks=weeks)
    dates = [factories.single_date(last - timedelta(weeks=more)) for more in range(3)]
    event = factories.make_event(index, title, dates=dates, **fields)
    event.save_revision().publish()
    return event


def listed(client, **query):
    response = client.get(BOARD, query)
    assert response.status_code == 200
    return [event.title for event in response.context["object_list"]]


def test_a_group_that_ends_in_five_weeks_is_listed_until_it_has_a_next_season(
    moderator, event_index
):
    event = group_ending_in(event_index, 5, "Perhekahvila")
    group_ending_in(event_index, 7, "Lauluryhmä")
    assert listed(moderator) == ["Perhekahvila"]

    moderator.post(reverse("event_staff:next-season", args=[event.pk]))

    assert event.next_seasons.count() == 1
    assert listed(moderator) == []


def test_only_groups_that_meet_and_are_waited_for_are_listed(moderator, event_index):
    group_ending_in(event_index, 3, "Kurssi", kind="course")
    group_ending_in(event_index, 3, "Konsertti", kind="event")
    group_ending_in(event_index, -1, "Loppunut")
    group_ending_in(event_index, 3, "Piilossa").unpublish()
    ended = group_ending_in(event_index, 3, "Päätetty")
    EventState.objects.filter(event=ended).update(
        ended_on=timezone.localdate() + timedelta(weeks=2)
    )
    factories.make_event(event_index, "Jatkuva")

    assert listed(moderator) == ["Kurssi"]


def test_cancelled_dates_do_not_keep_a_group_going(moderator, event_index):
    event = group_ending_in(event_index, 7, "Perhekahvila")
    assert listed(moderator) == []

    for date in event.upcoming_dates():
        if date.starts_at > timezone.now() + timedelta(weeks=6):
            OccurrenceChange.objects.create(
                event=event, original_start=date.original_start, kind="cancelled"
            )

    assert listed(moderator) == ["Perhekahvila"]


def test_the_soonest_to_end_come_first_with_place_organisers_and_ways_on(
    moderator, event_index
):
    organiser = factories.make_organisation(name={"fi": "Kotkan Sydän ry"})
    late = group_ending_in(event_index, 5, "Myöhempi")
    soon = group_ending_in(
        event_index,
        2,
        "Pian",
        venue=factories.make_venue(),
        organisers=[organiser],
    )

    page = moderator.get(BOARD)

    assert [row.event_id for row in page.context["object_list"]] == [soon.pk, late.pk]
    for shown in (
        "Kotka",
        "Kotkan Sydän ry",
        reverse("event_staff:next-season", args=[soon.pk]),
        reverse("event_staff:dates", args=[late.pk]),
    ):
        assert shown in page.text
    assert listed(moderator, ordering="-last_day") == ["Myöhempi", "Pian"]
    assert listed(moderator, ordering="event__title") == ["Myöhempi", "Pian"]
    assert listed(moderator, ordering="; DROP") == ["Pian", "Myöhempi"]


def test_the_board_is_narrowed_by_municipality_organiser_and_kind(
    moderator, event_index
):
    kotka, hamina = factories.town("kotka"), factories.town("hamina")
    heart = factories.make_organisation(
        name={"fi": "Kotkan Sydän ry", "sv": "Kotka Hjärta rf"}
    )
    parish = factories.make_organisation(name={"fi": "Haminan seurakunta"})
    group_ending_in(
        event_index, 2, "Kävely", municipality=kotka, organisers=[heart, parish]
    )
    group_ending_in(
        event_index,
        3,
        "Kuoro",
        municipality=hamina,
        organisers=[parish],
        kind="course",
    )

    assert listed(moderator, municipality=kotka.pk) == ["Kävely"]
    assert listed(moderator, organiser="sydän") == ["Kävely"]
    assert listed(moderator, organiser="hjärta") == ["Kävely"]
    assert listed(moderator, organiser="seurakunta") == ["Kävely", "Kuoro"]
    assert listed(moderator, organiser="' OR 1=1 --") == []
    assert listed(moderator, kind="course") == ["Kuoro"]
    # What makes no sense does not narrow, and nothing breaks.
    assert len(listed(moderator, municipality="x", p="-1")) == 2


def test_results_alone_are_drawn_for_wagtails_script(moderator, event_index):
    group_ending_in(event_index, 2, "Kävely")

    response = moderator.get(BOARD + "results/")

    assert response.status_code == 200
    assert "Kävely" in response.text
    assert "<html" not in response.text


def test_the_board_is_in_the_reports_menu(moderator):
    assert BOARD in moderator.get("/admin/").text


def test_the_board_goes_into_a_spreadsheet_without_formulas(moderator, event_index):
    organiser = factories.make_organisation(name={"fi": "+Yhdistys"})
    group_ending_in(event_index, 2, "=CMD()", organisers=[organiser])
    group_ending_in(event_index, 3, "Käsityö", municipality=factories.town("kotka"))

    sheet = moderator.get(BOARD, {"export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(sheet.streaming_content).decode())))
    book = moderator.get(BOARD, {"export": "xlsx"})
    cells = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.values)

    assert [row[0] for row in rows[1:]] == ["'=CMD()", "Käsityö"]
    assert rows[1][2] == "'+Yhdistys"
    assert rows[2][1] == "Kotka"
    assert rows[2][4].startswith("/fi/tapahtumat/")
    assert [row[0] for row in cells[1:]] == ["'=CMD()", "Käsityö"]
    last = timezone.localdate() + timedelta(weeks=3)
    assert rows[2][3] == last.isoformat()


@pytest.mark.parametrize(
    ("role", "sees", "copies", "changes"),
    [
        (EDITORS, True, True, False),
        (MODERATORS, True, True, True),
        (REVIEWERS, False, False, False),
        (ADMINISTRATORS, True, True, True),
    ],
)
def test_each_role_sees_what_it_may_do(event_index, role, sees, copies, changes):
    event = group_ending_in(event_index, 2, "Kävely")
    client = staff_client(role)

    page = client.get(BOARD)

    assert (page.status_code == 200) == sees
    assert (BOARD in client.get("/admin/").text) == sees
    copy, dates = (
        reverse(f"event_staff:{name}", args=[event.pk])
        for name in ("next-season", "dates")
    )
    assert (copy in page.text) == copies
    assert (dates in page.text) == changes


def test_the_board_costs_the_same_however_long_it_is(
    moderator, event_index, django_assert_num_queries
):
    for _group in range(2):
        group_ending_in(event_index, 2, venue=factories.make_venue())
    moderator.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        moderator.get(BOARD)
    cost = len(few)
    for _group in range(8):
        group_ending_in(
            event_index,
            3,
            venue=factories.make_venue(),
            organisers=[factories.make_organisation()],
        )
    ContentVersion.forget()
    moderator.get(BOARD)

    with django_assert_num_queries(cost):
        assert len(listed(moderator)) == 10
