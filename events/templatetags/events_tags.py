"""What other apps' templates show of the events."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from events.languages import index_path
from events.models import SearchRow
from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup, Theme
from home.page_cache import expires_by

register = template.Library()

TAXONOMIES = {
    "goal": ("goals", Goal),
    "theme": ("themes", Theme),
    "target_group": ("target_groups", TargetGroup),
}


def listed(context: template.Context, rows: Iterable[SearchRow]) -> list[SearchRow]:
    """The rows as a list; the page is kept no longer than its first date."""
    found = list(rows)
    request = context.get("request")
    moments = [row.next_over for row in found if row.next_over]
    if request is not None and moments:
        expires_by(request, min(moments))
    return found


@register.simple_tag(takes_context=True)
def next_events(
    context: template.Context,
    limit: int = 3,
    goal: Any = "",
    theme: Any = "",
    target_group: Any = "",
) -> list[SearchRow]:
    """The soonest events with the goal, theme or target group, given by key or row."""
    rows = SearchRow.objects.upcoming(timezone.now())
    for name, wanted in (
        ("goal", goal),
        ("theme", theme),
        ("target_group", target_group),
    ):
        if not wanted:
            continue
        field, model = TAXONOMIES[name]
        term = wanted if isinstance(wanted, model) else None
        term = term or model.objects.filter(key=wanted).first()
        if term is None:
            return []
        rows = rows.with_any(field, 1 << term.bit)
    return listed(context, rows.for_listing()[:limit])


@register.simple_tag(takes_context=True)
def next_events_by_municipality(
    context: template.Context, limit: int = 2
) -> list[tuple[Municipality, list[SearchRow]]]:
    """Each municipality with its soonest events. A fixed number of queries."""
    towns = list(Municipality.objects.all())
    ids: list[int] = []
    for town in towns:
        rows = SearchRow.objects.upcoming(timezone.now()).in_municipalities([town.pk])
        ids += rows.values_list("pk", flat=True)[:limit]
    rows = listed(
        context, SearchRow.objects.filter(pk__in=ids).order_by("next_start", "pk").for_listing()
    )
    return [
        (town, [row for row in rows if row.municipality_id == town.pk]) for town in towns
    ]


@register.simple_tag
def event_index_url() -> str:
    return index_path(current_language())
