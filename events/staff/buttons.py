"""Ways to a group's tools from Wagtail's own pages."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from ..models import EventPage
from .access import may_change, may_copy, may_see_board, may_write

DATES = _("Dates and state")


def dates_address(event: Any) -> str:
    return reverse("event_staff:dates", args=[event.pk])


def buttons(page: Any, user: Any, **kwargs: Any) -> Iterator[Button]:
    """For the menu of a page's header and of its row in the listing."""
    if not issubclass(page.specific_class, EventPage):
        return
    if may_change(user, page):
        yield Button(DATES, dates_address(page), icon_name="calendar-alt", priority=12)
    if may_copy(user, page):
        yield Button(
            _("Copy for the next season"),
            reverse("event_staff:next-season", args=[page.pk]),
            icon_name="copy",
            priority=32,
        )
    if may_write(user, page):
        yield Button(
            _("Why is it not shown?"),
            reverse("event_staff:why", args=[page.pk]),
            icon_name="help",
            priority=34,
        )


class DatesMenuItem(ActionMenuItem):
    """Beside “Publish” at the foot of the editor."""

    name = "action-dates"
    label = DATES
    icon_name = "calendar-alt"
    order = 1

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return isinstance(page, EventPage) and may_change(context["request"].user, page)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return dates_address(parent_context["page"])


class BoardMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_see_board(request.user)


def board_menu_item() -> BoardMenuItem:
    return BoardMenuItem(
        _("Seasons ending soon"),
        reverse("event_staff:ending"),
        name="ending-seasons",
        icon_name="calendar-check",
        order=650,
    )


def silent_menu_item() -> BoardMenuItem:
    return BoardMenuItem(
        _("Groups that have not answered"),
        reverse("event_staff:silent"),
        name="silent-groups",
        icon_name="mail",
        order=655,
    )


def reports_menu_item() -> BoardMenuItem:
    return BoardMenuItem(
        _("Reported errors"),
        reverse("event_staff:reports"),
        name="reported-errors",
        icon_name="warning",
        order=645,
    )
