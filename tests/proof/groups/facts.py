"""What one group is like, and what its row in the index holds of that."""

from dataclasses import dataclass
from random import Random
from typing import Any

from events.enums import Attendance, Feature, Kind, SignUp
from events.languages import LANGUAGE_BITS
from events.masks import mask
from events.models import Organisation, Venue
from home.models import Goal, Municipality, TargetGroup, Theme

from .surroundings import Surroundings

AGES = ((None, None), (18, None), (65, None), (13, 29), (0, 6))
SPOKEN = (("fi",), ("fi", "sv"), ("sv",), ("fi", "en"), ("fi", "ru", "uk"), ())
LEADERS = (("professional",), ("peer",), ())


@dataclass(frozen=True)
class Facts:
    kind: str
    attendance: str
    venue: Venue | None
    own_town: Municipality | None
    """Only where there is no venue."""
    is_address_protected: bool
    is_sensitive: bool
    is_full: bool
    is_free: bool | None
    sign_up: str
    ages: tuple[int | None, int | None]
    spoken: tuple[str, ...]
    leaders: tuple[str, ...]
    capacity: int | None
    come_alone_ok: bool | None
    may_only_listen: bool | None
    buddy_available: bool | None
    organisers: list[Organisation]
    goals: list[Goal]
    themes: list[Theme]
    target_groups: list[TargetGroup]


def some_facts(number: int, random: Random, around: Surroundings) -> Facts:
    def one_of(values: Any, weights: tuple[int, ...]) -> Any:
        return random.choices(values, weights)[0]

    attendance = one_of(Attendance.values, (88, 6, 6))
    online = attendance == Attendance.ONLINE
    venue = None if online else around.some_venue(random)
    goals, themes = around.some_topics(random)
    return Facts(
        kind=one_of(Kind.values, (80, 8, 9, 3)),
        attendance=attendance,
        venue=venue,
        own_town=None if venue else random.choice(around.towns),
        is_address_protected=random.random() < 0.01,
        is_sensitive=random.random() < 0.03,
        is_full=random.random() < 0.01,
        is_free=one_of((True, None, False), (60, 25, 15)),
        sign_up=one_of(SignUp.values, (50, 20, 30)),
        ages=one_of(AGES, (60, 25, 8, 5, 2)),
        spoken=one_of(SPOKEN, (70, 14, 5, 6, 3, 2)),
        leaders=random.choice(LEADERS),
        capacity=random.choice((None, None, 8, 12, 20)),
        come_alone_ok=random.choice((True, None)),
        may_only_listen=random.choice((True, None, False)),
        buddy_available=one_of((True, None, False), (10, 70, 20)),
        organisers=around.some_organisers(number, random),
        goals=goals,
        themes=themes,
        target_groups=random.sample(around.target_groups, random.randint(1, 3)),
    )


def row_values(facts: Facts) -> dict[str, Any]:
    """As `events.derived` has it, without its queries."""
    features = {
        Feature.FREE: facts.is_free is True,
        Feature.REMOTE: facts.attendance != Attendance.ON_SITE,
        Feature.STEP_FREE: bool(facts.venue and facts.venue.step_free_entrance),
        Feature.NO_SIGN_UP: facts.sign_up == SignUp.NONE,
        Feature.BUDDY: facts.buddy_available is True,
        Feature.FULL: facts.is_full,
        Feature.SENSITIVE: facts.is_sensitive,
    }
    return {
        "kind": facts.kind,
        "goals": mask(goal.bit for goal in facts.goals),
        "themes": mask(theme.bit for theme in facts.themes),
        "target_groups": mask(group.bit for group in facts.target_groups),
        "languages": mask(LANGUAGE_BITS[code] for code in facts.spoken),
        "features": mask(bit for bit, has in features.items() if has),
        "min_age": facts.ages[0],
        "max_age": facts.ages[1],
        **place_of(facts),
    }


def place_of(facts: Facts) -> dict[str, Any]:
    venue = facts.venue
    town = venue.municipality if venue else facts.own_town
    hides = facts.is_address_protected or (venue and venue.is_address_protected)
    shown = None if hides else venue
    place: Any = shown if shown and shown.latitude is not None else town
    if facts.attendance == Attendance.ONLINE:
        place = None
    return {
        "municipality_id": town.pk if town else None,
        "venue_id": shown.pk if shown else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }
