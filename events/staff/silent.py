"""A report: groups whose organiser was asked and has not answered.

Staff telephone them and confirm on the page “Dates and state”.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from ..days import formatted
from ..models import EventState, Membership, Stage
from .board import (
    ROWS_AT_ONCE,
    WaysColumn,
    columns_of,
    edit_address,
    names_of_organisers,
    organised_by,
)
from .reports import GroupReportView

NOBODY = "nobody"
LONGEST_FIRST = "asked_on"


@dataclass(frozen=True)
class SilentRow:
    event_id: int
    title: str
    phone: str
    organisers: str
    stage: str
    asked_on: date | None
    confirmed_on: date | None
    contacts: str

    @property
    def asked(self) -> str:
        return formatted(self.asked_on, "SHORT_DATE_FORMAT") if self.asked_on else ""

    @property
    def confirmed(self) -> str:
        day = self.confirmed_on
        return formatted(day, "SHORT_DATE_FORMAT") if day else ""


def silent_rows(found: list[EventState]) -> list[SilentRow]:
    keys = [state.pk for state in found]
    organisers, contacts = names_of_organisers(keys), contacts_in_words(keys)
    columns = columns_of(keys, "title", "contact_phone")
    return [
        SilentRow(
            event_id=state.pk,
            title=columns[state.pk][0],
            phone=columns[state.pk][1],
            organisers=", ".join(organisers[state.pk]),
            stage=str(Stage(state.stage).label),
            asked_on=state.asked_on,
            confirmed_on=state.confirmed_on,
            contacts=contacts[state.pk],
        )
        for state in found
        if state.pk in columns  # It may have been deleted meanwhile.
    ]


def contacts_in_words(keys: list[int]) -> dict[int, str]:
    """How many were written to, and whose mail comes back. No names: they are not
    needed to see who is silent."""
    reached: dict[int, set[int]] = defaultdict(set)
    bounced: dict[int, set[int]] = defaultdict(set)
    for some in batched(keys, ROWS_AT_ONCE):
        rows = Membership.objects.filter(
            is_approved=True, organisation__events__in=some
        ).values_list("organisation__events", "contact", "contact__bounced_at")
        for key, contact, bounced_at in rows:
            (bounced if bounced_at else reached)[key].add(contact)
    return {key: in_words(len(reached[key]), len(bounced[key])) for key in keys}


def in_words(reached: int, bounced: int) -> str:
    parts = []
    if reached:
        parts.append(
            ngettext("%(number)d person", "%(number)d people", reached)
            % {"number": reached}
        )
    if bounced:
        parts.append(
            ngettext(
                "mail to %(number)d person comes back",
                "mail to %(number)d people comes back",
                bounced,
            )
            % {"number": bounced}
        )
    return ", ".join(parts) or _("Nobody to write to")


def reachable(rows: QuerySet[EventState], _name: str, value: str) -> Any:
    memberships = Membership.objects.filter(
        organisation__events=OuterRef("pk"),
        is_approved=True,
        contact__bounced_at=None,
    )
    somebody = Exists(memberships)
    return rows.filter(~somebody if value == NOBODY else somebody)


class SilentFilterSet(WagtailFilterSet):
    stage = django_filters.ChoiceFilter(
        choices=[(stage.value, stage.label) for stage in EventState.UNANSWERED],
        label=gettext_lazy("Freshness"),
    )
    organiser = django_filters.CharFilter(
        method=organised_by, label=gettext_lazy("Organiser")
    )
    contacts = django_filters.ChoiceFilter(
        method=reachable,
        choices=[
            (NOBODY, gettext_lazy("Nobody to write to")),
            ("somebody", gettext_lazy("Somebody was written to")),
        ],
        label=gettext_lazy("Contact persons"),
    )

    class Meta:
        model = EventState
        fields: list[str] = []


class ByPhoneColumn(WaysColumn):
    """The page where staff confirm what they were told by phone."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"may_copy": False}


class SilentGroupsView(GroupReportView):
    page_title = gettext_lazy("Groups that have not answered")
    header_icon = "mail"
    index_url_name = "event_staff:silent"
    index_results_url_name = "event_staff:silent-results"
    filterset_class = SilentFilterSet
    verbose_name_plural = gettext_lazy("groups that have not answered")
    default_ordering = LONGEST_FIRST
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Group"),
            get_url=edit_address,
            sort_key="event__title",
        ),
        Column("organisers", label=gettext_lazy("Organisers")),
        Column("phone", label=gettext_lazy("Phone")),
        Column("stage", label=gettext_lazy("Freshness"), sort_key="stage"),
        Column("asked", label=gettext_lazy("Silent since"), sort_key=LONGEST_FIRST),
        Column(
            "confirmed", label=gettext_lazy("Confirmed on"), sort_key="confirmed_on"
        ),
        Column("contacts", label=gettext_lazy("Contact persons")),
        ByPhoneColumn("ways", label=gettext_lazy("Confirm by phone")),
    ]
    export_headings = {
        "title": gettext_lazy("Group"),
        "organisers": gettext_lazy("Organisers"),
        "phone": gettext_lazy("Phone"),
        "stage": gettext_lazy("Freshness"),
        "asked_on": gettext_lazy("Silent since"),
        "confirmed_on": gettext_lazy("Confirmed on"),
        "contacts": gettext_lazy("Contact persons"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[EventState]:
        return EventState.objects.unanswered()

    def rows_of(self, found: list[EventState]) -> list[SilentRow]:
        return silent_rows(found)

    def get_filename(self) -> str:
        return f"vastaamattomat-{timezone.localdate().isoformat()}"
