"""A group copied for its next season, and Wagtail's ordinary copy."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import rich_text

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.models import (
    Break,
    EventPage,
    EventState,
    EventText,
    ImportedEvent,
    Occurrence,
    OccurrenceChange,
    SearchRow,
)
from events.staff.terms import next_term
from tests import factories
from tests.editing import edit_address, send, staff_client, was_taken


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


@pytest.fixture
def group(event_index):
    """With all that a season leaves behind."""
    today = timezone.localdate()
    event = factories.make_event(
        event_index,
        "Perhekahvila",
        slug="perhekahvila",
        rules=[
            factories.weekly_rule(end_date=today + timedelta(weeks=4)),
            factories.weekly_rule(weekdays=[4], count=5),
        ],
        dates=[factories.single_date(timezone.now() + timedelta(days=3))],
        texts=[
            EventText(language="fi", title="Perhekahvila", lead="Tule mukaan."),
            EventText(language="sv", title="Familjecafé", lead="Kom med."),
        ],
        organisers=[factories.make_organisation()],
        venue=factories.make_venue(),
        sign_up_until=today,
        min_age=18,
        pauses=["july"],
    )
    event.breaks = [Break(start_date=today, end_date=today)]
    event.save_revision().publish()
    ImportedEvent.objects.create(event=event, source="x", external_id="1")
    EventState.objects.filter(event=event).update(is_full=True, confirmed_on=today)
    OccurrenceChange.objects.create(
        event=event,
        original_start=event.upcoming_dates()[0].original_start,
        kind="cancelled",
    )
    return EventPage.objects.get(pk=event.pk)


def address(event):
    return reverse("event_staff:next-season", args=[event.pk])


def days(event, *pairs):
    data = {}
    for rule, (first, last) in zip(event.rules.all(), pairs, strict=True):
        data |= {f"rule-{rule.pk}-first_day": str(first)}
        data |= {f"rule-{rule.pk}-last_day": str(last)}
    return data


def in_weeks(number):
    return timezone.localdate() + timedelta(weeks=number)


def good_days(event):
    return days(event, (in_weeks(8), in_weeks(20)), (in_weeks(9), ""))


def copy(client, event):
    response = client.post(address(event), good_days(event))
    assert response.status_code == 302, response
    made = EventPage.objects.get(previous_season=event)
    assert response.headers["Location"] == edit_address(made)
    return made


def test_the_next_season_is_a_draft_with_the_same_texts_place_and_people(editor, group):
    made = copy(editor, group)

    assert not made.live
    draft = made.get_latest_revision_as_object()
    for page in (made, draft):
        assert page.title == "Perhekahvila"
        assert {text.title for text in page.texts.all()} == {
            "Perhekahvila",
            "Familjecafé",
        }
        assert page.venue == group.venue
        assert list(page.organisers.all()) == list(group.organisers.all())
        assert list(page.goals.all()) == list(group.goals.all())
        assert (page.min_age, page.pauses) == (18, ["july"])
        assert page.previous_season == group
        assert page.slug == made.slug != group.slug
    assert str(in_weeks(8).year) in made.slug
    assert made.owner.groups.get().name == EDITORS


def test_the_rules_have_the_new_days_and_their_old_times(editor, group):
    made = copy(editor, group)

    for page in (made, made.get_latest_revision_as_object()):
        weekly, series = page.rules.all()
        assert (weekly.start_date, weekly.end_date) == (in_weeks(8), in_weeks(20))
        assert (series.start_date, series.end_date) == (in_weeks(9), None)
        assert (series.count, series.weekdays) == (5, [4])
        assert weekly.start_time == group.rules.first().start_time
    old = group.rules.first()
    assert old.start_date != in_weeks(8)


def test_what_belongs_to_the_old_season_stays_behind(editor, group):
    made = copy(editor, group)

    for page in (made, made.get_latest_revision_as_object()):
        assert page.extra_dates.count() == page.breaks.count() == 0
        assert page.sign_up_until is None
    for model in (
        Occurrence,
        OccurrenceChange,
        EventState,
        SearchRow,
        ImportedEvent,
    ):
        assert model.objects.filter(event=group).exists(), model
        assert not model.objects.filter(event=made).exists(), model


def test_the_draft_is_published_with_dates_of_the_new_season_only(editor, group):
    made = copy(editor, group)

    made.get_latest_revision().publish()

    dates = list(made.occurrences.all())
    assert dates
    assert all(timezone.localdate(day.starts_at) >= in_weeks(8) for day in dates)
    assert EventPage.objects.get(pk=made.pk).previous_season == group


def test_a_second_press_leads_to_the_draft_that_was_made(editor, group):
    made = copy(editor, group)

    again = editor.post(address(group), good_days(group))

    assert again.headers["Location"] == edit_address(made)
    assert group.next_seasons.count() == 1
    assert edit_address(made) in editor.get(address(group)).text


def test_the_form_guesses_the_same_weekday_in_the_next_term(editor, group):
    forms = editor.get(address(group)).context["form"].rules

    assert forms[0]["first_day"].value().isoweekday() == 2
    assert forms[0]["last_day"].value() > forms[0]["first_day"].value()
    assert list(forms[1].fields) == ["first_day"]


@pytest.mark.parametrize(
    ("weekdays", "last", "today", "term"),
    [
        # Autumn to spring, spring to autumn.
        ([2], date(2026, 12, 8), date(2026, 11, 22), ("2027-01-12", "2027-05-25")),
        ([2], date(2027, 5, 25), date(2027, 5, 1), ("2027-09-07", "2027-12-14")),
        # A group that ended long ago, one without an end, one on two days.
        ([5], date(2020, 5, 1), date(2026, 11, 22), ("2027-01-08", "2027-05-28")),
        ([5], None, date(2026, 8, 31), ("2026-09-04", "2026-12-11")),
        ([1, 4], None, date(2026, 11, 22), ("2027-01-07", "2027-05-31")),
        ([], None, date(2026, 12, 31), ("2027-01-07", "2027-05-31")),
    ],
)
def test_the_next_term(weekdays, last, today, term):
    first, final = next_term(weekdays, last, today)

    assert (first.isoformat(), final.isoformat()) == term


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("", "2027-05-01", "first_day"),
        ("syksyllä", "", "first_day"),
        ("0001-01-01", "", "first_day"),
        ("2099-01-01", "", "first_day"),
        ("+8", "+7", "last_day"),
        ("+8", "9999-12-31", "last_day"),
        ("+8 2", "+8 3", "__all__"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field(editor, group, first, last, field):
    def day(text):
        if not text.startswith("+"):
            return text
        weeks, _space, more = text[1:].partition(" ")
        monday = in_weeks(int(weeks)) - timedelta(days=timezone.localdate().weekday())
        return monday + timedelta(days=int(more or 0))

    data = days(group, (day(first), day(last)), (in_weeks(9), ""))
    response = editor.post(address(group), data)

    assert response.status_code == 422
    first_rule, series = response.context["form"].rules
    assert list(first_rule.errors) == [field]
    assert not series.errors
    assert str(in_weeks(9)) in response.text
    assert EventPage.objects.count() == 1


def test_a_group_of_single_dates_is_copied_without_them(editor, event_index):
    event = factories.make_event(
        event_index,
        dates=[factories.single_date(timezone.now() + timedelta(days=3))],
    )
    event.save_revision().publish()

    assert editor.post(address(event)).status_code == 302

    assert event.next_seasons.get().extra_dates.count() == 0


def test_slugs_of_many_seasons_stay_apart(editor, event_index):
    year = in_weeks(8).year
    event = factories.make_event(event_index, "Lauluryhmä", slug="lauluryhma-2026")
    event.save_revision().publish()
    factories.make_event(event_index, "Toinen", slug=f"lauluryhma-{year}")

    editor.post(address(event), days(event, (in_weeks(8), "")))

    assert event.next_seasons.get().slug == f"lauluryhma-{year}-1"


def test_a_locked_group_gives_an_open_draft(editor, group):
    EventPage.objects.filter(pk=group.pk).update(locked=True)

    assert not copy(editor, group).locked


def test_history_tells_where_the_draft_came_from(editor, group):
    made = copy(editor, group)

    entry = PageLogEntry.objects.get(page=made.pk, action="events.next_season")
    assert "Perhekahvila" in str(entry.message)
    page = editor.get(reverse("wagtailadmin_pages:history", args=[made.pk]))
    assert page.status_code == 200


def test_the_draft_opens_in_the_editor_and_is_published_there(group):
    moderator = staff_client(MODERATORS)
    made = copy(moderator, group)
    assert moderator.get(edit_address(made)).status_code == 200

    bodies = {f"texts-{number}-body": rich_text("<p>Uutta.</p>") for number in (0, 1)}
    visits = {f"texts-{number}-first_visit": rich_text("") for number in (0, 1)}
    response = send(moderator, edit_address(made), "publish", bodies | visits)

    assert was_taken(response)
    made = EventPage.objects.get(pk=made.pk)
    assert made.live
    assert made.previous_season == group


# Who may


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_those_who_may_add_groups_may_copy_one(group, role, may):
    client = staff_client(role)

    page = client.get(address(group))
    client.post(address(group), good_days(group))

    assert (page.status_code == 200) == may
    assert group.next_seasons.exists() == may


def test_a_group_that_has_never_been_public_has_no_next_season(editor, event_index):
    draft = factories.make_event(event_index, live=False)

    assert editor.get(address(draft)).status_code == 302
    editor.post(address(draft), good_days(draft) if draft.rules.count() > 1 else {})
    assert not draft.next_seasons.exists()


def test_copying_needs_the_token_and_reading_copies_nothing(editor, group):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies

    assert strict.post(address(group), good_days(group)).status_code == 403
    editor.get(address(group), good_days(group))

    assert not group.next_seasons.exists()


# Wagtail's ordinary copy


@pytest.mark.parametrize("publish", [False, True])
def test_an_ordinary_copy_takes_nothing_that_happened_to_the_group(group, publish):
    moderator = staff_client(MODERATORS)
    before = factories.make_event(group.get_parent().specific, "Viime kausi")
    EventPage.objects.filter(pk=group.pk).update(previous_season=before)
    data = {
        "new_title": "Perhekahvila",
        "new_slug": "perhekahvila-kuusankoski",
        "new_parent_page": group.get_parent().pk,
    }
    response = moderator.post(
        reverse("wagtailadmin_pages:copy", args=[group.pk]),
        data | ({"publish_copies": "on"} if publish else {}),
    )

    assert response.status_code == 302
    made = EventPage.objects.get(slug="perhekahvila-kuusankoski")
    assert made.live == publish
    assert made.previous_season is None
    assert made.get_latest_revision_as_object().previous_season is None
    assert made.rules.count() == 2
    for model in (OccurrenceChange, ImportedEvent):
        assert not model.objects.filter(event=made).exists(), model
    taken = EventState.objects.filter(event=made).exclude(is_full=False)
    assert not taken.exists()
    assert not made.occurrences.exclude(status="scheduled").exists()
    assert SearchRow.objects.filter(event=made).exists() == publish
    assert made.occurrences.exists() == publish


def test_a_slug_that_is_taken_is_refused_by_the_ordinary_copy(group):
    moderator = staff_client(MODERATORS)
    response = moderator.post(
        reverse("wagtailadmin_pages:copy", args=[group.pk]),
        {
            "new_title": "Perhekahvila",
            "new_slug": "perhekahvila",
            "new_parent_page": group.get_parent().pk,
        },
    )

    assert response.status_code == 200
    assert "new_slug" in response.context["form"].errors
    assert EventPage.objects.count() == 1
