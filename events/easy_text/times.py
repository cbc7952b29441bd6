"""When a group meets: its rules, the next date, what is cancelled or moved, breaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..days import last_day, local_day, local_time
from ..enums import Pause
from ..models.occurrences import Occurrence
from ..recurrence import (
    LOCAL,
    Rule,
    days_of,
    first_day_of,
    is_over,
    last_day_of,
    local_moment,
)
from ..recurrence import Pause as Break
from ..schedules import Schedule
from ..wording import WHOLE_WEEK, WORKING_WEEK
from .clocks import (
    clock_in_words,
    date_and_clock,
    date_in_words,
    day_in_words,
    how_it_ends,
    is_known,
)
from .patterns import Speaker, listed, patterns

MOST_CHANGES = 3
"""So many cancelled dates, and as many moved ones, are named; the list has them all."""
A_WEEK = timedelta(weeks=1)
PAUSE_ORDER = (
    Pause.JULY,
    Pause.CHRISTMAS,
    Pause.SCHOOL_BREAKS,
    Pause.PUBLIC_HOLIDAYS,
)


@dataclass(frozen=True)
class Line:
    """A sentence, with a list under it when it ends in a colon."""

    text: str
    items: tuple[str, ...] = ()


Hours = tuple[time, time | None]


class Times:
    def __init__(
        self,
        speaker: Speaker,
        *,
        schedule: Schedule,
        dates: Sequence[Occurrence],
        breaks: Iterable[Break],
        now: datetime,
    ) -> None:
        self.speaker = speaker
        self.today = now.astimezone(LOCAL).date()
        self.all_breaks = schedule.all_breaks(now)
        self.rules = [rule for rule in schedule.rules if self.goes_on(rule)]
        self.terms = terms_of(self.rules, self.today)
        self.dates = dates
        self.held = [date for date in dates if not date.is_cancelled]
        self.cancelled = [date for date in dates if date.is_cancelled][:MOST_CHANGES]
        self.breaks = sorted(
            (found for found in breaks if found.end_date >= self.today),
            key=lambda found: found.start_date,
        )
        self.pauses = set(schedule.pauses)

    def goes_on(self, rule: Rule) -> bool:
        """A series of one meeting is told as a date."""
        if not rule.weekdays or rule.count == 1:
            return False
        return not is_over(rule, self.all_breaks, self.today)

    def lines(self) -> Iterator[Line]:
        if not self.dates:
            yield from self.say("unknown")
        elif self.rules:
            yield from self.rules_in_words(self.terms[0])
            yield from self.breaks_in_words(is_now=True)
            yield from self.coming_in_words()
            yield from self.breaks_in_words(is_now=False)
            for number, term in enumerate(self.terms[1:], start=1):
                yield from self.later_term_in_words(number, term)
            yield from self.pauses_in_words()
        else:
            yield from self.dates_in_words()

    def say(self, key: str, **words: object) -> Iterator[Line]:
        for sentence in self.speaker.say("when", key, **words):
            yield Line(sentence)

    def on(self, moment: date) -> str:
        return date_in_words(moment, self.today)

    # Rules

    def later_term_in_words(self, number: int, term: list[Rule]) -> Iterator[Line]:
        first = min(first_day_of(rule, self.all_breaks, self.today) for rule in term)
        before = [rule for earlier in self.terms[:number] for rule in earlier]
        ends = [last_day_of(rule, self.all_breaks, self.today) for rule in before]
        goes_on = any(last is None or last >= first for last in ends)
        yield from self.say("more_begins" if goes_on else "begins", date=self.on(first))
        yield from self.rules_in_words(term, is_later=True, is_other=goes_on)

    def rules_in_words(
        self, term: list[Rule], *, is_later: bool = False, is_other: bool = False
    ) -> Iterator[Line]:
        """Of one term; `is_other` when they are added to rules that go on."""
        meets = self.speaker.words["then_meets" if is_later else "meets"]
        groups: dict[tuple, list[Rule]] = {}
        for rule in term:
            groups.setdefault(days_of_rule(rule), []).append(rule)
        for number, rules in enumerate(groups.values()):
            yield from self.days_in_words(
                rules[0], is_other=is_other or number > 0, meets=meets
            )
            hours = sorted(
                {(rule.start_time, rule.end_time) for rule in rules},
                key=lambda pair: (pair[0], pair[1] or time.max),
            )
            is_one_of_many = is_later or len(groups) > 1
            yield from self.hours_in_words(hours, is_one_of_many=is_one_of_many)
        yield from self.end_in_words(term)

    def days_in_words(
        self, rule: Rule, *, is_other: bool, meets: str
    ) -> Iterator[Line]:
        if rule.frequency == "monthly":
            yield from self.month_in_words(rule, meets)
            return
        weekdays = sorted(set(rule.weekdays))
        if rule.interval == 1 and weekdays == WHOLE_WEEK:
            yield from self.say("every_day", meets=meets)
        elif rule.interval == 1 and weekdays == WORKING_WEEK:
            yield from self.say("working_days", meets=meets)
        elif rule.interval == 1:
            key = "also_every_week" if is_other else "every_week"
            yield from self.say(key, meets=meets, days=bent(weekdays, "every"))
        elif rule.interval == 2 and len(weekdays) == 1:
            day = bent(weekdays, "base")
            yield from self.say("every_second_day", meets=meets, day=day)
        else:
            yield from self.say(
                "every_nth_week" if which(rule.interval) else "every_few_weeks",
                meets=meets,
                nth=which(rule.interval),
                number=rule.interval,
                days=bent(weekdays, "on"),
            )

    def month_in_words(self, rule: Rule, meets: str) -> Iterator[Line]:
        weekdays = sorted(set(rule.weekdays))
        nth = which(rule.nth or 1)
        if rule.interval > 1:
            key = "every_nth_month" if which(rule.interval) else "every_few_months"
        elif len(weekdays) == 1:
            key = "every_month"
        else:
            key = "times_a_month" if times(len(weekdays)) else "often_a_month"
        number = rule.interval if rule.interval > 1 else len(weekdays)
        yield from self.say(
            key,
            meets=meets,
            nth=which(rule.interval),
            times=times(len(weekdays)),
            number=number,
        )
        if len(weekdays) == 1:
            yield from self.say("day_of_month", nth=nth, day=bent(weekdays, "base"))
        else:
            names = [f"{nth} {bent([day], 'base')}" for day in weekdays]
            yield from self.say("days_of_month", days=listed(names))

    def hours_in_words(
        self, hours: list[Hours], *, is_one_of_many: bool
    ) -> Iterator[Line]:
        if len(hours) == 1:
            yield from self.clock("then_" if is_one_of_many else "", *hours[0])
        elif times(len(hours)):
            yield from self.say("times_a_day", times=times(len(hours)))
            for number, pair in enumerate(hours, start=1):
                yield from self.clock("nth_", *pair, nth=which(number).capitalize())
        else:
            for pair in hours:
                yield from self.clock("then_", *pair)

    def clock(
        self, before: str, start: time, end: time | None, **words: object
    ) -> Iterator[Line]:
        if not is_known(start, end):
            yield from self.say("ask_the_clock")
            return
        yield from self.say(f"{before}starts", clock=clock_in_words(start), **words)
        ending = how_it_ends(start, end)
        if ending and end is not None:
            yield from self.say(before + ending, clock=clock_in_words(end), **words)

    def end_in_words(self, term: list[Rule]) -> Iterator[Line]:
        """What all its rules have in common; of one term among several, of it alone."""
        before = "so_" if len(self.terms) > 1 else ""
        last = {rule.end_date for rule in term}
        number = term[0].count if len(term) == 1 else None
        if number:
            yield from self.say(before + "number", number=number)
        if len(last) == 1 and (day := last.pop()):
            yield from self.say(before + "until", date=day_in_words(day, self.today))

    # Dates beside rules

    def coming_in_words(self) -> Iterator[Line]:
        next_date = self.held[0] if self.held else None
        for lost in self.cancelled:
            if next_date is None or lost.starts_at < next_date.starts_at:
                yield from self.say("cancelled", date=self.on(lost.starts_at))
        if next_date is None:
            yield from self.say("unknown")
            return
        yield from self.next_in_words(next_date)
        for lost in self.cancelled:
            if lost.starts_at > next_date.starts_at:
                yield from self.say("cancelled", date=self.on(lost.starts_at))
        moved = [date for date in self.held[1:] if is_moved(date)]
        for one in moved[:MOST_CHANGES]:
            yield from self.say(
                "later_moved", old=self.on(one.original_start), new=self.at(one)
            )
        for one in self.extra_dates():
            yield from self.say("also_on", date=self.at(one))

    def next_in_words(self, next_date: Occurrence) -> Iterator[Line]:
        if is_moved(next_date):
            old = self.on(next_date.original_start)
            yield from self.say("moved", old=old, new=self.at(next_date))
            return
        has_begun = any(rule.start_date < self.today for rule in self.terms[0])
        key = "next" if has_begun else "first"
        yield from self.say(key, date=self.on(next_date.starts_at))

    def at(self, one: Occurrence) -> str:
        return date_and_clock(one.starts_at, self.today, is_all_day=one.is_all_day)

    def extra_dates(self) -> list[Occurrence]:
        """Those that no rule gives."""
        first = local_day(self.dates[0].original_start)
        last = max(local_day(date.original_start) for date in self.dates)
        by_rules = {
            local_moment(day, rule.start_time)
            for rule in self.rules
            for day in days_of(rule, last, since=min(first, self.today))
        }
        return [
            date
            for date in self.held
            if date.original_start not in by_rules and not is_moved(date)
        ]

    # Dates only

    def dates_in_words(self) -> Iterator[Line]:
        if len(self.held) == 1:
            yield from self.one_date_in_words(self.held[0])
        elif self.held:
            yield from self.several_in_words()
        for lost in self.cancelled:
            yield from self.say("cancelled", date=self.on(lost.starts_at))
        if not self.held:
            yield from self.say("unknown")

    def one_date_in_words(self, one: Occurrence) -> Iterator[Line]:
        ends_on = last_day(one.starts_at, one.ends_at)
        if one.ends_at and ends_on != local_day(one.starts_at):
            end = self.on(ends_on)
            if not one.is_all_day and local_day(one.ends_at) == ends_on:
                end = date_and_clock(one.ends_at, self.today, is_all_day=False)
            yield from self.say("long_starts", date=self.at(one))
            yield from self.say("long_ends", date=end)
        else:
            yield from self.say("one_day", date=self.on(one.starts_at))
            yield from self.clock_of(one)
        if is_moved(one):
            yield from self.say("time_changed", old=self.on(one.original_start))

    def several_in_words(self) -> Iterator[Line]:
        is_same = len({hours_of(one) for one in self.held}) == 1
        items = [
            self.on(one.starts_at) if is_same else self.at(one) for one in self.held
        ]
        for line in self.say("days"):
            yield Line(line.text, tuple(items))
        if is_same:
            yield from self.clock_of(self.held[0])

    def clock_of(self, one: Occurrence) -> Iterator[Line]:
        if one.is_all_day:
            yield from self.say("ask_the_clock")
        else:
            yield from self.clock("", *hours_of(one))

    # Breaks

    def breaks_in_words(self, *, is_now: bool) -> Iterator[Line]:
        for found in self.breaks:
            if (found.start_date <= self.today) != is_now:
                continue
            first, last = self.on(found.start_date), self.on(found.end_date)
            if is_now:
                key = "now_on_break"
            elif found.start_date == found.end_date:
                key = "break_of_a_day"
            else:
                key = "break"
            yield from self.say(key, first=first, last=last)

    def pauses_in_words(self) -> Iterator[Line]:
        for pause in PAUSE_ORDER:
            if pause in self.pauses:
                for sentence in self.speaker.say("pauses", pause):
                    yield Line(sentence)


def terms_of(rules: Iterable[Rule], today: date) -> list[list[Rule]]:
    """The soonest first; what begins within a week of each other is one term."""
    terms: list[list[Rule]] = []
    first = today
    by_start = sorted(rules, key=lambda rule: max(rule.start_date, today))
    for rule in by_start:
        begins = max(rule.start_date, today)
        if terms and begins < first + A_WEEK:
            terms[-1].append(rule)
        else:
            terms.append([rule])
            first = begins
    return terms


def days_of_rule(rule: Rule) -> tuple:
    weekdays = tuple(sorted(set(rule.weekdays)))
    return rule.frequency, rule.interval, rule.nth, weekdays


def is_moved(one: Occurrence) -> bool:
    return one.status == Occurrence.Status.MOVED


def hours_of(one: Occurrence) -> Hours:
    return local_time(one.starts_at), local_time(one.ends_at) if one.ends_at else None


def bent(weekdays: Sequence[int], form: str) -> str:
    return listed([patterns()["weekdays"][form][day - 1] for day in weekdays])


def which(number: int) -> str:
    """“kolmas”; "" for a number that is written with figures."""
    found: str = patterns()["numbers"]["which"].get(str(number), "")
    return found


def times(number: int) -> str:
    """“kaksi kertaa”; "" as above."""
    found: str = patterns()["numbers"]["times"].get(str(number), "")
    return found
