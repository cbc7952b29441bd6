"""The freshness contract: residents can trust that a group they find still meets.

Its clock starts on the day when the organiser last confirmed the group, else when it
was first published; `settings.FRESHNESS` has the days. First the organiser is asked by
mail, then reminded; then residents read that nobody has confirmed the group, and it
stands last in the lists; then it leaves them; at last its page goes off the site. Every
answer starts the clock anew.

Under the contract is what goes on by itself. Courses and single events with a last day
end by themselves, and an imported group is kept fresh by its source. A group on a break
is asked about like any other, so that no break is forgotten. One that has no contact
person goes through the same stages in silence: staff see it in their report.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from .models import EventPage, EventState, Stage

STAGES = list(Stage)


@dataclass(frozen=True)
class Contract:
    """On which days of the clock something happens if nobody answers."""

    asked: int
    reminders: tuple[int, ...]
    unconfirmed: int
    hidden: int
    archived: int

    @classmethod
    def current(cls) -> "Contract":
        return cls(**settings.FRESHNESS)

    def day_of(self, stage: Stage) -> int:
        return 0 if stage == Stage.CONFIRMED else getattr(self, stage.value)

    def stage_after(self, days: int) -> Stage:
        return max(
            (stage for stage in STAGES if self.day_of(stage) <= days), key=STAGES.index
        )

    def reminders_after(self, days: int) -> int:
        return sum(day <= days for day in self.reminders)

    def next_day(self, state: EventState) -> int:
        """Of what has not been done yet. The next stage, or a reminder before it."""
        following = STAGES[STAGES.index(Stage(state.stage)) + 1]
        days = [self.day_of(following)]
        if state.stage != Stage.CONFIRMED:
            days += self.reminders[state.reminders :][:1]
        return min(days)


@dataclass(frozen=True)
class Clock:
    """Of one group, by its state as it stands in memory."""

    contract: Contract
    begun_on: date

    @classmethod
    def of(cls, state: EventState) -> "Clock | None":
        """None: the group is not under the contract."""
        if state.ended_on:
            return None
        event = EventPage.objects.under_contract().filter(pk=state.event_id).first()
        return cls.of_event(event, state) if event else None

    @classmethod
    def of_event(cls, event: EventPage, state: EventState) -> "Clock":
        """Of a group that is under the contract."""
        contract = Contract.current()
        published = event.first_published_at or timezone.now()
        begun_on = state.confirmed_on or timezone.localdate(published)
        if state.asked_on:
            # Who was asked late has as long to answer as anybody.
            asked_in_time = state.asked_on - timedelta(days=contract.asked)
            begun_on = max(begun_on, asked_in_time)
        return cls(contract, begun_on)

    def days(self, today: date) -> int:
        return (today - self.begun_on).days

    def next_step_on(self, state: EventState) -> date:
        return self.begun_on + timedelta(days=self.contract.next_day(state))

    def is_letter_due(self, state: EventState, today: date) -> bool:
        days = self.days(today)
        if state.stage == Stage.CONFIRMED:
            return days >= self.contract.asked
        return self.contract.reminders_after(days) > state.reminders

    def write_letter(self, state: EventState, today: date) -> None:
        """One, however many there should have been while nothing ran."""
        if state.stage == Stage.CONFIRMED:
            state.stage, state.asked_on = Stage.ASKED, today
        else:
            state.reminders = self.contract.reminders_after(self.days(today))


def settle(state: EventState) -> None:
    """Sets what follows from the rest of the row. Call before it is saved.

    Who has answered, is back on the site after the archive, or has left the contract
    while residents see its page, begins anew.
    """
    if state.ended_on or is_answered(state):
        begin_anew(state)
    clock = Clock.of(state)
    is_back = clock and state.stage == Stage.ARCHIVED
    if is_back or (clock is None and is_left_silent(state)):
        begin_anew(state)
    state.next_step_on = clock.next_step_on(state) if clock else None


def is_answered(state: EventState) -> bool:
    """It is confirmed later than when it was asked for being silent so long."""
    if not (state.asked_on and state.confirmed_on):
        return False
    silent_for = (state.asked_on - state.confirmed_on).days
    return silent_for < Contract.current().asked


def is_left_silent(state: EventState) -> bool:
    """Nothing but an answer would bring it back, and nobody asks for one any more."""
    page = EventPage.objects.live().filter(pk=state.event_id)
    return state.stage != Stage.CONFIRMED and page.exists()


def begin_anew(state: EventState) -> None:
    state.stage, state.asked_on, state.reminders = Stage.CONFIRMED, None, 0


def start(event: EventPage) -> None:
    """A group has been published. Without signals: its rows are written then anyway."""
    state = EventState.objects.filter(event=event).first() or EventState(event=event)
    before = [getattr(state, name) for name in SETTLED]
    settle(state)
    if [getattr(state, name) for name in SETTLED] != before:
        EventState.objects.bulk_create(
            [state],
            update_conflicts=True,
            unique_fields=["event"],
            update_fields=list(SETTLED),
        )


SETTLED = ("stage", "asked_on", "reminders", "next_step_on")
"""What `settle` writes."""
