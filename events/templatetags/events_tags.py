"""What other apps' templates show of the events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django import template
from django.http import QueryDict
from django.template import engines
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from events.cards import Card, Moments, cards_of, soonest_over
from events.date_lines import date_lines
from events.days import (
    ages_in_words,
    clock,
    day_and_month,
    day_in_words,
    long_day,
    time_in_words,
    weekday_short,
)
from events.discretion import neutral_name
from events.door.addresses import door_url
from events.feeds.addresses import series_path
from events.filter_choices import FilterChoices
from events.filters import KEYS, EventFilterForm
from events.languages import (
    SPOKEN_LANGUAGES,
    index_path,
    organisers_path,
    places_path,
)
from events.lint import Advice, advice_on_texts
from events.listing import Question, find, similar_events, soonest_suiting
from events.models import EventPage, EventText, Occurrence
from events.schedules import Schedule
from events.wording import pauses_in_words, rule_in_words, rules_in_words
from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup, Term, Theme
from home.page_cache import expires_by

register = template.Library()

TAXONOMIES: dict[str, tuple[str, Any]] = {
    "goal": ("goals", Goal),
    "theme": ("themes", Theme),
    "target_group": ("target_groups", TargetGroup),
}


def kept_until_over(context: template.Context, cards: list[Card]) -> list[Card]:
    """The same cards; the page is kept no longer than the first date it shows."""
    request = context.get("request")
    over = soonest_over(cards)
    if request is not None and over:
        expires_by(request, over)
    return cards


@register.simple_tag(takes_context=True)
def next_events(
    context: template.Context,
    limit: int = 3,
    goal: Any = "",
    theme: Any = "",
    target_group: Any = "",
    people: Iterable[TargetGroup] = (),
) -> list[Card]:
    """The soonest events with the goal, theme or target group, given by key or row.

    Those that suit the people's ages come first; see `events.listing.suiting`.
    """
    bits: dict[str, Any] = {}
    for name, wanted in (
        ("goal", goal),
        ("theme", theme),
        ("target_group", target_group),
    ):
        if not wanted:
            continue
        field, model = TAXONOMIES[name]
        term = wanted if isinstance(wanted, model) else None
        if term is None:
            by_key = {row.key: row for row in model.objects.in_memory()}
            term = by_key.get(wanted)
        if term is None:
            return []
        bits[field] = [term.bit]
        if name == "target_group":
            people = [term]
    moments = soonest_suiting(people, [Question(**bits)], limit)
    return kept_until_over(context, cards_of(moments))


class Fitting(NamedTuple):
    cards: list[Card]
    address: str
    """Of the list with all that is like them."""


@register.simple_tag(takes_context=True)
def fitting_events(context: template.Context, page: Any, limit: int = 1) -> Fitting:
    """The soonest that go with a page: by theme, else target group, else goal.

    Among those with its themes, those for its own target groups come first; and always
    those that suit their ages. A full one is named when no other goes with the page.
    """
    themes, people, goals = (
        list(terms.all()) for terms in (page.themes, page.target_groups, page.goals)
    )
    with_themes = Question(themes=bits_of(themes))
    for asked, questions in (
        (
            {"theme": themes},
            [replace(with_themes, target_groups=bits_of(people)), with_themes],
        ),
        ({"group": people}, [Question(target_groups=bits_of(people))]),
        ({"goal": goals}, [Question(goals=bits_of(goals))]),
    ):
        if not any(asked.values()):
            continue
        if cards := cards_of(soonest_suiting(people, questions, limit)):
            keys = {name: [term.key for term in terms] for name, terms in asked.items()}
            return Fitting(kept_until_over(context, cards), list_address(keys))
    return Fitting([], list_address({}))


def bits_of(terms: Iterable[Term]) -> list[int]:
    return [term.bit for term in terms]


def list_address(asked: Mapping[str, Sequence[str]]) -> str:
    """Of the list of groups, narrowed by the filters' keys."""
    query = QueryDict(mutable=True)
    for name in KEYS:
        query.setlist(name, [value for value in asked.get(name, ()) if value])
    path = index_path(current_language())
    return f"{path}?{query.urlencode()}" if query.urlencode() else path


