"""The freshness contract: from a confirmation to the archive, and back by an answer."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.signals import page_unpublished

from accounts.roles import EDITORS, MODERATORS, REVIEWERS
from events import asking
from events.asking import due_groups, keep_fresh, move_on, write_letters
from events.days import time_in_words
from events.door.answers import GROUPS_AT_ONCE, OnBreakForm
from events.filters import EventFilterForm
from events.freshness import Contract
from events.listing import Question, Sort, find
from events.models import (
    DoorLink,
    EventPage,
    EventState,
    ImportedEvent,
    LinkAnswer,
    Stage,
    Submission,
)
from events.recurrence import LOCAL
from search.site_search import search_site
from tests import factories
from tests.editing import staff_client
from tests.events.door import client_of, make_contact

TOKEN = re.compile(r"/ilmoita/confirm/([\w-]+)/")
CONTRACT = Contract.current()
SILENT = "/admin/groups/silent/"


@pytest.fixture
def organiser(db):
    return factories.make_organisation(name={"fi": "Kotkan Sydän ry"})


@pytest.fixture
def contact(organiser):
    return make_contact(organiser)


@pytest.fixture
def group(event_index, organiser):
    return make_group(event_index, organiser, "Perhekahvila")


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def make_group(index, organiser, title="", *, days_ago=0, **fields):
    """A weekly group that was confirmed so many days ago, and published then."""
    event = factories.make_event(index, title, organisers=[organiser], **fields)
    event.save_revision().publish()
    confirm(event, timezone.localdate() - timedelta(days=days_ago))
    return event


def confirm(event, day):
    state = EventState.objects.filter(event=event).first() or EventState(event=event)
    state.confirmed_on = day
    state.save()


def silence(event, stage=Stage.UNCONFIRMED):
    """Until residents read that nobody has confirmed it, or longer."""
    today = timezone.localdate()
    state = EventState.objects.get(event=event)
    state.stage = stage
    state.reminders = CONTRACT.reminders_after(CONTRACT.day_of(stage))
    state.confirmed_on = today - timedelta(days=CONTRACT.day_of(stage))
    state.asked_on = state.confirmed_on + timedelta(days=CONTRACT.asked)
    state.save()


def at(day):
    return datetime.combine(day, time(3), tzinfo=LOCAL)


def stage_of(event):
    return Stage(EventState.objects.get(event=event).stage)


def listed():
    return [card.title for card in find(Question()).cards(0, 100)]


@pytest.fixture
def run(on_commit):
    """The job as it runs on a day; letters leave when it is done."""

    def keep_fresh_on(day=None):
        with on_commit(execute=True):
            return keep_fresh(at(day or timezone.localdate()))

    return keep_fresh_on


def let_days_pass(event, days):
    """The group was last confirmed as many days earlier as the clock shall go on."""
    state = EventState.objects.get(event=event)
    earlier = {
        name: getattr(state, name) - timedelta(days=days)
        for name in ("confirmed_on", "asked_on", "next_step_on")
        if getattr(state, name)
    }
    EventState.objects.filter(event=event).update(**earlier)


@pytest.fixture
def brought_to(run, group, contact):
    """The group is taken to a stage, day by day's end, as silence would take it."""

    def bring(stage, event=group):
        let_days_pass(event, CONTRACT.asked)
        run()
        passed = CONTRACT.asked
        for day in sorted([*CONTRACT.reminders, CONTRACT.unconfirmed, CONTRACT.hidden]):
            if day > CONTRACT.day_of(stage):
                break
            let_days_pass(event, day - passed)
            DoorLink.objects.all().update(
                expires_at=timezone.now() + timedelta(days=50)
            )
            passed = day
            run()
        assert stage_of(event) == stage
        return event

    return bring


@pytest.fixture(params=["staff", "organisation"])
def whose_client(request, contact):
    """With the page on which they change a group's state."""

    def of(event):
        if request.param == "staff":
            address = reverse("event_staff:dates", args=[event.pk])
            return staff_client(MODERATORS), address
        return client_of(contact), f"/fi/ilmoita/groups/{event.pk}/"

    return of


def last_token():
    return TOKEN.search(str(mail.outbox[-1].body))[1]


def answer(client, token, event, action, **fields):
    return client.post(
        f"/fi/ilmoita/confirm/{token}/",
        {"group": event.pk, "action": action, **fields},
        follow=True,
    )


# The clock


def test_the_days_of_the_settings_run_upwards():
    days = settings.FRESHNESS

    assert days["asked"] < min(days["reminders"])
    assert days["asked"] < days["unconfirmed"] < days["hidden"] < days["archived"]
    assert list(days["reminders"]) == sorted(days["reminders"])


