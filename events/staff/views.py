"""Two pages about one group: its dates and state, and its next season."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..models import EventPage
from .access import event_to_change, event_to_copy, locked, may_copy
from .date_forms import DATE_FORMS, DateForm
from .rows import rows_of
from .season_forms import SeasonForm
from .state_forms import STATE_FORMS, StateForm, state_of

DATES_ON_A_PAGE = 15
PAST_DATES = 3
UNPROCESSABLE = 422


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
    return render(
        request,
        "events/staff/dates.html",
        page_furniture(event, _("Dates and state"), "calendar-alt")
        | context_of_dates(request, event, sent),
        status=UNPROCESSABLE if sent else 200,
    )


def form_of(event: EventPage, data: Any) -> DateForm | StateForm:
    action = data.get("action", "")
    if action in DATE_FORMS:
        return DATE_FORMS[action](event, data)
    if action in STATE_FORMS:
        return STATE_FORMS[action](event, data)
    message = "no such change of a group"
    raise BadRequest(message)


def context_of_dates(
    request: HttpRequest, event: EventPage, sent: DateForm | StateForm | None
) -> dict[str, Any]:
    now, today, state = timezone.now(), timezone.localdate(), state_of(event)
    sent_date = sent if isinstance(sent, DateForm) else None
    coming = Paginator(event.upcoming_dates(now), DATES_ON_A_PAGE).get_page(
        request.GET.get("p")
    )
    past = event.occurrences.filter(over_at__lte=now).order_by("-starts_at")
    rows = rows_of(event, coming, sent_date)
    state_forms = [
        sent if sent and sent.action == form.action else form(event)
        for form in STATE_FORMS.values()
        if form.is_offered(state, today)
    ]
    return {
        "state": state,
        "state_forms": state_forms,
        "sent": sent,
        "coming": coming,
        "elided_page_range": coming.paginator.get_elided_page_range(coming.number),
        "rows": rows,
        "past": rows_of(event, reversed(past[:PAST_DATES]), None)
        if coming.number == 1
        else [],
        # The date has gone from the list: what was written is shown above it.
        "lost": sent_date if not any(row.is_open for row in rows) else None,
        "may_copy": may_copy(request.user, event),
    }


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
        status=UNPROCESSABLE if form else 200,
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
