"""Says on the editor's front page how many pages are due for a review."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..models import ReviewDue
from ..writers import may_write_pages, pages_written_by
from .report import OVERDUE, SOON


class ReviewsPanel(Component):
    name = "reviews-due"
    template_name = "home/review/staff/panel.html"
    order = 60

    def __init__(self, overdue: int, soon: int) -> None:
        self.overdue = overdue
        self.soon = soon

    def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
        report = reverse("review_staff:report")
        return {
            "overdue": self.overdue,
            "overdue_url": f"{report}?state={OVERDUE}",
            "soon": self.soon,
            "soon_url": f"{report}?state={SOON}",
        }


def add_reviews_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Nothing when nothing is due."""
    if not may_write_pages(request.user):
        return
    today = timezone.localdate()
    due = ReviewDue.objects.of_pages(pages_written_by(request.user)).live().due(today)
    counts = due.aggregate(
        overdue=Count("pk", filter=Q(next_review__lte=today)),
        soon=Count("pk", filter=Q(next_review__gt=today)),
    )
    if counts["overdue"] or counts["soon"]:
        panels.append(ReviewsPanel(**counts))