def test_a_silent_group_goes_from_stage_to_stage_on_the_set_days(group, contact, run):
    """A clock that goes on by a day, from the confirmation to the archive."""
    changes, letters, was = [], [], Stage.CONFIRMED
    for number in range(CONTRACT.archived + 1):
        before = len(mail.outbox)
        run(timezone.localdate() + timedelta(days=number))
        if len(mail.outbox) > before:
            letters.append(number)
        if (stage := stage_of(group)) != was:
            changes.append((number, stage))
            was = stage

    assert changes == [
        (CONTRACT.asked, Stage.ASKED),
        (CONTRACT.unconfirmed, Stage.UNCONFIRMED),
        (CONTRACT.hidden, Stage.HIDDEN),
        (CONTRACT.archived, Stage.ARCHIVED),
    ]
    assert letters == [CONTRACT.asked, *CONTRACT.reminders]
    assert not EventPage.objects.get(pk=group.pk).live
    assert EventState.objects.get().next_step_on is None


def test_the_clock_starts_when_a_group_is_first_published(event_index, organiser):
    event = factories.make_event(event_index, organisers=[organiser], live=False)
    assert not EventState.objects.exists()

    event.save_revision().publish()

    state = EventState.objects.get()
    asked_on = timezone.localdate() + timedelta(days=CONTRACT.asked)
    assert (state.stage, state.next_step_on) == (Stage.CONFIRMED, asked_on)


def test_only_what_goes_on_by_itself_is_under_the_contract(event_index, organiser):
    ending = factories.weekly_rule(end_date=timezone.localdate() + timedelta(days=30))
    single = [factories.single_date(timezone.now() + timedelta(days=3))]
    under, outside = (
        [make_group(event_index, organiser, **fields).pk for fields in each]
        for each in (
            [{}, {"kind": "volunteering"}, {"kind": "event"}, {"dates": single}],
            [
                {"kind": "event", "dates": single},
                {"kind": "course", "rules": [ending]},
            ],
        )
    )
    imported = make_group(event_index, organiser)
    ImportedEvent.objects.create(event=imported, source="x", external_id="1")
    ended, off = (make_group(event_index, organiser) for _time in range(2))
    EventState.objects.get(event=ended).save()
    state = EventState.objects.get(event=ended)
    state.ended_on = timezone.localdate() + timedelta(days=5)
    state.save()
    off.unpublish()
    EventState.objects.get(event=imported).save()

    waiting = EventState.objects.exclude(next_step_on=None)

    assert set(waiting.values_list("pk", flat=True)) == set(under)
    assert not set(under) & {*outside, imported.pk, ended.pk, off.pk}


def test_a_group_that_nobody_answers_for_goes_on_in_silence(event_index, run):
    event = make_group(
        event_index, factories.make_organisation(), days_ago=CONTRACT.asked
    )

    run()

    assert stage_of(event) == Stage.ASKED
    assert mail.outbox == []


def test_a_course_that_gets_a_last_day_is_asked_about_no_more(
    event_index, organiser, contact
):
    course = make_group(event_index, organiser, "Kurssi", kind="course")
    silence(course, Stage.HIDDEN)
    assert listed() == []

    course = EventPage.objects.get(pk=course.pk)
    last = timezone.localdate() + timedelta(days=60)
    course.rules = [factories.weekly_rule(end_date=last)]
    course.save_revision().publish()

    state = EventState.objects.get()
    assert (state.stage, state.next_step_on) == (Stage.CONFIRMED, None)
    assert listed() == ["Kurssi"]


# Letters


def test_a_letter_is_sent_once_however_often_the_job_runs(group, contact, run):
    let_days_pass(group, CONTRACT.asked)

    for _time in range(3):
        run()

    assert len(mail.outbox) == 1
    letter = mail.outbox[0]
    assert letter.to == [contact.email]
    assert "Perhekahvila" in letter.body
    assert "Perhekahvila" not in letter.subject


def test_a_day_before_nobody_is_asked(group, contact, run):
    let_days_pass(group, CONTRACT.asked - 1)

    run()

    assert stage_of(group) == Stage.CONFIRMED
    assert mail.outbox == []


def test_one_letter_names_all_groups_of_a_contact(event_index, organiser, contact, run):
    other = factories.make_organisation()
    make_contact(other, "toinen@yhdistys.example", language="sv")
    for number in range(3):
        make_group(
            event_index, organiser, f"Kerho {number}", days_ago=CONTRACT.asked + number
        )
    make_group(event_index, other, "Kuoro", days_ago=CONTRACT.asked)

    run()

    by_address = {letter.to[0]: letter for letter in mail.outbox}
    assert len(mail.outbox) == 2
    body = by_address[contact.email].body
    assert [f"Kerho {number}" in body for number in range(3)] == [True] * 3
    assert "Kuoro" not in body
    assert "/sv/anmal/confirm/" in by_address["toinen@yhdistys.example"].body


