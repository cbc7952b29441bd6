"""All that says when a group meets, whether it stands in the database or in a form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .breaks import StandingBreak, standing_breaks
from .recurrence import AHEAD, LOCAL, MOST_DATES, Pause, Rule, SingleDate, Span, expand


@dataclass(frozen=True)
class Schedule:
    rules: Sequence[Rule] = ()
    extra_dates: Sequence[SingleDate] = ()
    breaks: Sequence[Pause] = ()
    """Those of the group itself."""
    pauses: Collection[str] = ()
    school_breaks: Sequence[StandingBreak] = field(default=(), repr=False)
    """Those of its municipality, whether or not it keeps them."""

    def all_breaks(self, now: datetime) -> list[Pause]:
        if not (self.rules and self.pauses):
            return list(self.breaks)
        first = min(rule.start_date for rule in self.rules)
        last = (now + AHEAD).astimezone(LOCAL).date()
        return [
            *self.breaks,
            *standing_breaks(self.pauses, self.school_breaks, first, last),
        ]

    def spans(
        self,
        now: datetime,
        *,
        held: Collection[datetime] = (),
        most: int = MOST_DATES,
    ) -> list[Span]:
        """Single dates are held in a break, too: somebody has written them down."""
        breaks = self.all_breaks(now)
        return expand(self.rules, self.extra_dates, breaks, now, held=held, most=most)
