"""What other apps' templates show of the guidance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from guides.models import (
    CustomerPathPage,
    GuidePage,
    ProgrammePage,
    Queue,
    SelfAssessmentPage,
    ServicePage,
)
from home.collation import sort_key
from home.languages import current_language
from home.models import Goal
from home.models.locales import locales_of_reader

register = template.Library()

KINDS = (
    (GuidePage, "guide", _("Guides")),
    (ProgrammePage, "programme", _("Self-care programmes")),
    (SelfAssessmentPage, "self-assessment", _("Self-assessments")),
    (ServicePage, "service", _("Services")),
    (CustomerPathPage, "path", _("Ways to help")),
)


@dataclass(frozen=True)
class Shelf:
    """Pages of one kind under a heading."""

    kind: str
    heading: str
    pages: list[Any]


def in_order(pages: Iterable[Any]) -> list[Any]:
    """The reader's language first, then by title."""
    language = current_language()
    return sorted(
        pages, key=lambda page: (page.language != language, sort_key(page.title))
    )


@register.simple_tag
def guidance_of_goal(goal: Goal) -> list[Shelf]:
    """All guidance with the goal, by kind: the reader's language first."""
    locale, main = locales_of_reader()
    shelves = []
    for model, kind, heading in KINDS:
        pages = in_order(model.objects.for_readers_of(locale, main).with_goal(goal))
        if pages:
            shelves.append(Shelf(kind, str(heading), pages))
    return shelves


@register.simple_tag
def guidance_under(index: Page) -> list[tuple[Goal, list[Any]]]:
    """The pages under an index by goal, those only in Finnish too.

    A page with several goals stands under the first of them.
    """
    locale, main = locales_of_reader()
    main_index = index.get_translation_or_none(main) if locale != main else index
    parents = [page for page in (index, main_index) if page is not None]
    goals = Goal.objects.current_in_memory()
    by_goal: dict[int, list[Any]] = {goal.pk: [] for goal in goals}
    for model, _kind, _heading in KINDS:
        pages = model.objects.for_readers_of(locale, main)
        under = model.objects.none()
        for parent in parents:
            under = under | model.objects.child_of(parent)
        listed_here = pages.filter(pk__in=under.values("pk")).prefetch_related("goals")
        for page in in_order(listed_here):
            listed = [goal.pk for goal in page.goals.all() if goal.pk in by_goal]
            if listed:
                order = [goal.pk for goal in goals if goal.pk in listed]
                by_goal[order[0]].append(page)
    return [(goal, by_goal[goal.pk]) for goal in goals if by_goal[goal.pk]]


GUIDANCE_OF_A_KIND = 3


@register.simple_tag
def guidance_on(page: Any) -> list[Any]:
    """Programmes and guides that share a theme with the page, a few of each."""
    locale, main = locales_of_reader()
    themes = [theme.pk for theme in page.themes.all()]
    found: list[Any] = []
    for model in (ProgrammePage, GuidePage):
        pages = model.objects.for_readers_of(locale, main).filter(themes__in=themes)
        found += in_order(pages.distinct())[:GUIDANCE_OF_A_KIND]
    return found


@dataclass(frozen=True)
class Neighbours:
    before: Any = None
    after: Any = None


@register.simple_tag
def around(page: Page, parts: Iterable[Page]) -> Neighbours:
    """The parts just before and after the page."""
    found = list(parts)
    place = next((n for n, part in enumerate(found) if part.pk == page.pk), None)
    if place is None:
        return Neighbours()
    return Neighbours(
        before=found[place - 1] if place else None,
        after=found[place + 1] if place + 1 < len(found) else None,
    )


@register.simple_tag
def chosen_guides(stream: Any) -> list[Any]:
    """The live guides and programmes that an editor chose, in that order."""
    ids = [child["value"] for child in stream.raw_data]
    found = {
        page.pk: page
        for model in (GuidePage, ProgrammePage)
        for page in model.objects.live().filter(pk__in=ids).prefetch_related("goals")
    }
    return [found[pk] for pk in ids if pk in found]


@register.simple_tag
def for_reader(page: Any) -> Any:
    """The public page in the reader's language; without one, the page as chosen."""
    language = current_language()
    if page.language == language:
        return page
    twins = (
        type(page)
        .objects.live()
        .public()
        .filter(translation_key=page.translation_key, locale__language_code=language)
    )
    return twins.first() or page


@register.simple_tag
def queue_pages(queue: Queue) -> list[Any]:
    """What helps while one waits, for the reader."""
    return queue.pages_in(current_language())