def test_a_group_that_comes_due_later_on_the_day_waits_until_tomorrow(
    event_index, group, organiser, contact, run
):
    let_days_pass(group, CONTRACT.asked)
    run()
    later = make_group(event_index, organiser, "Kuoro", days_ago=CONTRACT.asked)

    run()
    assert len(mail.outbox) == 1
    assert stage_of(later) == Stage.CONFIRMED

    run(timezone.localdate() + timedelta(days=1))
    assert len(mail.outbox) == 2
    assert "Kuoro" in mail.outbox[1].body


@pytest.mark.parametrize(
    ("first", "second", "letters"),
    [
        # Sixty days later summer time has ended, or begun.
        (datetime(2027, 9, 15, 0, 5), datetime(2027, 9, 15, 12, 0), 1),
        (datetime(2027, 9, 14, 23, 40), datetime(2027, 9, 15, 0, 5), 2),
        (datetime(2027, 2, 10, 23, 20), datetime(2027, 2, 10, 23, 40), 1),
        (datetime(2027, 2, 10, 23, 40), datetime(2027, 2, 11, 0, 5), 2),
        # The day itself has an hour more, or less.
        (datetime(2027, 10, 31, 0, 5), datetime(2027, 10, 31, 23, 40), 1),
        (datetime(2027, 3, 28, 0, 5), datetime(2027, 3, 28, 23, 40), 1),
    ],
)
def test_one_letter_a_day_also_around_the_change_of_clocks(
    event_index, organiser, contact, on_commit, first, second, letters
):
    for moment in (first, second):
        event = make_group(event_index, organiser)
        confirmed_on = moment.date() - timedelta(days=CONTRACT.asked)
        EventState.objects.filter(event=event).update(
            confirmed_on=confirmed_on, next_step_on=moment.date()
        )
        with on_commit(execute=False):
            keep_fresh(moment.replace(tzinfo=LOCAL).astimezone(UTC))

    assert DoorLink.objects.count() == letters


def test_contacts_that_are_not_approved_or_not_reached_get_no_letter(
    group, organiser, contact, run
):
    contact.bounced_at = timezone.now()
    contact.save()
    newcomer = make_contact(organiser, "uusi@yhdistys.example")
    newcomer.memberships.update(is_approved=False)
    let_days_pass(group, CONTRACT.asked)

    run()

    assert mail.outbox == []
    assert stage_of(group) == Stage.ASKED


def test_after_days_of_standing_still_there_is_one_letter(group, contact, run):
    let_days_pass(group, CONTRACT.asked)
    run()
    let_days_pass(group, CONTRACT.hidden + 5 - CONTRACT.asked)
    DoorLink.objects.all().delete()
    mail.outbox.clear()

    run()

    assert len(mail.outbox) == 1
    assert stage_of(group) == Stage.HIDDEN


def test_two_runs_that_found_the_same_groups_do_it_once(group, contact, on_commit):
    let_days_pass(group, CONTRACT.asked)
    now, today = timezone.now(), timezone.localdate()
    keys = due_groups(today)

    with on_commit(execute=True):
        assert [write_letters(keys, now) for _run in range(2)] == [1, 0]
    assert len(mail.outbox) == 1

    let_days_pass(group, CONTRACT.unconfirmed - CONTRACT.asked)
    assert [move_on(group.pk, today) for _run in range(2)] == [True, False]


