"""Why residents do not find a group in the index: every rule that keeps one off it.

The rules are those of `derived.refresh_search_row` and of the index itself, each by its
own name, so that organisations and staff read the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from home.languages import MAIN_LANGUAGE

from .models import (
    EventIndexPage,
    EventPage,
    EventState,
    SearchRow,
    Stage,
    Submission,
)

Status = Submission.Status


class Standing:
    """What the rules ask about a group, each read at most once."""

    def __init__(self, event: EventPage, now: datetime | None = None) -> None:
        self.event = event
        self.now = now or timezone.now()

    @cached_property
    def state(self) -> EventState:
        known = EventState.objects.filter(event=self.event).first()
        return known or EventState(event=self.event)

    @cached_property
    def status(self) -> str:
        """Of what its organisation has written last."""
        found = Submission.objects.filter(event=self.event).order_by("-pk")
        return found.values_list("status", flat=True).first() or ""

    @cached_property
    def reason_off_site(self) -> str:
        """The same, and what takes a look into the page's revisions."""
        reason = reason_off_site(self.event, self.state, self.status)
        if reason in ON_ITS_WAY:
            return reason
        workflow = self.event.current_workflow_state
        if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
            return "waiting"
        return "scheduled" if self.event.scheduled_revision else reason

    @cached_property
    def has_ended(self) -> bool:
        return self.state.has_ended(timezone.localdate(self.now))

    @cached_property
    def has_times(self) -> bool:
        return self.event.rules.exists() or self.event.extra_dates.exists()

    @cached_property
    def has_coming_date(self) -> bool:
        return self.event.upcoming_dates(self.now).exists()

    @cached_property
    def has_held_date(self) -> bool:
        return self.event.occurrences.upcoming(self.now).held().exists()

    @cached_property
    def is_in_index(self) -> bool:
        rows = SearchRow.objects.filter(event=self.event, next_start__isnull=False)
        return rows.exists()


REASONS: dict[str, str] = {
    Status.CHANGE_ASKED: "change-asked",
    Status.REJECTED: "rejected",
}
ON_ITS_WAY = ("", "waiting")


def reason_off_site(event: EventPage, state: EventState, status: str) -> str:
    """Why its page is not public; "" when it is. `status`: of what was written last.

    Of a group that has been public, a refused change tells nothing: it stood there
    afterwards as it was before.
    """
    if event.live:
        return ""
    if status == Status.SENT:
        return "waiting"
    if state.stage == Stage.ARCHIVED:
        return "archived"
    if event.expired:
        return "expired"
    if event.first_published_at:
        return "unpublished"
    return REASONS.get(status, "draft")


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    label: Any
    what_to_do: Any
    keeps_off: Callable[[Standing], bool]


def off_site(key: str, label: Any, what_to_do: Any) -> Rule:
    return Rule(key, label, what_to_do, lambda group: group.reason_off_site == key)


RULES = (
    off_site(
        "draft",
        _("It is a draft: it has not been sent or published yet."),
        _("Finish it and send it. A moderator then reads and publishes it."),
    ),
    off_site(
        "waiting",
        _("It waits for the moderators."),
        _("Nothing more is needed: it is read within two working days."),
    ),
    off_site(
        "change-asked",
        _("The moderators have asked for a change."),
        _("Read what they ask for, change it and send it again."),
    ),
    off_site(
        "rejected",
        _("The moderators did not publish it."),
        _("The reason is in the message that was sent. It can be sent anew."),
    ),
    off_site(
        "scheduled",
        _("It is to be published later."),
        _("It comes by itself on the day that staff have set."),
    ),
    off_site(
        "expired",
        _("The day on which it was to be taken off the site has passed."),
        _("If it goes on, change that day and publish it again."),
    ),
    off_site(
        "archived",
        _("Nobody has confirmed it for so long that it was archived."),
        _("If it still meets, check its details and send it again."),
    ),
    off_site(
        "unpublished",
        _("It has been taken off the site."),
        _("If it still meets, check its details and have it published again."),
    ),
    Rule(
        "restricted",
        _("Its page asks for a password or an account."),
        _("Staff can open it for everybody, in the privacy settings of the page."),
        lambda group: bool(group.event.live and group.event.is_restricted),
    ),
    Rule(
        "index-off",
        _("The list of groups itself is not public."),
        _("Staff can publish the page “Groups and events” again."),
        lambda _group: EventIndexPage.objects.live_in_memory(MAIN_LANGUAGE) is None,
    ),
    Rule(
        "paused",
        _("It is on a break."),
        _("When it goes on, end the break on the page of its dates and state."),
        lambda group: group.state.is_paused,
    ),
    Rule(
        "ended",
        _("It has ended."),
        _("If it goes on after all, say so on the page of its dates and state."),
        lambda group: group.has_ended,
    ),
    Rule(
        "unconfirmed",
        _("Nobody has confirmed for long that it still meets."),
        _("Confirm it on the page of its dates and state. It is back at once."),
        lambda group: group.state.stage == Stage.HIDDEN,
    ),
    Rule(
        "no-times",
        _("It has no times and no dates."),
        _("Write when it meets."),
        lambda group: bool(group.event.live and not group.has_times),
    ),
    Rule(
        "all-over",
        _("All its dates are over."),
        _("Write new times, or copy it for the next season."),
        lambda group: bool(
            group.event.live
            and group.has_times
            and not group.has_ended
            and not group.has_coming_date
        ),
    ),
    Rule(
        "all-cancelled",
        _("All its coming dates are cancelled."),
        _("Write new times, or mark a date as held after all."),
        lambda group: (
            group.event.live and group.has_coming_date and not group.has_held_date
        ),
    ),
)
FAULT = Rule(
    "fault",
    _("No rule keeps it off the list, and yet it is not there. That is our fault."),
    _("Staff can publish the group again, or ask the maintainers."),
    lambda group: group.has_held_date and not group.is_in_index,
)
"""Told only when no rule explains it."""

HINTS = (
    Rule(
        "last",
        _("It stands last in the list: nobody has confirmed for long that it meets."),
        _("Confirm it on the page of its dates and state."),
        lambda group: group.state.stage == Stage.UNCONFIRMED,
    ),
    Rule(
        "change-waits",
        _("Residents see the version before: a change waits for the moderators."),
        _("Nothing more is needed: it is read within two working days."),
        lambda group: group.status == Status.SENT,
    ),
    Rule(
        "no-municipality",
        _("It has no municipality, so a list of one municipality leaves it out."),
        _("Choose a place or a municipality, unless it meets online only."),
        lambda group: group.event.effective_municipality is None,
    ),
)
"""For a group that is in the index: why somebody may overlook it."""


@dataclass(frozen=True)
class Answer:
    failing: list[Rule]
    passed: list[Rule]
    hints: list[Rule]

    @property
    def is_shown(self) -> bool:
        return not self.failing


def why_not_shown(event: EventPage, now: datetime | None = None) -> Answer:
    """A fixed number of queries, whatever the group is like."""
    group = Standing(event, now)
    failing = [rule for rule in RULES if rule.keeps_off(group)]
    if not failing and FAULT.keeps_off(group):
        failing = [FAULT]
    return Answer(
        failing=failing,
        passed=[rule for rule in RULES if rule not in failing],
        hints=[] if failing else [hint for hint in HINTS if hint.keeps_off(group)],
    )
