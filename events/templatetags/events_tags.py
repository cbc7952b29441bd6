"""What other apps' templates show of the events."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from events.days import (
    clock,
    day_and_month,
    day_in_words,
    long_day,
    time_in_words,
    weekday_short,
)
from events.discretion import neutral_name
from events.feeds.addresses import date_path, series_path
from events.languages import (
    SPOKEN_LANGUAGES,
    index_path,
    organisers_path,
    places_path,
)
from events.listing import Question, find, rows_with, similar_events
from events.models import EventPage, Occurrence, SearchRow
from events.schedules import Schedule
from events.wording import pauses_in_words, rule_in_words, rules_in_words
from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup, Theme
from home.page_cache import expires_by

register = template.Library()

TAXONOMIES: dict[str, tuple[str, Any]] = {
    "goal": ("goals", Goal),
    "theme": ("themes", Theme),
    "target_group": ("target_groups", TargetGroup),
}


def kept_until_over(
    context: template.Context, rows: list[SearchRow]
) -> list[SearchRow]:
    """The same rows; the page is kept no longer than the first date it shows."""
    request = context.get("request")
    moments = [row.next_over for row in rows if row.next_over]
    if request is not None and moments:
        expires_by(request, min(moments))
    return rows


@register.simple_tag(takes_context=True)
def next_events(
    context: template.Context,
    limit: int = 3,
    goal: Any = "",
    theme: Any = "",
    target_group: Any = "",
) -> list[SearchRow]:
    """The soonest events with the goal, theme or target group, given by key or row."""
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
    found = find(Question(**bits))
    return kept_until_over(context, found.rows(0, limit))


@register.simple_tag(takes_context=True)
def next_events_by_municipality(
    context: template.Context, limit: int = 2
) -> list[tuple[Municipality, list[SearchRow]]]:
    """Each municipality with its soonest events. A fixed number of queries."""
    towns = Municipality.objects.in_memory()
    facts: dict[int, tuple] = {}
    for town in towns:
        facts |= find(Question(municipalities=[town.pk])).facts(0, limit)
    soonest = kept_until_over(context, rows_with(facts))
    return [
        (town, [row for row in soonest if row.municipality_id == town.pk])
        for town in towns
    ]


@register.simple_tag
def event_index_url() -> str:
    return index_path(current_language())


for day_words in (day_in_words, long_day, weekday_short, day_and_month):
    register.filter(day_words)
register.simple_tag(clock)
register.simple_tag(time_in_words)
register.filter(rule_in_words)


@register.simple_tag
def schedule_in_words(
    event: EventPage, rules: list[Any], breaks: list[Any]
) -> list[str]:
    """A line for each rule and one for the pauses; breaks and dates stand beside."""
    schedule = Schedule(rules=rules, breaks=breaks, pauses=event.pauses)
    return [
        *rules_in_words(schedule, timezone.now()),
        *(pauses_in_words(event.pauses) if rules else []),
    ]


@dataclass(frozen=True)
class CardFacts:
    look: str
    """The look of the first of the event's goals."""
    audience: str


@register.simple_tag
def card_facts(row: SearchRow) -> CardFacts:
    """What a card shows of the row's masks, without a query."""
    goals = Goal.objects.in_memory()
    groups = TargetGroup.objects.in_memory()
    looks = [goal.look for goal in goals if row.goals >> goal.bit & 1]
    names = [
        group.name.in_language(current_language())
        for group in groups
        if row.target_groups >> group.bit & 1
    ]
    parts = [", ".join(names[:3]), ages_in_words(row.min_age, row.max_age)]
    return CardFacts(
        look=looks[0] if looks else Goal.Look.TOGETHER,
        audience=" · ".join(part for part in parts if part),
    )


@register.simple_tag
def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    if youngest and oldest:
        return _("ages %(youngest)s–%(oldest)s") % {
            "youngest": youngest,
            "oldest": oldest,
        }
    if youngest:
        return _("from %(youngest)s years on") % {"youngest": youngest}
    if oldest:
        return _("up to %(oldest)s years") % {"oldest": oldest}
    return ""


@register.simple_tag
def distance_in_words(kilometres: float) -> str:
    """“(about 4 km away)”"""
    if kilometres < 1:
        return _("(less than 1 km away)")
    return _("(about %(number)d km away)") % {"number": round(kilometres)}


@register.filter
def spoken_language(code: str) -> str:
    """The language's name in the reader's language."""
    return str(SPOKEN_LANGUAGES.get(code, code))


@register.simple_tag
def main_language_path(event: Any) -> str:
    """Where the text stands in its own language."""
    return event.path_in(event.main_language)


@register.simple_tag(takes_context=True)
def similar_groups(context: template.Context, event: EventPage) -> list[SearchRow]:
    """Three like it, for when one cannot join this one just now."""
    return kept_until_over(context, similar_events(event, limit=3))


@register.simple_tag
def neutral_title(page: EventPage) -> str:
    return neutral_name(page.kind, page.effective_municipality)


@register.simple_tag
def calendar_path(event: EventPage, date: Occurrence | None = None) -> str:
    """The date, or all of them, for one's own calendar."""
    language = current_language()
    if date is None:
        return series_path(event, language)
    return date_path(event, date.original_start, language)


@register.simple_tag
def organisers_url() -> str:
    return organisers_path(current_language())


@register.simple_tag
def places_url() -> str:
    return places_path(current_language())