def test_nobody_is_asked_while_staff_read_the_answer(group, contact, run):
    Submission.objects.create(
        contact=contact, event=group, language="fi", status=Submission.Status.SENT
    )
    let_days_pass(group, CONTRACT.hidden)

    run()
    assert mail.outbox == []
    assert stage_of(group) == Stage.CONFIRMED

    Submission.objects.all().delete()
    run(timezone.localdate() + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_a_group_that_staff_read_of_moves_nowhere_in_any_batch(
    event_index, organiser, contact, run, monkeypatch
):
    monkeypatch.setattr(asking, "MOST_IN_A_RUN", 1)
    groups = [make_group(event_index, organiser) for _time in range(3)]
    for group in groups:
        silence(group, Stage.HIDDEN)
        let_days_pass(group, CONTRACT.archived - CONTRACT.hidden)
    for group in groups[:2]:
        Submission.objects.create(
            contact=contact, event=group, language="fi", status=Submission.Status.SENT
        )

    for _time in range(3):
        run()

    stages = [stage_of(group) for group in groups]
    assert stages == [Stage.HIDDEN, Stage.HIDDEN, Stage.ARCHIVED]


def test_what_is_sent_after_the_letters_were_written_holds_the_group(group, contact):
    silence(group)
    let_days_pass(group, CONTRACT.hidden - CONTRACT.unconfirmed)
    answered = Submission.objects.create(
        contact=contact, event=group, language="fi", status=Submission.Status.SENT
    )
    today = timezone.localdate()

    assert not move_on(group.pk, today)
    assert stage_of(group) == Stage.UNCONFIRMED

    answered.delete()
    tomorrow = today + timedelta(days=1)
    assert [move_on(group.pk, day) for day in (today, tomorrow)] == [False, True]


@pytest.mark.parametrize("error", [ValidationError, IntegrityError])
def test_a_group_that_cannot_be_archived_holds_up_no_other(
    event_index, organiser, run, error, caplog
):
    faulty, whole = (make_group(event_index, organiser) for _time in range(2))
    for group in (faulty, whole):
        silence(group, Stage.HIDDEN)
        let_days_pass(group, CONTRACT.archived - CONTRACT.hidden)

    def fail(instance, **kwargs):
        if instance.pk == faulty.pk:
            raise error("Perhekahvila")

    page_unpublished.connect(fail)
    try:
        run()
    finally:
        page_unpublished.disconnect(fail)

    assert (stage_of(faulty), stage_of(whole)) == (Stage.HIDDEN, Stage.ARCHIVED)
    assert EventPage.objects.get(pk=faulty.pk).live
    said = [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]
    assert [str(faulty.pk) in line for line in said] == [True]
    assert "Perhekahvila" not in said[0]
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert EventState.objects.get(event=faulty).next_step_on == tomorrow

    run(tomorrow)
    assert stage_of(faulty) == Stage.ARCHIVED


def test_who_is_asked_late_has_as_long_to_answer_as_anybody(group, contact, run):
    let_days_pass(group, CONTRACT.hidden + 100)

    run()
    assert stage_of(group) == Stage.ASKED
    assert "Perhekahvila" in listed()
    until_reminded = CONTRACT.reminders[0] - CONTRACT.asked
    reminded_on = timezone.localdate() + timedelta(days=until_reminded)
    assert EventState.objects.get().next_step_on == reminded_on

    until_hidden = CONTRACT.hidden - CONTRACT.asked
    run(timezone.localdate() + timedelta(days=until_hidden - 1))
    assert stage_of(group) == Stage.UNCONFIRMED
    run(timezone.localdate() + timedelta(days=until_hidden))
    assert stage_of(group) == Stage.HIDDEN


def test_an_answer_before_the_letter_leaves_makes_it_needless(
    group, contact, on_commit
):
    let_days_pass(group, CONTRACT.asked)
    with on_commit() as letters:
        keep_fresh()
    confirm(group, timezone.localdate())

    for send in letters:
        send()

    assert mail.outbox == []


def test_the_command_that_moves_time_on_asks_as_well(group, contact, on_commit):
    let_days_pass(group, CONTRACT.asked)

    with on_commit(execute=True):
        call_command("roll_events", verbosity=0)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("number", [1, 8])
def test_a_run_costs_the_same_for_few_and_many_letters(
    event_index, organiser, contact, number
):
    for _group in range(number):
        make_group(event_index, organiser, days_ago=CONTRACT.asked)
    for _group in range(3):
        make_group(event_index, organiser)

    with CaptureQueriesContext(connection) as captured:
        keep_fresh()

    # And one query for each group: is there a stage to move on to?
    assert len(captured) <= 22


def test_nothing_due_costs_one_query(event_index, organiser, django_assert_num_queries):
    for _group in range(3):
        make_group(event_index, organiser)

    with django_assert_num_queries(1):
        keep_fresh()


# The link


def test_opening_the_link_changes_nothing(brought_to, group):
    brought_to(Stage.ASKED)
    scanner = Client()

    for _time in range(2):
        page = scanner.get(f"/fi/ilmoita/confirm/{last_token()}/")

    assert page.status_code == 200
    assert "Perhekahvila" in page.text
    assert "sessionid" not in scanner.cookies
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert stage_of(group) == Stage.ASKED
    assert not LinkAnswer.objects.exists()
    assert DoorLink.objects.get().used_at is None
    assert page.context["rows"][0]["event"] == group


def test_one_button_restores_a_hidden_group_to_the_lists(brought_to, group, client):
    brought_to(Stage.HIDDEN)
    assert listed() == []
    assert search_site("Perhekahvila", "fi").hits == []

    response = answer(client, last_token(), group, "confirm")

    assert response.status_code == 200
    assert stage_of(group) == Stage.CONFIRMED
    assert EventState.objects.get().confirmed_on == timezone.localdate()
    assert listed() == ["Perhekahvila"]
    assert len(search_site("Perhekahvila", "fi").hits) == 1


def test_a_page_of_a_group_lists_every_group_that_waits(
    event_index, organiser, group, contact, brought_to, client
):
    second = make_group(event_index, organiser, "Kuoro", days_ago=CONTRACT.asked)
    make_group(event_index, organiser, "Vahvistettu")
    make_group(
        event_index, factories.make_organisation(), "Muiden", days_ago=CONTRACT.asked
    )
    brought_to(Stage.ASKED)
    token = last_token()
    page = client.get(f"/fi/ilmoita/confirm/{token}/")
    assert "Kuoro" in page.text
    assert "Perhekahvila" in page.text
    assert "Vahvistettu" not in page.text
    assert "Muiden" not in page.text

    page = answer(client, token, second, "confirm")

    rows = page.context["rows"]
    assert [row["event"].title for row in rows] == ["Perhekahvila"]


@pytest.mark.parametrize(
    ("action", "expected"),
    [("pause", {"is_paused": True}), ("end", {"ended_on": timezone.localdate()})],
)
def test_a_break_and_an_end_are_answers_too(
    brought_to, group, client, contact, action, expected
):
    brought_to(Stage.UNCONFIRMED)

    answer(client, last_token(), group, action, day=timezone.localdate())

    state = EventState.objects.get()
    assert {name: getattr(state, name) for name in expected} == expected
    assert (state.stage, state.reminders) == (Stage.CONFIRMED, 0)


def test_a_group_on_a_break_is_asked_and_meets_again(brought_to, group, client):
    state = EventState.objects.get()
    state.is_paused = True
    state.save()
    brought_to(Stage.ASKED)
    page = client.get(f"/fi/ilmoita/confirm/{last_token()}/")
    actions = [form.action for form in page.context["rows"][0]["forms"]]
    assert actions == ["resume", "still-on-break", "end"]

    answer(client, last_token(), group, "resume")

    state.refresh_from_db()
    assert (state.is_paused, state.confirmed_on) == (False, timezone.localdate())
    assert listed() == ["Perhekahvila"]


def test_a_last_day_that_cannot_be_is_told_at_its_field(brought_to, group, client):
    brought_to(Stage.ASKED)

    page = answer(client, last_token(), group, "end", day="joulukuussa")

    assert page.status_code == 422
    assert stage_of(group) == Stage.ASKED
    form = next(
        form for form in page.context["rows"][0]["forms"] if form.action == "end"
    )
    assert list(form.errors) == ["day"]


def test_who_answered_is_in_the_history_by_number_only(
    brought_to, group, client, contact
):
    brought_to(Stage.ASKED)

    answer(client, last_token(), group, "confirm")

    entry = PageLogEntry.objects.get(page=group.pk, action="events.confirm")
    assert entry.data == {"contact": contact.pk}
    assert entry.user is None


def test_a_second_press_changes_nothing_and_says_the_same(brought_to, group, client):
    brought_to(Stage.ASKED)
    token = last_token()

    first, second = (answer(client, token, group, "confirm") for _time in range(2))

    assert first.status_code == second.status_code == 200
    assert PageLogEntry.objects.filter(action="events.confirm").count() == 1
    assert [str(said) for said in second.context["messages"]] == []
    assert words_of(first).endswith(words_of(second))


def words_of(page):
    """Without the message that comes once."""
    return page.text.split("<h1")[1]


def test_a_link_works_once_and_then_says_what_was_answered_and_when(
    brought_to, group, client
):
    brought_to(Stage.ASKED)
    token = last_token()
    answer(client, token, group, "pause")
    # It is asked about again before the link expires.
    EventState.objects.update(stage=Stage.ASKED)

    page = client.get(f"/fi/ilmoita/confirm/{token}/")
    pressed = answer(client, token, group, "end", day=timezone.localdate())

    state = EventState.objects.get()
    assert (stage_of(group), state.ended_on) == (Stage.ASKED, None)
    for shown in (page, pressed):
        assert shown.status_code == 200
        assert shown.context["rows"] == []
        (told,) = shown.context["answered"]
        assert (told["event"], told["answer"]) == (group, OnBreakForm.label)
        assert time_in_words(told["when"]) in words_of(shown)
        assert str(OnBreakForm.label) in words_of(shown)
        assert 'href="/fi/ilmoita/groups/"' in words_of(shown)
    (said,) = pressed.context["messages"]
    assert "on jo kerrottu" in str(said)
    assert DoorLink.objects.get().used_at


def test_a_link_is_used_up_when_all_of_its_groups_are_answered_for(
    event_index, organiser, group, brought_to, client
):
    second = make_group(event_index, organiser, "Kuoro", days_ago=CONTRACT.asked)
    brought_to(Stage.ASKED)
    token = last_token()

    answer(client, token, second, "confirm")
    assert DoorLink.objects.get().used_at is None
    page = answer(client, token, group, "confirm")

    assert DoorLink.objects.get().used_at
    assert [told["event"] for told in page.context["answered"]] == [group, second]


def test_a_group_that_is_asked_about_later_is_not_for_an_earlier_link(
    event_index, organiser, brought_to, group, client
):
    later = make_group(event_index, organiser, "Kuoro", days_ago=CONTRACT.asked)
    brought_to(Stage.ASKED)
    tomorrow = timezone.localdate() + timedelta(days=1)
    EventState.objects.filter(event=later).update(asked_on=tomorrow)
    token = last_token()

    page = client.get(f"/fi/ilmoita/confirm/{token}/")
    answer(client, token, later, "confirm")

    assert [row["event"] for row in page.context["rows"]] == [group]
    assert stage_of(later) == Stage.ASKED


def test_what_a_colleague_has_answered_is_not_answered_again(
    brought_to, group, organiser, client
):
    make_contact(organiser, "toinen@yhdistys.example")
    brought_to(Stage.ASKED)
    own, others = (TOKEN.search(letter.body)[1] for letter in mail.outbox)
    answer(client, others, group, "pause")

    page = answer(client, own, group, "confirm")

    assert EventState.objects.get().is_paused
    assert page.context["answered"] == []
    assert "on jo kerrottu" in page.text


def test_an_answer_that_does_not_fit_what_was_changed_since_is_asked_again(
    brought_to, group, contact, client
):
    """The letter's page stood open while the group was put on a break elsewhere."""
    brought_to(Stage.ASKED)
    token = last_token()
    client_of(contact).post(f"/fi/ilmoita/groups/{group.pk}/", {"action": "pause"})
    before = EventState.objects.get().confirmed_on

    page = answer(client, token, group, "confirm")

    (said,) = page.context["messages"]
    assert "on nyt tauolla" in str(said)
    assert EventState.objects.get().confirmed_on == before
    assert not LinkAnswer.objects.exists()
    assert DoorLink.objects.get().used_at is None
    assert not PageLogEntry.objects.filter(action="events.confirm").exists()

    answer(client, token, group, "resume")

    state = EventState.objects.get()
    assert (state.is_paused, state.confirmed_on) == (False, timezone.localdate())
    assert listed() == ["Perhekahvila"]


def test_groups_of_others_cannot_be_answered_for(
    brought_to, group, event_index, client
):
    others = make_group(event_index, factories.make_organisation(), "Muiden")
    EventState.objects.filter(event=others).update(stage=Stage.HIDDEN)
    brought_to(Stage.ASKED)

    answer(client, last_token(), others, "confirm")

    assert stage_of(others) == Stage.HIDDEN


@pytest.mark.parametrize("data", [{}, {"action": "poista"}, {"action": "x' OR 1"}])
def test_what_is_no_answer_is_refused(brought_to, group, client, data):
    brought_to(Stage.ASKED)
    address = f"/fi/ilmoita/confirm/{last_token()}/"

    assert client.post(address, {"group": group.pk, **data}).status_code == 400
    assert client.post(address, {"group": "x", "action": "confirm"}).status_code == 302
    assert stage_of(group) == Stage.ASKED


def test_unknown_expired_and_other_links_say_the_same(
    brought_to, group, client, contact
):
    brought_to(Stage.ASKED)
    token = last_token()
    known = client.get(f"/fi/ilmoita/confirm/{token}/")
    unknown = client.get("/fi/ilmoita/confirm/tuntematon/")
    DoorLink.objects.update(expires_at=timezone.now())

    expired = client.get(f"/fi/ilmoita/confirm/{token}/")
    pressed = answer(client, token, group, "confirm")

    assert known.status_code == 200
    assert [each.status_code for each in (unknown, expired, pressed)] == [410] * 3
    assert unknown.text == expired.text
    assert "/fi/ilmoita/" in unknown.text
    assert stage_of(group) == Stage.ASKED


def test_the_link_opens_no_other_door(brought_to, client):
    brought_to(Stage.ASKED)
    token = last_token()

    assert client.get(f"/fi/ilmoita/key/{token}/").status_code == 410
    client.get(f"/fi/ilmoita/confirm/{token}/")

    assert client.get("/fi/ilmoita/groups/").status_code == 302


def test_who_has_left_the_organisation_answers_no_more(
    brought_to, group, client, contact
):
    brought_to(Stage.ASKED)
    contact.memberships.all().delete()

    answer(client, last_token(), group, "confirm")

    assert stage_of(group) == Stage.ASKED


@pytest.mark.parametrize("number", [1, 6])
@pytest.mark.parametrize("answered", [0, 1, 4])
def test_the_page_costs_the_same_for_few_and_many_groups(
    event_index, organiser, contact, run, client, number, answered, settled
):
    groups = [
        make_group(event_index, organiser, days_ago=CONTRACT.asked)
        for _group in range(number + answered)
    ]
    run()
    address = f"/fi/ilmoita/confirm/{last_token()}/"
    for group in groups[:answered]:
        answer(client, last_token(), group, "confirm")
    client.get(address)
    settled()
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)

    assert len(page.context["rows"]) == number
    assert len(captured) <= 6


