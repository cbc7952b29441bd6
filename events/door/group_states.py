"""What an organisation reads of a group's state, in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..days import long_day
from ..models import EventPage, EventState, Stage, Submission
from ..visibility import reason_off_site

Status = Submission.Status

WORDS_OF_STAGES = {
    Stage.UNCONFIRMED: gettext_lazy("Not confirmed, and residents see that"),
    Stage.HIDDEN: gettext_lazy("Not confirmed, and so out of the lists"),
}
WORDS_OFF_SITE = {
    "archived": gettext_lazy("Not confirmed for a long time, and so archived"),
    "expired": gettext_lazy("Off the site"),
    "unpublished": gettext_lazy("Off the site"),
}
"""Of what has been public (`visibility.reason_off_site`)."""
WORDS_OF_CHANGES = {
    Status.DRAFT: gettext_lazy("A change is being written"),
    Status.SENT: gettext_lazy("A change waits for the moderators"),
    Status.CHANGE_ASKED: gettext_lazy("The moderators ask for a change"),
}


def words_of(
    event: EventPage, state: EventState | None, last: Submission | None, today: date
) -> list[str]:
    """`last`: the newest that was written of the group."""
    state = state or EventState(event=event)
    return list(every_word(event, state, last, today))


def every_word(
    event: EventPage, state: EventState, last: Submission | None, today: date
) -> Iterator[str]:
    status = last.status if last else ""
    reason = reason_off_site(event, state, status)
    if reason and reason not in WORDS_OFF_SITE:
        if last and status != Status.APPROVED:
            yield last.get_status_display()
        else:
            yield _("Not public")
        return
    if reason:
        yield str(WORDS_OFF_SITE[reason])
    else:
        yield from words_of_public(state, today)
    if status in WORDS_OF_CHANGES:
        yield str(WORDS_OF_CHANGES[Status(status)])


def words_of_public(state: EventState, today: date) -> Iterator[str]:
    if state.ended_on and state.has_ended(today):
        yield _("Ended on %(day)s") % {"day": long_day(state.ended_on)}
        return
    if state.is_paused:
        yield _("On a break")
    elif state.stage in WORDS_OF_STAGES:
        yield str(WORDS_OF_STAGES[Stage(state.stage)])
    else:
        yield _("Public")
    if state.ended_on:
        yield _("Last day: %(day)s") % {"day": long_day(state.ended_on)}
    if state.is_full:
        yield _("Full: no room for newcomers")
