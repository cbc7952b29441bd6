"""A report: reviewed pages, those that are due first, and who has been asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale, Page

from ..languages import language_name
from ..models import PageReview, ReviewDue, ReviewPerson
from ..staff_reports import RowsReportView
from ..writers import WRITERS_RIGHTS, pages_written_by

SOONEST_FIRST = "next_review"
DUE, OVERDUE, SOON, LATER, ASKED = "due", "overdue", "soon", "later", "asked"
CHANGES, CHANGED, NOBODY = "changes", "changed", "nobody"


@dataclass(frozen=True)
class ReviewRow:
    page_id: int
    title: str
    language: str
    state: str
    next_review: date | None
    last_reviewed: date | None
    owner: str
    reviewer: str
    answer: str

    @property
    def next_day(self) -> str:
        return in_words(self.next_review)

    @property
    def last_day(self) -> str:
        return in_words(self.last_reviewed)


def in_words(day: date | None) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT")) if day else ""


def review_rows(found: list[ReviewDue]) -> list[ReviewRow]:
    """A fixed number of queries."""
    today = timezone.localdate()
    answers = answers_about([row.pk for row in found])
    return [
        ReviewRow(
            page_id=row.pk,
            title=row.page.title,
            language=language_name(row.page.locale.language_code),
            state=state_of(row, today),
            next_review=row.next_review,
            last_reviewed=row.last_reviewed,
            owner=with_mail(row.content_owner, row.kept_by),
            reviewer=with_mail(row.reviewer, row.reviewed_by),
            answer=answers.get(row.pk, ""),
        )
        for row in found
    ]


def state_of(row: ReviewDue, today: date) -> str:
    """What is to be done first."""
    if row.verdict == PageReview.Verdict.CHANGES:
        return _("Needs changes")
    if row.is_of_nobody:
        return _("Nobody's")
    if row.next_review is None:
        return _("No date")
    if row.next_review <= today:
        return _("Overdue")
    if row.next_review <= today + ReviewDue.objects.all().SOON:
        return _("Due within 30 days")
    if row.changed_since_review:
        return _("Changed since the review")
    return _("Not due")


def with_mail(name: str, person: ReviewPerson | None) -> str:
    """What is wanting for the letters is said beside the name."""
    if person is None:
        return _("%(name)s (nobody to write to)") % {"name": name}
    if person.bounced_at:
        return _("%(name)s (mail comes back)") % {"name": name}
    return name


def answers_about(keys: list[int]) -> dict[int, str]:
    """The newest of each page: a question that waits, or what was answered."""
    reviews = PageReview.objects.filter(page__in=keys, withdrawn_at=None)
    newest_last = reviews.without_text().order_by("asked_at", "pk")
    return {
        review.page_id: in_a_sentence(review)
        for review in newest_last.select_related("person")
        if review.decided_at or review.is_usable
    }


def in_a_sentence(review: PageReview) -> str:
    if review.decided_at is None:
        return _("%(name)s was asked on %(day)s") % {
            "name": review.person,
            "day": in_words(timezone.localdate(review.asked_at)),
        }
    return _("%(verdict)s (%(name)s, %(day)s)") % {
        "verdict": review.get_verdict_display(),
        "name": review.name,
        "day": in_words(timezone.localdate(review.decided_at)),
    }


def in_state(rows: Any, _name: str, state: str) -> Any:
    today = timezone.localdate()
    if state == ASKED:
        asked = PageReview.objects.usable().order_by()
        return rows.filter(pk__in=asked.values("page"))
    if state == LATER:
        return rows.filter(next_review__gt=today + rows.SOON)
    if state == CHANGES:
        return rows.needing_changes()
    if state == CHANGED:
        return rows.changed()
    if state == NOBODY:
        return rows.of_nobody()
    return {DUE: rows.due, OVERDUE: rows.overdue, SOON: rows.due_soon}[state](today)


class ReviewFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        method=in_state,
        choices=[
            (DUE, gettext_lazy("Due or overdue")),
            (OVERDUE, gettext_lazy("Overdue")),
            (SOON, gettext_lazy("Due within 30 days")),
            (LATER, gettext_lazy("Not due")),
            (ASKED, gettext_lazy("Somebody has been asked")),
            (CHANGES, gettext_lazy("Needs changes")),
            (CHANGED, gettext_lazy("Changed since the review")),
            (NOBODY, gettext_lazy("Nobody's")),
        ],
        label=gettext_lazy("State"),
    )
    kept_by = django_filters.ModelChoiceFilter(
        queryset=ReviewPerson.objects.all(), label=gettext_lazy("Mail of the owner")
    )
    reviewed_by = django_filters.ModelChoiceFilter(
        queryset=ReviewPerson.objects.all(), label=gettext_lazy("Mail of the reviewer")
    )
    content_owner = django_filters.CharFilter(
        lookup_expr="icontains", label=gettext_lazy("Owner")
    )
    reviewer = django_filters.CharFilter(
        lookup_expr="icontains", label=gettext_lazy("Reviewer")
    )
    language = django_filters.ModelChoiceFilter(
        field_name="page__locale",
        queryset=Locale.objects.all(),
        label=gettext_lazy("Language"),
    )

    class Meta:
        model = ReviewDue
        fields: list[str] = []


def reviews_address(row: ReviewRow) -> str:
    return reverse("review_staff:page", args=[row.page_id])


class PageColumn(TitleColumn):
    """With the language below: a column of its own would take the title's room."""

    cell_template_name = "home/admin/reviewed_page_cell.html"


