"""What staff have changed of feedback, in the site's history."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from ...models import Feedback

KIND_CHANGED = "feedback.change_kind"


def record_kind(feedback: Feedback, before: str, user: Any) -> None:
    data = {"before": before, "after": feedback.kind}
    log(instance=feedback, action=KIND_CHANGED, user=user, data=data)


class KindChanged(LogFormatter):
    label = _("Feedback: change what it is about")

    def format_message(self, log_entry: Any) -> str:
        """The words of the kinds are translated, so their keys are what is kept."""
        return _("Changed what it is about from “%(before)s” to “%(after)s”") % {
            name: Feedback.Kind(log_entry.data[name]).label
            for name in ("before", "after")
        }


def register(actions: LogActionRegistry) -> None:
    actions.register_action(KIND_CHANGED)(KindChanged)
