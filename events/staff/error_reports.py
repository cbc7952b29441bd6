"""What readers have reported on groups' pages, and what staff have dealt with."""

from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.staff_reports import HandledColumn

from ..models import ErrorReport
from .access import may_see_board
from .board import columns_of, edit_address, names_of_organisers
from .reports import GroupReportView

OLDEST_FIRST = "reported_at"


@dataclass(frozen=True)
class ReportRow:
    report_id: int
    event_id: int
    title: str
    organisers: str
    kind: str
    text: str
    reported_at: datetime

    @property
    def handled_address(self) -> str:
        return reverse("event_staff:report-handled", args=[self.report_id])


def report_rows(found: list[ErrorReport]) -> list[ReportRow]:
    keys = [report.event_id for report in found]
    organisers, columns = names_of_organisers(keys), columns_of(keys, "title")
    return [
        ReportRow(
            report_id=report.pk,
            event_id=report.event_id,
            title=columns[report.event_id][0],
            organisers=", ".join(organisers[report.event_id]),
            kind=report.get_kind_display(),
            text=report.text,
            reported_at=report.reported_at,
        )
        for report in found
        if report.event_id in columns  # It may have been deleted meanwhile.
    ]


class ReportFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        choices=ErrorReport.Kind.choices, label=gettext_lazy("What is wrong")
    )

    class Meta:
        model = ErrorReport
        fields: list[str] = []


class ErrorReportsView(GroupReportView):
    page_title = gettext_lazy("Reported errors")
    header_icon = "warning"
    index_url_name = "event_staff:reports"
    index_results_url_name = "event_staff:reports-results"
    filterset_class = ReportFilterSet
    verbose_name_plural = gettext_lazy("reported errors")
    default_ordering = OLDEST_FIRST
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Group"),
            get_url=edit_address,
            sort_key="event__title",
        ),
        Column("organisers", label=gettext_lazy("Organisers")),
        Column("kind", label=gettext_lazy("What is wrong"), sort_key="kind"),
        Column("text", label=gettext_lazy("In the reader's words")),
        DateColumn(
            "reported_at", label=gettext_lazy("Reported"), sort_key=OLDEST_FIRST
        ),
        HandledColumn("handled", label=gettext_lazy("Handled")),
    ]
    export_headings = {
        "title": gettext_lazy("Group"),
        "organisers": gettext_lazy("Organisers"),
        "kind": gettext_lazy("What is wrong"),
        "text": gettext_lazy("In the reader's words"),
        "reported_at": gettext_lazy("Reported"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[ErrorReport]:
        return ErrorReport.objects.open()

    def rows_of(self, found: list[ErrorReport]) -> list[ReportRow]:
        return report_rows(found)

    def get_filename(self) -> str:
        return f"ilmoitetut-virheet-{timezone.localdate().isoformat()}"


@require_POST
def handled(request: HttpRequest, report_id: int) -> HttpResponse:
    if not may_see_board(request.user):
        raise PermissionDenied
    report = get_object_or_404(ErrorReport, pk=report_id)
    if ErrorReport.objects.filter(pk=report.pk).mark_handled(request.user):
        messages.success(request, _("The report is marked as handled."))
    else:
        messages.warning(request, _("A colleague has marked it as handled already."))
    return redirect("event_staff:reports")
