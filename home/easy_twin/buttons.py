"""Ways to an easy page's tools from Wagtail's own pages, and what staff are told."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from ..models.easy import Standing, easy_pages
from ..writers import may_write_pages
from .notice import may_be_easy
from .rights import can_have_easy_page, may_make, may_mark

NEWS = {
    Standing.STALE: gettext_lazy(
        "The easy Finnish page “%(title)s” was made from an older version. Its readers"
        " are told so until somebody brings it up to date."
    ),
    Standing.SOURCE_OFF: gettext_lazy(
        "The easy Finnish page “%(title)s” is still public. Its readers are told that"
        " nobody checks it now. Take it off the site, too, if it is no longer true."
    ),
    Standing.SOURCE_GONE: gettext_lazy(
        "The easy Finnish page “%(title)s” is still public. Its readers are told that"
        " nobody checks it now. Take it off the site, too, if it is no longer true."
    ),
}


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def header_buttons(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """For the menu of a page's header."""
    if not may_make(user, page):
        yield from review_button(page, user)
    elif not has_easy_page(page):
        yield way_to_easy_page(page, gettext_lazy("Make an easy Finnish page"))


def listing_buttons(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """For the menu of a page's row. Whether there is an easy page already is not asked
    once for each row: the address leads on to it."""
    if may_make(user, page):
        yield way_to_easy_page(page, gettext_lazy("Easy Finnish page"))
    else:
        yield from review_button(page, user)


def way_to_easy_page(page: Page, label: Any) -> Button:
    return Button(
        label,
        reverse("easy_finnish:make", args=[page.pk]),
        icon_name="wagtail-localize-language",
        priority=62,
    )


def review_button(page: Page, user: Any) -> Iterator[Button]:
    if may_be_easy(page) and may_mark(user, page):
        yield Button(
            gettext_lazy("Review as selkokieli"),
            reverse("easy_finnish:review", args=[page.pk]),
            icon_name="tick",
            priority=62,
        )


def has_easy_page(page: Page) -> bool:
    return easy_pages().filter(translation_key=page.translation_key).exists()


def tell_of_easy_page(request: HttpRequest, page: Page) -> None:
    """After a Finnish page was published, taken off the site or deleted."""
    if not can_have_easy_page(page):
        return
    twins = easy_pages().filter(translation_key=page.translation_key, live=True)
    twin = twins.first()
    if twin is None or twin.standing not in NEWS:
        return
    text = str(NEWS[twin.standing]) % {"title": twin.title}
    messages.warning(
        request, text, buttons=[messages.button(edit_address(twin), _("Open it"))]
    )


class ReportMenuItem(MenuItem):
    """For all who have a part in writing pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_pages(request.user)


def report_menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        gettext_lazy("Easy Finnish pages"),
        reverse("easy_finnish:report"),
        name="easy-finnish-pages",
        icon_name="wagtail-localize-language",
        order=640,
    )
