"""An organisation's groups: all of them, one of them, and its next season."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..models import EventPage
from ..staff.access import locked
from ..staff.date_page import context_of_dates, form_of
from ..staff.season_forms import SeasonForm
from .access import ContactRequest, event_of, for_contacts
from .addresses import door_url, door_urls
from .group_forms import GroupSearchForm
from .group_states import words_of
from .groups import (
    DRAFTS_SHOWN,
    GROUPS_ON_A_PAGE,
    group_rows,
    groups_of,
    last_submissions,
    unlisted_of,
)
from .next_season import draft_known, draft_of_season

LONG_LIST = 10


@for_contacts
@require_safe
def groups(request: ContactRequest) -> HttpResponse:
    form = GroupSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = Paginator(groups_of(request.contact, words), GROUPS_ON_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    memberships = list(
        request.contact.memberships.select_related("organisation").order_by(
            "organisation__slug"
        )
    )
    return render(
        request,
        "events/door/groups.html",
        {
            "form": form,
            "words": words,
            "is_long": words or found.count > LONG_LIST,
            "page": page,
            "rows": group_rows(page),
            "query": urlencode({"q": words}) if words else "",
            "drafts": unlisted_of(request.contact)[:DRAFTS_SHOWN],
            "memberships": memberships,
            "acts_for_some": any(each.is_approved for each in memberships),
            "language_urls": door_urls("groups"),
        },
    )


@for_contacts
@require_http_methods(["GET", "POST"])
def group(request: ContactRequest, event_id: int) -> HttpResponse:
    """A form sent to it changes one of the dates, or the state; residents see it."""
    event = event_of(request.contact, event_id)
    sent = None
    if request.method == "POST":
        if not event.live:
            messages.error(request, why_closed(event))
            return redirect(request.path)
        with locked(event.pk) as event:
            sent = form_of(event, request.POST)
            if sent.is_valid():
                messages.success(request, sent.save(request.contact))
                return redirect(request.get_full_path())
    context = context_of_dates(event, sent, request.GET.get("page"))
    last = last_submissions([event.pk]).get(event.pk)
    return render(
        request,
        "events/door/group.html",
        context
        | {
            "event": event,
            "has_errors": sent is not None,
            "words": words_of(event, context["state"], last, timezone.localdate()),
            "language_urls": door_urls("group", event.pk),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else 200,
    )


def why_closed(event: EventPage) -> str:
    if event.first_published_at:
        return _("The group is off the site.")
    return _("The group is not public yet.")


@for_contacts
@require_http_methods(["GET", "POST"])
def next_season(request: ContactRequest, event_id: int) -> HttpResponse:
    """Only the new days are asked; the draft is checked and sent like any other."""
    event = event_of(request.contact, event_id)
    form = None
    if request.method == "POST":
        with locked(event.pk) as event:
            draft = draft_known(event, request.contact)
            if draft is None and not event.next_seasons.exists():
                form = SeasonForm(event, request.POST)
                if form.is_valid():
                    draft = draft_of_season(form, request.contact)
        if draft:
            messages.success(
                request, _("A draft for the next season. Check and send it.")
            )
            return redirect(door_url("step", draft.key, "when"))
    return render(
        request,
        "events/door/next_season.html",
        {
            "event": event,
            "form": form or SeasonForm(event),
            "draft": draft_known(event, request.contact),
            "existing": event.next_seasons.first(),
            "language_urls": door_urls("next-season", event.pk),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form else 200,
    )
