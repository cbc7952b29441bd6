"""The groups of one organiser, or of one place, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from home.page_cache import expires_by

from .cards import Card, cards_of_rows, soonest_over
from .models import EventPage, SearchRow, Stage
from .models.search_rows import SearchRowQuerySet
from .names import in_order

GROUPS_ON_A_PAGE = 20
NAMES_ON_A_PAGE = 60


@dataclass(frozen=True)
class GroupsOnPage:
    """First the groups with a date to come, soonest first; the others follow them."""

    page: Page
    coming: list[Card]
    resting: list[EventPage]
    number_coming: int


def page_of_groups(
    request: HttpRequest, rows: SearchRowQuerySet, events: QuerySet[EventPage]
) -> GroupsOnPage:
    """The asked page of what is listed, seven queries at most; 404 if there is none."""
    now = timezone.now()
    coming = rows.upcoming(now)
    resting = without_coming_date(events, now)
    number_coming, number_resting = coming.count(), resting.count()
    page = page_of(
        request, range(number_coming + number_resting), on_a_page=GROUPS_ON_A_PAGE
    )
    first, last = max(page.start_index() - 1, 0), page.end_index()
    shown = cards_of_rows(coming[first:last]) if first < number_coming else []
    if over := soonest_over(shown):
        expires_by(request, over)
    rest = resting[max(first - number_coming, 0) : max(last - number_coming, 0)]
    return GroupsOnPage(
        page=page,
        coming=shown,
        resting=list(rest) if last > number_coming else [],
        number_coming=number_coming,
    )


def without_coming_date(
    events: QuerySet[EventPage], now: datetime
) -> QuerySet[EventPage]:
    """Groups on a break, and those whose next date is not known; not the ended, nor
    those that nobody has confirmed for long."""
    coming = SearchRow.objects.filter(event=OuterRef("pk"), next_over__gt=now)
    return (
        events.filter(~Exists(coming))
        .filter(
            Q(state=None)
            | Q(state__ended_on=None)
            | Q(state__ended_on__gte=timezone.localdate(now))
        )
        .exclude(state__stage=Stage.HIDDEN)
        .select_related("state")
        .prefetch_related("texts")
        .order_by(in_order("title"), "pk")
    )


def page_of(request: HttpRequest, items: Any, on_a_page: int) -> Page:
    """404 when there is no such page."""
    try:
        return Paginator(items, on_a_page).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error
