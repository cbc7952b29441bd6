"""A contact's groups by organisation, a page at a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ..models import (
    Contact,
    EventPage,
    EventState,
    EventText,
    Occurrence,
    Organisation,
    Submission,
)
from ..names import in_order
from .access import organisations_of, submissions_of
from .group_states import words_of

GROUPS_ON_A_PAGE = 50
DRAFTS_SHOWN = 50
Organised = EventPage.organisers.through
"""A row for each group and organiser: a shared group is under both."""


@dataclass(frozen=True)
class GroupRow:
    organisation: Organisation
    event: EventPage
    words: list[str]
    next_start: datetime | None


def groups_of(contact: Contact, words: str = "") -> QuerySet[Any]:
    rows = Organised.objects.filter(organisation__in=organisations_of(contact))
    if words:
        rows = rows.filter(named(words))
    return rows.select_related("organisation").order_by(
        "organisation__slug", in_order("eventpage__title"), "pk"
    )


def named(words: str) -> Q:
    """By a part of the name in any language. Only so SQLite knows “Ä” for “ä”."""
    pattern = re.escape(words)
    texts = EventText.objects.filter(event=OuterRef("eventpage"), title__iregex=pattern)
    return Q(eventpage__title__iregex=pattern) | Q(Exists(texts))


def group_rows(organised: Iterable[Any]) -> list[GroupRow]:
    """Three queries, however many they are."""
    rows = list(organised)
    keys = [row.eventpage_id for row in rows]
    now = timezone.now()
    today = timezone.localdate(now)
    dates = Occurrence.objects.upcoming(now).held().filter(event=OuterRef("pk"))
    events = (
        EventPage.objects.filter(pk__in=keys)
        .annotate(next_start=Subquery(dates.values("starts_at")[:1]))
        .in_bulk()
    )
    states = EventState.objects.in_bulk(keys)
    last = last_submissions(keys)
    return [
        GroupRow(
            organisation=row.organisation,
            event=events[key],
            words=words_of(events[key], states.get(key), last.get(key), today),
            next_start=events[key].next_start if is_held(states.get(key)) else None,
        )
        for row, key in zip(rows, keys, strict=True)
    ]


def is_held(state: EventState | None) -> bool:
    """A group on a break has dates still, but nobody knows whether it meets."""
    return not (state and state.is_paused)


def last_submissions(event_ids: Iterable[int]) -> dict[int, Submission]:
    """The newest of each group; what was typed in it is not read."""
    found = Submission.objects.filter(event__in=event_ids).defer("typed")
    return {row.event_id: row for row in found.order_by("pk") if row.event_id}


def unlisted_of(contact: Contact) -> QuerySet[Submission]:
    """What stands under none of their organisations: drafts of new groups, and what
    they sent for one that they may not act for yet. The newest on top.
    """
    begun = Q(event=None, status__in=Submission.OPEN)
    own = Q(contact=contact, event__isnull=False)
    listed = Organised.objects.filter(organisation__in=organisations_of(contact))
    found = submissions_of(contact).for_list().filter(begun | own)
    return found.exclude(event__in=listed.values("eventpage")).order_by("-pk")
