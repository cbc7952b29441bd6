"""On the editor's front page: feedback that the law wants answered, red when late."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from ...models import Feedback, PageComment
from .access import may_answer
from .inbox import FeedbackRow

MOST_SHOWN = 5


class FeedbackPanel(Component):
    name = "feedback"
    template_name = "home/admin/feedback_panel.html"
    order = 45

    def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
        found = Feedback.objects.open()
        waiting = found.on_accessibility().order_by("sent_at", "pk")
        return {
            "waiting": [FeedbackRow(feedback) for feedback in waiting[:MOST_SHOWN]],
            "late": Feedback.objects.late().count(),
            "open": found.count(),
            "comments": PageComment.objects.open().count(),
        }


def add_feedback_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_answer(request.user):
        panels.insert(0, FeedbackPanel())