def test_many_groups_are_answered_for_a_page_at_a_time(
    event_index, organiser, contact, run, client
):
    groups = [
        make_group(event_index, organiser, f"Kerho {n:02}", days_ago=CONTRACT.asked)
        for n in range(GROUPS_AT_ONCE + 2)
    ]
    run()
    named = re.findall(r"Kerho \d\d", mail.outbox[0].body)
    assert named == [event.title for event in groups[:GROUPS_AT_ONCE]]
    assert re.search(r"\b2\b", mail.outbox[0].body)

    token = last_token()
    page = client.get(f"/fi/ilmoita/confirm/{token}/")
    assert len(page.context["rows"]) == GROUPS_AT_ONCE
    assert 'href="?page=2"' in page.text

    page = client.post(
        f"/fi/ilmoita/confirm/{token}/?page=2",
        {"group": groups[-1].pk, "action": "confirm"},
        follow=True,
    )

    assert page.redirect_chain == [(f"/fi/ilmoita/confirm/{token}/?page=2", 302)]
    assert [row["event"] for row in page.context["rows"]] == [groups[-2]]


# What residents see


def test_an_unconfirmed_group_says_so_kindly(brought_to, group, client):
    day = f"{timezone.localdate():%-d.%-m.%Y}"
    assert day in client.get("/fi/tapahtumat/").text
    brought_to(Stage.UNCONFIRMED)
    state = EventState.objects.get()
    day = f"{state.confirmed_on:%-d.%-m.%Y}"

    page, index = client.get(group.path_in("fi")), client.get("/fi/tapahtumat/")

    assert page.context["doubt"]
    for shown in (page.text, index.text):
        assert day in shown
    assert str(page.context["doubt"]) in page.text
    card = find(Question()).cards(0, 1)[0]
    assert card.doubt == page.context["doubt"]
    assert card.confirmed == ""