@register.simple_tag
def events_about(goal: str = "", theme: str = "", target_group: str = "") -> str:
    """The address of the list that `next_events` begins; by keys."""
    return list_address({"goal": [goal], "theme": [theme], "group": [target_group]})


@register.simple_tag(takes_context=True)
def next_events_by_municipality(
    context: template.Context, limit: int = 2
) -> list[tuple[Municipality, list[Card]]]:
    """Each municipality with its soonest events. A fixed number of queries."""
    towns = Municipality.objects.in_memory()
    moments: dict[int, Moments] = {}
    for town in towns:
        moments |= find(Question(municipalities=[town.pk])).moments(0, limit)
    soonest = kept_until_over(context, cards_of(moments))
    return [
        (town, [card for card in soonest if card.municipality_id == town.pk])
        for town in towns
    ]


@register.simple_tag
def event_cards(cards: Iterable[Card]) -> SafeString:
    return drawn("events/cards.html", cards=cards)


@register.simple_tag
def mini_events(cards: Iterable[Card]) -> SafeString:
    return drawn("events/mini_cards.html", cards=cards)


@register.simple_tag
def event_dates(event: EventPage, dates: Iterable[Occurrence]) -> SafeString:
    return drawn("events/dates.html", lines=date_lines(event, dates))


@register.simple_tag
def filter_form(
    form: EventFilterForm, choices: FilterChoices, address: str
) -> SafeString:
    return drawn("events/filter_form.html", form=form, choices=choices, address=address)


def drawn(template_name: str, **context: Any) -> SafeString:
    """By Jinja: Django's templates would take most of the time that a list takes."""
    engine = engines["jinja2"]
    return mark_safe(engine.get_template(template_name).render(context))  # noqa: S308


@register.simple_tag
def event_index_url() -> str:
    return index_path(current_language())


for day_words in (day_in_words, long_day, weekday_short, day_and_month):
    register.filter(day_words)
register.simple_tag(ages_in_words)
register.simple_tag(clock)
register.simple_tag(time_in_words)
register.filter(rule_in_words)


@register.simple_tag
def schedule_in_words(schedule: Schedule) -> list[str]:
    """A line for each rule and one for the pauses; breaks and dates stand beside."""
    return [
        *rules_in_words(schedule, timezone.now()),
        *(pauses_in_words(schedule.pauses) if schedule.rules else []),
    ]


@register.filter
def spoken_language(code: str) -> str:
    """The language's name in the reader's language."""
    return str(SPOKEN_LANGUAGES.get(code, code))


@register.simple_tag
def main_language_path(event: Any) -> str:
    """Where the text stands in its own language."""
    return event.path_in(event.main_language)


@register.simple_tag(takes_context=True)
def similar_groups(context: template.Context, event: EventPage) -> list[Card]:
    """Three like it, for when one cannot join this one just now."""
    return kept_until_over(context, similar_events(event, limit=3))


@register.simple_tag
def text_advice(event: EventPage) -> list[tuple[str, Advice]]:
    """With the name of each text's field and its language."""
    return [
        (
            f"{EventText._meta.get_field(each.column).verbose_name}"  # type: ignore[union-attr]
            f" ({spoken_language(each.language)})",
            each,
        )
        for each in advice_on_texts(event.texts.all())
    ]


@register.simple_tag
def report_url(event: EventPage) -> str:
    """Where a reader tells of an error on the group's page."""
    return door_url("report", event.pk)


@register.simple_tag
def neutral_title(page: EventPage) -> str:
    return neutral_name(page.kind, page.effective_municipality)


@register.simple_tag
def calendar_path(event: EventPage) -> str:
    """All dates, for one's own calendar."""
    return series_path(event, current_language())


@register.simple_tag
def organisers_url() -> str:
    return organisers_path(current_language())


@register.simple_tag
def places_url() -> str:
    return places_path(current_language())
