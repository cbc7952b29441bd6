"""Ways to reviews from Wagtail's own pages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from ..writers import may_write_pages
from .access import may_ask
from .report import DUE

ASK = _("Ask for a review")


def address_for(page: Any) -> str:
    return reverse("review_staff:page", args=[page.pk])


def buttons(page: Any, user: Any, **kwargs: Any) -> Iterator[Button]:
    """For the menu of a page's header and of its row in the listing."""
    if may_ask(user, page):
        yield Button(ASK, address_for(page), icon_name="clipboard-list", priority=14)


class AskMenuItem(ActionMenuItem):
    """Beside “Publish” at the foot of the editor."""

    name = "action-ask-for-review"
    label = ASK
    icon_name = "clipboard-list"
    order = 1

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return page is not None and may_ask(context["request"].user, page)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return address_for(parent_context["page"])


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_pages(request.user)


def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Reviews of pages"),
        f"{reverse('review_staff:report')}?state={DUE}",
        name="reviews",
        icon_name="clipboard-list",
        order=640,
    )
