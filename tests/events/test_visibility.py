"""“Why is my group not shown?”: each rule is named for the group that it keeps off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.door.group_states import WORDS_OFF_SITE, words_of
from events.listing import Question, find
from events.models import (
    EventPage,
    EventState,
    OccurrenceChange,
    SearchRow,
    Stage,
    Submission,
)
from events.visibility import FAULT, RULES, why_not_shown
from tests import factories
from tests.editing import messages_of, staff_client

from .door import client_of, make_contact

Status = Submission.Status


def a_draft(index):
    return factories.make_event(index, live=False)


def sent(index, status=Status.SENT):
    event = a_draft(index)
    Submission.objects.create(event=event, status=status, language="fi")
    return event


def to_be_published_next_week(index):
    event = a_draft(index)
    event.go_live_at = timezone.now() + timedelta(days=7)
    event.save_revision().publish()
    return event


def expired(index):
    event = factories.make_event(index)
    event.expire_at = timezone.now() - timedelta(days=1)
    event.unpublish(set_expired=True)
    return event


def taken_off(index):
    factories.make_event(index).save_revision().publish()
    event = EventPage.objects.latest("pk")
    event.unpublish()
    return event


def archived(index):
    event = taken_off(index)
    EventState.objects.update_or_create(event=event)
    EventState.objects.filter(event=event).update(stage=Stage.ARCHIVED)
    return event


def behind_a_password(index):
    event = factories.make_event(index)
    PageViewRestriction.objects.create(
        page=event, restriction_type=PageViewRestriction.PASSWORD, password="sala"
    )
    return event


def under_an_index_that_is_not_public(index):
    event = factories.make_event(index)
    index.unpublish()
    return event


def on_a_break(index):
    event = factories.make_event(index)
    EventState.objects.create(event=event, is_paused=True)
    return event


def ended(index):
    event = factories.make_event(index)
    yesterday = timezone.localdate() - timedelta(days=1)
    EventState.objects.create(event=event, ended_on=yesterday)
    return event


def silent_for_long(index):
    event = factories.make_event(index)
    long_ago = timezone.localdate() - timedelta(days=250)
    EventState.objects.create(event=event, confirmed_on=long_ago, stage=Stage.HIDDEN)
    return event


def without_times(index):
    return factories.make_event(index, rules=[], dates=[])


def with_past_dates(index):
    return factories.make_event(
        index, dates=[factories.single_date(timezone.now() - timedelta(days=3))]
    )


def with_cancelled_dates(index):
    date = factories.single_date(timezone.now() + timedelta(days=3))
    event = factories.make_event(index, dates=[date])
    OccurrenceChange.objects.create(
        event=event, original_start=date.starts_at, kind="cancelled"
    )
    return event


def whose_row_is_lost(index):
    event = factories.make_event(index)
    SearchRow.objects.filter(event=event)._raw_delete("default")
    return event


KEPT_OFF = {
    "draft": a_draft,
    "waiting": sent,
    "change-asked": lambda index: sent(index, Status.CHANGE_ASKED),
    "rejected": lambda index: sent(index, Status.REJECTED),
    "scheduled": to_be_published_next_week,
    "expired": expired,
    "archived": archived,
    "unpublished": taken_off,
    "restricted": behind_a_password,
    "index-off": under_an_index_that_is_not_public,
    "paused": on_a_break,
    "ended": ended,
    "unconfirmed": silent_for_long,
    "no-times": without_times,
    "all-over": with_past_dates,
    "all-cancelled": with_cancelled_dates,
    "fault": whose_row_is_lost,
}


def keys(rules):
    return [rule.key for rule in rules]


def in_the_list(event):
    return event.pk in find(Question()).moments(0, 100)


def test_every_rule_has_a_group_here():
    assert set(keys([*RULES, FAULT])) == set(KEPT_OFF)


@pytest.mark.parametrize("key", KEPT_OFF)
def test_exactly_the_rule_that_keeps_the_group_off_is_named(event_index, key):
    event = KEPT_OFF[key](event_index)
    event.refresh_from_db()

    answer = why_not_shown(event)

    assert keys(answer.failing) == [key]
    assert key not in keys(answer.passed)
    if key != "index-off":  # Then there is no list at all.
        assert not in_the_list(event)


def test_a_group_in_the_list_fails_no_rule(event_index, settled):
    event = factories.make_event(event_index, municipality=factories.town())
    settled()

    answer = why_not_shown(event)

    assert in_the_list(event)
    assert answer.is_shown
    assert not answer.hints
    assert len(answer.passed) == len(RULES)


# Wagtail's mail to moderators still asks Django for a connection in the old way.
@pytest.mark.filterwarnings("ignore:get_connection")
def test_a_staff_draft_in_a_workflow_waits(event_index, administrator):
    staff_client(MODERATORS)  # Makes the workflow.
    event = a_draft(event_index)
    event.save_revision()
    assert keys(why_not_shown(event).failing) == ["draft"]
    workflow = event.get_workflow()

    workflow.start(event, administrator)

    event = type(event).objects.get(pk=event.pk)
    assert keys(why_not_shown(event).failing) == ["waiting"]


REFUSED = [(Status.REJECTED, "rejected"), (Status.CHANGE_ASKED, "change-asked")]


@pytest.mark.parametrize("make", [taken_off, archived, expired])
@pytest.mark.parametrize(("status", "reason"), REFUSED)
def test_a_refused_change_is_no_reason_once_a_group_has_been_public(
    event_index, make, status, reason
):
    new, known = sent(event_index, status), make(event_index)
    Submission.objects.create(event=known, status=status, language="fi", is_change=True)
    events = [EventPage.objects.get(pk=event.pk) for event in (new, known)]

    answers = [keys(why_not_shown(event).failing) for event in events]

    of_known = next(key for key, each in KEPT_OFF.items() if each is make)
    assert answers == [[reason], [of_known]]


@pytest.mark.parametrize("make", [taken_off, archived])
def test_what_was_sent_again_waits(event_index, make):
    event = make(event_index)
    Submission.objects.create(event=event, status=Status.SENT, language="fi")

    assert keys(why_not_shown(event).failing) == ["waiting"]


def test_the_list_of_groups_tells_the_same(event_index):
    today = timezone.localdate()
    refused = Submission.objects.create(status=Status.REJECTED, language="fi")
    off, old = taken_off(event_index), archived(event_index)
    new = a_draft(event_index)
    state = EventState.objects.get(event=old)

    assert words_of(new, None, refused, today) == [Status.REJECTED.label]
    assert words_of(off, None, refused, today) == [gettext("Off the site")]
    assert words_of(old, state, refused, today) == [str(WORDS_OFF_SITE["archived"])]


def test_what_cannot_be_changed_now_says_whether_it_ever_could(event_index):
    organisation = factories.make_organisation()
    off, new = taken_off(event_index), a_draft(event_index)
    for event in (off, new):
        event.organisers = [organisation]
        event.save()
    client = client_of(make_contact(organisation))

    said = [
        messages_of(
            client.post(
                f"/fi/ilmoita/groups/{event.pk}/", {"action": "confirm"}, follow=True
            )
        )
        for event in (off, new)
    ]

    assert [len(messages) for messages in said] == [1, 1]
    assert said[0] != said[1]
    assert not EventState.objects.filter(confirmed_on=timezone.localdate()).exists()


def test_two_reasons_are_both_named(event_index):
    event = on_a_break(event_index)
    PageViewRestriction.objects.create(
        page=event, restriction_type=PageViewRestriction.PASSWORD, password="sala"
    )

    assert keys(why_not_shown(event).failing) == ["restricted", "paused"]


def test_a_shown_group_is_told_why_somebody_may_overlook_it(event_index):
    event = factories.make_event(event_index)
    EventState.objects.create(
        event=event,
        confirmed_on=timezone.localdate() - timedelta(days=200),
        stage=Stage.UNCONFIRMED,
    )
    Submission.objects.create(
        event=event, status=Status.SENT, language="fi", is_change=True
    )

    answer = why_not_shown(event)

    assert answer.is_shown
    assert keys(answer.hints) == ["last", "change-waits", "no-municipality"]


def test_it_costs_as_many_queries_for_every_group(
    event_index, django_assert_max_num_queries
):
    events = [make(event_index) for key, make in KEPT_OFF.items() if key != "index-off"]
    for event in events:
        event.refresh_from_db()
        with django_assert_max_num_queries(14):
            why_not_shown(event)


def test_the_organisation_reads_it_in_the_door_and_others_do_not(event_index):
    organisation = factories.make_organisation()
    event = factories.make_event(event_index, "Olohuone", organisers=[organisation])
    EventState.objects.create(event=event, is_paused=True)
    address = f"/fi/ilmoita/groups/{event.pk}/why/"

    page = client_of(make_contact(organisation)).get(address)
    stranger = client_of(make_contact(email="muu@yhdistys.example")).get(address)

    assert page.status_code == 200
    assert keys(page.context["answer"].failing) == ["paused"]
    assert "no-store" in page["Cache-Control"]
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_staff_who_write_groups_read_it(event_index, role, may):
    event = on_a_break(event_index)
    client = staff_client(role)
    address = reverse("event_staff:why", args=[event.pk])

    page = client.get(address)

    assert (page.status_code == 200) == may
    if may:
        assert keys(page.context["answer"].failing) == ["paused"]
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[event.pk]))
        assert address in edit.text


def test_the_page_of_dates_and_state_leads_to_it(event_index):
    event = factories.make_event(event_index)

    page = staff_client(MODERATORS).get(reverse("event_staff:dates", args=[event.pk]))

    assert reverse("event_staff:why", args=[event.pk]) in page.text