def test_a_hidden_group_keeps_its_page_and_nothing_else(
    brought_to, group, client, organiser
):
    feeds = [f"/fi/tapahtumat/feed.{kind}" for kind in ("json", "rss", "ics")]
    everywhere = [
        "/fi/tapahtumat/",
        "/sitemap-events.xml",
        organiser.path_in("fi"),
        *feeds,
    ]
    assert all("erhekahvila" in client.get(address).text for address in everywhere)

    brought_to(Stage.HIDDEN)

    for address in everywhere:
        assert "erhekahvila" not in client.get(address).text, address
    page = client.get(group.path_in("fi"))
    assert page.status_code == 200
    assert page.context["doubt"]
    assert "noindex" in page.text
    series = client.get(f"/fi/tapahtumat/{group.slug}.ics")
    assert b"STATUS:TENTATIVE" in series.content


def test_who_ends_the_break_of_a_hidden_group_has_answered(
    group, contact, whose_client
):
    silence(group, Stage.HIDDEN)
    EventState.objects.update(is_paused=True)
    client, address = whose_client(group)

    client.post(address, {"action": "resume"})

    state = EventState.objects.get()
    assert (state.is_paused, state.stage) == (False, Stage.CONFIRMED)
    assert state.confirmed_on == timezone.localdate()
    assert listed() == ["Perhekahvila"]


