"""What reviewers were asked and answered, in the page's history."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from ..models import PageReview

ASKED = "reviews.ask"
WITHDRAWN = "reviews.withdraw"
ANSWERED = "reviews.answer"


def record(page: Any, action: str, user: Any, **data: str) -> None:
    log(instance=page, action=action, user=user, data=data)


class Asked(LogFormatter):
    label = _("Review: ask")

    def format_message(self, log_entry: Any) -> str:
        return _("Asked for a review: %(person)s") % log_entry.data


class Withdrawn(LogFormatter):
    label = _("Review: take back")

    def format_message(self, log_entry: Any) -> str:
        return _("Took back the question to review: %(person)s") % log_entry.data


class Answered(LogFormatter):
    label = _("Review: answer")

    def format_message(self, log_entry: Any) -> str:
        """The words of the verdict are translated, so its key is what is kept."""
        verdict = PageReview.Verdict(log_entry.data["verdict"]).label
        return _("%(name)s reviewed the page by link: %(verdict)s") % {
            "name": log_entry.data["name"],
            "verdict": verdict,
        }


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ASKED)(Asked)
    actions.register_action(WITHDRAWN)(Withdrawn)
    actions.register_action(ANSWERED)(Answered)
