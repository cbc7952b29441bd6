"""The dates of what stands in the editor just now. Nothing is saved."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.models import Page

from .dates_panel import overview_of_form
from .models import EventIndexPage, EventPage


@require_POST
def next_dates(request: HttpRequest, page_id: int) -> HttpResponse:
    """For a group, or for a new one under an index."""
    form = editor_form(request, get_object_or_404(Page, pk=page_id).specific)
    try:
        overview = overview_of_form(form, timezone.now())
    except (KeyError, ValidationError) as error:
        # Ids of rows that are none: modelcluster does not expect them.
        message = "The form holds rows that no editor sends."
        raise BadRequest(message) from error
    return render(
        request, "events/staff/dates_panel.html#overview", {"overview": overview}
    )


def editor_form(request: Any, page: Page) -> Any:
    """The very form of the editor, so that rows which are not saved yet count."""
    rights = page.permissions_for_user(request.user)
    if isinstance(page, EventPage):
        allowed = rights.can_edit()
        event, parent = page.get_latest_revision_as_object(), page.get_parent()
    elif isinstance(page, EventIndexPage):
        allowed = rights.can_add_subpage() and EventPage.can_create_at(page)
        event, parent = EventPage(owner=request.user, locale=page.locale), page
    else:
        raise Http404
    if not allowed:
        raise PermissionDenied
    form_class = EventPage.get_edit_handler().get_form_class()
    return form_class(
        request.POST,
        request.FILES,
        instance=event,
        parent_page=parent,
        for_user=request.user,
    )