def test_saving_its_page_does_not_bring_a_hidden_group_back(brought_to, group):
    brought_to(Stage.HIDDEN)

    EventPage.objects.get(pk=group.pk).save_revision().publish()

    assert stage_of(group) == Stage.HIDDEN
    assert listed() == []
    assert search_site("Perhekahvila", "fi").hits == []


def test_a_waiting_text_that_is_published_later_does_not_undo_an_answer(
    brought_to, group, client
):
    brought_to(Stage.HIDDEN)
    waiting = EventPage.objects.get(pk=group.pk).save_revision()

    answer(client, last_token(), group, "confirm")
    waiting.publish()

    state = EventState.objects.get()
    assert state.confirmed_on == timezone.localdate()
    assert state.stage == Stage.CONFIRMED
    assert state.next_step_on == timezone.localdate() + timedelta(days=CONTRACT.asked)
    assert listed() == ["Perhekahvila"]


def test_unconfirmed_groups_come_after_confirmed_ones(event_index, organiser):
    tomorrow = timezone.now() + timedelta(days=1)
    groups = [
        make_group(
            event_index,
            organiser,
            title,
            dates=[factories.single_date(tomorrow + timedelta(days=number))],
        )
        for number, title in enumerate(["Jooga A", "Jooga B", "Jooga C jooga"])
    ]
    assert listed() == ["Jooga A", "Jooga B", "Jooga C jooga"]

    silence(groups[0])

    assert listed() == ["Jooga B", "Jooga C jooga", "Jooga A"]
    assert find(Question()).total == 3
    assert find(Question()).event_ids(2, 3) == [groups[0].pk]
    by_name = find(Question(sort=Sort.NAME)).cards(0, 3)
    assert by_name[0].title == "Jooga A"


