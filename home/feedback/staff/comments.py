"""A list: what readers added to their “yes” or “no”."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn

from ...models import PageComment
from ...staff_reports import HandledColumn, RowsReportView
from ...writers import pages_written_by
from .access import may_handle_comments
from .states import StateFilterSet


@dataclass(frozen=True)
class CommentRow:
    comment_id: int
    page_id: int
    title: str
    verdict: str
    text: str
    sent_on: date
    is_open: bool

    @property
    def handled_address(self) -> str:
        if not self.is_open:
            return ""
        return reverse("feedback_staff:comment-handled", args=[self.comment_id])


def verdict_of(comment: PageComment) -> str:
    if comment.was_useful:
        return pgettext("an answer", "Yes")
    return pgettext("an answer", "No")


def edit_address(row: CommentRow) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.page_id])


def comments_for(user: Any) -> QuerySet[PageComment]:
    """On pages that the user has a part in."""
    pages = pages_written_by(user)
    return PageComment.objects.filter(page__in=pages.values("pk"))


class CommentFilterSet(StateFilterSet):
    class Meta:
        model = PageComment
        fields = ("was_useful", "language")


class CommentsView(RowsReportView):
    model = PageComment
    any_permission_required = ["change"]
    page_title = gettext_lazy("Comments on pages")
    header_icon = "comment"
    index_url_name = "feedback_staff:comments"
    index_results_url_name = "feedback_staff:comments-results"
    filterset_class = CommentFilterSet
    default_ordering = "sent_on"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Page"),
            get_url=edit_address,
            sort_key="page__title",
        ),
        Column("verdict", label=gettext_lazy("Was it useful?"), sort_key="was_useful"),
        Column("text", label=gettext_lazy("In the reader's words")),
        # Only the day is kept: a DateColumn would count the hours since midnight.
        Column("sent_on", label=gettext_lazy("Sent"), sort_key="sent_on"),
        HandledColumn("handled", label=gettext_lazy("Handled")),
    ]
    export_headings = {
        "title": gettext_lazy("Page"),
        "verdict": gettext_lazy("Was it useful?"),
        "text": gettext_lazy("In the reader's words"),
        "sent_on": gettext_lazy("Sent"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[PageComment]:
        return comments_for(self.request.user).select_related("page")

    def rows_of(self, found: list[PageComment]) -> list[CommentRow]:
        return [
            CommentRow(
                comment_id=comment.pk,
                page_id=comment.page_id,
                title=comment.page.title,
                verdict=verdict_of(comment),
                text=comment.text,
                sent_on=comment.sent_on,
                is_open=comment.handled_at is None,
            )
            for comment in found
        ]

    def get_filename(self) -> str:
        return f"kommentit-{timezone.localdate().isoformat()}"


@require_POST
def handled(request: HttpRequest, comment_id: int) -> HttpResponse:
    if not may_handle_comments(request.user):
        raise PermissionDenied
    comment: Any = get_object_or_404(comments_for(request.user), pk=comment_id)
    if PageComment.objects.filter(pk=comment.pk).mark_handled(request.user):
        messages.success(request, _("The comment is marked as handled."))
    else:
        messages.warning(request, _("A colleague has marked it as handled already."))
    return redirect("feedback_staff:comments")
