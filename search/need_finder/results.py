"""What the page shows for the answers: help first, then shelves with reasons."""

from collections.abc import Iterable, Sequence
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
from .pages import FittingPage, first_services, fitting_pages

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
    this_week: list[Card]
    """When no group fits, or nothing was answered."""
    services: list[Any]
    """When nothing was answered."""


def results_for(answers: Answers) -> Results:
    """A fixed number of queries, however many pages and groups there are."""
    shelves = [shelf_of(kind, answers) for kind in in_order(answers.kinds)]
    shelves = [shelf for shelf in shelves if shelf.suggestions]
    topics = topics_named(answers.crisis)
    has_groups = any(shelf.kind == "group" for shelf in shelves)
    return Results(
        is_empty=answers.is_empty,
        is_urgent=len(topics) < len(answers.crisis),
        topics=topics,
        shelves=shelves,
        phones=phones_for(answers),
        this_week=[] if has_groups else groups_this_week(),
        services=first_services(SHOWN) if answers.is_empty else [],
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


def suggest_group(group: FittingGroup) -> Suggestion:
    reasons = [quoted(option) for option in group.fits]
    reasons += [_("near %(place)s") % {"place": quoted(each)} for each in group.near]
    misses = ", ".join(map(quoted, group.misses))
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
