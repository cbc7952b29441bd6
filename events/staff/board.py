"""The season board, a report: groups that end soon and have nothing after them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from home.fields import in_any_language
from home.languages import MAIN_LANGUAGE
from home.models import Municipality

from ..days import long_day
from ..enums import Kind
from ..languages import index_path
from ..models import EventIndexPage, EventPage, Organisation, SearchRow
from .endings import Ending, endings, waited_for
from .reports import GroupReportView

ROWS_AT_ONCE = 500
BY_LAST_DAY = "last_day"


@dataclass(frozen=True)
class BoardRow:
    """A group on the board, as the table and the spreadsheet show it."""

    event_id: int
    title: str
    municipality: str
    organisers: str
    last_day: date
    address: str

    @property
    def last_date(self) -> str:
        return long_day(self.last_day)


def board_rows(found: list[Ending]) -> list[BoardRow]:
    keys = [end.event_id for end in found]
    organisers = names_of_organisers(keys)
    towns = {town.pk: str(town) for town in Municipality.objects.in_memory()}
    columns: dict[int, tuple[str, str, int | None]] = {}
    for some in batched(keys, ROWS_AT_ONCE):
        rows = SearchRow.objects.filter(pk__in=some).values_list(
            "pk", "event__title", "event__slug", "municipality"
        )
        columns |= {key: (title, slug, town) for key, title, slug, town in rows}
    return [
        BoardRow(
            event_id=key,
            title=columns[key][0],
            municipality=towns.get(columns[key][2] or 0, ""),
            organisers=", ".join(organisers[key]),
            last_day=last_day,
            address=f"{index_path(MAIN_LANGUAGE)}{columns[key][1]}/",
        )
        for last_day, key in found
        if key in columns
    ]


def columns_of(keys: list[int], *names: str) -> dict[int, list[Any]]:
    """Of groups, by their keys."""
    columns: dict[int, list[Any]] = {}
    for some in batched(keys, ROWS_AT_ONCE):
        rows = EventPage.objects.filter(pk__in=some).values_list("pk", *names)
        columns |= {key: values for key, *values in rows}
    return columns


def names_of_organisers(keys: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for some in batched(keys, ROWS_AT_ONCE):
        pairs = EventPage.objects.filter(pk__in=some, organisers__isnull=False)
        for key, name in pairs.values_list("pk", "organisers__name"):
            names[key].append(str(name))
    return names


def organised_by(rows: QuerySet[SearchRow], _name: str, words: str) -> Any:
    """By a part of the organiser's name in any language of the site."""
    named = in_any_language("name", "icontains", words.strip())
    found = EventPage.objects.filter(organisers__in=Organisation.objects.filter(named))
    return rows.filter(pk__in=found.values("pk"))


class BoardFilterSet(WagtailFilterSet):
    municipality = django_filters.ModelChoiceFilter(
        queryset=Municipality.objects.all(),
        label=_("Municipality"),
    )
    organiser = django_filters.CharFilter(method=organised_by, label=_("Organiser"))
    kind = django_filters.ChoiceFilter(
        choices=[choice for choice in Kind.choices if choice[0] != Kind.EVENT],
        label=_("Kind"),
    )

    class Meta:
        model = SearchRow
        fields: list[str] = []


class WaysColumn(Column):
    """Copy for the next season, or see the dates first."""

    cell_template_name = "events/staff/ways_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        rights = rights_on_groups(parent_context["request"])
        return super().get_cell_context_data(instance, parent_context) | {
            "event_id": instance.event_id,
            "title": instance.title,
            "may_copy": rights.can_add_subpage(),
            "may_change": rights.can_publish_subpage(),
        }


def rights_on_groups(request: Any) -> Any:
    """Rights are inherited: what one may do under the index, one may with any group."""
    if not hasattr(request, "rights_on_groups"):
        index = EventIndexPage.objects.get(locale__language_code=MAIN_LANGUAGE)
        request.rights_on_groups = index.permissions_for_user(request.user)
    return request.rights_on_groups


def edit_address(row: BoardRow) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.event_id])


class EndingSeasonsView(GroupReportView):
    page_title = _("Seasons ending soon")
    header_icon = "calendar-check"
    index_url_name = "event_staff:ending"
    index_results_url_name = "event_staff:ending-results"
    filterset_class = BoardFilterSet
    verbose_name_plural = _("seasons ending soon")
    default_ordering = BY_LAST_DAY
    columns = [
        TitleColumn(
            "title", label=_("Group"), get_url=edit_address, sort_key="event__title"
        ),
        Column("municipality", label=_("Municipality"), sort_key="municipality"),
        Column("organisers", label=_("Organisers")),
        Column("last_date", label=_("Last date"), sort_key=BY_LAST_DAY),
        WaysColumn("ways", label=_("Next season")),
    ]
    list_export = ["title", "municipality", "organisers", "last_day", "address"]
    export_headings = {
        "title": _("Group"),
        "municipality": _("Municipality"),
        "organisers": _("Organisers"),
        "last_day": _("Last date"),
        "address": _("Address"),
    }

    def get_base_queryset(self) -> Any:
        return waited_for(timezone.localdate())

    def order_queryset(self, queryset: Any) -> Any:
        """The last day is known when the rows are read."""
        if self.ordering.endswith(BY_LAST_DAY):
            return queryset.order_by("pk")
        return super().order_queryset(queryset)

    def get_filtered_queryset(self) -> list[Ending]:
        found = endings(self.get_queryset(), timezone.localdate())
        if self.ordering.endswith(BY_LAST_DAY):
            found.sort(reverse=self.ordering.startswith("-"))
        return found

    def rows_of(self, found: list[Ending]) -> list[BoardRow]:
        return board_rows(found)

    def get_filename(self) -> str:
        return f"paattyvat-kaudet-{timezone.localdate().isoformat()}"
