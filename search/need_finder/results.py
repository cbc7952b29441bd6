"""What the page shows for the answers: help first, then shelves with reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.cards import Card
from events.listing import Question, find
from home.chrome import CrisisLink, as_link
from home.languages import current_language
from home.models import CrisisContact

from ..crisis import Topic, topics_named
from ..kinds import name_of
from .answers import Answers
from .groups import FittingGroup, fitting_groups
from .options import Option
from .pages import MODELS, FittingPage, first_pages, fitting_pages

ORDER = ("group", "guide", "programme", "service")
SHOWN, WANTED_SHOWN = 3, 5
"""Of each kind; of a kind that the reader asked for."""
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group's card, or a page, and why it is here."""

    reason: str
    misses: str = ""
    card: Card | None = None
    page: Any = None


@dataclass(frozen=True, slots=True)
class Shelf:
    kind: str
    heading: str
    suggestions: list[Suggestion]


@dataclass(frozen=True)
class Results:
    is_empty: bool
    """Nothing was answered."""
    is_urgent: bool
    """Somebody is in danger, or there is no crisis topic for what was answered."""
    topics: list[Topic]
    """Help that comes first."""
    shelves: list[Shelf]
    phones: list[CrisisLink]
    """Of those who help with what weighs."""
    unmet: list[str]
    """Ways to get support that were asked for and of which there is nothing."""
    lacks_professionals: bool
    """Among them to talk to one, so the phones that answer everybody are told."""
    this_week: list[Card]
    """When no group fits, or nothing was answered."""
    services: list[Any]
    """When nothing was answered."""


def results_for(answers: Answers) -> Results:
    """A fixed number of queries, however many pages and groups there are."""
    found = {kind: shelf_of(kind, answers) for kind in in_order(answers.kinds)}
    for way in unmet(found, answers):
        found |= {kind: shelf_of_first(kind, answers) for kind in way.kinds}
    lacking = unmet(found, answers)
    shelves = [shelf for shelf in found.values() if shelf.suggestions]
    topics = topics_named(answers.crisis)
    has_groups = bool(found["group"].suggestions)
    return Results(
        is_empty=answers.is_empty,
        is_urgent=len(topics) < len(answers.crisis),
        topics=topics,
        shelves=shelves,
        phones=phones_for(answers),
        unmet=[quoted(way) for way in lacking],
        lacks_professionals=any("service" in way.kinds for way in lacking),
        this_week=[] if has_groups else groups_this_week(),
        services=first_pages("service", answers, SHOWN) if answers.is_empty else [],
    )


def in_order(wanted: Sequence[str]) -> list[str]:
    """Nothing is left out: what was not asked for comes after what was."""
    return sorted(ORDER, key=lambda kind: (kind not in wanted, ORDER.index(kind)))


def shelf_of(kind: str, answers: Answers) -> Shelf:
    if answers.is_empty:
        return Shelf(kind, name_of(kind), [])
    limit = WANTED_SHOWN if kind in answers.kinds else SHOWN
    if kind == "group":
        groups = fitting_groups(answers, limit)
        return Shelf(kind, name_of(kind), [suggest_group(group) for group in groups])
    pages = fitting_pages(kind, answers, limit)
    return Shelf(kind, name_of(kind), [suggest_page(page) for page in pages])


def unmet(found: Mapping[str, Shelf], answers: Answers) -> list[Option]:
    """Ways to get support that were asked for, and of which no shelf has anything."""
    return [
        way
        for way in answers.chosen["way"]
        if not any(found[kind].suggestions for kind in way.kinds)
    ]


def shelf_of_first(kind: str, answers: Answers) -> Shelf:
    """For a way that was asked for: what is there, and that it fits nothing else."""
    pages = first_pages(kind, answers, SHOWN) if kind in MODELS else []
    ways = [way for way in answers.chosen["way"] if kind in way.kinds]
    reason = _(
        "Nothing of this kind is just for what you answered. "
        "This is here because you answered: %(answers)s"
    ) % {"answers": ", ".join(map(quoted, ways))}
    return Shelf(kind, name_of(kind), [Suggestion(reason, page=page) for page in pages])


def suggest_group(group: FittingGroup) -> Suggestion:
    reasons = [quoted(option) for option in group.fits]
    reasons += [_("near %(place)s") % {"place": quoted(each)} for each in group.near]
    missed = [
        _("it is meant for your situation %(situation)s") % {"situation": quoted(each)}
        for each in group.others
    ]
    misses = ", ".join([*missed, *map(quoted, group.misses)])
    return Suggestion(
        because(reasons),
        misses=_("This may not fit: %(answers)s") % {"answers": misses}
        if misses
        else "",
        card=group.card,
    )


def suggest_page(fitting: FittingPage) -> Suggestion:
    reason = because(map(quoted, fitting.fits))
    if fitting.goals:
        names = ", ".join(str(goal) for goal in fitting.goals)
        reason = _("Close to what you answered: %(subject)s") % {"subject": names}
    return Suggestion(reason, page=fitting.page)


def because(reasons: Iterable[str]) -> str:
    return _("It fits because you answered: %(answers)s") % {
        "answers": ", ".join(reasons)
    }


def quoted(option: Option) -> str:
    return _("“%(words)s”") % {"words": option.discreet or option.label}


def phones_for(answers: Answers) -> list[CrisisLink]:
    if not answers.themes:
        return []
    contacts = CrisisContact.objects.helping_with(answers.themes)
    return [as_link(contact, current_language()) for contact in contacts]


def groups_this_week() -> list[Card]:
    today = timezone.localdate()
    last = today + timedelta(days=DAYS_IN_WEEK - 1)
    return find(Question(first_day=today, last_day=last)).cards(0, WANTED_SHOWN)
