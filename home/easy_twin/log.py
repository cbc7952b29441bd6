"""Who said that an easy page is up to date, in the page's history."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

MARKED = "home.easy_up_to_date"
REVIEWED = "home.easy_review"


def register(actions: LogActionRegistry) -> None:
    actions.register_action(
        MARKED,
        _("Easy page: mark as up to date"),
        _("Marked that the easy text says the same as the Finnish page"),
    )
    actions.register_action(
        REVIEWED,
        _("Easy page: review as selkokieli"),
        _("Changed who reviewed the text as selkokieli, and when"),
    )
