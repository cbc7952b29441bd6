"""The queue of the moderators: what organisations have sent, the oldest first."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from home.fields import in_any_language
from home.models import Municipality

from ..models import EventPage, Organisation, Submission
from .access import BOARD_RIGHTS, may_see_board

OLDEST_FIRST = "sent_at"


def from_organisation(rows: QuerySet[Submission], _name: str, words: str) -> Any:
    """By a part of the organisation's name in any language of the site."""
    named = in_any_language("name", "icontains", words.strip())
    return rows.filter(organisation__in=Organisation.objects.filter(named))


def in_municipality(rows: QuerySet[Submission], _name: str, town: Municipality) -> Any:
    of_venue = Q(event__venue__municipality=town)
    return rows.filter(of_venue | Q(event__venue=None, event__municipality=town))


class QueueFilterSet(WagtailFilterSet):
    organisation = django_filters.CharFilter(
        method=from_organisation, label=gettext_lazy("Organisation")
    )
    municipality = django_filters.ModelChoiceFilter(
        queryset=Municipality.objects.all(),
        method=in_municipality,
        label=gettext_lazy("Municipality"),
    )
    is_change = django_filters.ChoiceFilter(
        choices=[
            ("false", gettext_lazy("New group")),
            ("true", gettext_lazy("Change of a group")),
        ],
        label=gettext_lazy("New or change"),
        method="new_or_change",
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def new_or_change(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(is_change=value == "true")


def submission_page(submission: Submission) -> str:
    return reverse("event_staff:submission", args=[submission.pk])


def kind_of(submission: Submission) -> str:
    return _("Change of a group") if submission.is_change else _("New group")


def municipality_of(submission: Submission) -> str:
    event = submission.event
    if event is None:
        return ""
    key = event.venue.municipality_id if event.venue else event.municipality_id
    towns = {town.pk: str(town) for town in Municipality.objects.in_memory()}
    return towns.get(key or 0, "")


def waiting_time(submission: Submission) -> str:
    return timesince(submission.sent_at, depth=1) if submission.sent_at else ""


def read_by(submission: Submission) -> str:
    return str(submission.opened_by or "")


class ChooseColumn(Column):
    """Names the version that is listed: only that one is decided on in bulk."""

    cell_template_name = "events/staff/choose_cell.html"


class QueueView(ReportView):
    model = EventPage  # Whose rights they are.
    page_title = gettext_lazy("Groups waiting")
    header_icon = "clipboard-list"
    index_url_name = "event_staff:queue"
    index_results_url_name = "event_staff:queue-results"
    results_template_name = "events/staff/queue_results.html"
    filterset_class = QueueFilterSet
    any_permission_required = BOARD_RIGHTS
    verbose_name_plural = gettext_lazy("groups waiting")
    default_ordering = OLDEST_FIRST
    columns = [
        ChooseColumn("choose", label=gettext_lazy("Choose")),
        TitleColumn("title", label=gettext_lazy("Group"), get_url=submission_page),
        Column("organisation", label=gettext_lazy("Organisation")),
        Column("municipality", gettext_lazy("Municipality"), municipality_of),
        Column("kind", gettext_lazy("New or change"), kind_of),
        Column("waits", gettext_lazy("Has waited"), waiting_time, sort_key="sent_at"),
        Column("opened", gettext_lazy("Last opened by"), read_by),
    ]

    def get_base_queryset(self) -> Any:
        return Submission.objects.waiting().for_staff()


class QueueMenuItem(MenuItem):
    """Its label tells how many wait."""

    def is_shown(self, request: Any) -> bool:
        return may_see_board(request.user)

    def render_component(self, request: Any) -> Any:
        item = super().render_component(request)
        if number := Submission.objects.waiting().count():
            item.label = f"{self.label} ({number})"
        return item


def queue_menu_item() -> QueueMenuItem:
    return QueueMenuItem(
        gettext_lazy("Groups waiting"),
        reverse("event_staff:queue"),
        name="groups-waiting",
        icon_name="clipboard-list",
        order=190,
    )
