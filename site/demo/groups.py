"""The demo's groups: invented organisers and venues, dates in the near future."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from events.models import (
    Break,
    EventPage,
    EventState,
    EventText,
    OccurrenceChange,
    Organisation,
    ScheduleRule,
    Venue,
)
from events.recurrence import local_moment
from home.models import Goal, Keyword, Municipality, TargetGroup, Theme

from .content import read
from .models import DemoItem
from .records import known, once, remember_revision
from .school_breaks import make_school_breaks, week_of
from .structure import Tree, publish

CONFIRMED_DAYS_AGO = (2, 5, 9, 14, 21, 30)
SAME_FIELDS = (
    "slug",
    "kind",
    "main_language",
    "attendance",
    "is_free",
    "sign_up",
    "openness",
    "led_by",
    "referral_needed",
    "capacity",
    "min_age",
    "max_age",
    "pauses",
    "spoken_languages",
    "contact_name",
    "contact_phone",
    "contact_hours",
    *EventPage.FIRST_VISIT_FACTS,
)
TEXT_FIELDS = (
    "language",
    "title",
    "lead",
    "body",
    "first_visit",
    "price",
    "sign_up_info",
    "place_note",
)


class Groups:
    def __init__(self, tree: Tree) -> None:
        self.index: Any = tree.indexes.get(("events", "fi"))
        self.monday = this_monday()
        self.towns = {town.key: town for town in Municipality.objects.all()}
        self.goals = {goal.key: goal for goal in Goal.objects.all()}
        self.themes = {theme.key: theme for theme in Theme.objects.all()}
        self.target_groups = {group.key: group for group in TargetGroup.objects.all()}
        self.keywords = {word.yso_id: word for word in Keyword.objects.all()}
        self.groups = read("groups.toml")["group"]

    def make_groups(self) -> Iterator[str]:
        """Makes each group, and gives its name for the progress line."""
        if self.index is None:
            return
        make_school_breaks(self.monday)
        organisations = {
            values["demo_key"]: once(
                f"organisation/{values['demo_key']}",
                partial(self.make_organisation, values),
            )
            for values in read("organisations.toml")["organisation"]
        }
        venues = {
            values["demo_key"]: once(
                f"venue/{values['demo_key']}", partial(self.make_venue, values)
            )
            for values in read("venues.toml")["venue"]
        }
        for place, values in enumerate(self.groups):
            key = f"group/{values['demo_key']}"
            is_new = not DemoItem.objects.filter(demo_key=key).exists()
            event = once(key, partial(self.make_event, values, organisations, venues))
            if is_new and event is not None:
                self.change_dates(event, values)
                set_state(event, values, place)
                remember_revision(key, event, dated_on=self.monday)
            yield values["text"][0]["title"]

    def make_organisation(self, values: dict) -> Organisation:
        return Organisation.objects.create(
            **{
                name: values.get(name, "")
                for name in ("slug", "kind", "phone", "email", "website")
            },
            name=values["name"],
            description=values.get("description", {}),
            municipality=self.towns.get(values.get("municipality", "")),
        )

    def make_venue(self, values: dict) -> Venue:
        return Venue.objects.create(
            **{
                name: values.get(name, "")
                for name in ("slug", "kind", "street_address", "postal_code")
            },
            **{name: values.get(name) for name in Venue.ACCESS_FACTS},
            nearest_stop=values.get("nearest_stop", ""),
            name=values["name"],
            directions=values.get("directions", {}),
            municipality=self.towns.get(values.get("municipality", "")),
            latitude=values.get("lat"),
            longitude=values.get("lon"),
        )

    def make_event(self, values: dict, organisations: dict, venues: dict) -> EventPage:
        event = EventPage(
            locale=self.index.locale,
            **{name: values[name] for name in SAME_FIELDS if name in values},
            venue=venues.get(values.get("venue", "")),
            municipality=self.towns.get(values.get("municipality", "")),
            is_address_protected=values.get("address_protected", False),
            is_sensitive=values.get("sensitive", False),
            is_walk_in=values.get("walk_in", False),
        )
        event.texts.set(
            [
                EventText(**{name: text.get(name, "") for name in TEXT_FIELDS})
                for text in values["text"]
            ]
        )
        event.organisers = [
            organisations[key] for key in values["organisers"] if organisations.get(key)
        ]
        event.goals = [self.goals[key] for key in values["goals"]]
        event.themes = [self.themes[key] for key in values.get("themes", [])]
        event.target_groups = [
            self.target_groups[key] for key in values.get("target_groups", [])
        ]
        event.keywords = known(self.keywords, values.get("keywords", []))
        self.set_dates(event, values)
        return publish(self.index, event)

    def set_dates(self, event: EventPage, values: dict) -> None:
        """Rules and breaks, counted from this week."""
        event.rules.set([self.rule_of(rule) for rule in values["rule"]])
        event.breaks.set(
            [
                Break(start_date=start, end_date=end, reason=entry.get("reason", {}))
                for entry in values.get("break", [])
                for start, end in [next_break(entry["kind"], self.monday)]
            ]
        )

    def rule_of(self, values: dict) -> ScheduleRule:
        weeks_ahead = values.get("ends_in_weeks")
        end = (
            self.monday + timedelta(weeks=weeks_ahead, days=6) if weeks_ahead else None
        )
        return ScheduleRule(
            frequency=values["frequency"],
            interval=values.get("interval", 1),
            weekdays=values["weekdays"],
            nth=values.get("nth"),
            start_date=self.monday + timedelta(weeks=values["starts_in_weeks"]),
            end_date=end,
            count=values.get("count"),
            start_time=time.fromisoformat(values["start_time"]),
            end_time=time.fromisoformat(values["end_time"]),
        )

    def change_dates(self, event: EventPage, values: dict) -> None:
        """Cancels the date of the week that the content names."""
        weeks = values.get("cancelled_in_weeks")
        if weeks is None:
            return
        week = local_moment(self.monday + timedelta(weeks=weeks), time(0))
        occurrence = event.occurrences.filter(
            starts_at__gte=week, starts_at__lt=week + timedelta(days=7)
        ).first()
        if occurrence is not None:
            OccurrenceChange.objects.create(
                event=event,
                original_start=occurrence.original_start,
                kind=OccurrenceChange.Kind.CANCELLED,
                note={"fi": "Ohjaaja on poissa.", "sv": "Ledaren är borta."},
            )

    def move_into_the_near_future(self) -> int:
        """Counts the dates anew for groups that are still as the demo made them."""
        moved = 0
        items = DemoItem.objects.filter(demo_key__startswith="group/").exclude(
            dated_on=self.monday
        )
        by_key = {item.demo_key: item for item in items.exclude(dated_on=None)}
        for place, values in enumerate(self.groups):
            key = f"group/{values['demo_key']}"
            item = by_key.get(key)
            event: Any = item.made if item else None
            if item is None or event is None or not event.live:
                continue
            if event.latest_revision_id != item.revision_id:
                continue  # Somebody has edited it: it is theirs now.
            event.occurrence_changes.all().delete()
            self.set_dates(event, values)
            event.save_revision().publish()
            event.refresh_from_db()
            self.change_dates(event, values)
            set_state(event, values, place)
            remember_revision(key, event, dated_on=self.monday)
            moved += 1
        return moved


def set_state(event: EventPage, values: dict, place: int) -> None:
    days = CONFIRMED_DAYS_AGO[place % len(CONFIRMED_DAYS_AGO)]
    EventState.objects.update_or_create(
        event=event,
        defaults={
            "confirmed_on": timezone.localdate() - timedelta(days),
            "is_full": values.get("full", False),
        },
    )


def this_monday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def next_break(kind: str, monday: date) -> tuple[date, date]:
    """The first and last day of the coming break of a kind, as in Kymenlaakso."""
    for year in (monday.year - 1, monday.year, monday.year + 1):
        spans = {
            "christmas": (date(year, 12, 21), date(year + 1, 1, 6)),
            "winter-holiday": week_of(year, 8),
            "july": (date(year, 7, 1), date(year, 7, 31)),
            "autumn-holiday": week_of(year, 42),
        }
        if spans[kind][1] >= monday:
            return spans[kind]
    raise ValueError(kind)