class DueColumn(Column):
    cell_template_name = "home/admin/review_due_cell.html"


class PeopleColumn(Column):
    cell_template_name = "home/admin/review_people_cell.html"


class ReviewsView(RowsReportView):
    model = Page  # Whose rights they are.
    any_permission_required = WRITERS_RIGHTS
    page_title = gettext_lazy("Reviews of pages")
    header_icon = "clipboard-list"
    index_url_name = "review_staff:report"
    index_results_url_name = "review_staff:report-results"
    filterset_class = ReviewFilterSet
    verbose_name_plural = gettext_lazy("reviewed pages")
    default_ordering = SOONEST_FIRST
    columns = [
        PageColumn(
            "title",
            label=gettext_lazy("Page"),
            get_url=reviews_address,
            sort_key="page__title",
            width="34%",
        ),
        DueColumn(
            "next_day", label=gettext_lazy("Next review"), sort_key=SOONEST_FIRST
        ),
        Column(
            "last_day", label=gettext_lazy("Last reviewed"), sort_key="last_reviewed"
        ),
        PeopleColumn(
            "owner",
            label=gettext_lazy("Owner and reviewer"),
            sort_key="content_owner",
            width="24%",
        ),
        Column("answer", label=gettext_lazy("Asked or answered")),
    ]
    export_headings = {
        "title": gettext_lazy("Page"),
        "state": gettext_lazy("State"),
        "next_review": gettext_lazy("Next review"),
        "last_reviewed": gettext_lazy("Last reviewed"),
        "owner": gettext_lazy("Owner"),
        "reviewer": gettext_lazy("Reviewer"),
        "language": gettext_lazy("Language"),
        "answer": gettext_lazy("Asked or answered"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[ReviewDue]:
        """Of pages that the user has a part in."""
        pages = pages_written_by(self.request.user)
        rows = ReviewDue.objects.of_pages(pages).live().with_verdict()
        return rows.select_related("page__locale", "kept_by", "reviewed_by")

    def rows_of(self, found: list[ReviewDue]) -> list[ReviewRow]:
        return review_rows(found)

    def get_filename(self) -> str:
        return f"tarkastukset-{timezone.localdate().isoformat()}"
