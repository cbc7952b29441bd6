"""Groups that fit the answers, found among all in memory.

The ranking rule. A group has to be about something that weighs, for people in the
reader's life situation, in a chosen place, at a chosen time, with every wish. When too
few are, these are given up one after another: the time; the place, for half an hour
around it; the wishes; for whom the group is; the place altogether. Last come groups for
people in the reader's situation, whatever they are about. A group whose age limits the
reader is outside of is never among them. Of groups that give up the
same, those that nobody has confirmed come last, before them those that are full, else
the soonest first. What a group does not fulfil is said beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

from events.cards import Card, Moments, cards_of
from events.enums import Feature
from events.listing import Point, Question, find
from events.listing.distance import NEAR_KM, distance
from events.models import SearchRow
from events.models.search_rows import slot_bit
from home.models import TargetGroup

from .ages import ages_of
from .answers import Answers, rows_named
from .options import FOR_ALL, Option

COLUMNS = {
    name: name
    for name in (
        *("themes", "target_groups", "municipality_id", "slots", "features"),
        *("latitude", "longitude"),
    )
}


class Given(NamedTuple):
    """What a ring of groups still fulfils."""

    subject: bool = True
    people: bool = True
    place: str = "there"
    """`there`, `near` or `anywhere`."""
    time: bool = True
    wishes: bool = True


RINGS = (
    Given(),
    Given(time=False),
    Given(time=False, place="near"),
    Given(time=False, place="near", wishes=False),
    Given(time=False, place="near", wishes=False, people=False),
    Given(time=False, place="anywhere", wishes=False, people=False),
    Given(time=False, place="near", wishes=False, subject=False),
)


@dataclass(frozen=True, slots=True)
class FittingGroup:
    card: Card
    fits: list[Option]
    near: list[Option]
    """Places that it is near to, not in."""
    others: list[Option]
    """Life situations of the reader's, when it is for people in others."""
    misses: list[Option]
    """Of all else."""


def fitting_groups(answers: Answers, limit: int) -> list[FittingGroup]:
    """The best first. Three queries whatever the number of groups."""
    ring_of: dict[int, int] = {}
    moments: dict[int, Moments] = {}
    for number, questions in enumerate(rings(answers)):
        for pk, moment in soonest(questions, 2 * limit):
            if pk not in moments:
                moments[pk], ring_of[pk] = moment, number
        if len(moments) >= limit:
            break
    cards = cards_of(moments)
    rows = SearchRow.objects.columns_by_id(COLUMNS, moments)
    cards.sort(
        key=lambda card: (
            ring_of[card.event_id],
            bool(card.doubt),
            card.is_full,
            card.next_start,
            card.event_id,
        )
    )
    found = [group_of(card, rows[card.event_id], answers) for card in cards]
    return [group for group in found if group.fits or group.near][:limit]


def soonest(questions: Sequence[Question], limit: int) -> list[tuple[int, Moments]]:
    found: dict[int, Moments] = {}
    for question in questions:
        found |= find(question).moments(0, limit)
    if len(questions) == 1:
        return list(found.items())  # The unconfirmed come last already.
    return sorted(found.items(), key=lambda each: (each[1].next_start, each[0]))[:limit]


def rings(answers: Answers) -> Iterator[list[Question]]:
    """Each wider than the one before; those that ask what was asked are left out."""
    asked: set[Question] = set()
    for given in RINGS:
        if not given.subject and not (answers.themes and answers.target_groups):
            continue
        new = [each for each in questions_of(answers, given) if each not in asked]
        asked.update(new)
        if new:
            yield new


def questions_of(answers: Answers, given: Given) -> Iterator[Question]:
    """Any place goes with any time, so each pair is a question."""
    base = Question(
        themes=tuple(theme.bit for theme in answers.themes) if given.subject else (),
        target_groups=people_of(answers, given),
        features=features_of(answers.chosen["ease"]) if given.wishes else (),
        open_to=ages_of(answers),
    )
    times = answers.chosen["time"] if given.time else ()
    for place, time in product(places(answers, given.place), times or (None,)):
        question = replace(
            base,
            municipalities=place.municipalities,
            near=place.near,
            features=(*base.features, *place.features),
        )
        if time:
            question = replace(question, weekdays=time.weekdays, times=time.times)
        yield question


