"""Ways to the lists from the editor's menus."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from .access import may_handle_comments, may_see_opinions
from .inbox import InboxMenuItem


class OpinionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_opinions(request.user)


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle_comments(request.user)


def inbox_menu_item() -> MenuItem:
    return InboxMenuItem(
        _("Feedback"),
        reverse("feedback_staff:inbox"),
        name="feedback",
        icon_name="mail",
        order=195,
    )


def opinions_menu_item() -> MenuItem:
    return OpinionsMenuItem(
        _("Were the pages useful?"),
        reverse("feedback_staff:opinions"),
        name="opinions",
        icon_name="check",
        order=665,
    )


def comments_menu_item() -> MenuItem:
    return CommentsMenuItem(
        _("Comments on pages"),
        reverse("feedback_staff:comments"),
        name="page-comments",
        icon_name="comment",
        order=670,
    )
