"""Ways on when nothing fits: each of them leads to at least one group."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .enums import Feature
from .filters import KEYS, EventFilterForm
from .listing import Point, Question, find
from .listing.distance import distance

PLACE = ("municipality", "near")
MOST_NEIGHBOURS = 3
FIELDS: dict[str, tuple[str, Any]] = {
    "q": ("matches", None),
    "type": ("kinds", ()),
    "goal": ("goals", ()),
    "theme": ("themes", ()),
    "group": ("target_groups", ()),
    "municipality": ("municipalities", ()),
    "near": ("near", None),
    "weekday": ("weekdays", ()),
    "time": ("times", ()),
    "from": ("first_day", None),
    "to": ("last_day", None),
    "language": ("languages", ()),
    "age": ("age", None),
}
"""A key's field of the question, and what stands there when it is not asked."""


@dataclass(frozen=True)
class Way:
    label: str
    query: str
    count: int


def ways_on(form: EventFilterForm) -> list[Way]:
    """One filter left out at a time, neighbours, remote groups, then everything.

    Where leaving out one does not help, each filter by itself. Empty only when there
    are no groups at all. Reads nothing from the database.
    """
    names = [name for name in KEYS if form.query.get(name) and name != "sort"]
    ways = leading_on([*(without(form, name) for name in names), *neighbours(form)])
    if not ways:
        ways = leading_on([only(form, name) for name in names])
    everything = Way(_("All groups and events"), "", find(Question()).total)
    return leading_on([*ways, remote(form), everything])


def leading_on(ways: list["Way"]) -> list["Way"]:
    """Those that give something, each address once."""
    by_query: dict[str, Way] = {}
    for way in ways:
        if way.count:
            by_query.setdefault(way.query, way)
    return list(by_query.values())


def without(form: EventFilterForm, name: str) -> Way:
    return Way(
        label=_("Without “%(choice)s”") % {"choice": words_of(form, name)},
        query=form.canonical_query(without_keys=(name,)),
        count=find(question_without(form, name)).total,
    )


def only(form: EventFilterForm, name: str) -> Way:
    others = tuple(key for key in KEYS if key != name)
    return Way(
        label=_("Only “%(choice)s”") % {"choice": words_of(form, name)},
        query=form.canonical_query(without_keys=others),
        count=find(question_without(form, *others)).total,
    )


def words_of(form: EventFilterForm, name: str) -> str:
    labels = [label for _value, label in form.labels_of(name)]
    return get_text_list(labels, _("or")).strip("“”")


def question_without(form: EventFilterForm, *names: str) -> Question:
    changes: dict[str, Any] = dict(FIELDS[name] for name in names if name in FIELDS)
    left = [
        feature
        for key, feature in form.FEATURES.items()
        if form.query.get(key) and key not in names
    ]
    return replace(form.question, **changes, features=left)


def neighbours(form: EventFilterForm) -> list[Way]:
    """The nearest other municipalities that have something of what is asked."""
    centre = centre_of(form)
    if centre is None:
        return []
    found = find(question_without(form, *PLACE))
    counts = dict(
        zip(form.municipalities.values(), found.counts("municipality"), strict=True)
    )
    chosen = form.query.getlist("municipality")
    others = [town for town in counts if town.key not in chosen and counts[town]]
    others.sort(key=lambda town: distance(centre, town))
    return [
        Way(
            label=str(town.in_name or town),
            query=form.canonical_query(without_keys=("near",), municipality=town.key),
            count=counts[town],
        )
        for town in others[:MOST_NEIGHBOURS]
    ]


def centre_of(form: EventFilterForm) -> Point | None:
    if form.centre:
        return form.centre
    chosen = form.query.getlist("municipality")
    if not chosen:
        return None
    town = form.municipalities[chosen[0]]
    return Point(town.latitude, town.longitude)


def remote(form: EventFilterForm) -> Way:
    question = question_without(form, *PLACE)
    features = {*question.features, Feature.REMOTE}
    return Way(
        label=_("Groups one can join online"),
        query=form.canonical_query(without_keys=PLACE, remote="1"),
        count=find(replace(question, features=list(features))).total,
    )
