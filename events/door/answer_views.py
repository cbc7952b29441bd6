"""The page behind the link that asks whether groups still meet."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..models import Contact, EventPage, EventState
from ..staff.access import locked
from . import links
from .access import quiet
from .addresses import door_urls
from .answers import ANSWERS, GROUPS_AT_ONCE, Answer, AskedForm, unanswered_of
from .sign_in_views import GONE, draw


@quiet
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: programs open links to look at them.

    It opens nothing else of the door, and works for the other groups until it expires.
    """
    link = links.link_of(token)
    if link is None or link.purpose != links.Purpose.CONFIRMATION or not link.contact:
        return draw(request, "confirm_gone", {}, status=GONE)
    sent = None
    if request.method == "POST":
        sent = take_answer(request, link.contact)
        if sent is None:
            return redirect(request.get_full_path())
    groups = Paginator(unanswered_of(link.contact), GROUPS_AT_ONCE)
    page = groups.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(page, sent),
        "has_errors": sent is not None,
        "language_urls": door_urls("confirm", token),
    }
    return draw(
        request,
        "confirm",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent is not None else 200,
    )


def take_answer(request: HttpRequest, contact: Contact) -> Answer | None:
    """The form when something in it is not right; None when all is done."""
    action = request.POST.get("action", "")
    if action not in ANSWERS:
        message = "no such answer"
        raise BadRequest(message)
    asked = AskedForm(contact, request.POST)
    if not asked.is_valid():
        messages.info(request, _("This group has been answered for already."))
        return None
    with locked(asked.cleaned_data["group"].pk) as event:
        if not is_waiting(event):
            messages.info(request, _("This group has been answered for already."))
            return None
        form = ANSWERS[action](event, request.POST)
        if not form.is_valid():
            return form
        messages.success(request, f"{event.title}: {form.save(contact)}")
    return None


def is_waiting(event: EventPage) -> bool:
    """Under the lock: a button may be pressed twice."""
    return EventState.objects.unanswered().filter(event=event).exists()


def rows_of(page: Page, sent: Answer | None) -> list[dict[str, Any]]:
    """Each group with its buttons. A fixed number of queries."""
    today = timezone.localdate()
    groups = list(page)
    prefetch_related_objects(groups, "rules")
    return [
        {
            "event": event,
            "state": event.state,
            "forms": [
                sent if is_sent(sent, event, form) else form(event)
                for form in ANSWERS.values()
                if form.is_offered(event.state, today)
            ],
        }
        for event in groups
    ]


def is_sent(sent: Answer | None, event: EventPage, form: type[Answer]) -> bool:
    return sent is not None and type(sent) is form and sent.event.pk == event.pk
