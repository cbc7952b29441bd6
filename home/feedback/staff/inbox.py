"""The list of feedback: what is open, and how many days are left to answer."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ...models import Feedback
from ...staff_reports import RowsReportView
from .access import may_answer
from .states import StateFilterSet

WORDS_IN_LIST = 20


class FeedbackRow:
    """As the table and the spreadsheet show it: never with an address to answer to."""

    def __init__(self, feedback: Feedback) -> None:
        self.feedback_id = feedback.pk
        self.kind = feedback.get_kind_display()
        self.text = feedback.text
        self.beginning = Truncator(feedback.text).words(WORDS_IN_LIST)
        self.place = feedback.place
        self.sent_at = feedback.sent_at
        self.sent_on = timezone.localdate(feedback.sent_at)
        self.answered_on = feedback.answered_on
        self.days_left = feedback.days_left
        self.is_late = feedback.is_late

    @property
    def time_left(self) -> str:
        return in_words(self.days_left)


def in_words(days_left: int | None) -> str:
    """“3 days left”; "" when no time is set, or it has been answered."""
    if days_left is None:
        return ""
    if days_left < 0:
        return ngettext(
            "%(number)d day too late", "%(number)d days too late", -days_left
        ) % {"number": -days_left}
    if days_left == 0:
        return _("Today is the last day")
    return ngettext("%(number)d day left", "%(number)d days left", days_left) % {
        "number": days_left
    }


def answer_address(row: FeedbackRow) -> str:
    return reverse("feedback_staff:answer", args=[row.feedback_id])


class TimeLeftColumn(Column):
    cell_template_name = "home/admin/time_left_cell.html"


class FeedbackFilterSet(StateFilterSet):
    class Meta:
        model = Feedback
        fields = ("kind", "language")


class InboxView(RowsReportView):
    model = Feedback
    any_permission_required = ["change"]
    page_title = gettext_lazy("Feedback")
    header_icon = "mail"
    index_url_name = "feedback_staff:inbox"
    index_results_url_name = "feedback_staff:inbox-results"
    filterset_class = FeedbackFilterSet
    default_ordering = "sent_at"
    columns = [
        TitleColumn(
            "beginning", label=gettext_lazy("Feedback"), get_url=answer_address
        ),
        Column("kind", label=gettext_lazy("What it is about"), sort_key="kind"),
        Column("place", label=gettext_lazy("Which page")),
        DateColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
        TimeLeftColumn("time_left", label=gettext_lazy("Time to answer")),
    ]
    export_headings = {
        "kind": gettext_lazy("What it is about"),
        "text": gettext_lazy("Feedback"),
        "place": gettext_lazy("Which page"),
        "sent_on": gettext_lazy("Sent"),
        "time_left": gettext_lazy("Time to answer"),
        "answered_on": gettext_lazy("Answered on"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Feedback]:
        return Feedback.objects.all()

    def rows_of(self, found: list[Feedback]) -> list[FeedbackRow]:
        return [FeedbackRow(feedback) for feedback in found]

    def get_filename(self) -> str:
        return f"palaute-{timezone.localdate().isoformat()}"


class InboxMenuItem(MenuItem):
    """Its label tells how much is open."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_answer(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        item = super().render_component(request)
        if number := Feedback.objects.open().count():
            item.label = f"{self.label} ({number})"
        return item
