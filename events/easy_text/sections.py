"""The whole text, section by section. What residents may not know is not in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from home.languages import EASY_FINNISH, MAIN_LANGUAGE

from ..enums import Attendance, Kind, Openness, SignUp
from ..models.changes import EventState
from ..models.occurrences import Occurrence
from ..models.texts import EventText
from ..recurrence import LOCAL, Pause
from ..schedules import Schedule
from .clocks import date_in_words
from .patterns import Speaker, listed, patterns
from .times import Line, Times

if TYPE_CHECKING:
    from ..models import EventPage

FINNISH = {MAIN_LANGUAGE, EASY_FINNISH}
EVERYONE = "everyone"


@dataclass(frozen=True)
class Section:
    heading: str
    lines: list[Line]


def heading_of(event: "EventPage") -> str:
    heading: str = patterns()["kinds"][event.kind]["heading"]
    return heading


def easy_text(
    event: "EventPage",
    *,
    text: EventText | None,
    schedule: Schedule,
    dates: Sequence[Occurrence],
    breaks: Iterable[Pause],
    organisers: Iterable[Any],
    state: EventState | None,
    now: datetime,
) -> list[Section]:
    """Takes what the group's page shows anyway, so that it asks no more queries.

    Of the schedule's breaks only those given beside it are told.
    """
    told = Told(event, text, list(organisers), now)
    parts: dict[str, Iterable[str | Line]] = {"important": told.state(state)}
    if state and state.has_ended(told.today):
        pass
    elif state and state.is_in_doubt:
        # What nobody has confirmed for long is not said as if it were so.
        parts["contact"] = told.contact()
    else:
        if not (state and state.is_paused):
            parts["when"] = Times(
                told.speaker,
                schedule=schedule,
                dates=dates,
                breaks=breaks,
                now=now,
            ).lines()
        parts |= {
            "where": told.where(),
            "who": told.who(),
            "price": told.price(),
            "joining": told.joining(),
            "first_time": told.first_time(),
            "contact": told.contact(),
        }
    headings = patterns()["headings"]
    sections = [
        Section(headings[key], [as_line(line) for line in lines])
        for key, lines in parts.items()
    ]
    return [section for section in sections if section.lines]


def as_line(line: str | Line) -> Line:
    return Line(line) if isinstance(line, str) else line


class Told:
    """What the fields say, a section at a time."""

    def __init__(
        self,
        event: "EventPage",
        text: EventText | None,
        organisers: list[Any],
        now: datetime,
    ) -> None:
        self.event, self.organisers = event, organisers
        # The organiser's own words are taken over only when they are Finnish.
        self.text = text if text and text.language in FINNISH else None
        self.today = now.astimezone(LOCAL).date()
        self.speaker = Speaker(event.kind)

    def state(self, state: EventState | None) -> Iterator[str]:
        if state is None:
            return
        for key, is_so in (
            ("ended", state.has_ended(self.today)),
            ("in_doubt", state.is_in_doubt),
            ("paused", state.is_paused),
            ("full", state.is_full),
        ):
            if is_so:
                yield from self.speaker.say("important", key)
                return

    def where(self) -> Iterator[str]:
        event, venue = self.event, self.event.shown_venue
        if event.attendance == Attendance.ONLINE:
            yield from self.speaker.say("where", "online")
            return
        yield from self.town()
        if venue is not None:
            yield from self.venue(venue)
        elif event.hides_address:
            yield from self.speaker.say("where", "hidden")
        else:
            yield from self.speaker.say("where", "no_venue")
        if event.attendance == Attendance.MIXED:
            yield from self.speaker.say("where", "mixed")
        if venue is not None:
            for name in venue.ACCESS_FACTS:
                yield from self.speaker.say_fact("access", name, getattr(venue, name))

    def town(self) -> Iterator[str]:
        town = self.event.effective_municipality
        if town is None:
            return
        in_town = town.in_name.get(MAIN_LANGUAGE)
        if in_town:
            yield from self.speaker.say("where", "town", in_town=in_town)
        else:
            name = town.name.in_language(MAIN_LANGUAGE)
            yield from self.speaker.say("where", "town_unbent", town=name)

    def venue(self, venue: Any) -> Iterator[str]:
        name = venue.name.in_language(EASY_FINNISH)
        yield from self.speaker.say("where", "venue", venue=name)
        for key, words in (
            ("address", venue.street_address),
            ("locality", venue.locality),
            ("stop", venue.nearest_stop),
        ):
            if words:
                yield from self.speaker.say("where", key, **{key: unended(words)})

    def who(self) -> Iterator[str]:
        event = self.event
        if event.kind == Kind.VOLUNTEERING:
            yield from self.speaker.say("who", "volunteering")
        yield from self.target_groups()
        yield from self.ages()
        known = patterns()["languages"]
        spoken = [known[code] for code in event.spoken_languages if code in known]
        if spoken:
            words = {"languages": listed(spoken)}
            yield from self.speaker.say("who", "languages", **words)
        yield from self.leaders()

    def target_groups(self) -> Iterator[str]:
        groups = list(self.event.target_groups.all())
        everyone = [group for group in groups if group.key == EVERYONE]
        for group in everyone or groups:
            name = group.name.in_language(EASY_FINNISH)
            yield from self.speaker.say("target_groups", group.key) or self.speaker.say(
                "who", "other_group", group=name
            )

    def ages(self) -> Iterator[str]:
        youngest, oldest = self.event.min_age, self.event.max_age
        if youngest and oldest:
            key = "one_age" if youngest == oldest else "ages"
        elif youngest or oldest:
            key = "at_least" if youngest else "at_most"
        else:
            return
        yield from self.speaker.say("who", key, youngest=youngest, oldest=oldest)

    def leaders(self) -> Iterator[str]:
        known = patterns()["leaders"]
        leaders = [known[key] for key in self.event.led_by if key in known]
        names = [leader["name"] for leader in leaders]
        if len(names) == 1:
            yield from self.speaker.say("who", "one_leads", leader=names[0])
        elif names:
            yield from self.speaker.say("who", "many_lead", leaders=listed(names))
        for leader in leaders:
            yield from leader["means"]

    def price(self) -> list[str]:
        price = unended(self.text.price) if self.text else ""
        key = {
            (True, True): "free_and_more",
            (True, False): "free",
            (False, True): "fee",
            (False, False): "fee_unknown",
            (None, True): "written",
            (None, False): "unknown",
        }[self.event.is_free, bool(price)]
        return self.speaker.say("price", key, price=price)

    def joining(self) -> Iterator[str]:
        event, say = self.event, self.speaker.say
        until = event.sign_up_until
        if event.sign_up == SignUp.NONE:
            yield from say("joining", "none")
            if event.is_walk_in and not event.hides_address:
                yield from say("joining", "walk_in")
        elif until and until < self.today:
            yield from say("joining", "too_late")
        else:
            yield from say("joining", event.sign_up)
            if until:
                yield from say(
                    "joining", "until", date=date_in_words(until, self.today)
                )
            yield from self.ways_to_register()
        yield from say(
            "joining", "referral" if event.referral_needed else "no_referral"
        )
        if event.openness == Openness.CLOSED:
            yield from say("joining", "closed")
        elif event.kind != Kind.EVENT:
            yield from say("joining", "open")
        if event.capacity:
            key = "room_for_one" if event.capacity == 1 else "room"
            yield from say("joining", key, number=event.capacity)

    def ways_to_register(self) -> Iterator[str]:
        event, say = self.event, self.speaker.say
        if event.sign_up_url:
            yield from say("joining", "by_form")
        if event.contact_phone:
            yield from say("joining", "by_phone", phone=event.contact_phone)
        if event.contact_email:
            yield from say("joining", "by_mail", email=event.contact_email)

    def first_time(self) -> Iterator[str]:
        event = self.event
        for name in event.FIRST_VISIT_FACTS:
            value = getattr(event, name)
            yield from self.speaker.say_fact("first_time", name, value)
        if event.buddy_available and event.buddy_number:
            yield from self.speaker.say_fact(
                "first_time", "buddy_number", True, phone=event.buddy_number
            )

    def contact(self) -> Iterator[str]:
        event, say = self.event, self.speaker.say
        if event.contact_phone:
            yield from say("contact", "phone", phone=event.contact_phone)
        if event.contact_name:
            yield from say("contact", "who", who=unended(event.contact_name))
        if event.contact_hours and event.main_language in FINNISH:
            yield from say("contact", "hours", hours=unended(event.contact_hours))
        if event.contact_email:
            yield from say("contact", "email", email=event.contact_email)
        names = [one.name.in_language(EASY_FINNISH) for one in self.organisers]
        if len(names) == 1:
            yield from say("contact", "organiser", organiser=unended(names[0]))
        elif names:
            yield from say("contact", "organisers", organisers=listed(names))


def unended(words: str) -> str:
    """Without a full stop: the pattern has one."""
    return words.strip().rstrip(".").rstrip()
