"""A report: which pages readers found useful, and which they did not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from ...languages import language_name
from ...models import PageComment, PageOpinion
from ...staff_reports import RowsReportView
from ...writers import pages_written_by

COUNTED = timedelta(days=365)
MOST_UNHAPPY_FIRST = "-no"


@dataclass(frozen=True)
class OpinionRow:
    page_id: int
    title: str
    language: str
    yes: int
    no: int
    comments: int

    @property
    def share(self) -> str:
        return f"{round(100 * self.yes / (self.yes + self.no))} %"


def sum_of(column: str) -> Any:
    opinions = PageOpinion.objects.filter(
        page=OuterRef("pk"), day__gt=timezone.localdate() - COUNTED
    ).order_by()
    total = opinions.values("page").annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def open_comments() -> Any:
    comments = PageComment.objects.open().filter(page=OuterRef("pk")).order_by()
    number = comments.values("page").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def edit_address(row: OpinionRow) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.page_id])


class OpinionFilterSet(WagtailFilterSet):
    class Meta:
        model = Page
        fields = ("locale",)


class OpinionsView(RowsReportView):
    model = PageOpinion  # Whose rights they are.
    any_permission_required = ["view"]
    page_title = _("Were the pages useful?")
    header_icon = "check"
    index_url_name = "feedback_staff:opinions"
    index_results_url_name = "feedback_staff:opinions-results"
    filterset_class = OpinionFilterSet
    verbose_name_plural = _("pages with opinions")
    default_ordering = MOST_UNHAPPY_FIRST
    columns = [
        TitleColumn("title", label=_("Page"), get_url=edit_address, sort_key="title"),
        Column("language", label=_("Language")),
        Column("yes", label=_("Useful"), sort_key="yes"),
        Column("no", label=_("Not useful"), sort_key="no"),
        Column("share", label=_("Share of useful")),
        Column("comments", label=_("Open comments"), sort_key="comments"),
    ]
    export_headings = {
        "title": _("Page"),
        "language": _("Language"),
        "yes": _("Useful"),
        "no": _("Not useful"),
        "share": _("Share of useful"),
        "comments": _("Open comments"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Page]:
        """Of the last twelve months, about pages that the user has a part in."""
        lately = PageOpinion.objects.filter(day__gt=timezone.localdate() - COUNTED)
        return (
            pages_written_by(self.request.user)
            .filter(pk__in=lately.values("page"))
            .annotate(yes=sum_of("yes"), no=sum_of("no"), comments=open_comments())
            .select_related("locale")
        )

    def rows_of(self, found: list[Any]) -> list[OpinionRow]:
        return [
            OpinionRow(
                page_id=page.pk,
                title=page.title,
                language=language_name(page.locale.language_code),
                yes=page.yes,
                no=page.no,
                comments=page.comments,
            )
            for page in found
        ]

    def get_filename(self) -> str:
        return f"hyodyllisyys-{timezone.localdate().isoformat()}"
