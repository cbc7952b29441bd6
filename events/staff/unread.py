"""Wagtail's own pages take a page's latest revision, which may be one that waits.

What an organisation has sent is published, and copied, when a moderator has read it.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ..models import EventPage, Submission


def unread_among(pages: Iterable[Page]) -> list[Page]:
    """As these objects are: what is published is the revision that they name."""
    pages = list(pages)
    found = Submission.objects.not_approved().filter(
        revision__in=[page.latest_revision_id for page in pages]
    )
    unread = set(found.values_list("revision", flat=True))
    return [page for page in pages if page.latest_revision_id in unread]


def leave_out_unread(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Before several pages are published at once, perhaps with all that is below."""
    if action_type != "publish":
        return None
    with_pages_below = action.cleaned_form.cleaned_data.get("include_descendants")
    left_out = unread_among(objects)
    for page in objects:
        if with_pages_below and page not in left_out:
            below = EventPage.objects.descendant_of(page).not_live()
            left_out += [page] if unread_among(below.only("latest_revision")) else []
    for page in left_out:
        tell_left_out(request, page)
    objects[:] = [page for page in objects if page not in left_out]
    return None if objects else redirect(action.next_url)


def tell_left_out(request: HttpRequest, page: Page) -> None:
    text = _(
        "%(title)s was not published: an organisation has sent something that nobody"
        " has approved."
    ) % {"title": page.get_admin_display_title()}
    button = messages.button(reverse("event_staff:queue"), _("Groups waiting"))
    messages.warning(request, text, buttons=[button])


def copy_as_it_was_public(request: HttpRequest, page: Page) -> None:
    """Wagtail's copy opens with what this object names as the latest revision."""
    if page.first_published_at and unread_among([page]):
        page.latest_revision = page.live_revision
