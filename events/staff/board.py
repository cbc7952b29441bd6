"""The season board: groups that end soon and have nothing after them.

Quick with 200,000 groups: one query asks the index rows, each with a look into the
index of dates by event and end; only the groups of the page are then read.
"""

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from home.languages import MAIN_LANGUAGE
from home.models import Municipality

from ..days import long_day
from ..enums import Kind
from ..models import EventPage, Occurrence
from .access import BOARD_RIGHTS, may_change, may_copy

SOON = timedelta(weeks=6)
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def ending_seasons(now: datetime) -> QuerySet[EventPage]:
    """Public groups whose last date is near, without a next season.

    A single event is no season, and a group that staff have ended is not waited for.
    """
    held = Occurrence.objects.held().filter(event=OuterRef("pk"))
    # The end is what the index of dates knows; a later start has a later end.
    later = Q(over_at__gt=now + SOON, starts_at__gt=now + SOON)
    return (
        EventPage.objects.filter(
            search_row__next_over__gt=now,
            search_row__next_start__lte=now + SOON,
            state__ended_on=None,
        )
        .exclude(search_row__kind=Kind.EVENT)
        .filter(~Exists(held.filter(later)))
        .filter(~Exists(EventPage.objects.filter(previous_season=OuterRef("pk"))))
        .annotate(
            last_start=Subquery(held.order_by("-over_at").values("starts_at")[:1])
        )
    )


def organised_by(events: QuerySet[EventPage], _name: str, words: str) -> Any:
    """By a part of the organiser's name in any language of the site."""
    in_a_language = Q()
    for code, _label in settings.LANGUAGES:
        in_a_language |= Q(**{f"organisers__name__{code}__icontains": words.strip()})
    found = EventPage.objects.filter(in_a_language)
    return events.filter(pk__in=found.values("pk"))


class BoardFilterSet(WagtailFilterSet):
    municipality = django_filters.ModelChoiceFilter(
        field_name="search_row__municipality",
        queryset=Municipality.objects.all(),
        label=_("Municipality"),
    )
    organiser = django_filters.CharFilter(method=organised_by, label=_("Organiser"))
    kind = django_filters.ChoiceFilter(
        field_name="search_row__kind",
        choices=[choice for choice in Kind.choices if choice[0] != Kind.EVENT],
        label=_("Kind"),
    )

    class Meta:
        model = EventPage
        fields: list[str] = []

    def _add_locale_filter(self) -> None:
        """All groups stand under the Finnish index."""


class WaysColumn(Column):
    """Copy for the next season, or see the dates first."""

    cell_template_name = "events/staff/ways_cell.html"

    def get_cell_context_data(self, instance: EventPage, parent_context: Any) -> Any:
        return super().get_cell_context_data(instance, parent_context) | {
            "event": instance,
            "may_copy": may_copy(parent_context["request"].user, instance),
            "may_change": may_change(parent_context["request"].user, instance),
        }


def organiser_names(event: EventPage) -> str:
    return ", ".join(str(organiser) for organiser in event.organisers.all())


def municipality_name(event: EventPage) -> str:
    municipality = event.search_row.municipality
    return str(municipality) if municipality else ""


def last_day(event: Any) -> str:
    return long_day(event.last_start)


def edit_address(event: EventPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[event.pk])


class EndingSeasonsView(ReportView):
    model = EventPage
    page_title = _("Seasons ending soon")
    header_icon = "calendar-check"
    index_url_name = "event_staff:ending"
    index_results_url_name = "event_staff:ending-results"
    filterset_class = BoardFilterSet
    any_permission_required = BOARD_RIGHTS
    verbose_name_plural = _("seasons ending soon")
    default_ordering = "last_start"
    columns = [
        TitleColumn("title", label=_("Group"), get_url=edit_address, sort_key="title"),
        Column(
            "municipality",
            label=_("Municipality"),
            accessor=municipality_name,
            sort_key="search_row__municipality",
        ),
        Column("organisers", label=_("Organisers"), accessor=organiser_names),
        Column(
            "last_date", label=_("Last date"), accessor=last_day, sort_key="last_start"
        ),
        WaysColumn("ways", label=_("Next season")),
    ]
    list_export = ["title", "municipality", "organisers", "last_date", "address"]
    export_headings = {
        "title": _("Group"),
        "municipality": _("Municipality"),
        "organisers": _("Organisers"),
        "last_date": _("Last date"),
        "address": _("Address"),
    }

    def get_base_queryset(self) -> Any:
        return ending_seasons(timezone.now())

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple:
        """The keys are asked once, for the number and for the page."""
        keys = list(queryset.values_list("pk", flat=True))
        paginator, page, found, more = super().paginate_queryset(keys, page_size)
        rows = {row.pk: row for row in with_facts(queryset.filter(pk__in=found))}
        page.object_list = [rows[key] for key in found if key in rows]
        return paginator, page, page.object_list, more

    def get_filename(self) -> str:
        return f"paattyvat-kaudet-{timezone.localdate().isoformat()}"

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        return super().as_spreadsheet(with_facts(queryset), spreadsheet_format)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "title": item.title,
            "municipality": municipality_name(item),
            "organisers": organiser_names(item),
            "last_date": timezone.localdate(item.last_start),
            "address": item.path_in(MAIN_LANGUAGE),
        }

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """A name that begins like a formula is text: a spreadsheet would run it."""
        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, str) and value.startswith(FORMULA_BEGINS):
            return f"'{value}"
        return value


def with_facts(events: Any) -> Any:
    return events.select_related("search_row__municipality").prefetch_related(
        "organisers"
    )