def people_of(answers: Answers, given: Given) -> tuple[int, ...]:
    """Their bits. What is for everybody is for the reader, too, if it is about what
    weighs."""
    if not (given.people and answers.target_groups):
        return ()
    is_about = given.subject and answers.themes
    also = rows_named(TargetGroup, [FOR_ALL]) if is_about else []
    return tuple(group.bit for group in (*answers.target_groups, *also))


def places(answers: Answers, how: str) -> list[Question]:
    """Of each only what it says of the place. To join from home is a place of its own,
    which nothing is near to."""
    if how == "anywhere" or not answers.chosen["place"]:
        return [Question()]
    features = features_of(answers.chosen["place"])
    found = [Question(features=features)] if features else []
    towns = answers.towns
    if how == "near":
        points = [Point(town.latitude, town.longitude) for town in towns]
        return [*found, *(Question(near=point) for point in points)]
    if towns:
        found.append(Question(municipalities=tuple(town.pk for town in towns)))
    return found


def features_of(options: Sequence[Option]) -> tuple[Feature, ...]:
    return tuple(feature for option in options for feature in option.features)


# Why it was found


def group_of(card: Card, row: dict[str, Any], answers: Answers) -> FittingGroup:
    facts = Facts(row, answers)
    fits = [option for key, option in answers if facts.fits(key, option)]
    is_there = any(option in fits for option in answers.chosen["place"])
    near = [] if is_there else facts.near()
    misses = [option for option in answers.chosen["ease"] if option not in fits]
    if not is_there and not near:
        misses = [*answers.chosen["place"], *misses]
    if not any(option in fits for option in answers.chosen["time"]):
        misses = [*misses, *answers.chosen["time"]]
    others = answers.chosen["life"] if facts.is_for_others else []
    return FittingGroup(card, fits, near, [*others], misses)


class Facts:
    """Of a group, as its row in the index has them."""

    def __init__(self, row: dict[str, Any], answers: Answers) -> None:
        self.row = row
        self.answers = answers

    def fits(self, question: str, option: Option) -> bool:
        row = self.row
        match question:
            case "life":
                return shares(row["target_groups"], option.target_groups, self.people)
            case "worry":
                return shares(row["themes"], option.themes, self.subjects)
            case "place" if option.municipality:
                return any(
                    town.pk == row["municipality_id"]
                    for town in self.answers.towns
                    if town.key == option.municipality
                )
            case "time":
                slots = product(option.weekdays, option.times)
                return any(row["slots"] >> slot_bit(*slot) & 1 for slot in slots)
            case "way":
                return "group" in option.kinds
        return all(row["features"] >> feature & 1 for feature in option.features)

    @property
    def is_for_others(self) -> bool:
        """It says for whom it is, and the reader is not among them."""
        for_all = [group.bit for group in rows_named(TargetGroup, [FOR_ALL])]
        mask = self.row["target_groups"]
        own = (*self.people.values(), *for_all)
        return bool(mask) and not any(mask >> bit & 1 for bit in own)

    @property
    def people(self) -> dict[str, int]:
        return {group.key: group.bit for group in self.answers.target_groups}

    @property
    def subjects(self) -> dict[str, int]:
        return {theme.key: theme.bit for theme in self.answers.themes}

    def near(self) -> list[Option]:
        if self.row["latitude"] is None:
            return []
        here = Point(self.row["latitude"], self.row["longitude"])
        towns = {
            town.key for town in self.answers.towns if distance(here, town) <= NEAR_KM
        }
        return [
            option
            for option in self.answers.chosen["place"]
            if option.municipality in towns
        ]


def shares(mask: int, keys: Sequence[str], bits: dict[str, int]) -> bool:
    return any(mask >> bits[key] & 1 for key in keys if key in bits)
