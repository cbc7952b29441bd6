"""Two pages about one group: its dates and state, and its next season."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..models import EventPage
from .access import event_to_change, event_to_copy, locked, may_copy
from .date_page import context_of_dates, form_of
from .season_forms import SeasonForm


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, event_id: int) -> HttpResponse:
    """Lists the dates; a form sent to it changes one of them, or the state."""
    event = event_to_change(request.user, event_id)
    sent = None
    if request.method == "POST":
        if not event.live:
            messages.error(request, _("The group is not public. Publish it first."))
            return redirect(request.path)
        with locked(event.pk) as event:
            sent = form_of(event, request.POST)
            if sent.is_valid():
                messages.success(request, sent.save(request.user))
                return redirect(request.get_full_path())
    context = context_of_dates(event, sent, request.GET.get("p"))
    coming = context["coming"]
    return render(
        request,
        "events/staff/dates.html",
        page_furniture(event, _("Dates and state"), "calendar-alt")
        | context
        | {
            "elided_page_range": coming.paginator.get_elided_page_range(coming.number),
            "may_copy": may_copy(request.user, event),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else 200,
    )


@require_http_methods(["GET", "POST"])
def next_season(request: HttpRequest, event_id: int) -> HttpResponse:
    event = event_to_copy(request.user, event_id)
    form = None
    if request.method == "POST":
        with locked(event.pk) as event:
            if existing := event.next_seasons.first():
                messages.warning(request, _("The next season has been made already."))
                return redirect("wagtailadmin_pages:edit", existing.pk)
            form = SeasonForm(event, request.POST)
            if form.is_valid():
                copy = form.save(request.user)
                messages.success(
                    request,
                    _("A draft for the next season. Check it, then publish it."),
                )
                return redirect("wagtailadmin_pages:edit", copy.pk)
    return render(
        request,
        "events/staff/next_season.html",
        page_furniture(event, _("Copy for the next season"), "copy")
        | {
            "form": form or SeasonForm(event),
            "existing": event.next_seasons.first(),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form else 200,
    )


def page_furniture(event: EventPage, title: str, icon: str) -> dict[str, Any]:
    """What Wagtail's base template asks for: title, icon, and the way here."""
    index = event.get_parent()
    edit = reverse("wagtailadmin_pages:edit", args=[event.pk])
    return {
        "event": event,
        "header_title": f"{title}: {event.title}",
        "header_icon": icon,
        "breadcrumbs_items": [
            {
                "url": reverse("wagtailadmin_explore", args=[index.pk]),
                "label": index.title,
            },
            {"url": edit, "label": event.title},
            {"url": "", "label": title},
        ],
    }