def test_relevance_puts_unconfirmed_groups_behind_those_as_good(event_index, organiser):
    first = make_group(event_index, organiser, "Jooga")
    second = make_group(event_index, organiser, "Jooga")
    asked = QueryDict("q=jooga")
    assert EventFilterForm(asked).found.event_ids(0, 2) == [first.pk, second.pk]

    silence(first)

    assert EventFilterForm(asked).found.event_ids(0, 2) == [second.pk, first.pk]


def test_who_knows_the_name_finds_an_unconfirmed_group_first(event_index, organiser):
    known = make_group(event_index, organiser, "Hengitysjooga Kymi")
    make_group(event_index, organiser, "Jooga")
    silence(known)

    asked = QueryDict("q=hengitysjooga kymi")

    assert EventFilterForm(asked).found.event_ids(0, 1) == [known.pk]


# Staff


def test_staff_see_who_is_silent_since_when_and_why(
    brought_to, group, event_index, organiser, contact
):
    nobody = make_group(
        event_index, factories.make_organisation(), "Kuoro", days_ago=CONTRACT.asked
    )
    brought_to(Stage.UNCONFIRMED)
    make_group(event_index, organiser, "Vahvistettu")
    contact.bounced_at = timezone.now()
    contact.save()
    staff = staff_client(MODERATORS)

    page = staff.get(SILENT)

    rows = {row.title: row for row in page.context["object_list"]}
    assert list(rows) == ["Perhekahvila", "Kuoro"]
    assert rows["Perhekahvila"].stage == Stage.UNCONFIRMED.label
    assert rows["Perhekahvila"].contacts != rows["Kuoro"].contacts
    assert reverse("event_staff:dates", args=[nobody.pk]) in page.text
    assert contact.email not in page.text
    only_nobody = staff.get(SILENT, {"contacts": "nobody"}).context["object_list"]
    assert {row.title for row in only_nobody} == {"Perhekahvila", "Kuoro"}
    by_stage = staff.get(SILENT, {"stage": "asked"}).context["object_list"]
    assert [row.title for row in by_stage] == ["Kuoro"]
    by_name = staff.get(SILENT, {"organiser": "sydän"}).context["object_list"]
    assert [row.title for row in by_name] == ["Perhekahvila"]
    assert b"Kuoro" in b"".join(staff.get(SILENT, {"export": "csv"}).streaming_content)


def test_staff_confirm_by_phone(brought_to, group):
    brought_to(Stage.HIDDEN)
    staff = staff_client(MODERATORS)
    address = reverse("event_staff:dates", args=[group.pk])
    assert str(Stage.HIDDEN.label) in staff.get(address).text

    staff.post(address, {"action": "confirm"})

    assert stage_of(group) == Stage.CONFIRMED
    assert listed() == ["Perhekahvila"]
    assert staff.get(SILENT).context["object_list"] == []


def test_the_spreadsheet_makes_no_pages(event_index, organiser, pages_made):
    staff = staff_client(MODERATORS)
    for title in ("Kuoro", "Perhekahvila"):
        silence(make_group(event_index, organiser, title, contact_phone="000 000 0000"))
    pages_made.clear()

    sheet = b"".join(staff.get(SILENT, {"export": "csv"}).streaming_content).decode()

    assert all(word in sheet for word in ("Kuoro", "Perhekahvila", "000 000 0000"))
    assert pages_made == []


@pytest.mark.parametrize(
    ("role", "sees"), [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False)]
)
def test_the_report_is_for_those_who_write_pages(event_index, role, sees):
    client = staff_client(role)

    assert (client.get(SILENT).status_code == 200) == sees
    assert (SILENT in client.get("/admin/").text) == sees


def test_the_report_costs_the_same_however_long_it_is(
    event_index, organiser, contact, run, settled, django_assert_num_queries
):
    staff = staff_client(MODERATORS)
    for _group in range(2):
        make_group(event_index, organiser, days_ago=CONTRACT.asked)
    run()
    staff.get(SILENT)
    settled()
    staff.get(SILENT)
    with CaptureQueriesContext(connection) as few:
        staff.get(SILENT)
    cost = len(few)
    for _group in range(6):
        make_group(event_index, factories.make_organisation(), days_ago=CONTRACT.asked)
    run()
    settled()
    staff.get(SILENT)

    with django_assert_num_queries(cost):
        assert len(staff.get(SILENT).context["object_list"]) == 8
