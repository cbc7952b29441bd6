"""What an organisation reads of a group's state, in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..days import long_day
from ..models import EventPage, EventState, Stage, Submission

Status = Submission.Status

WORDS_OF_STAGES = {
    Stage.UNCONFIRMED: gettext_lazy("Not confirmed, and residents see that"),
    Stage.HIDDEN: gettext_lazy("Not confirmed, and so out of the lists"),
    Stage.ARCHIVED: gettext_lazy("Not confirmed for a long time, and so archived"),
}
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
    if event.live:
        yield from words_of_public(state, today)
        if last and last.status in WORDS_OF_CHANGES:
            yield str(WORDS_OF_CHANGES[Status(last.status)])
    elif state.stage == Stage.ARCHIVED:
        yield str(WORDS_OF_STAGES[Stage.ARCHIVED])
    elif last and last.status != Status.APPROVED:
        yield last.get_status_display()
    else:
        yield _("Not public")


def words_of_public(state: EventState, today: date) -> Iterator[str]:
    if state.ended_on and state.ended_on < today:
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
