"""School holidays in the editor."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.models import SchoolBreak
from home.models import ContentVersion
from tests import factories
from tests.editing import staff_client, was_taken

LIST = reverse("wagtailsnippets_events_schoolbreak:list")
ADD = reverse("wagtailsnippets_events_schoolbreak:add")


def holiday(**fields):
    return {
        "name_fi": "Talviloma",
        "name_sv": "Sportlov",
        "start_date": "22.2.2027",
        "end_date": "28.2.2027",
    } | fields


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


def test_a_school_holiday_is_written_for_some_municipalities(moderator):
    kotka = factories.town("kotka")

    assert was_taken(moderator.post(ADD, holiday(municipalities=[kotka.pk])))

    school_break = SchoolBreak.objects.get()
    assert school_break.name == {"fi": "Talviloma", "sv": "Sportlov"}
    assert list(school_break.municipalities.all()) == [kotka]


def test_one_that_ends_before_it_begins_is_refused(moderator):
    response = moderator.post(ADD, holiday(end_date="1.2.2027"))

    assert response.status_code == 200
    assert not SchoolBreak.objects.exists()


def test_the_list_shows_the_newest_first_with_days_and_places(moderator):
    kotka, hamina = factories.town("kotka"), factories.town("hamina")
    old = SchoolBreak.objects.create(
        name={"fi": "Syysloma"}, start_date="2026-10-19", end_date="2026-10-25"
    )
    new = SchoolBreak.objects.create(
        name={"fi": "Talviloma"}, start_date="2027-02-22", end_date="2027-02-28"
    )
    new.municipalities.set([kotka, hamina])

    page = moderator.get(LIST)

    assert list(page.context["object_list"]) == [new, old]
    assert "Talviloma" in page.text
    assert "2027" in page.text
    for town in (kotka, hamina):
        assert str(town) in page.text


def test_the_list_costs_the_same_however_long_it_is(
    moderator, django_assert_num_queries
):
    def add():
        school_break = SchoolBreak.objects.create(
            name={"fi": "Talviloma"}, start_date="2027-02-22", end_date="2027-02-28"
        )
        school_break.municipalities.set([factories.town("kotka")])

    add()
    moderator.get(LIST)
    with CaptureQueriesContext(connection) as few:
        moderator.get(LIST)
    cost = len(few)
    for _break in range(5):
        add()
    ContentVersion.forget()
    moderator.get(LIST)

    with django_assert_num_queries(cost):
        moderator.get(LIST)


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_those_who_keep_records_write_school_holidays(db, role, may):
    response = staff_client(role).post(ADD, holiday())

    assert response.status_code == 302
    assert SchoolBreak.objects.exists() == may
