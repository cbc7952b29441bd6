"""Guides, programmes and services that fit the answers.

The ranking rule. A shelf shows pages about something that weighs; where it has none,
pages for people in the reader's life situation; where it has none either, pages with
the same goal. Pages in the reader's language come first, then those only in Finnish.
Among these a subject counts twice as much as a life situation, and of equals the one
that was reviewed last comes first. Of several things that weigh each has its page
before one has two. When neither was answered, a shelf that the reader asked for shows
its first pages. A service for people of another age than the reader's is on no shelf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from guides.models import GuidePage, ProgrammePage, ServicePage
from home.models import TargetGroup
from home.models.locales import locales_of_reader

from .ages import is_for_another_age
from .answers import Answers, rows_named
from .options import FOR_ALL, Option

MODELS: dict[str, Any] = {
    "guide": GuidePage,
    "programme": ProgrammePage,
    "service": ServicePage,
}
"""By the kind of result, as `search.kinds` names them."""
OF_SUBJECT, OF_LIFE = 2, 1
CANDIDATES = 24
"""Among so many of the best, pages for each thing that weighs are looked for."""
SUBJECT, LIFE, GOAL, ANY = range(4)
"""Tiers: a shelf shows the first that has a page."""


@dataclass(frozen=True, slots=True)
class FittingPage:
    page: Any
    fits: list[Option]
    goals: list[Any]
    """What it has in common with the answers, when it is nothing else."""


def fitting_pages(kind: str, answers: Answers, limit: int) -> list[FittingPage]:
    """The best first. Five queries whatever the number of pages."""
    locale, main = locales_of_reader()
    tier = Case(
        When(subjects__gt=0, then=Value(SUBJECT)),
        When(people__gt=0, then=Value(LIFE)),
        When(same_goals__gt=0, then=Value(GOAL)),
        default=Value(ANY),
        output_field=IntegerField(),
    )
    pages = (
        MODELS[kind]
        .objects.for_readers_of(locale, main)
        .having("themes", answers.themes, "subjects")
        .having("target_groups", answers.target_groups, "people")
        .having("goals", answers.goals, "same_goals")
        .annotate(
            tier=tier,
            is_foreign=~Q(locale=locale),
            fit=F("subjects") * OF_SUBJECT + F("people") * OF_LIFE,
        )
        .order_by("tier", "is_foreign", "-fit", "-last_reviewed", "pk")
        .defer("body", "sources")
        .prefetch_related("themes", "target_groups", "goals")
    )
    found = [page for page in pages[:CANDIDATES] if is_for_reader(page, answers)]
    if answers.themes or answers.target_groups or kind not in answers.kinds:
        found = [page for page in found if page.tier < ANY]
    best = min((page.tier for page in found), default=ANY)
    fitting = [page_of(kind, page, answers) for page in found if page.tier == best]
    return varied(fitting, answers.chosen["worry"])[:limit]


def varied(pages: list[FittingPage], worries: Sequence[Option]) -> list[FittingPage]:
    """First the best page of each thing that weighs, then the others."""
    firsts: list[FittingPage] = []
    told: set[str] = set()
    for page in pages:
        of_page = {option.key for option in page.fits if option in worries}
        if of_page - told:
            firsts.append(page)
            told |= of_page
    return [*firsts, *(page for page in pages if page not in firsts)]


def page_of(kind: str, page: Any, answers: Answers) -> FittingPage:
    topics = {
        "life": {group.key for group in page.target_groups.all()},
        "worry": {theme.key for theme in page.themes.all()},
        "way": {kind},
    }
    fits = [
        option
        for key, option in answers
        if topics.get(key, set()).intersection(
            (*option.target_groups, *option.themes, *option.kinds)
        )
    ]
    goals = []
    if page.tier == GOAL:
        wanted = {goal.pk for goal in answers.goals}
        goals = [goal for goal in page.goals.all() if goal.pk in wanted]
    return FittingPage(page, fits, goals)


def first_pages(kind: str, answers: Answers, limit: int) -> list[Any]:
    """Whatever weighs: first those for everybody, in the order that editors gave."""
    locale, main = locales_of_reader()
    pages = (
        MODELS[kind]
        .objects.for_readers_of(locale, main)
        .having("target_groups", rows_named(TargetGroup, [FOR_ALL]), "for_all")
        .annotate(is_foreign=~Q(locale=locale))
        .order_by("is_foreign", "-for_all", "path")
        .defer("body", "sources")
        .prefetch_related("target_groups")
    )
    return [page for page in pages[:CANDIDATES] if is_for_reader(page, answers)][:limit]


def is_for_reader(page: Any, answers: Answers) -> bool:
    """A guide may be read at any age; a service says for whom it is."""
    if not isinstance(page, ServicePage):
        return True
    keys = [group.key for group in page.target_groups.all()]
    return not is_for_another_age(keys, answers)
