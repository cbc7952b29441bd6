"""Takes the steps of the freshness contract that have come due.

Only groups whose step is due are read, so it costs nothing to run it every few minutes.
Whatever is done is decided under the group's lock: two runs at once do it once. After
days of standing still an organiser gets one letter, and each group moves on to the
stage that it would be in. While staff read what an organiser has sent of a group,
nothing happens to it.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from home.background import after_commit

from .door import links
from .door.tasks import mail_confirmation
from .freshness import SETTLED, STAGES, Clock
from .models import (
    Contact,
    DoorLink,
    EventPage,
    EventState,
    Membership,
    Stage,
    Submission,
)
from .recurrence import local_moment

logger = logging.getLogger(__name__)

MOST_IN_A_RUN = 500
A_DAY = timedelta(days=1)


class Done(NamedTuple):
    letters: int
    moved: int


def keep_fresh(now: datetime | None = None) -> Done:
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not (keys := due_groups(today)):
        return Done(0, 0)
    letters = write_letters(keys, now)
    # Only of those that a letter was thought of for.
    still_due = EventState.objects.due(today).filter(pk__in=keys)
    moved = sum(tried(key, today) for key in still_due.values_list("pk", flat=True))
    return Done(letters, moved)


def due_groups(today: date) -> list[int]:
    return list(
        EventState.objects.due(today).values_list("pk", flat=True)[:MOST_IN_A_RUN]
    )


def locked_groups(keys: Iterable[int]) -> dict[int, EventPage]:
    """Always the page first, as whoever else changes a group's state does."""
    rows = EventPage.objects.locked().filter(pk__in=list(keys)).order_by("pk")
    return {event.pk: event for event in rows.only("pk", "first_published_at")}


# Letters: nothing that residents see changes


@transaction.atomic
def write_letters(keys: list[int], now: datetime) -> int:
    """Who has several groups gets one letter that names them all, at most one a day."""
    today = timezone.localdate(now)
    groups = locked_groups(keys)
    under_contract = EventPage.objects.under_contract().filter(
        pk__in=list(groups), state__ended_on=None
    )
    sent_in = being_read(groups)
    people = contacts_of(groups)
    busy = written_to_on(today, people)
    receivers: dict[int, Contact] = {}
    changed = []
    for state in EventState.objects.due(today).filter(pk__in=under_contract):
        clock = Clock.of_event(groups[state.pk], state)
        contacts = people.get(state.pk, [])
        if state.pk in sent_in:
            state.next_step_on = today + A_DAY
        elif not clock.is_letter_due(state, today):
            state.next_step_on = clock.next_step_on(state)
        elif any(contact.pk in busy for contact in contacts):
            state.next_step_on = today + A_DAY
        else:
            clock.write_letter(state, today)
            # Who is asked late has a clock of its own from now on.
            clock = Clock.of_event(groups[state.pk], state)
            state.next_step_on = clock.next_step_on(state)
            receivers |= {contact.pk: contact for contact in contacts}
        changed.append(state)
    EventState.objects.bulk_update(changed, SETTLED)
    for contact in receivers.values():
        link = links.new_link(
            links.Purpose.CONFIRMATION,
            contact.email,
            language=contact.language,
            contact=contact,
            now=now,
        )
        after_commit(mail_confirmation, link.pk)
    return len(receivers)


def being_read(keys: Iterable[int]) -> set[int]:
    """Of the groups, those that an organiser has sent a change of: an answer."""
    sent = Submission.objects.filter(
        event__in=list(keys), status=Submission.Status.SENT
    )
    return {key for key in sent.values_list("event", flat=True) if key}


def contacts_of(keys: Iterable[int]) -> dict[int, list[Contact]]:
    """By group, who can be reached and may answer for it. Locked: one letter a day."""
    pairs = list(
        Membership.objects.filter(
            is_approved=True,
            contact__bounced_at=None,
            organisation__events__in=list(keys),
        ).values_list("organisation__events", "contact")
    )
    contacts = (
        Contact.objects.select_for_update(no_key=True)
        .filter(pk__in={contact for _event, contact in pairs})
        .order_by("pk")
    )
    by_id = {contact.pk: contact for contact in contacts}
    found: dict[int, dict[int, Contact]] = defaultdict(dict)
    for event, contact in pairs:
        if contact in by_id:
            found[event][contact] = by_id[contact]
    return {event: list(people.values()) for event, people in found.items()}


def written_to_on(day: date, people: dict[int, list[Contact]]) -> set[int]:
    """Contacts that have a link of the day already."""
    begins, ends = (local_moment(each, time(0)) for each in (day, day + A_DAY))
    lifetime = links.LIFETIMES[links.Purpose.CONFIRMATION]
    keys = {contact.pk for contacts in people.values() for contact in contacts}
    made = DoorLink.objects.filter(
        purpose=links.Purpose.CONFIRMATION,
        contact__in=keys,
        expires_at__gte=begins + lifetime,
        expires_at__lt=ends + lifetime,
    )
    return set(made.values_list("contact", flat=True))


# Stages that residents see


def tried(key: int, today: date) -> bool:
    """A group that cannot be moved holds up no other. It is tried again tomorrow."""
    try:
        return move_on(key, today)
    except (ValidationError, DatabaseError) as error:
        # Not its words: they may have those of the group in them.
        logger.error("Group %s cannot move on: %s", key, type(error).__name__)
        put_off(key, today)
        return False


def put_off(key: int, today: date) -> None:
    EventState.objects.filter(pk=key).update(next_step_on=today + A_DAY)


@transaction.atomic
def move_on(key: int, today: date) -> bool:
    """To the stage that the days say. Its rows in the lists follow by signals."""
    locked_groups([key])
    state = EventState.objects.due(today).filter(pk=key).first()
    if state is None:
        return False
    clock = Clock.of(state)
    if clock is None:
        state.save()
        return False
    if being_read([key]):
        put_off(key, today)
        return False
    if state.stage == Stage.CONFIRMED:
        return False
    stage = clock.contract.stage_after(clock.days(today))
    if STAGES.index(stage) <= STAGES.index(Stage(state.stage)):
        return False
    if stage == Stage.ARCHIVED:
        EventPage.objects.get(pk=key).unpublish()
        state.refresh_from_db()
    state.stage = stage
    state.save()
    return True
